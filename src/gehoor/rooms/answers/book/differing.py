"""What is otherwise between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r" ?[^\W_]+(?:['’.,-][^\W_]+)*| ?[^\w\s]|\s|.", re.DOTALL)
"""A word with the space before it, so that words side by side are one change."""
_MOST = 4_000
"""Words beyond which texts are compared by whole lines: word by word would take too long to wait for."""


class Mark(StrEnum):
    """Whether a piece stands in both texts, only in the old, or only in the new."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and where it stands."""

    mark: Mark
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """Pieces that make up the old text without those that are new, and the new one without those that are gone."""
    if old == new:
        return [Piece(Mark.SAME, old)] if old else []
    before, after = _cut(old), _cut(new)
    if max(len(before), len(after)) > _MOST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return list(_pieces(before, after))


def _cut(text: str) -> list[str]:
    return _WORDS.findall(text)


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece(Mark.SAME, "".join(before[i:j]))
            continue
        if i < j:
            yield Piece(Mark.GONE, "".join(before[i:j]))
        if k < m:
            yield Piece(Mark.NEW, "".join(after[k:m]))
