"""A letter's pages as one text, and where in it each word stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from gehoor.channels.base import ReadWord
from gehoor.channels.letter.engines.base import PageWord
from gehoor.channels.letter.flow import Line, glue, runs_on
from gehoor.channels.letter.preparing import Prepared

PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page that was made out."""

    lines: tuple[Line, ...]
    prepared: Prepared | None = None
    """How the page was prepared for the engine; None when its words stand on the page as it is."""
    engine: str = ""
    is_blank: bool = False
    is_separator: bool = False

    @property
    def words(self) -> list[PageWord]:
        return [word for line in self.lines for word in line.words]


def written(leaves: Sequence[Leaf]) -> tuple[str, tuple[ReadWord, ...]]:
    """The text of a letter, and its words with their places in it and on its pages, which count from 1."""
    parts: list[str] = []
    words: list[ReadWord] = []
    at = 0
    lines = [(number, leaf, line) for number, leaf in enumerate(leaves, start=1) for line in leaf.lines]
    for index, (number, leaf, line) in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        between = _between(leaf, line, following)
        last = len(line.words) - 1
        for place, word in enumerate(line.words):
            text, after = _printable(word.text), " "
            if place == last:
                text, after = (
                    glue(text, following[2].words[0].text) if following and between == " " else (text, between)
                )
            words.append(_read_word(number, leaf, word, at, at + len(text)))
            parts += (text, after)
            at += len(text) + len(after)
    return "".join(parts).rstrip(), tuple(words)


def _between(leaf: Leaf, line: Line, following: tuple[int, Leaf, Line] | None) -> str:
    if following is None:
        return ""
    _, other, below = following
    if other is not leaf:
        return " " if runs_on(line, below) else PARAGRAPH
    if below.block != line.block:
        return PARAGRAPH
    return " " if line.joins else "\n"


def _read_word(number: int, leaf: Leaf, word: PageWord, start: int, end: int) -> ReadWord:
    box = leaf.prepared.place(word.box) if leaf.prepared else word.box
    rounded = (round(box[0], 5), round(box[1], 5), round(box[2], 5), round(box[3], 5))
    return ReadWord(start, end, round(word.confidence, 3), page=number, box=rounded)


def _printable(text: str) -> str:
    kept = "".join(letter for letter in text if letter.isprintable())
    return kept.encode("utf-8", "replace").decode() or "?"
