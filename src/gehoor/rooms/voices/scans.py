"""A letter page by page: the scan, what was read on it, and where the words stand that were hard to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gehoor.rooms.voices.edits import Word
from gehoor.rooms.voices.marking import Numbered, Piece, Span, numbered, paragraphs
from gehoor.rooms.voices.models import Transcription

WIDTHS = (640, 960, 1440, 2000)
"""In which widths a page is drawn, in pixels."""
USUAL = 960


@dataclass(frozen=True, slots=True)
class Place:
    """Where an unsure word stands on its page, in thousandths of its width and height."""

    number: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page with what was read on it, ``text[start:end]``."""

    number: int
    start: int
    end: int
    text: str
    paragraphs: list[list[Piece]]
    places: list[Place]


_FULL_LINE = 0.7
"""A line that fills this part of the longest ends where the paper does, not where its writer wanted it to."""


def flowing(text: str) -> str:
    """The text of a page with the lines of its paragraphs joined, each sign in its place: a space for a new line."""
    longest = max(map(len, text.split("\n")))
    found, at = list(text), 0
    for line in text.split("\n")[:-1]:
        at += len(line) + 1
        if line.strip() and len(line) >= _FULL_LINE * longest and text[at : at + 1].strip():
            found[at - 1] = " "
    return "".join(found)


def sheets_of(read: Transcription, marks: Sequence[Span]) -> list[Sheet]:
    """Every page, in order, also those on which nothing was read."""
    unsure = numbered(read.words, 1)
    ranges = page_ranges(read.text, read.words, read.pages)
    shown = "".join(flowing(read.text[start:end]) for start, end in ranges)
    return [
        Sheet(
            number=number,
            start=(first := start + len(read.text[start:end]) - len(read.text[start:end].lstrip())),
            end=max(first, start + len(read.text[start:end].rstrip())),
            text=read.text[start:end].strip(),
            paragraphs=paragraphs(shown, start, end, unsure, marks),
            places=[_place(each) for each in unsure if each.word[3] == number and each.word[4]],
        )
        for number, (start, end) in enumerate(ranges, start=1)
    ]


def page_ranges(text: str, words: Sequence[Word], pages: int) -> list[Span]:
    """Which part of the text stands on each page. What stands before the first word that has a place is on page 1."""
    first: dict[int, int] = {}
    for word in words:
        if word[3]:
            first.setdefault(word[3], word[0])
    edges = [0]
    for page in range(2, pages + 1):
        later = [start for number, start in first.items() if number >= page]
        edges.append(max(edges[-1], min(later, default=len(text))))
    edges.append(len(text))
    return list(pairwise(edges))


def _place(each: Numbered) -> Place:
    left, top, right, bottom = (side * 1000 for side in each.word[4])
    return Place(each.number, round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))
