"""Telling people the right answer after all: who was told something that was not right, and nothing better since."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.given.deciding import WRONG
from gehoor.rooms.answers.given.judging import CONTRADICT
from gehoor.rooms.answers.given.told_since import since, told_rightly
from gehoor.rooms.answers.given.wording import check_filled
from gehoor.rooms.answers.models import Given, Question, Righted, Righting, Ruling
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import name_of
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.sending.models import Delivery, State
from gehoor.rooms.sending.runs import do_make_run, do_word
from gehoor.rooms.sending.states import OPEN

ON_BEHALF = "question"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One answer that was not right: who was told, when, in which voice they asked."""

    given: int
    person: int | None
    voice: int | None
    group: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone who is told in a run: who it is, and when, how and by whom they were told otherwise, the last time."""

    person: Person
    voice: UUID
    at: datetime | None
    channel: str
    adviser: str

    @property
    def name(self) -> str:
        """How the person is called."""
        return name_of(self.person)


@dataclass(frozen=True, slots=True)
class Circle:
    """Everyone who was told something that was not right, and how far telling them is.

    ``told`` heard the right answer in a run, ``waiting`` stand in one that goes on, ``out_of_reach`` in one that could
    not reach them; ``since`` were told rightly later, without a run; ``left`` are in no run yet, by group.
    """

    persons: int
    nameless: int
    told: int
    waiting: int
    out_of_reach: int
    since: int
    left: Mapping[int, tuple[Wrong, ...]]

    @property
    def to_tell(self) -> int:
        """How many persons are in no run yet."""
        return len({wrong.person for group in self.left.values() for wrong in group})


def wrong_groups(question: Question) -> set[int]:
    """Groups of which someone of ours said that they are not right."""
    rows = Ruling.objects.filter(verdict=WRONG, undone=False, one__question=question, other__question=question)
    return set(rows.values_list("one__group", flat=True))


def wrong_answers(question: Question) -> list[Wrong]:
    """The answers to customers that were not right: they contradict the entry as it held then, or a person said so."""
    condition = Q(against_book=CONTRADICT) | Q(group__in=wrong_groups(question))
    rows = Given.objects.filter(condition, question=question).exclude(voice=None).order_by("pk")
    values = rows.values_list("pk", "voice__attribution__person_id", "voice_id", "group", "said_at")
    return [Wrong(*row) for row in values]


def circle(question: Question) -> Circle:
    """How far putting right is."""
    wrong = wrong_answers(question)
    persons = {each.person for each in wrong if each.person is not None}
    states = _states([each.given for each in wrong])
    told_since = _told_rightly_since(question, wrong)
    reached: dict[str, set[int]] = defaultdict(set)
    left: dict[int, list[Wrong]] = defaultdict(list)
    for each in wrong:
        if each.person is None:
            continue
        if each.given in states:
            reached[_place(states[each.given])].add(each.person)
        elif each.person in told_since:
            reached["since"].add(each.person)
        else:
            left[each.group].append(each)
    still = {each.person for group in left.values() for each in group}
    return Circle(
        persons=len(persons),
        nameless=len({each.voice for each in wrong if each.person is None}),
        told=len(reached["told"] - still),
        waiting=len(reached["waiting"] - still - reached["told"]),
        out_of_reach=len(reached["out"] - still - reached["told"] - reached["waiting"]),
        since=len(reached["since"] - still),
        left={group: tuple(each) for group, each in sorted(left.items())},
    )


def _place(state: str) -> str:
    return "told" if state == State.SENT else "waiting" if state in OPEN else "out"


def _states(given: Sequence[int]) -> dict[int, str]:
    """How far the delivery is that puts each of these answers right; those in no run are left out."""
    rows = Righted.objects.filter(given__in=given).values_list("given_id", "person_id", "righting__run_id")
    found = list(rows)
    runs, persons = {run for _, _, run in found}, {person for _, person, _ in found}
    deliveries = Delivery.objects.filter(run__in=runs).filter(Q(person__in=persons) | Q(person__merged__in=persons))
    state: dict[tuple[int, int], str] = {}
    for run, person, now in deliveries.values_list("run_id", "person_id", "state"):
        state[run, person] = now
    return {pk: state.get((run, person), State.WAITING) for pk, person, run in found}


def _told_rightly_since(question: Question, wrong: Sequence[Wrong]) -> set[int]:
    """Persons who were told rightly, by letter, mail or otherwise, after they were last told wrongly."""
    last: dict[int, datetime | None] = {}
    for each in wrong:
        if each.person is not None:
            before = last.get(each.person)
            last[each.person] = each.at if before is None or each.at is None else max(before, each.at)
    right = told_rightly(question, last, {each.given for each in wrong}, _right_groups(question))
    return since(last, right)


def _right_groups(question: Question) -> set[int]:
    """Groups that someone held up as right against one that was not."""
    rows = Ruling.objects.filter(verdict=WRONG, undone=False, one__question=question, other__question=question)
    return set(rows.values_list("other__group", flat=True)) - wrong_groups(question)


def recipients(wrong: Sequence[Wrong]) -> list[Recipient]:
    """Everyone to whom these answers are put right, who was told last first."""
    rows = Given.objects.filter(pk__in=[each.given for each in wrong], voice__attribution__person__isnull=False)
    found: dict[int, Recipient] = {}
    for given in rows.select_related("voice__attribution__person").defer("voice__text").order_by("said_at", "pk"):
        person = given.voice.attribution.person if given.voice else None
        if person is not None and given.voice is not None:
            found[person.pk] = Recipient(person, given.voice.public_id, given.said_at, given.channel, given.adviser)
    return sorted(found.values(), key=lambda each: (each.at is not None, each.at), reverse=True)


def do_put_right(
    *, question: Question, group: int, texts: Mapping[str, str], actor: User, left_out: Collection[int] = ()
) -> Righting:
    """Make a run for everyone in this group who is in none yet; nothing goes out before someone starts it.

    ``left_out``: persons whom someone of ours took off the list. Raises Refused, NotAllowed."""
    check_filled(texts)
    with transaction.atomic():
        Question.objects.select_for_update().get(pk=question.pk)
        wrong = [each for each in circle(question).left.get(group, ()) if each.person not in set(left_out)]
        if not wrong:
            raise Refused(why=sentence("everyone who was told so stands in a run already"))
        asked: dict[int, int] = {}
        for each in sorted(wrong, key=lambda each: (each.at is not None, each.at.timestamp() if each.at else 0.0)):
            if each.person is not None and each.voice is not None:
                asked[each.person] = each.voice
        run = do_make_run(
            actor=actor,
            name=(question.answer.current.question if question.answer and question.answer.current else NAME)[:200],
            wording=do_word(actor=actor, texts=texts),
            persons=sorted(asked),
            on_behalf=(ON_BEHALF, question.public_id),
            asked=asked,
        )
        righting = Righting.objects.create(run=run, question=question, by=actor)
        Righted.objects.bulk_create(
            [Righted(righting=righting, given_id=each.given, person_id=each.person) for each in wrong if each.person]
        )
        do_log(actor=actor, action="given.put_right", what="question", public_id=question.public_id)
    return righting


NAME = "Rechtzetten"


def rightings(question: Question) -> list[Righting]:
    """The runs of a question, newest first."""
    return list(Righting.objects.filter(question=question).select_related("run", "by").order_by("-pk"))
