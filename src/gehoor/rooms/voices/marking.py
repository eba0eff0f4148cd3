"""A text that an engine read, cut into pieces: words that were hard to read, and words that were searched for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gehoor.rooms.voices.edits import Word

Span = tuple[int, int]

PLACE = "plek"
"""The name in an address of a passage to mark, as ``12-87``."""
_SPAN = re.compile(r"(\d{1,7})-(\d{1,7})")
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


@cache
def unsure_below() -> float:
    """Below this confidence a word deserves a look: what the reader of letters says, for all that engines read."""
    from gehoor.channels.letter.engines.base import UNSURE  # its package brings OpenCV, which few pages need

    return UNSURE


def is_unsure(word: Word) -> bool:
    """Whether an engine was not sure of a word."""
    return bool(word[2] < unsure_below())


def place_in_address(given: str, length: int) -> list[Span]:
    """The passage that an address asks to mark in a text of this length; none when it names no such passage."""
    found = _SPAN.fullmatch(given)
    if found is None or not int(found[1]) < int(found[2]) <= length:
        return []
    return [(int(found[1]), int(found[2]))]


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:end]``. ``number`` is that of a word that was hard to read, counted over the page; 0 for others."""

    text: str
    start: int
    end: int
    number: int = 0
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A word that was hard to read, with its number."""

    number: int
    word: Word

    @property
    def span(self) -> Span:
        return self.word[0], self.word[1]


def numbered(words: Sequence[Word], first: int) -> list[Numbered]:
    """The words that were hard to read, counted from ``first``."""
    return [Numbered(number, word) for number, word in enumerate(filter(is_unsure, words), start=first)]


def pieces(text: str, start: int, end: int, unsure: Sequence[Numbered], marks: Sequence[Span]) -> list[Piece]:
    """``text[start:end]`` in pieces. An unsure word is one piece, marked when a mark touches it."""
    found: list[Piece] = []
    here = start
    for each in unsure:
        first, last = max(each.span[0], here), min(each.span[1], end)
        if first < last:
            found += _plain(text, here, first, marks)
            marked = any(a < last and first < b for a, b in marks)
            found.append(Piece(text[first:last], first, last, each.number, marked))
            here = last
    return found + list(_plain(text, here, end, marks))


def _plain(text: str, start: int, end: int, marks: Sequence[Span]) -> Iterator[Piece]:
    here = start
    for first, last in sorted(marks):
        first, last = max(first, here), min(last, end)
        if first < last:
            if here < first:
                yield Piece(text[here:first], here, first)
            yield Piece(text[first:last], first, last, marked=True)
            here = last
    if here < end:
        yield Piece(text[here:end], here, end)


def paragraphs(text: str, start: int, end: int, unsure: Sequence[Numbered], marks: Sequence[Span]) -> list[list[Piece]]:
    """The paragraphs of ``text[start:end]``, each in pieces."""
    found = _PARAGRAPH.finditer(text, start, end)
    return [pieces(text, each.start(), each.end(), unsure, marks) for each in found]
