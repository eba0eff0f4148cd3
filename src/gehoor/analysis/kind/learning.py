"""Learns further cues from what people corrected.

The weight of a word for a kind is its log odds with Dirichlet smoothing against the other kinds (Monroe, Colaresi and
Quinn, "Fightin' Words", Political Analysis 2008), kept when it is surer than two standard deviations. A word that
fewer than five different persons used is never learned.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from gehoor.kernel.patterns import regex

FEWEST_PERSONS = 5
_SURE = 2.0
_LARGEST = 1.5
_PRIOR = 0.5
_WORD = regex(r"[^\W\d_]{3,}(?:['’][^\W_]+)*")


def learn(corrections: Iterable[tuple[str, str, int]]) -> Mapping[str, tuple[str, float]]:
    """Cues from ``(text, right kind, person)``; anonymous voices carry distinct negative numbers as person."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    persons: dict[str, set[int]] = defaultdict(set)
    for text, kind, person in corrections:
        for word in set(_WORD.findall(text.lower())):
            counts[kind][word] += 1
            persons[word].add(person)
    vocabulary = [word for word, who in persons.items() if len(who) >= FEWEST_PERSONS]
    return {word: cue for word in vocabulary if (cue := _strongest(word, counts)) is not None}


def _strongest(word: str, counts: Mapping[str, Counter[str]]) -> tuple[str, float] | None:
    best: tuple[str, float] | None = None
    for kind, inside in counts.items():
        here, all_here = inside[word] + _PRIOR, inside.total() + 1
        there = sum(other[word] for name, other in counts.items() if name != kind) + _PRIOR
        all_there = sum(other.total() for name, other in counts.items() if name != kind) + 1
        odds = math.log(here / all_here) - math.log(there / all_there)
        if odds / math.sqrt(1 / here + 1 / there) > _SURE and (best is None or odds > best[1]):
            best = (kind, odds)
    return None if best is None else (best[0], round(min(best[1], _LARGEST), 3))
