"""Figures that an answer only repeats: what the customer read, or a colleague said, and is not so.

"U las dat 15 % boetevrij is; dat is niet zo, het is 10 %" says 10 %, and nothing of 15 % but that it is not so.
"""

from collections.abc import Iterator
from dataclasses import replace

from gehoor.analysis.agreement.context import Clause
from gehoor.analysis.agreement.facts import Fact, FactKind
from gehoor.analysis.agreement.lexicon import pattern_of
from gehoor.kernel.patterns import regex

_REPORTS, _DENIES, _AFFIRMS, _FROM, _WHERE = (
    pattern_of("quoted", key) for key in ("reports", "denies", "affirms", "from", "where")
)
_TURN = regex(r";|(?<!\w)(?:maar|but|terwijl|while|however)(?!\w)")
_FIGURES = frozenset((FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DATE, FactKind.PERIOD, FactKind.NUMBER))
_FAR, _BESIDE, _BEFORE, _BEYOND = 90, 30, 24, 70

Placed = tuple[Fact, Clause]
Span = tuple[int, int]


def with_quoted(said: str, placed: list[Placed], found: list[Clause]) -> list[Placed]:
    """Figures that are only repeated, and denied or said otherwise, get the role "quoted"."""
    if not any(pattern.search(said) for pattern in (_REPORTS, _FROM, _WHERE)):
        return placed
    spans: dict[int, Span] = {}
    for clause in found:
        start, _ = spans.get(clause.sentence, (clause.start, clause.end))
        spans[clause.sentence] = (start, clause.end)
    return list(_marked(said, placed, spans))


def _marked(said: str, placed: list[Placed], spans: dict[int, Span]) -> Iterator[Placed]:
    own = [fact for fact, clause in placed if not _reported(said, fact, spans[clause.sentence])]
    for fact, clause in placed:
        quoted = fact.kind in _FIGURES and not fact.role and _quoted(said, fact, clause, spans, own)
        yield (replace(fact, role="quoted") if quoted else fact), clause


def _reported(said: str, fact: Fact, span: Span) -> bool:
    """Does it stand under the words that report it, with no "but" in between?"""
    hits = list(_REPORTS.finditer(said, max(span[0], fact.start - _FAR), fact.start))
    return bool(hits) and _TURN.search(said, hits[-1].end(), fact.start) is None


def _quoted(said: str, fact: Fact, clause: Clause, spans: dict[int, Span], own: list[Fact]) -> bool:
    span = spans[clause.sentence]
    if _WHERE.search(said, fact.end, min(span[1], fact.end + _BESIDE)):
        return True
    if _FROM.search(said, max(span[0], fact.start - _BEFORE), fact.start):
        return True
    if not _reported(said, fact, span):
        return False
    last = spans.get(clause.sentence + 1, span)[1]
    if _DENIES.search(said, fact.end, min(last, max(span[1], fact.end) + _BEYOND)):
        return True
    if _AFFIRMS.search(said, span[0], last):
        return False
    return any(each.kind is fact.kind and each.start > fact.end and each.value != fact.value for each in own)
