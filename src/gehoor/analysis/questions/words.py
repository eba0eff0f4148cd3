"""What a question is about, in words: dictionary forms, parts of compounds, everyday words for one thing, and pieces
of words for what is mistyped."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from zlib import crc32

from gehoor.analysis.needs.words import STOP_WORDS, WORD, known, lemma
from gehoor.kernel.patterns import regex

COLUMNS = 1 << 20
"""Terms are kept by a stable hash into so many columns."""
_INSIDE = regex(r"['’-]")
_STOP = STOP_WORDS["nl"] | STOP_WORDS["en"]
_SHORTEST_PART = 4
_PIECE = 4
_OF_PART, _OF_GROUP, _OF_PART_GROUP = 0.6, 0.7, 0.4
"""How much a part of a compound, an everyday group, and the group of a part count beside the word itself."""


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, tuple[str, ...]]:
    """Word -> names of the everyday groups that it stands in; two words as "eigen-risico"."""
    found: dict[str, set[str]] = defaultdict(set)
    lines = (files("gehoor.analysis.questions") / "lexicon" / "everyday.txt").read_text("utf-8").splitlines()
    for line in lines:
        words = [] if line.startswith("#") else line.split()
        for word in words:
            found[word].add(f"~{words[0]}")
            found[lemma(word)].add(f"~{words[0]}")
    return {word: tuple(sorted(names)) for word, names in found.items()}


@lru_cache(maxsize=200_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """Dictionary forms of the two parts of a Dutch compound; () when it is none."""
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        head, tail = word[:cut], word[cut:]
        if known(tail, "nl"):
            bare = next((part for part in _unjoined(head) if known(part, "nl")), None)
            if bare is not None:
                return lemma(bare), lemma(tail)
    return ()


def _unjoined(head: str) -> tuple[str, ...]:
    """A first part without what joins it to the second."""
    joined = (head[:-1],) if head.endswith("s") else (head[:-2],) if head.endswith("en") else ()
    return (head, *joined)


@lru_cache(maxsize=200_000)
def _of_word(word: str) -> tuple[tuple[str, float], ...]:
    base, groups = lemma(word), _groups()
    parts = compound_parts(word)
    found = [(base, 1.0), *((part, _OF_PART) for part in parts)]
    found += [(group, _OF_GROUP) for group in groups.get(word) or groups.get(base) or ()]
    found += [(group, _OF_PART_GROUP) for part in parts for group in groups.get(part, ())]
    return tuple(found)


def plain_words(text: str) -> list[str]:
    """Lower-case words that carry matter; one with a hyphen whole and in its parts. Numbers belong to them."""
    found: list[str] = []
    for word in WORD.findall(text.lower()):
        inner = _INSIDE.split(word)
        found += [part for part in dict.fromkeys([word, *inner]) if len(part) > 1 and part not in _STOP]
    return found


def terms(text: str) -> dict[str, float]:
    """How often each term occurs, as parts of words and everyday groups count."""
    words, groups = plain_words(text), _groups()
    found: dict[str, float] = defaultdict(float)
    for word in words:
        for term, weight in _of_word(word):
            found[term] += weight
    for first, second in pairwise(WORD.findall(text.lower())):
        for group in groups.get(f"{first}-{second}", ()):
            found[group] += _OF_GROUP
    return dict(found)


def pieces(text: str) -> Counter[str]:
    """How often each run of four characters within the words occurs, ends of words included."""
    found: Counter[str] = Counter()
    for word in plain_words(text):
        marked = f"<{word}>"
        found.update(marked[at : at + _PIECE] for at in range(max(1, len(marked) - _PIECE + 1)))
    return found


def column(term: str) -> int:
    """The column of a term; the same in every process."""
    return crc32(term.encode()) % COLUMNS
