"""What one answer states, read once so that it can be compared with many."""

from dataclasses import dataclass, field, replace

from gehoor.analysis.agreement.context import Clause, read_clauses
from gehoor.analysis.agreement.facts import Day, Fact, FactKind, Value
from gehoor.analysis.agreement.finding import facts_in_clauses
from gehoor.analysis.agreement.ideas import ideas_in
from gehoor.analysis.agreement.idle import is_idle
from gehoor.analysis.agreement.lexicon import pattern_of, plain
from gehoor.analysis.agreement.owned import is_own
from gehoor.analysis.agreement.questions import Question, read_question
from gehoor.analysis.agreement.requirements import Need, needs_of

_COURTESY = pattern_of("conditions", "courtesy")
_STEM = 5
_MOST_BESIDE = 30
"""Facts of one sentence that may say for which case another is."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact with what decides whether another is about the same. ``near``: ideas of its clause; ``ideas``: of its
    sentence; ``front`` and ``case``: what its sentence is restricted to, less what was asked; ``figures``: facts of
    other kinds that restrict it; ``when``: the year or month it is for; ``fronted``: it
    stands in the phrase that opens its sentence; ``fit``: how well it answers."""

    fact: Fact
    near: frozenset[str]
    ideas: frozenset[str]
    front: frozenset[str]
    case: frozenset[str]
    cases: frozenset[tuple[int, int]]
    figures: frozenset[tuple[FactKind, Value]]
    when: Day | None
    soft: bool
    fronted: bool
    fit: float
    elliptic: bool = False
    """Its clause names nothing ("dat mag twaalf maanden"), so that it is about what was asked."""
    own: bool = False
    """It is of this customer's own situation, see ``owned.py``."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The facts of one answer to ``question``. Make it with :meth:`of`. Equal ``key``: states the same in the same
    words of substance."""

    text: str
    question: str
    facts: tuple[Fact, ...]
    stated: tuple[Stated, ...] = field(repr=False)
    ideas: frozenset[str] = field(repr=False)
    cases: frozenset[tuple[int, int]] = field(repr=False)
    conditions: frozenset[str] = field(repr=False)
    conditional: bool = False
    soft: bool = False
    sentences: tuple[tuple[frozenset[str], bool], ...] = field(default=(), repr=False)
    """Of each sentence that is more than courtesy or contact: its ideas, and whether it states a figure or
    condition."""
    leans: Stated | None = field(default=None, repr=False)
    """Which way it leans on yes or no, sure or not."""
    shares: tuple[float, float] = (0.0, 0.0)
    """How likely it says yes, and no."""
    needs: tuple[tuple[Need, Stated], ...] = field(default=(), repr=False)
    """What it says is needed or not; the ``figures`` are those that stand beside it."""

    idle: bool = False
    """It answers nothing, see ``idle.py``."""

    @classmethod
    def of(cls, text: str, question: str = "") -> "Statement":
        """Read an answer. Any text will do; one without facts states none."""
        asked = read_question(question)
        said = plain(text)
        found = read_clauses(said)
        idle = is_idle(text)
        placed, answer = ([], None) if idle else facts_in_clauses(said, found, asked)
        of_sentence: dict[int, frozenset[str]] = {}
        for clause in found:
            of_sentence[clause.sentence] = of_sentence.get(clause.sentence, frozenset()) | clause.ideas
        asked_cases = asked.cases
        by_sentence: dict[int, list[tuple[Fact, Clause]]] = {}
        for fact, clause in placed:
            beside = by_sentence.setdefault(clause.sentence, [])
            if len(beside) < _MOST_BESIDE:
                beside.append((fact, clause))
        stated = tuple(
            replace(
                _stated(fact, clause, of_sentence[clause.sentence], asked, asked_cases, by_sentence[clause.sentence]),
                own=is_own(said, fact, clause),
            )
            for fact, clause in placed
        )
        leans = (
            _stated(answer.fact, answer.clause, of_sentence[answer.clause.sentence], asked, asked_cases, [])
            if answer
            else None
        )
        needs = tuple(
            (need, _needed(need, of_sentence[need.clause.sentence], asked, by_sentence.get(need.clause.sentence, [])))
            for need in needs_of(said, found)
        )
        provisos = [clause for clause in found if clause.condition]
        return cls(
            text,
            question,
            tuple(fact for fact, _ in placed),
            (*stated, *(each for _, each in needs)),
            frozenset(idea for clause in found if not clause.contact for idea in clause.ideas),
            frozenset(case for clause in found for case in clause.cases) - asked_cases,
            frozenset(idea for clause in provisos for idea in clause.ideas) - asked.ideas,
            bool(provisos),
            any(clause.soft for clause in found if clause.sentence <= 1),
            _sentences(said, found, placed),
            leans,
            (answer.yes, answer.no) if answer else (0.0, 0.0),
            needs,
            idle,
        )

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for answers that state the same facts about the same ideas."""
        needs = frozenset((need.thing, need.which, need.needed) for need, _ in self.needs)
        stated = frozenset(fact.key for fact in self.facts)
        return (stated, self.ideas, self.cases, self.conditions, self.soft, needs, self.idle)


def _sentences(
    said: str, found: list[Clause], placed: list[tuple[Fact, Clause]]
) -> tuple[tuple[frozenset[str], bool], ...]:
    """The sentences that can bear on the question."""
    figures = {clause.sentence for fact, clause in placed if fact.kind is not FactKind.YES_NO and not fact.role}
    ideas: dict[int, frozenset[str]] = {}
    for clause in found:
        if not clause.contact and not _COURTESY.search(said, clause.start, clause.end):
            ideas[clause.sentence] = ideas.get(clause.sentence, frozenset()) | clause.ideas
    return tuple((each, number in figures) for number, each in ideas.items() if each)


def _needed(need: Need, of_sentence: frozenset[str], asked: Question, beside: "list[tuple[Fact, Clause]]") -> Stated:
    made = _stated(need.fact, need.clause, of_sentence, asked, asked.cases, beside)
    figures = {
        (fact.kind, fact.value) for fact, clause in beside if clause is need.clause and fact.kind not in _NO_FIGURE
    }
    return replace(made, figures=made.figures | figures)


_NO_FIGURE = frozenset((FactKind.YES_NO, FactKind.CONDITION))


def _stated(
    fact: Fact,
    clause: Clause,
    of_sentence: frozenset[str],
    asked: Question,
    asked_cases: frozenset[tuple[int, int]],
    placed: "list[tuple[Fact, Clause]]",
) -> Stated:
    fit = 2.0 if fact.kind in asked.kinds or fact.kind is FactKind.YES_NO else 0.0
    fit += min(2, len(clause.ideas & asked.ideas)) + 0.5 * min(2, len(of_sentence & asked.ideas))
    fit -= {"contact": 3.0, "condition": 3.0, "past": 1.5, "reply": 1.5}.get(fact.role, 0.0)
    if (isinstance(fact.value, Day) and fact.value.anchor) or (fact.kind is FactKind.PERIOD and fact.per != "once"):
        fit -= 1.5
    if isinstance(fact.value, Day) and not fact.value.last and not fact.value.anchor:
        fit -= 0.8
    fit -= (1.0 if clause.aside else 0.0) + 0.15 * clause.sentence
    same = {number for number, _ in asked_cases}
    return Stated(
        fact,
        clause.ideas or of_sentence,
        of_sentence,
        _beyond(clause.front, asked.ideas),
        frozenset() if fact.kind is FactKind.YES_NO and clause.condition else _beyond(clause.case, asked.ideas),
        frozenset(case for case in clause.cases - asked_cases if case[0] not in same or case in clause.cases),
        frozenset((each.kind, each.value) for each, where in placed if _restricts(each, where, fact, clause)),
        next(
            (
                each.value
                for each, where in placed
                if where is clause and isinstance(each.value, Day) and each.value.anchor
            ),
            None,
        ),
        clause.soft,
        clause.front_span[0] <= fact.start < clause.front_span[1],
        fit,
        not clause.ideas,
    )


def _beyond(ideas: frozenset[str], asked: frozenset[str]) -> frozenset[str]:
    """Less what was asked, also in another form of the word ("student", "studeren")."""
    stems = {idea[:_STEM] for idea in asked if len(idea) >= _STEM}
    return frozenset(idea for idea in ideas - asked if idea[:_STEM] not in stems)


def _restricts(other: Fact, where: Clause, fact: Fact, clause: Clause) -> bool:
    """Does another fact, in the phrase or condition that opens the sentence, say for which case this one is?"""
    if where.sentence != clause.sentence or other.kind in (fact.kind, FactKind.CONDITION, FactKind.YES_NO):
        return False
    start, end = clause.front_span
    return start <= other.start < end or where.condition in ("if", "only")


def question_of(statement: Statement) -> Question:
    """Its question as it was read."""
    return read_question(statement.question)


def words_of(text: str) -> frozenset[str]:
    """The ideas of any text."""
    said = plain(text)
    return ideas_in(said, 0, len(said))
