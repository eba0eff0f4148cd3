"""Does a table begin with the names of its columns, and what are they?"""

import re
from collections.abc import Iterable, Sequence

from gehoor.channels.table.sheet import Cell, as_text
from gehoor.channels.table.words import field_named

_NUMBER = re.compile(r"[-+]?[\d.,:/ %€$-]*\d[\d.,:/ %€$TZ-]*\Z")
_SENTENCE = re.compile(r"[.!?]\s|[.!]\Z")
LONGEST_NAME = 80
"""Characters; longer cells are data, not names."""


def name_of(cell: Cell) -> str:
    """A column's name as it is shown and matched: without surrounding space."""
    return " ".join(as_text(cell).replace("\0", "").split())


def names(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Distinct column names: an empty one becomes ``column 3``, a second ``text`` becomes ``text (2)``."""
    taken: set[str] = set()
    found = []
    for number, cell in enumerate(cells, start=1):
        name = _distinct(name_of(cell) or f"column {number}", taken)
        taken.add(name.casefold())
        found.append(name)
    return tuple(found)


def _distinct(name: str, taken: set[str]) -> str:
    if name.casefold() not in taken:
        return name
    count = 2
    while f"{name} ({count})".casefold() in taken:
        count += 1
    return f"{name} ({count})"


def numbered(width: int) -> tuple[str, ...]:
    """Names for a table that has none: ``column 1``, ``column 2``, ..."""
    return tuple(f"column {number}" for number in range(1, width + 1))


def has_heading(rows: Sequence[Sequence[Cell]], wanted: Iterable[str] = ()) -> bool:
    """Whether the first of ``rows`` names the columns. ``wanted`` are names that somebody used for this table."""
    if not rows:
        return False
    first = [name_of(cell) for cell in rows[0]]
    used = {each.strip().casefold() for each in wanted}
    if used & {name.casefold() for name, cell in zip(names(first), first, strict=True) if cell}:
        return True
    if used and used <= set(numbered(len(first))):
        return False
    return all(_may_be_name(each) for each in first) and any(first) and _stands_out(first, rows[1:])


def _may_be_name(cell: str) -> bool:
    if len(cell) > LONGEST_NAME or "@" in cell:
        return False
    return not cell or not (_NUMBER.match(cell) or _SENTENCE.search(cell))


def _stands_out(first: Sequence[str], others: Sequence[Sequence[Cell]]) -> bool:
    """A heading has a name that we know, or differs in kind from what is under it, or repeats nowhere."""
    if any(field_named(each) for each in first) or not others:
        return True
    below = [[name_of(row[index]) for row in others if index < len(row)] for index in range(len(first))]
    if any(cells and all(map(_NUMBER.match, cells)) for cells in below):
        return True
    return all(_shorter(name, cells) for name, cells in zip(first, below, strict=True))


def _shorter(name: str, cells: Sequence[str]) -> bool:
    """A name is a word or three, and is not among the values."""
    return len(name.split()) <= 3 and name not in cells
