"""Holding one text against another: what the analysis of agreement says, in the terms of this part."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gehoor.analysis.agreement import Fact, FactKind, Proviso, Statement, Verdict, compare
from gehoor.analysis.agreement.statement import words_of

SURE = 0.5
"""How probable it has to be that an entry answers a question before a draft is held against it."""

_ASIDE = frozenset({"contact"})
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
    that the draft does not name, although it states something that they are about."""

    clashes: list[Clash] = field(default_factory=list)
    left_out: list[Fact] = field(default_factory=list)
    alike: list[Fact] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Nothing otherwise, and something alike."""
        return bool(self.alike) and not self.clashes


def hold(draft: str, asked: str, source: str, answers: str, struck: Sequence[Fact] = ()) -> Held:
    """``draft`` answers the question ``asked``, ``source`` answers ``answers``. ``struck``: what people said the source
    does not state, although it seems so."""
    ours, theirs = read(draft, asked), read(source, answers)
    found = compare(ours, theirs)
    clashes = [Clash(each.kind, each.about, each.a, each.b) for each in found.clashes if each.b not in struck]
    clashing = {_place(each.draft) for each in clashes}
    alike = [fact for fact in _alike(ours, theirs, found.only_a) if _place(fact) not in clashing]
    if found.verdict is Verdict.CANNOT_TELL:
        alike = []
    return Held(clashes, _left_out(ours, theirs) if alike or clashes else [], alike)


def _alike(ours: Statement, theirs: Statement, only_ours: Sequence[Fact]) -> list[Fact]:
    alone = set(map(_place, only_ours))
    answers = {fact.value for fact in theirs.facts if fact.kind is FactKind.YES_NO}
    kinds = {fact.kind for fact in theirs.facts if fact.role not in _ASIDE}
    return [
        fact
        for fact in ours.facts
        if fact.kind is not FactKind.CONDITION
        and fact.kind in kinds
        and fact.role not in _ASIDE
        and (fact.value in answers if fact.kind is FactKind.YES_NO else _place(fact) not in alone)
    ]


def _left_out(ours: Statement, theirs: Statement) -> list[Fact]:
    """The conditions of which the draft names little: less than half of what the question does not hold."""
    asked = words_of(theirs.question) | words_of(ours.question)
    found = []
    for fact in theirs.facts:
        if isinstance(fact.value, Proviso):
            ideas = set(fact.value.ideas) - asked - _CUES
            if ideas and 2 * len(ideas & ours.ideas) < len(ideas):
                found.append(fact)
    return found


def _place(fact: Fact) -> tuple[int, int, str]:
    return fact.start, fact.end, str(fact.kind)


@lru_cache(maxsize=1_000)
def read(text: str, question: str) -> Statement:
    """What a text states as the answer to a question."""
    return Statement.of(text, question)


def states(facts: Sequence[Fact], fact: Fact) -> bool:
    """Whether the same is among these."""
    return any(each.key == fact.key for each in facts)
