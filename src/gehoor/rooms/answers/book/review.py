"""Which entries are worth looking at again, each with the reasons why. A fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import formats, timezone

from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.answers.book.listing import SOON, entries, open_proposals
from gehoor.rooms.answers.book.stirred import stirred
from gehoor.rooms.answers.models import Answer, AnswerNeed, Departure, Given, State, Version
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.recount import current_generation

_FEWEST, _SHARE = 10, 1.5
"""A need has grown when at least so many voices came, and there are so many times as many as when the answer was last
looked at."""
AGAIN_WITHIN = timedelta(days=30)
"""Who asks the same again within this time after being answered, was not helped by the answer."""
_AGAIN_PERSONS = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in a sentence, and the one next step: its name, and where it is taken."""

    why: Sentence
    step: str
    href: str = ""
    """"" is the entry itself: ``edit``, or ``look`` at the place that the reason names."""
    action: str = "edit"
    stays: bool = False
    """Looking is not enough: the reason stays until something is done."""


@dataclass(frozen=True, slots=True)
class ToReview:
    """An entry and why it is looked at."""

    answer: Answer
    version: Version
    reasons: tuple[Reason, ...]


def to_review(viewer_id: int | None = None) -> list[ToReview]:
    """Entries with a reason, those with most reasons first; with a viewer, first what that one looks after."""
    today = timezone.localdate()
    found: dict[int, list[Reason]] = defaultdict(list)
    for part in (_departures(), _asked_again(), _of_days(today), _of_needs(), _proposals()):
        for answer, reason in part:
            found[answer].append(reason)
    rows = entries().exclude(current__state=State.ARCHIVED).in_bulk(list(found))
    listed = [
        ToReview(answer, answer.current, tuple(found[key]))
        for key, answer in rows.items()
        if answer.current is not None
    ]

    def first(each: ToReview) -> tuple[bool, int, str]:
        return each.version.owner_id != viewer_id, -len(each.reasons), each.version.question.casefold()

    return sorted(listed, key=first)


def how_many() -> int:
    """How many entries there are to look at."""
    return len(to_review())


Found = Iterator[tuple[int, Reason]]


def _departures() -> Found:
    """Advisers answered otherwise, and nobody looked at it yet."""
    rows = Departure.objects.filter(handled="", answer__isnull=False).values("answer").annotate(n=Count("pk"))
    for row in rows.order_by():
        text = (
            sentence("Once an adviser answered otherwise than it stands here.")
            if row["n"] == 1
            else sentence("{count} times an adviser answered otherwise than it stands here.")
        )
        yield (
            row["answer"],
            Reason(Sentence(text, {"count": row["n"]}), sentence("See who answered what"), action="depart"),
        )


def _asked_again() -> Found:
    """People who asked the same again soon after they were answered, since the entry was last looked at."""
    rows = Given.objects.filter(question__answer__isnull=False, voice__attribution__person__isnull=False)
    values = rows.order_by("voice__said_at").values_list(
        "question__answer_id",
        "voice__attribution__person_id",
        "voice__said_at",
        "question__answer__current__at",
        "said_at",
    )
    told: dict[tuple[int, int], datetime] = {}
    again: set[tuple[int, int]] = set()
    for answer, person, asked, looked, said in values.iterator():
        if answer is None or person is None or asked is None:
            continue
        before = told.get((answer, person))
        soon = before is not None and before < asked <= before + AGAIN_WITHIN
        if soon and looked is not None and asked > looked:
            again.add((answer, person))
        told[answer, person] = said or asked
    for answer, count in Counter(answer for answer, _ in again).items():
        if count >= _AGAIN_PERSONS:
            text = sentence("{count} people asked the same again within a month after they were answered.")
            yield answer, Reason(Sentence(text, {"count": count}), sentence("Make it clearer"))


