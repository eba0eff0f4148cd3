"""JSON (one document with rows somewhere in it) and JSON Lines (a row on each line)."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from gehoor.channels.base import Document
from gehoor.channels.table.delimited import beginning
from gehoor.channels.table.encoding import KEEP, SAMPLE, encoding_of
from gehoor.channels.table.flat import columns_of, decoder, record_of, refused
from gehoor.channels.table.json_text import Walk
from gehoor.channels.table.sheet import ROW_LIMIT, SAMPLE_ROWS, Keyed, Record, Refused, Sheet, aligned
from gehoor.kernel.errors import Damaged, TooLarge
from gehoor.kernel.language import sentence

_MOST_SHEETS = 50
"""Arrays that are sheets of their own; a document with more is taken as one sheet."""


def is_lines(document: Document) -> bool:
    """Whether each line is a value by itself, told by the name or by the first line."""
    if document.name.lower().endswith((".jsonl", ".ndjson")):
        return True
    first, _, others = beginning(document).lstrip("﻿ \r\n").partition("\n")
    return others.lstrip().startswith(("{", "[")) and isinstance(_parsed(first), Keyed)


def _parsed(line: str) -> Record:
    """One line as a record."""
    try:
        value, end = decoder().raw_decode(line.strip().lstrip("﻿"))
    except (ValueError, RecursionError):
        return refused(line, "this line is no JSON")
    return record_of(value) if not line.strip().lstrip("﻿")[end:] else refused(line, "more follows on this line")


@dataclass(frozen=True, slots=True)
class _Source:
    document: Document
    lines: bool
    path: str | None = None
    """The array whose elements are wanted; None: all."""

    def walked(self) -> Iterator[tuple[str, Record]]:
        """Every record with the path of its array."""
        with self.document.open() as stream:
            text = io.TextIOWrapper(stream, encoding_of(self.document.head(SAMPLE)), KEEP, newline="\n")
            if self.lines:
                yield from (("", record) for record in _by_line(text))
            else:
                yield from Walk(text)

    def records(self) -> Iterator[Record]:
        """The records of this array, or all."""
        for path, record in self.walked():
            if self.path is None or path == self.path:
                yield record


def _by_line(text: io.TextIOWrapper) -> Iterator[Record]:
    while line := text.readline(ROW_LIMIT):
        if len(line) >= ROW_LIMIT:
            yield Refused(line.encode("utf-8", "replace"), TooLarge(what=sentence("row"), limit=sentence("1 MiB")))
            while line and not line.endswith("\n"):
                line = text.readline(ROW_LIMIT)
        elif line.strip():
            yield _parsed(line)


def sheets_of(document: Document) -> list[Sheet]:
    """The sheets of a JSON document. Raises :class:`Damaged` when nothing in it can be read."""
    source = _Source(document, is_lines(document))
    paths = _paths(source)
    if len(paths) == 1 or len(paths) > _MOST_SHEETS:
        paths = [None]
    sheets = [_sheet(_Source(document, source.lines, path), path or "") for path in paths]
    if not any(sheet.columns for sheet in sheets):
        raise Damaged(what=sentence("JSON"), why=sentence("there are no rows in it"))
    return sheets


def _paths(source: _Source) -> list[str | None]:
    """The arrays in order; only the first when the document as a whole is an array or lines."""
    found: dict[str | None, None] = {}
    for path, _ in source.walked():
        found[path] = None
        if (path == "" and len(found) == 1) or len(found) > _MOST_SHEETS:
            break
    return list(found)


def _sheet(source: _Source, name: str) -> Sheet:
    sample = list(islice(source.records(), SAMPLE_ROWS))
    columns = columns_of(sample)
    cells = tuple(aligned(record, columns) for record in sample if isinstance(record, Keyed))
    return Sheet(name, columns, cells, source.records)
