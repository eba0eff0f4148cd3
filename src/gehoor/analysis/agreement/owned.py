"""Which figures are of one customer's own situation: "uw restschuld is € 182.000", "uw afspraak staat op 3 mei".

Another customer is rightly told another figure, so such figures say nothing of whether answers to different people
agree. To the same person they are compared like all others.
"""

from gehoor.analysis.agreement.context import Clause
from gehoor.analysis.agreement.facts import Fact, FactKind
from gehoor.analysis.agreement.lexicon import pattern_of
from gehoor.kernel.patterns import regex

_WHOSE = pattern_of("own", "whose").pattern
_NOUNS = {
    kind: regex(_WHOSE + r"(?:\s+[\w-]+){0,2}?\s+" + pattern_of("own", kind).pattern)
    for kind in ("amount", "date", "period")
}
_HOLDS, _IS, _OTHER, _NOW = (pattern_of("own", key) for key in ("holds", "is", "other", "now"))
_FAR = 50


def is_own(said: str, fact: Fact, clause: Clause) -> bool:
    """Whether a figure of a text in lower case is of this customer's own situation, by the words of its clause."""
    nouns = _NOUNS.get(str(fact.kind))
    if fact.kind is FactKind.AMOUNT and _NOW.search(said, max(clause.start, fact.start - _FAR), fact.start):
        return True
    if nouns is None or _OTHER.search(said, clause.start, fact.start):
        return False
    if fact.kind is FactKind.AMOUNT and _HOLDS.search(said, clause.start, clause.end):
        return True
    return any(
        fact.start - hit.end() <= _FAR and _IS.search(said, hit.end(), fact.start) is not None
        for hit in nouns.finditer(said, clause.start, fact.start)
    )