def _of_days(today: date) -> Found:
    """Its day came, or it soon holds no more."""
    rows = entries().exclude(current__state=State.ARCHIVED)
    due = rows.filter(Q(current__review_on__lte=today) | Q(current__valid_to__lte=today + SOON))
    for pk, review_on, valid_to in due.values_list("pk", "current__review_on", "current__valid_to"):
        if valid_to is not None and valid_to < today:
            text = sentence("It has not held since {day}; nobody finds it any more.")
            yield pk, Reason(Sentence(text, {"day": _said(valid_to)}), sentence("Renew or archive it"), stays=True)
        elif valid_to is not None and valid_to <= today + SOON:
            text = sentence("It holds up to and including {day}.")
            yield (
                pk,
                Reason(Sentence(text, {"day": _said(valid_to)}), sentence("Say what holds after that"), stays=True),
            )
        if review_on is not None and review_on <= today:
            text = sentence("It was to be looked at again on {day}.")
            yield pk, Reason(Sentence(text, {"day": _said(review_on)}), sentence("Look whether it still holds"))


def _said(day: date) -> str:
    return formats.date_format(day, "j F Y")


def _of_needs() -> Found:
    """The need that it answers grew, went up in another, or something was done about it."""
    links = list(AnswerNeed.objects.filter(answer__current__isnull=False).values_list("answer_id", "need", "at"))
    looked = dict(
        Version.objects.filter(answer__in={answer for answer, _, _ in links}, proposal="")
        .values_list("answer_id")
        .annotate(Max("at"))
        .order_by()
    )
    generation = current_generation()
    names = {need for _, need, _ in links}
    rows = Need.objects.filter(generation=generation, public_id__in=names).select_related("merged_into")
    needs = {each.public_id: each for each in rows} if generation else {}
    done = _done(names)
    for answer, need, at in links:
        since = max(at, looked.get(answer, at))
        if generation is not None:
            yield from ((answer, reason) for reason in _of_need(needs.get(need), since))
        for stir, name, href in done.get(need, []):
            if stir > since:
                text = sentence("Something was done about the need that it answers: {name}.")
                yield answer, Reason(Sentence(text, {"name": name}), sentence("See what changed"), href, "look")


def _done(names: Collection[UUID]) -> dict[UUID, list[tuple[datetime, str, str]]]:
    found: dict[UUID, list[tuple[datetime, str, str]]] = defaultdict(list)
    for each in stirred(names):
        found[each.need].append((each.at, each.name, each.href))
    return found


def _of_need(need: Need | None, since: datetime) -> Iterator[Reason]:
    if need is None:
        text = sentence("The need that it was linked to is no longer among the needs.")
        yield Reason(Sentence(text), sentence("Link the need that it answers"), action="look")
    elif need.merged_into is not None:
        text = sentence("The need that it answers was put together with another: {name}.")
        yield Reason(Sentence(text, {"name": str(need.merged_into)}), sentence("Look whether it answers both"))
    else:
        before = sum(voices for month, voices, _ in need.months if month <= f"{timezone.localtime(since):%Y-%m}")
        if need.voices - before >= _FEWEST and need.voices >= _SHARE * max(before, 1):
            text = sentence("The need that it answers grew from {before} to {now} voices: {name}.")
            values = {"before": before, "now": need.voices, "name": str(need)}
            yield Reason(Sentence(text, values), sentence("Look whether it says what they ask"))


def _proposals() -> Found:
    """Somebody proposed another answer."""
    counted = Counter(each.answer_id for each in open_proposals())
    for answer, count in counted.items():
        text = sentence("A proposal for it waits.") if count == 1 else sentence("{count} proposals for it wait.")
        yield (
            answer,
            Reason(Sentence(text, {"count": count}), sentence("See the proposal"), action="proposal", stays=True),
        )


def waiting_to_validate() -> int:
    """How many entries wait for someone to validate them."""
    return entries().filter(current__state=State.NOT_VALIDATED).count()


def departures_of(answer: Answer) -> list[Departure]:
    """What advisers answered otherwise and nobody looked at yet, newest first."""
    rows = answer.departures.filter(handled="").select_related("by", "voice", "version").order_by("-pk")
    return list(rows)


def asked_by_needs(answer: Answer) -> list[tuple[AnswerNeed, Need | None]]:
    """The needs that it answers; None for one that is no longer there."""
    links = list(answer.needs.order_by("pk"))
    generation = current_generation()
    rows = Need.objects.filter(generation=generation, public_id__in=[each.need for each in links])
    found = {each.public_id: each for each in rows.select_related("merged_into")} if generation else {}
    return [(each, found.get(each.need)) for each in links]
