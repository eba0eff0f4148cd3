"""What a percentage is of, and which amounts beside it are only what it comes to for one customer.

"10 % van de oorspronkelijke hoofdsom, in uw geval € 24.500" tells the next customer the same as "10 % van wat u ooit
leende, dat is € 16.000": the percentage is the answer, the amounts are worked examples of it. The same percentage of
something else is another answer.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from gehoor.analysis.agreement.context import Clause
from gehoor.analysis.agreement.facts import Fact, FactKind
from gehoor.analysis.agreement.lexicon import named, pattern_of
from gehoor.analysis.agreement.questions import Question

_BASES = tuple((key, pattern_of("bases", key)) for key in named("bases") if key not in
               ("worked", "own", "own_before", "fits"))  # fmt: skip
_FAR = 75
_BEFORE = 44
_NEW_SENTENCE = re.compile(r"[.!?\n](?=\s|$)")
_OWN = re.compile(pattern_of("bases", "own").pattern + r"(?: \w+){0,1}\s*(?:€\s*)?\Z")
_OWN_BEFORE = re.compile(pattern_of("bases", "own_before").pattern + r"\s*(?:€\s*)?\Z")
_FITS = re.compile(r"(?:\s+euro)?\s*" + pattern_of("bases", "fits").pattern)
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
