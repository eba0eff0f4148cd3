"""What a percentage is of, and which amounts beside it are only what it comes to for one customer.

"10 % van de oorspronkelijke hoofdsom, in uw geval € 24.500" tells the next customer the same as "10 % van wat u ooit
leende, dat is € 16.000": the percentage is the answer, the amounts are worked examples of it. The same percentage of
something else is another answer.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from gehoor.analysis.agreement.context import Clause
from gehoor.analysis.agreement.facts import Fact, FactKind, Quantity
from gehoor.analysis.agreement.lexicon import named, pattern_of
from gehoor.analysis.agreement.questions import Question
from gehoor.kernel.patterns import regex

_BASES = tuple((key, pattern_of("bases", key)) for key in named("bases") if key not in
               ("worked", "own", "own_before", "fits", "sums", "rule", "more", "more_asked"))  # fmt: skip
_FAR = 75
_BEFORE = 44
_NEW_SENTENCE = regex(r"[.!?\n](?=\s|$)")
_OWN = regex(pattern_of("bases", "own").pattern + r"(?: \w+){0,1}\s*(?:€\s*)?\Z")
_OWN_BEFORE = regex(pattern_of("bases", "own_before").pattern + r"\s*(?:€\s*)?\Z")
_FITS = regex(r"(?:\s+euro)?\s*" + pattern_of("bases", "fits").pattern)
_WORKED = pattern_of("bases", "worked")

Placed = tuple[Fact, Clause]


def with_bases(said: str, placed: list[Placed]) -> list[Placed]:
    """Percentages with what they are of, where the words after them say so."""
    return [
        (replace(fact, of=_base(said, fact)), clause) if fact.kind is FactKind.PERCENTAGE else (fact, clause)
        for fact, clause in placed
    ]


def _base(said: str, fact: Fact) -> str:
    stop = _NEW_SENTENCE.search(said, fact.end, fact.end + _FAR)
    last = stop.start() if stop else min(len(said), fact.end + _FAR)
    hits = [(hit.start(), key) for key, pattern in _BASES if (hit := pattern.search(said, fact.end, last))]
    return min(hits)[1] if hits else ""


_SO_IT_IS = pattern_of("bases", "sums")
_RULE = pattern_of("bases", "rule")
_MORE = pattern_of("bases", "more")
_MORE_ASKED = pattern_of("bases", "more_asked")
_SUMS = frozenset((FactKind.AMOUNT, FactKind.NUMBER))


def with_own_sums(said: str, placed: list[Placed], asked: Question) -> list[Placed]:
    """A percentage that is only the outcome of a sum with this customer's amounts ("you repay 20,000 of 200,000, that
    is 10 %") gets the role "example"; an amount by which something is more or less, where that is not asked,
    "change"."""
    changes = _MORE_ASKED.search(asked.said) is None
    return [(_in_a_sum(said, fact, clause, placed, changes), clause) for fact, clause in placed]


def _in_a_sum(said: str, fact: Fact, clause: Clause, placed: list[Placed], changes: bool) -> Fact:
    if fact.role or not isinstance(fact.value, Quantity):
        return fact
    if fact.kind is FactKind.AMOUNT and changes and _MORE.match(said, _past_space(said, fact.end)):
        return replace(fact, role="change")
    if fact.kind is not FactKind.PERCENTAGE or not _SO_IT_IS.search(said, max(0, fact.start - 16), fact.start):
        return fact
    before = [
        (each, where) for each, where in placed if each.end <= fact.start and clause.sentence - where.sentence <= 1
    ]
    figures = [each for each, _ in before if each.kind in _SUMS and isinstance(each.value, Quantity)]
    if len(figures) < 2 or _RULE.search(said, min(where.start for _, where in before), fact.start):
        return fact
    values = [each.value.low for each in figures if isinstance(each.value, Quantity)]
    share = fact.value.low / 100
    worked = any(whole and abs(part / whole - share) < 0.0006 for part in values for whole in values)
    return replace(fact, role="example") if worked else fact


def _past_space(said: str, at: int) -> int:
    while at < len(said) and said[at] == " ":
        at += 1
    return at


def with_examples(said: str, placed: list[Placed], asked: Question) -> list[Placed]:
    """Amounts that only work out a percentage for this customer get the role "example"."""
    if asked.kinds and FactKind.PERCENTAGE not in asked.kinds:
        return placed
    rates = sorted((fact.start, clause.sentence) for fact, clause in placed
                   if fact.kind is FactKind.PERCENTAGE and not fact.role)  # fmt: skip
    return list(_marked(said, placed, rates)) if rates else placed


def _marked(said: str, placed: list[Placed], rates: list[tuple[int, int]]) -> Iterator[Placed]:
    starts = [start for start, _ in rates]
    for fact, clause in placed:
        if fact.kind is not FactKind.AMOUNT or fact.role:
            yield fact, clause
            continue
        before = bisect_right(starts, fact.start) - 1
        after_rate = before >= 0 and clause.sentence - rates[before][1] <= 1
        worked = (after_rate and _works_out(said, fact, starts[before])) or _own(said, fact)
        yield (replace(fact, role="example") if worked else fact), clause


def _works_out(said: str, fact: Fact, rate: int) -> bool:
    return _WORKED.search(said, max(rate, fact.start - _BEFORE), fact.start) is not None


def _own(said: str, fact: Fact) -> bool:
    before = said[max(0, fact.start - 30) : fact.start]
    return bool(_OWN_BEFORE.search(before) or _FITS.match(said, fact.end)
                or (_OWN.search(before) and not _WORKED.search(before)))  # fmt: skip
