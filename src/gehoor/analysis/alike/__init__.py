"""Whether two texts are one text that more people sent: which of their sentences are the same.

A sentence is kept as a number that forgets capitals, accents, marks and figures, so that a contract number or a date
filled in does not make it another. Where most of what both say is the same, they are one text, and what only one of
them says are its own words. (Whole sentences instead of overlapping runs of words, as in Broder, "On the resemblance
and containment of documents", 1997: what is shared can then be shown, and own words are whole sentences.)
"""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from gehoor.analysis.needs.sentences import sentences

LEAST_WORDS = 25
"""Texts that share fewer words than this may be alike by chance."""
SHARE = 0.6
"""So much of the shorter text stands in the other."""
_SHORTEST = 5
_LONGEST = 50_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]``, its number (64 bits with a sign) and how many words it has."""

    start: int
    end: int
    key: int
    words: int


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text of at least five words, in order; of a very long text those of its first part."""
    found = []
    for start, end in sentences(text[:_LONGEST]):
        plain = _plain(text[start:end])
        if len(plain) >= _SHORTEST:
            found.append(Sentence(start, end, _key(plain), len(plain)))
    return found


def _plain(sentence: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", sentence.casefold())
    return "".join(_letter(each) for each in folded).split()


def _letter(sign: str) -> str:
    if unicodedata.combining(sign):
        return ""
    return sign if sign.isalpha() else " "


def _key(plain: Sequence[str]) -> int:
    return int.from_bytes(blake2b(" ".join(plain).encode(), digest_size=8).digest(), "big", signed=True)


def as_keys(found: Collection[Sentence]) -> dict[int, int]:
    """How many words each sentence has, by its number."""
    return {each.key: each.words for each in found}


def shared(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    """The sentences that both have."""
    return {key: count for key, count in one.items() if key in other}


def is_one_text(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    """Whether these are one text: enough words are the same, and they are most of the shorter of the two."""
    same = sum(shared(one, other).values())
    return same >= LEAST_WORDS and same >= SHARE * min(sum(one.values()), sum(other.values()))


def own_words(found: Sequence[Sentence], common: Collection[int]) -> list[tuple[int, int]]:
    """Where a text says what the others do not: ``(start, end)`` of runs of such sentences."""
    runs: list[tuple[int, int]] = []
    last = None
    for place, each in enumerate(found):
        if each.key in common:
            continue
        if last == place - 1 and runs:
            runs[-1] = (runs[-1][0], each.end)
        else:
            runs.append((each.start, each.end))
        last = place
    return runs
