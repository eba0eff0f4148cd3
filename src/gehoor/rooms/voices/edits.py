"""Where a place in a text went when the text was corrected, and what becomes of the words that were read there.

Pure functions. A word is as :class:`gehoor.channels.base.ReadWord` in a list: ``[start, end, confidence, page, box,
begins, ends]``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Word = Sequence[Any]

_TOKEN = re.compile(r"\s+|\S+")
_NOT_SPACE = re.compile(r"\S+")
_START, _END, _CONFIDENCE, _PAGE, _BOX, _BEGINS, _ENDS = range(7)


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` of the old text became ``length`` characters."""

    start: int
    end: int
    length: int


@dataclass(frozen=True, slots=True)
class Edits:
    """Edits in their order, none overlapping, over a text that was ``length`` characters long."""

    each: tuple[Edit, ...]
    length: int

    def moved(self, place: int) -> int:
        """Where a place went. What was put in the place of other words belongs to whatever stood before its end."""
        shift = 0
        for edit in self.each:
            if place < edit.start or (place == edit.start and not self._at_the_end(edit)):
                break
            if place < edit.end:
                return edit.start + shift + edit.length
            shift += edit.length - (edit.end - edit.start)
        return place + shift

    def touches(self, start: int, end: int) -> bool:
        """Whether anything changed between these places."""
        return any(
            (edit.start < end and start < edit.end) or (edit.start == edit.end and start <= edit.start <= end)
            for edit in self.each
        )

    def _at_the_end(self, edit: Edit) -> bool:
        return edit.start == edit.end == self.length


def edits_between(old: str, new: str) -> Edits:
    """How one text became the other, word by word."""
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    found, at = [], head
    ours, theirs = (_TOKEN.findall(text[head : len(text) - tail]) for text in (old, new))
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, ours, theirs).get_opcodes():
        end = at + sum(map(len, ours[a0:a1]))
        if tag != "equal":
            found.append(Edit(at, end, sum(map(len, theirs[b0:b1]))))
        at = end
    return Edits(tuple(found), len(old))


def _same(one: str, other: str) -> int:
    """How many characters both begin with."""
    shorter = min(len(one), len(other))
    for at in range(shorter):
        if one[at] != other[at]:
            return at
    return shorter


def corrected_words(text: str, words: Sequence[Word], start: int, end: int, new: str) -> list[list[Any]]:
    """The words after ``text[start:end]`` became ``new``.

    Those outside move along. Those in it are sure now; a word that took another's place has its box and times, several
    that took the place of several share the union of theirs. What was added where nothing had been read has no place
    on the page, so it is no word in this list.
    """
    touched = [word for word in words if _overlap(word, start, end)]
    first = min((word[_START] for word in touched), default=start)
    last = max((word[_END] for word in touched), default=end)
    new = text[min(start, first) : start] + new + text[end : max(end, last)]
    start, end = min(start, first), max(end, last)
    shift = len(new) - (end - start)
    before = [list(word) for word in words if word[_END] <= start and word not in touched]
    after = [_shifted(word, shift) for word in words if word[_START] >= end and word not in touched]
    return before + list(_within(text, touched, start, end, new)) + after


def _overlap(word: Word, start: int, end: int) -> bool:
    if start == end:
        return bool(word[_START] < start < word[_END])
    return bool(word[_START] < end and start < word[_END])


def _shifted(word: Word, shift: int) -> list[Any]:
    return [word[_START] + shift, word[_END] + shift, *word[_CONFIDENCE:]]


def _within(text: str, touched: Sequence[Word], start: int, end: int, new: str) -> Iterator[list[Any]]:
    """What became of the words of a passage."""
    if any(re.search(r"\s", text[word[_START] : word[_END]]) for word in touched):
        yield from _sentences(touched, start, text[start:end], new)
        return
    tokens = [(found.start() + start, found.end() + start) for found in _NOT_SPACE.finditer(new)]
    old = [text[word[_START] : word[_END]] for word in touched]
    fresh = [new[a - start : b - start] for a, b in tokens]
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, old, fresh, autojunk=False).get_opcodes():
        if tag == "equal" or a1 - a0 == b1 - b0:
            pairs = zip(touched[a0:a1], tokens[b0:b1], strict=True)
            yield from ([*token, 1.0, *word[_PAGE:]] for word, token in pairs)
        elif a1 > a0:
            place = _union(touched[a0:a1])
            yield from ([*token, 1.0, *place] for token in tokens[b0:b1])


def _sentences(touched: Sequence[Word], start: int, old: str, new: str) -> Iterator[list[Any]]:
    """Of a source that times whole sentences: each keeps its time, and what was changed in it."""
    edits = edits_between(old, new)
    for word in touched:
        begins, ends = (start + edits.moved(word[side] - start) for side in (_START, _END))
        passage = new[begins - start : ends - start]
        inner = passage.strip()
        if inner:
            begins += len(passage) - len(passage.lstrip())
            yield [begins, begins + len(inner), 1.0, *word[_PAGE:]]


def _union(words: Sequence[Word]) -> list[Any]:
    """Page, box and times of several words together; of those on more than one page, what stands on the first."""
    page = words[0][_PAGE]
    boxes = [word[_BOX] for word in words if word[_BOX] is not None and word[_PAGE] == page]
    sides = list(zip(*boxes, strict=True)) if boxes else []
    box = [min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])] if sides else None
    begins = [word[_BEGINS] for word in words if word[_BEGINS] is not None]
    ends = [word[_ENDS] for word in words if word[_ENDS] is not None]
    return [page, box, min(begins, default=None), max(ends, default=None)]
