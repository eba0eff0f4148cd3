"""What the pages of given answers show: all questions, and one of them with its groups side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, gettext

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.given.counting import Count, Period, Row, Slice, by_channel, by_month, by_question, rows_of
from gehoor.rooms.answers.given.document import in_order, verdict_within
from gehoor.rooms.answers.given.entries import versions_of
from gehoor.rooms.answers.given.judging import AGREE, CONTRADICT, DIFFER
from gehoor.rooms.answers.given.righting import circle, rightings, wrong_groups
from gehoor.rooms.answers.given.ruling import RULINGS
from gehoor.rooms.answers.given.saying import Standing, clashing_groups, shortened, standing
from gehoor.rooms.answers.given.texts import Passage, passages
from gehoor.rooms.answers.models import Given, Question, Ruling, Version

Pieces = list[tuple[str, bool]]
_QUOTES = 5
_COLUMNS = 4
"""Groups that have a column of their own in the tables; the rest are taken together."""
_FEWEST_MONTHS = 2
VERDICT_TONES = {CONTRADICT: "stop", DIFFER: "care", AGREE: "good", "cannot_tell": ""}


def language() -> str:
    """Of the one who looks."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@dataclass(frozen=True, slots=True)
class Listed:
    """One question in the list. ``different``: how many answers that state something there are to it; those that clash
    stand first in ``says``."""

    question: Question
    verdict: str
    count: Count
    says: Sequence[str]
    different: int

    @property
    def tone(self) -> str:
        """The colour of its verdict."""
        return VERDICT_TONES.get(self.verdict, "")


@dataclass(frozen=True, slots=True)
class Overview:
    """All questions within a period, with the denominators."""

    questions: Sequence[tuple[Question, Count]]
    answers: int
    clashing: int
    first: datetime | None
    last: datetime | None


def overview(period: Period, verdict: str = "") -> Overview:
    """The judged questions that several voices asked, those that clash and touch most people first."""
    counts = by_question(period)
    questions = in_order(Question.objects.exclude(verdict="").select_related("answer__current"), counts)
    verdicts = _verdicts(questions, period)
    firsts = [count.first for count in counts.values() if count.first]
    lasts = [count.last for count in counts.values() if count.last]
    return Overview(
        [(each, counts[each.pk]) for each in questions if verdict in {"", verdicts[each.pk]}],
        sum(count.answers for count in counts.values()),
        sum(each == CONTRADICT for each in verdicts.values()),
        min(firsts, default=None),
        max(lasts, default=None),
    )


def _verdicts(questions: Sequence[Question], period: Period) -> dict[int, str]:
    """The verdict on what was told within the period, as it is shown with each question."""
    if not period:
        return {each.pk: each.verdict for each in questions}
    groups = _groups_within([each.pk for each in questions], period)
    return {each.pk: _verdict(each, groups.get(each.pk, set())) for each in questions}


def _verdict(question: Question, there: set[int]) -> str:
    clashing = [number for number in clashing_groups(question) if number in there]
    return verdict_within(question, len(there), len(clashing) > 1)


def listed(page: Iterable[tuple[Question, Count]], period: Period) -> list[Listed]:
    """The questions of one page, with what their groups say."""
    chosen = list(page)
    known = standing(question for question, _ in chosen)
    groups = _groups_within([question.pk for question, _ in chosen], period)
    return [_listed(question, count, known, groups.get(question.pk, set())) for question, count in chosen]


def _groups_within(questions: Sequence[int], period: Period) -> dict[int, set[int]]:
    rows = Given.objects.filter(period.condition, question__in=questions).values_list("question_id", "group").distinct()
    found: dict[int, set[int]] = {}
    for question, group in rows:
        found.setdefault(question or 0, set()).add(group)
    return found


def _listed(question: Question, count: Count, known: Standing, there: set[int]) -> Listed:
    stating = [group for group in question.groups if group["number"] in there and group["facts"]]
    clashing = set(clashing_groups(question))
    first = sorted(stating, key=lambda group: group["number"] not in clashing)
    says = [known.says(group, language()) for group in first]
    return Listed(question, _verdict(question, there), count, list(dict.fromkeys(says))[:4], len(stating))


