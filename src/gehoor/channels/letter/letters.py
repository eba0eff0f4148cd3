"""A stack of pages told apart into letters.

A separator sheet always parts two letters. Without one, a letter begins where a page opens as a letter does (an
address or a date above a salutation) and the page before has closed, or says itself that it is the first. A blank page
is the back of the one before it, and parts letters only where the next page begins one.
"""

import re
from dataclasses import dataclass

from gehoor.channels.letter.heading import parts_of
from gehoor.channels.letter.writing import Leaf

_SEPARATOR = re.compile(
    r"SCHEIDINGS?(?:VEL|BLAD|PAGINA)|TUSSEN(?:VEL|BLAD)|SEPARATOR|SEPARATION SHEET|PATCH ?(?:T|2|II)\b"
)
_FEW_WORDS = 15
_NUMBERED = re.compile(
    r"^\W*(?:(?:pagina|pag|blad|bladzijde|page|p|vervolg(?:blad)?)\W{0,3}(\d{1,3})(?:\s*(?:van|/|of)\s*(\d{1,3}))?|(\d{1,3})\s*(?:/|van)\s*(\d{1,3})|[-–]\s?(\d{1,3})\s?[-–])\W*$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b\d{1,2}[ -](?:[a-z]{3,9}|\d{1,2})[ -]\d{4}\b", re.IGNORECASE)
_TOWN = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")


def says_separator(leaf: Leaf) -> bool:
    """Whether a page carries little more than the word for what it is."""
    words = leaf.words
    return 0 < len(words) <= _FEW_WORDS and _SEPARATOR.search(" ".join(word.text for word in words).upper()) is not None


@dataclass(slots=True)
class Stack:
    """Says of page after page whether a letter begins with it."""

    _seen: bool = False
    _separated: bool = False
    _closed: bool = False
    _blanks: int = 0

    def begins(self, leaf: Leaf) -> bool:
        """Whether this page is the first of another letter than the page before."""
        if leaf.is_separator:
            self._separated = True
            return False
        if leaf.is_blank:
            self._blanks += 1
            return False
        starts = self._seen and (self._separated or self._judged(leaf))
        self._closed = parts_of(leaf.lines).closes or (self._closed and not starts and not _opens(leaf))
        self._seen, self._separated, self._blanks = True, False, 0
        return starts

    def _judged(self, leaf: Leaf) -> bool:
        number = page_number(leaf)
        if number is not None:
            return number == 1
        if _opens(leaf):
            return self._closed or self._blanks > 0 or _is_headed(leaf)
        return self._blanks > 1


def page_number(leaf: Leaf) -> int | None:
    """Which page of its letter it says it is, at its very top or bottom; None when it does not."""
    edges = [*leaf.lines[:2], *leaf.lines[-2:]]
    found = next((match for line in edges if (match := _NUMBERED.match(line.text))), None)
    return int(found.group(1) or found.group(3) or found.group(5)) if found else None


def _opens(leaf: Leaf) -> bool:
    parts = parts_of(leaf.lines)
    return parts.opens and len(parts.head) <= 30 and (_is_headed(leaf) or len(parts.head) <= 3)


def _is_headed(leaf: Leaf) -> bool:
    """Whether an address and a date stand above the salutation."""
    head = " ".join(line.text for line in parts_of(leaf.lines).head)
    return _TOWN.search(head) is not None and _DATED.search(head) is not None
