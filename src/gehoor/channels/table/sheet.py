"""What every kind of table comes down to: sheets with named columns and records."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from json.encoder import encode_basestring
from typing import TypeAlias

from gehoor.channels.table.encoding import legible
from gehoor.kernel.errors import CannotRead

Cell: TypeAlias = object
"""A value as the format gives it: text, number, truth, date, time, list or nothing."""

MEDIA_TYPE = "application/json"
ROW_LIMIT = 1_048_576
"""Characters in one row; a longer row is refused and the rest goes on."""
SAMPLE_ROWS = 200
"""Rows from which columns, a mapping and a preview are told."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A record whose cells carry their own names (an object of JSON); its columns may differ from the sheet's."""

    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that could not be read. ``original`` is its beginning where the whole is too large to hold."""

    original: bytes
    error: CannotRead


@dataclass(frozen=True, slots=True)
class Aside:
    """What a document holds beside its rows: nobody says anything in it, but it is not lost."""

    original: bytes


Record: TypeAlias = Sequence[Cell] | Keyed | Refused | Aside


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. ``records`` starts anew on each call; ``name`` is ``""`` when the document holds only this one.

    ``joint`` is what stood between cells, so that text which was cut by mistake can be joined again.
    """

    name: str
    columns: tuple[str, ...]
    sample: tuple[Sequence[Cell], ...]
    records: Callable[[], Iterator[Record]]
    joint: str = " "


def aligned(record: Keyed, columns: Sequence[str]) -> list[Cell]:
    """The record's cells in the order of ``columns``; a missing one is empty."""
    get = record.cells.get
    return [get(column, "") for column in columns]


class Canonical:
    """Writes a record as canonical JSON: ``{"header": [...], "values": [...]}``, values exactly as they were read."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._start = _start(columns)

    def __call__(self, cells: Sequence[Cell]) -> bytes:
        """Canonical bytes. Text that is no proper Unicode is written with escapes."""
        try:
            values = ",".join(map(encode_basestring, cells))  # type: ignore[arg-type]  # text only, else TypeError
        except TypeError:
            values = _dumps(list(cells))[1:-1]
        return _encoded(f"{self._start}{values}]}}")


def canonical_keyed(record: Keyed) -> bytes:
    """Canonical bytes of a record that carries its own names."""
    values = _dumps(list(record.cells.values()))[1:-1]
    return _encoded(f"{_start(tuple(record.cells))}{values}]}}")


def _start(columns: Sequence[str]) -> str:
    return f'{{"header":{_dumps(list(columns))},"values":['


def _dumps(value: list[str] | list[Cell]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=as_text)


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(json.loads(text), ensure_ascii=True, separators=(",", ":")).encode()


def is_damaged(original: bytes) -> bool:
    """Whether canonical bytes hold a NUL or a lone surrogate, so that the cells have to be made legible."""
    return b"\\u0000" in original or b"\\ud" in original


def mended(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with legible text."""
    return [legible(cell) if isinstance(cell, str) else cell for cell in cells]


def as_text(cell: Cell) -> str:
    """A cell as a person would read it; nothing is ``""``, a whole number has no ``.0``."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool | list | dict):
        return json.dumps(cell, ensure_ascii=False, default=as_text)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return _clock(cell) if isinstance(cell, timedelta) else str(cell)


def _clock(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, seconds = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"