@dataclass(frozen=True, slots=True)
class Quote:
    """An answer as it was given, in pieces of which the clashing ones are marked; where it leads."""

    public_id: str
    pieces: Pieces
    adviser: str
    channel: str
    at: datetime | None
    voice: str
    against_book: str


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that say the same. ``states``: what they say are facts, not the first words of one of them."""

    number: int
    says: str
    states: bool
    one: str
    count: Count
    advisers: Sequence[str]
    quotes: Sequence[Quote]
    clashes: bool
    wrong: bool
    book: str
    against_book: int
    to_tell: int


def context_of(question: Question, period: Period, viewer: User) -> dict[str, Any]:
    """Everything that the page of one question shows."""
    rows = list(rows_of(Given.objects.filter(period.condition, question=question)))
    count = Count()
    for row in rows:
        count.add(row)
    known = standing([question])
    around = circle(question)
    groups = _groups(
        question, rows, known, {group: len({w.person for w in each}) for group, each in around.left.items()}, period
    )
    number = len(question.groups)
    in_columns = sorted(groups, key=lambda group: not group.states)
    return {
        "question": question,
        "count": count,
        "verdict": _verdict(question, {group.number for group in groups}),
        "tone": VERDICT_TONES.get(_verdict(question, {group.number for group in groups}), ""),
        "groups": groups,
        "stating": [group for group in groups if group.states],
        "silent": [group for group in groups if not group.states],
        "silent_answers": sum(group.count.answers for group in groups if not group.states),
        "differences": [found for each in question.clashes if (found := known.difference(each, language()))],
        "book": _book(question),
        "months": _shares(by_month(rows, number), in_columns),
        "drawn_months": _drawn(by_month(rows, number), in_columns),
        "channels": _shares(by_channel(rows, number), in_columns),
        "heads": [group.says for group in in_columns[:_COLUMNS]],
        "others": len(in_columns) > _COLUMNS,
        "rulings": rulings_of(question),
        "circle": around,
        "rightings": rightings(question),
        "may_rule": viewer.may(May.EDIT_ANSWERS),
        "may_propose": viewer.may(May.PROPOSE_ANSWERS),
        "may_tell": viewer.may(May.TELL),
    }


def _groups(
    question: Question, rows: Sequence[Row], known: Standing, to_tell: Mapping[int, int], period: Period
) -> list[Group]:
    counts: dict[int, Count] = {}
    for row in rows:
        counts.setdefault(row.group, Count()).add(row)
    wrong, clashing = wrong_groups(question), set(clashing_groups(question))
    against = _against_book(question, period)
    quotes = _quotes(question, counts, period)
    ids = dict(Given.objects.filter(pk__in=[each["given"] for each in question.groups]).values_list("pk", "public_id"))
    return [
        Group(
            number=each["number"],
            says=known.says(each, language()),
            states=bool(each["facts"]),
            one=str(ids[each["given"]]),
            count=counts[each["number"]],
            advisers=sorted(counts[each["number"]].advisers),
            quotes=quotes.get(each["number"], ()),
            clashes=each["number"] in clashing,
            wrong=each["number"] in wrong,
            book=each.get("book", ""),
            against_book=against.get(each["number"], 0),
            to_tell=to_tell.get(each["number"], 0),
        )
        for each in question.groups
        if each["number"] in counts and each["given"] in ids
    ]


def _against_book(question: Question, period: Period) -> dict[int, int]:
    """How many answers of each group contradict the entry as it held then."""
    rows = Given.objects.filter(period.condition, question=question, against_book=CONTRADICT)
    found: dict[int, int] = {}
    for group in rows.values_list("group", flat=True):
        found[group] = found.get(group, 0) + 1
    return found


def _quotes(question: Question, groups: Iterable[int], period: Period) -> dict[int, list[Quote]]:
    """The newest answers of each group, one of each adviser first."""
    found: dict[int, list[Quote]] = {}
    places = _places(question)
    for group in groups:
        rows = Given.objects.filter(period.condition, question=question, group=group).order_by("-said_at", "-pk")
        chosen = _of_different_advisers(list(rows.values_list("pk", "adviser", "channel")[:200]))
        given = Given.objects.select_related("voice").defer("voice__text").in_bulk(chosen)
        said = {each.given: each for each in passages(Given.objects.filter(pk__in=chosen))}
        found[group] = [_quote(given[pk], said[pk], places.get(pk, ())) for pk in chosen if pk in said]
    return found


def _of_different_advisers(rows: Sequence[tuple[int, str, str]]) -> list[int]:
    first: dict[str, int] = {}
    for pk, adviser, channel in rows:
        first.setdefault(adviser or channel, pk)
    order = [*first.values(), *(pk for pk, _, _ in rows if pk not in set(first.values()))]
    return order[:_QUOTES]


def _places(question: Question) -> dict[int, list[tuple[int, int]]]:
    """Where clashing facts stand in each answer: those of its kind that the clash is about."""
    kinds = {clash["kind"] for clash in question.clashes}
    found: dict[int, list[tuple[int, int]]] = {}
    for pk, states in Given.objects.filter(question=question).values_list("pk", "states").iterator():
        found[pk] = [(each["start"], each["end"]) for each in states if each.get("kind") in kinds]
    return found


def _quote(given: Given, said: Passage, marks: Sequence[tuple[int, int]]) -> Quote:
    return Quote(
        str(given.public_id),
        pieces(said.text, marks),
        given.adviser,
        given.channel,
        given.said_at,
        str(given.voice.public_id) if given.voice else "",
        given.against_book,
    )


def pieces(text: str, marks: Sequence[tuple[int, int]]) -> Pieces:
    """A text in pieces, each with whether it is marked."""
    found: Pieces = []
    at = 0
    for start, end in sorted(marks):
        if start >= at and end > start:
            found += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [piece for piece in [*found, (text[at:], False)] if piece[0]]


def _shares(slices: Sequence[Slice], groups: Sequence[Group]) -> list[dict[str, Any]]:
    """Rows of a table: a month or channel, how many answers, and of each large group (and the others) number and
    share."""
    large, small = groups[:_COLUMNS], groups[_COLUMNS:]
    rows = []
    for each in slices:
        counts = [each.counts[group.number] for group in large]
        counts += [sum(each.counts[group.number] for group in small)] if small else []
        cells = [{"count": count, "share": count / each.answers} for count in counts]
        day = date.fromisoformat(f"{each.name}-01") if each.name[:4].isdigit() else None
        rows.append({"name": each.name, "day": day, "answers": each.answers, "groups": cells})
    return rows


def _drawn(months: Sequence[Slice], groups: Sequence[Group]) -> list[dict[str, Any]]:
    """Rows of a chart: of each large group its share of the answers in each month; none of a single month.

    A chart is kept for a while: a group is called after what it says only when it states facts and several people
    were told them, so that no words that one customer was told stay there.
    """
    if len(months) < _FEWEST_MONTHS:
        return []
    return [
        {"name": _drawn_name(at, group), "month": f"{each.name}-01", "share": each.counts[group.number] / each.answers}
        for at, group in enumerate(groups[:_COLUMNS], 1)
        for each in months
    ]


def _drawn_name(at: int, group: Group) -> str:
    if group.states and group.count.people > 1:
        return f"{at}. {shortened(group.says)}"
    return gettext("Answer %(number)s") % {"number": at}


@dataclass(frozen=True, slots=True)
class Book:
    """What the book says now, since when, and what it said before."""

    version: Version
    validated: bool
    since: date | None
    before: Sequence[Version]


def _book(question: Question) -> Book | None:
    if question.answer is None or question.answer.current is None:
        return None
    versions = versions_of(question.answer)
    now = question.answer.current
    validated = bool(versions) and versions[0].pk == now.pk
    return Book(now, validated, now.valid_from or now.at.date(), [each for each in versions if each.pk != now.pk][:3])


@dataclass(frozen=True, slots=True)
class Ruled:
    """What someone said of two groups."""

    ruling: Ruling
    name: str
    one: str
    other: str


def rulings_of(question: Question) -> list[Ruled]:
    """What people said of the answers to this question that still counts, newest first."""
    about = Q(one__question=question) | Q(other__question=question)
    chosen = list(Ruling.objects.filter(about, undone=False).select_related("by", "one", "other").order_by("-pk"))
    touched = {given.question_id for each in chosen for given in (each.one, each.other) if given is not None}
    questions = list(Question.objects.filter(pk__in=[pk for pk in touched if pk is not None]))
    known = standing(questions)
    said = {(each.pk, g["number"]): known.says(g, language()) for each in questions for g in each.groups}

    def says(given: Given | None) -> str:
        return "" if given is None else said.get((given.question_id or 0, given.group), "")

    return [Ruled(each, RULINGS.get(each.verdict, each.verdict), says(each.one), says(each.other)) for each in chosen]
