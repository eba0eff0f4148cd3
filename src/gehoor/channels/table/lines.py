"""Rows from delimited text of any size and in any state of repair.

Python's csv does the parsing. What is added: no row holds more than ``ROW_LIMIT`` characters in memory, and a quotation
mark that is never closed swallows its own row only, not all rows after it.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator

from gehoor.channels.table.sheet import ROW_LIMIT, Refused
from gehoor.kernel.errors import TooLarge
from gehoor.kernel.language import sentence

_LOOKED_AT = 100
"""Lines after an opened quotation mark by which is judged whether they are rows of their own."""


class _TooLong(Exception):
    """The row that is being read passed the limit."""


def allow_long_cells() -> None:
    """Let csv take cells up to our own limit; never lowers a limit that somebody else has set higher."""
    csv.field_size_limit(max(csv.field_size_limit(), ROW_LIMIT + 1))


def parsed(line: str, delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> list[str]:
    """One line as a row by itself."""
    allow_long_cells()
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter, quoting=quoting), [])  # type: ignore[arg-type]


class Lines:
    """Iterates over the rows of ``text``: each a list of cells, or :class:`Refused`. Blank lines are no rows.

    ``width`` is the number of columns that a sound row has. ``text`` has to be opened with ``newline=""``.
    """

    def __init__(self, text: io.TextIOBase, delimiter: str, width: int) -> None:
        self._text = text
        self._delimiter = delimiter
        self._width = width
        self._taken: list[str] = []
        self._again: deque[str] = deque()
        self._ended = False
        allow_long_cells()

    def __iter__(self) -> Iterator[list[str] | Refused]:
        while not self._ended:
            try:
                yield from self._rows()
            except _TooLong:
                yield self._one_line() if self._swallowed_rows() else self._refused()

    def _lines(self) -> Iterator[str]:
        """Lines for csv; those of the present row stay in ``_taken``."""
        read, taken, again = self._text.readline, self._taken, self._again
        size = 0
        while line := again.popleft() if again else read(ROW_LIMIT):
            size = size + len(line) if taken else len(line)
            taken.append(line)
            if size >= ROW_LIMIT:
                raise _TooLong
            yield line
        self._ended = True

    def _rows(self) -> Iterator[list[str]]:
        taken = self._taken
        for cells in csv.reader(self._lines(), delimiter=self._delimiter):
            if len(taken) > 1 and self._is_suspect(cells) and self._swallowed_rows():
                yield self._one_line()
                return
            taken.clear()
            if cells:
                yield cells

    def _is_suspect(self, cells: list[str]) -> bool:
        return len(cells) != self._width or (self._ended and sum(line.count('"') for line in self._taken) % 2 == 1)

    def _swallowed_rows(self) -> bool:
        """Whether most lines after the first are sound rows, so that its quotation mark was a slip."""
        after = self._taken[1 : _LOOKED_AT + 1]
        sound = sum(len(parsed(line, self._delimiter)) == self._width for line in after)
        return bool(after) and 2 * sound >= len(after)

    def _one_line(self) -> list[str]:
        """The first line taken as a row by itself; the lines after it are read again."""
        first, *others = self._taken
        self._taken.clear()
        self._again.extendleft(reversed(others))
        self._ended = False
        cells = parsed(first, self._delimiter)
        return cells if len(cells) == self._width else parsed(first, self._delimiter, csv.QUOTE_NONE)

    def _refused(self) -> Refused:
        """Pass over the rest of a row beyond the limit: up to the line at whose end no quotation mark is open."""
        beginning = "".join(self._taken)[:ROW_LIMIT]
        is_open = sum(piece.count('"') for piece in self._taken) % 2 == 1
        piece = self._taken[-1]
        self._taken.clear()
        while piece and (is_open or not piece.endswith(("\n", "\r"))):
            piece = self._again.popleft() if self._again else self._text.readline(ROW_LIMIT)
            is_open ^= piece.count('"') % 2 == 1
        self._ended = not piece
        return Refused(beginning.encode("utf-8", "replace"), TooLarge(what=sentence("row"), limit=sentence("1 MiB")))
