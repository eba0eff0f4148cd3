"""What visitors were told, held against the answer book as it was on that day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gehoor.analysis.agreement import Fact, Statement, Verdict, compare
from gehoor.kernel.language import sentence
from gehoor.rooms.answers.models import State, Version, Visit, VisitAnswer, VisitState

VERDICT_NAMES = {
    Verdict.AGREE: sentence("As the book says"),
    Verdict.DIFFER: sentence("Less than the book says"),
    Verdict.CONTRADICT: sentence("Otherwise than the book says"),
    Verdict.CANNOT_TELL: sentence("We cannot tell"),
}
VERDICT_TONES = {Verdict.AGREE: "good", Verdict.DIFFER: "care", Verdict.CONTRADICT: "stop", Verdict.CANNOT_TELL: ""}
Pieces = list[tuple[str, bool]]
"""A text in order, each piece with whether it is marked."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One question of a visit. ``verdict`` is None where there is nothing to compare; ``clashes`` are pairs of what was
    told and what the book says, in words."""

    answer: VisitAnswer
    version: Version | None
    verdict: Verdict | None
    told: Pieces
    book: Pieces
    clashes: list[tuple[str, str]]

    @property
    def name(self) -> str:
        """How the verdict is called."""
        return VERDICT_NAMES[self.verdict] if self.verdict else ""

    @property
    def tone(self) -> str:
        """Its colour."""
        return VERDICT_TONES[self.verdict] if self.verdict else ""


def compare_visit(visit: Visit, language: str) -> list[Compared]:
    """Every question of a visit, in order. A planned visit has nothing to compare yet."""
    answers = list(visit.answers.select_related("answer__current"))
    day = visit.visited_at or timezone.now()
    return [_compare(each, _version_on(each, day), language) for each in sorted(answers, key=lambda one: one.position)]


def _version_on(answer: VisitAnswer, moment: datetime) -> Version | None:
    """What the book said then; today's entry where it was written since."""
    if answer.answer is None:
        return None
    then = answer.answer.versions.filter(at__lte=moment, proposal="").order_by("-number").first()
    return then or answer.answer.current


def _compare(answer: VisitAnswer, version: Version | None, language: str) -> Compared:
    if version is None or version.state == State.ARCHIVED or not answer.told:
        book = [(version.text, False)] if version is not None else []
        return Compared(answer, version, None, [(answer.told, False)], book, [])
    one, other = Statement.of(answer.told, answer.question), Statement.of(version.text, version.question)
    found = compare(one, other, answer.question)
    return Compared(
        answer,
        version,
        found.verdict,
        _marked(answer.told, [clash.a for clash in found.clashes]),
        _marked(version.text, [clash.b for clash in found.clashes]),
        [(clash.a.says(language), clash.b.says(language)) for clash in found.clashes],
    )


def _marked(text: str, facts: Sequence[Fact]) -> Pieces:
    pieces: Pieces = []
    at = 0
    for start, end in sorted({(fact.start, fact.end) for fact in facts}):
        if start >= at:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


@dataclass(frozen=True, slots=True)
class Row:
    """A visit in the list: how many questions it has, and of a reported one how many were told as the book says,
    otherwise, or not asked."""

    visit: Visit
    questions: int
    agree: int = 0
    otherwise: int = 0
    compared: int = 0
    not_asked: int = 0


def rows(visits: Iterable[Visit], language: str) -> list[Row]:
    """Visits as the list shows them."""
    return [_row(visit, language) for visit in visits]


def _row(visit: Visit, language: str) -> Row:
    if visit.state != VisitState.REPORTED:
        return Row(visit, visit.answers.count())
    compared = compare_visit(visit, language)
    verdicts = [each.verdict for each in compared if each.verdict]
    return Row(
        visit,
        len(compared),
        agree=sum(verdict in {Verdict.AGREE, Verdict.DIFFER} for verdict in verdicts),
        otherwise=verdicts.count(Verdict.CONTRADICT),
        compared=len(verdicts),
        not_asked=sum(not each.answer.asked for each in compared),
    )
