"""Holding one text against another: what the analysis of agreement says, in the terms of this part."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gehoor.analysis.agreement import Comparison, Fact, FactKind, Proviso, Statement, Verdict, compare
from gehoor.analysis.agreement.statement import words_of
from gehoor.analysis.agreement.tokens import sentences

SURE = 0.6
"""How probable it has to be that an entry answers a question before a draft is held against it."""
VERY_SURE = 0.75
"""From here on two values that answer the question are of the same thing, even when no word beside them says so."""

_ASIDE = frozenset({"contact", "quoted"})
_CUES = frozenset({"alleen", "als", "enkel", "if", "indien", "mits", "only", "provided", "slechts", "tenzij", "unless"})


@dataclass(frozen=True, slots=True)
class Clash:
    """The draft states one thing, the source another, of the same."""

    kind: FactKind
    about: str
    draft: Fact
    source: Fact


@dataclass(frozen=True, slots=True)
class Held:
    """``agrees``: they state at least one thing alike, and nothing otherwise. ``left_out``: conditions of the source
    that the draft does not name, each with the fact of the draft that holds on that condition only."""

    clashes: list[Clash] = field(default_factory=list)
    left_out: list[tuple[Fact, Fact]] = field(default_factory=list)
    alike: list[Fact] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Nothing otherwise, and something alike."""
        return bool(self.alike) and not self.clashes


def hold(ours: Statement, theirs: Statement, struck: Sequence[Fact] = (), *, sure: bool = True) -> Held:
    """What a draft (``ours``) states beside what a source does. ``struck``: what people said the source does not state,
    although it seems so. Unless it is ``sure`` that both answer the same, what clashes has to stand in sentences that
    share an idea."""
    found = compare(ours, theirs)
    clashes = [Clash(each.kind, each.about, each.a, each.b) for each in found.clashes if each.b not in struck]
    clashes = [each for each in clashes if sure or _same_subject(each, ours, theirs)]
    clashing = {_place(each.draft) for each in clashes}
    alike = [fact for fact in _alike(ours, theirs, found) if _place(fact) not in clashing]
    if found.verdict is Verdict.CANNOT_TELL:
        alike = []
    return Held(clashes, [] if clashes else _left_out(ours, theirs, alike), alike)


def _same_subject(clash: Clash, ours: Statement, theirs: Statement) -> bool:
    return bool(_ideas_around(clash.draft, ours) & _ideas_around(clash.source, theirs))


def _ideas_around(fact: Fact, said: Statement) -> frozenset[str]:
    return next((each.ideas for each in said.stated if each.fact == fact), frozenset())


def _alike(ours: Statement, theirs: Statement, found: Comparison) -> list[Fact]:
    """What both state alike, of the same thing as far as can be seen; of a yes or no, where each gives one only."""
    figures = [mine for mine, _ in found.alike if mine.role not in _ASIDE]
    answers = [[fact for fact in each.facts if fact.kind is FactKind.YES_NO] for each in (ours, theirs)]
    same = len(answers[0]) == 1 and {fact.value for fact in answers[0]} == {fact.value for fact in answers[1]}
    return sorted([*figures, *(answers[0] if same else ())], key=_place)


def _left_out(ours: Statement, theirs: Statement, alike: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """The conditions of what both state, of which the draft names less than half beyond the question."""
    asked = words_of(theirs.question) | words_of(ours.question)
    found = []
    for start, end in sentences(theirs.text):
        within = [fact for fact in theirs.facts if start <= fact.start < end]
        stated = _first(within, alike)
        for fact in within:
            if stated is None or not isinstance(fact.value, Proviso):
                continue
            ideas = set(fact.value.ideas) - asked - _CUES
            if ideas and 2 * len(ideas & ours.ideas) < len(ideas):
                found.append((fact, stated))
    return found


def _first(within: Sequence[Fact], alike: Sequence[Fact]) -> Fact | None:
    """The fact of the draft that this sentence of the source states too."""
    return next((ours for ours in alike for fact in within if (fact.kind, fact.value) == (ours.kind, ours.value)), None)


def _place(fact: Fact) -> tuple[int, int, str]:
    return fact.start, fact.end, str(fact.kind)


def read(text: str, question: str) -> Statement:
    """What a text states as the answer to a question. Not kept: it may be what a customer was told."""
    return Statement.of(text, question)


@lru_cache(maxsize=1_000)
def read_entry(text: str, question: str) -> Statement:
    """The same of an entry of the book, which is nobody's data and read again and again."""
    return Statement.of(text, question)


def states(facts: Sequence[Fact], fact: Fact) -> bool:
    """Whether the same is among these."""
    return any(each.key == fact.key for each in facts)
