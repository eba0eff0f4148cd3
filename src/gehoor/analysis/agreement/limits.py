"""How the words around a figure limit it: "maximaal", "pas na", "of meer", "de limiet is"."""

from gehoor.analysis.agreement.facts import Bound
from gehoor.analysis.agreement.lexicon import any_of, named
from gehoor.kernel.patterns import regex

_BOUND_WORDS = named("bounds")
_SHORT = r"(?:\s+(?:de|het|een|the|a|an|van|of|ook|nog|wel|op|is|bedrag|ook|nu|mijn|uw|in|to|zo'n|één|maar|slechts))?"
_BEFORE_BOUND = tuple(
    (Bound(key), regex(any_of(_BOUND_WORDS[key]).pattern + rf"(?:{_SHORT}){{0,2}}\s*(?:€\s*)?\Z"))
    for key in ("at_most", "at_least", "about")
)
_AFTER_BOUND = tuple(
    (Bound(key.removeprefix("after_")), regex(r"\s*,?\s*" + any_of(_BOUND_WORDS[key]).pattern))
    for key in ("after_at_most", "after_at_least", "after_about")
)
_LIMIT_WORDS = tuple(
    (Bound(key.removeprefix("noun_")), any_of(_BOUND_WORDS[key])) for key in ("noun_at_most", "noun_at_least")
)
_DENIED_MORE = any_of(_BOUND_WORDS["turning"])
_NOT_AFTER = regex(r"(?<!\w)(?:niet|geen|nooit|not|never|niks|no|n't)(?!\w)|n't\b")


def bound_of(said: str, start: int, end: int, clause: tuple[int, int]) -> Bound | None:
    """How the words around a figure limit it; None when they do not."""
    before = said[max(clause[0], start - 42) : start]
    after = said[end : min(end + 30, len(said))]
    best: tuple[int, Bound] | None = None
    for bound, pattern in _BEFORE_BOUND:
        hit = pattern.search(before)
        if hit and (best is None or hit.start() < best[0]):
            best = (hit.start(), bound)
    if best is None:
        for bound, pattern in _AFTER_BOUND:
            if pattern.match(after):
                return bound
        return _noun_bound(said, start, clause)
    return _turned(said, best[1], before[best[0] :], start, end, clause)


def _turned(said: str, bound: Bound, cue: str, start: int, end: int, clause: tuple[int, int]) -> Bound:
    """ "Meer dan 90 % financieren wij niet" is at most 90 %."""
    if bound is Bound.ABOUT or not _DENIED_MORE.search(cue):
        return bound
    denied = _NOT_AFTER.search(said, end, clause[1]) or _NOT_AFTER.search(
        said, max(clause[0], start - 60), start - len(cue)
    )
    if not denied:
        return bound
    return Bound.AT_MOST if bound is Bound.AT_LEAST else Bound.AT_LEAST


def _noun_bound(said: str, start: int, clause: tuple[int, int]) -> Bound | None:
    """ "De limiet is 1.500": a word for a limit in the same clause."""
    for bound, pattern in _LIMIT_WORDS:
        if pattern.search(said, max(clause[0], start - 70), start):
            return bound
    return None
