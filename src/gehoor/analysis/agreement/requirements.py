"""What an answer says is needed or is not: "u heeft onze toestemming nodig", "zonder afspraak", "no receipt required".

Two answers to one question may both say yes and still clash in this. Nouns of need and the words that say so stand in
``lexicon/requirements.txt``; negation turns, also "zonder ... niet" (natural logic's polarity). A noun that one answer
both asks and does not ask for says nothing: it is for two cases then.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gehoor.analysis.agreement.context import Clause
from gehoor.analysis.agreement.facts import Fact, FactKind, Polarity
from gehoor.analysis.agreement.ideas import ideas_in
from gehoor.analysis.agreement.lexicon import any_of, named, pattern_of
from gehoor.kernel.patterns import regex

NEED = "need"
"""The role of such a fact."""
_WORDS = {key: pattern_of("requirements", key) for key in named("requirements") if not key.startswith("noun ")}
_NOUNS = tuple(
    (key.removeprefix("noun "), any_of(forms))
    for key, forms in named("requirements").items()
    if key.startswith("noun ")
)
_FORMS = {form for key, forms in named("requirements").items() if key.startswith("noun ") for form in forms}
_DENIAL = pattern_of("polarity", "negation")
_NEUTRAL = pattern_of("polarity", "neutral")
_FEW = r"(?:\s+[\w'-]+){0,3}?\s+\Z"
_BEFORE = {key: regex(_WORDS[key].pattern + _FEW) for key in ("without", "with", "only")}
_OF = regex(r"(?<!\w)(?:van|from|of|by)\s+(?:\w+\s+){0,2}?" + _WORDS["third"].pattern)
_FOR = regex(r"(?<!\w)(?:voor|for|om|to|bij)\s+((?:[\w'-]+\s*){1,4})")
_AT = regex(
    r"(?<!\w)(?:voor|bij|naar|tijdens|over|for|at|during|about)\s+(?:(?:de|het|een|uw|je|deze|die|the|your|a|an|this)\s+)?\Z"
)
""" "Voor de afspraak": it is there already, and nothing is said of whether it is needed."""
_REACH = 60
"""Characters before a noun in which a word belongs to it."""


@dataclass(frozen=True, slots=True)
class Need:
    """``thing``: what is needed, a name of the lexicon. ``which``: which one of its sort ("kapvergunning"), empty where
    nothing says so. ``giver``: of whom, a word for somebody else than us; empty for us and for nobody named.
    ``subject``: ideas of what it is needed for, as far as the clause says. ``fact``: yes where it is needed, no where
    it is not; its role is :data:`NEED`."""

    thing: str
    which: str
    giver: str
    subject: frozenset[str]
    fact: Fact
    clause: Clause

    @property
    def needed(self) -> bool:
        """Needed, or not needed."""
        return isinstance(self.fact.value, Polarity) and self.fact.value.yes

    def opposes(self, other: "Need") -> bool:
        """Does the one say it is needed and the other that the same is not?"""
        same = self.thing == other.thing and (not (self.which and other.which) or self.which == other.which)
        return same and self.giver == other.giver and self.needed != other.needed


@cache
def _saying() -> frozenset[str]:
    """The ideas of the words that say so themselves; made when first needed, since it takes the lemmas."""
    forms = [form for each in named("requirements").values() for form in each]
    return frozenset(idea for form in forms for idea in ideas_in(form, 0, len(form)))


def needs_of(said: str, found: list[Clause]) -> list[Need]:
    """What a text in lower case says is needed or not, in order, each thing once."""
    kept: dict[tuple[str, str], Need | None] = {}
    for clause in found:
        for need in _in_clause(said, clause):
            key = (need.thing, need.which)
            known = kept.setdefault(key, need)
            if known is not None and known.needed != need.needed:
                kept[key] = None
    mixed = {thing for (thing, _), need in kept.items() if need is None}
    return [need for need in kept.values() if need is not None and need.thing not in mixed]


def _in_clause(said: str, clause: Clause) -> Iterator[Need]:
    if clause.condition == "if" or clause.contact:
        return
    for thing, pattern in _NOUNS:
        hit = pattern.search(said, clause.start, clause.end)
        sign = _sign(said, clause, hit) if hit else 0
        if hit and sign:
            text = said[clause.start : clause.end]
            start = clause.start + len(text) - len(text.lstrip())
            value = Polarity(sign > 0)
            fact = Fact(FactKind.YES_NO, start, clause.start + len(text.rstrip()), value, hit[0], role=NEED)
            third = _OF.search(said, clause.start, clause.end)
            giver = third[0].split()[-1] if third else ""
            yield Need(thing, "" if hit[0] in _FORMS else hit[0], giver, _subject(said, clause), fact, clause)


def _subject(said: str, clause: Clause) -> frozenset[str]:
    """The ideas of "voor een dakkapel", "om te verhuren"."""
    spans = (hit.span(1) for hit in _FOR.finditer(said, clause.start, clause.end))
    return frozenset(idea for start, end in spans for idea in ideas_in(said, start, end)) - _saying()


def _sign(said: str, clause: Clause, noun: re.Match[str]) -> int:
    """1: needed, -1: not needed, 0: nothing is said of it."""
    before = said[max(clause.start, noun.start() - _REACH) : noun.start()]
    if _AT.search(before):
        return 0
    denied = _denials(said, clause) % 2 == 1
    if _BEFORE["without"].search(before):
        fails = _WORDS["fails"].search(said, clause.start, clause.end) is not None
        return 1 if denied != fails else -1
    if clause.condition in ("only", "unless"):
        return 0 if denied else 1
    if _said(said, clause, "optional"):
        return 1 if denied else -1
    if _said(said, clause, "need"):
        return -1 if denied else 1
    if _said(said, clause, "other"):
        return 0
    if _BEFORE["only"].search(before) and not denied:
        return 1
    if _said(said, clause, "asks") and _said(said, clause, "before"):
        return -1 if denied else 1
    return 1 if _BEFORE["with"].search(before) and not denied else 0


def _said(said: str, clause: Clause, key: str) -> bool:
    return _WORDS[key].search(said, clause.start, clause.end) is not None


def _denials(said: str, clause: Clause) -> int:
    hidden = [hit.span() for hit in _NEUTRAL.finditer(said, clause.start, clause.end)]
    found = [hit.start() for hit in _DENIAL.finditer(said, clause.start, clause.end)]
    return sum(not any(first <= at < last for first, last in hidden) for at in found)
