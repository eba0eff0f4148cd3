"""Delimited text: CSV, TSV, and with semicolons or bars."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gehoor.channels.base import Document
from gehoor.channels.table.encoding import KEEP, SAMPLE, encoding_of, legible
from gehoor.channels.table.heading import has_heading, names, numbered
from gehoor.channels.table.lines import Lines, allow_long_cells
from gehoor.channels.table.sheet import SAMPLE_ROWS, Refused, Sheet
from gehoor.kernel.errors import Empty
from gehoor.kernel.language import sentence

DELIMITERS = (",", ";", "\t", "|")
NONE = "\x1f"
"""The delimiter of a table with one column: a sign that stands in no text."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a delimited text is cut: by what, in how many columns, and which share of its rows has that many."""

    delimiter: str
    width: int
    share: float
    declared: bool = False
    """Whether the first line is Excel's ``sep=;``."""


def shape_of(text: str) -> Shape:
    """The shape of the text that begins with ``text``; one column when nothing cuts it consistently."""
    allow_long_cells()
    if text[:4].lower() == "sep=" and len(text) > 4 and text[5:6] in {"\r", "\n"}:
        shape = _cut(text[5:].lstrip("\r\n"), text[4])
        return Shape(text[4], shape.width, shape.share, declared=True)
    shapes = [shape for each in DELIMITERS if (shape := _cut(text, each)).width > 1]
    best = max(shapes, key=lambda shape: (round(shape.share, 1), shape.width), default=None)
    return best or Shape(NONE, 1, 1.0)


def _cut(text: str, delimiter: str) -> Shape:
    """The most common width and its share. Width 1 when the first row is not cut, or hardly any row alike."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths = [len(row) for row in islice(rows, SAMPLE_ROWS) if row]
    if not widths or widths[0] == 1:
        return Shape(delimiter, 1, 1.0)
    width, count = Counter(widths).most_common(1)[0]
    share = count / len(widths)
    if width == 1 and share > 0.6:
        return Shape(delimiter, 1, share)
    if width != widths[0] and share < 0.6:
        return Shape(delimiter, 1, 0.0)
    return Shape(delimiter, max(width, widths[0]), share)


def beginning(document: Document) -> str:
    """The first lines of the document as text; a line that the sample cuts in two is left out."""
    data = document.head(SAMPLE)
    text = data.decode(encoding_of(data), KEEP)
    if len(data) < SAMPLE:
        return text
    end = max(text.rfind("\n"), text.rfind("\r"))
    return text[: end + 1] or text


def sheet_of(document: Document, wanted: Iterable[str] = ()) -> Sheet:
    """The document as a sheet. ``wanted`` are column names used in a mapping. Raises :class:`Damaged` when empty."""
    shape = shape_of(beginning(document))
    encoding = encoding_of(document.head(SAMPLE))
    source = _Source(document, encoding, shape)
    first = tuple(row for row in islice(source.rows(), SAMPLE_ROWS + 1) if not isinstance(row, Refused))
    if not first and not any(True for _ in source.rows()):
        raise Empty(what=sentence("table"))
    headed = has_heading(first, wanted)
    columns = names(map(legible, first[0])) if headed else numbered(_widest(first))
    sample = first[1:] if headed else first[:SAMPLE_ROWS]
    joint = "" if shape.delimiter == NONE else shape.delimiter
    return Sheet("", columns, sample, source.rows_after_heading if headed else source.rows, joint)


def _widest(rows: Sequence[Sequence[str]]) -> int:
    return max((len(row) for row in rows), default=1)


@dataclass(frozen=True, slots=True)
class _Source:
    document: Document
    encoding: str
    shape: Shape

    def rows(self) -> Iterator[list[str] | Refused]:
        """All rows from the first on, the heading included."""
        with self.document.open() as stream:
            text = io.TextIOWrapper(stream, self.encoding, KEEP, newline="")
            if self.shape.declared:
                text.readline(8)
            yield from Lines(text, self.shape.delimiter, self.shape.width)

    def rows_after_heading(self) -> Iterator[list[str] | Refused]:
        """All rows but the first that could be read."""
        rows = self.rows()
        for row in rows:
            if not isinstance(row, Refused):
                break
            yield row
        yield from rows
