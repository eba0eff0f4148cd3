"""Which column holds which field of a voice."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gehoor.channels.table.words import FIELDS
from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence

_SHOWN = 40
"""Columns named in an error."""


class UnknownField(CannotRead):
    """A mapping names a field that voices do not have."""

    code = "unknown_field"
    text = sentence("There is no field {name}; the fields are {fields}.")
    remedy = sentence("Correct the mapping and send the table in again.")
    retry_helps = True


class UnknownColumn(CannotRead):
    """A mapping names a column that the table does not have."""

    code = "unknown_column"
    text = sentence("The table has no column {name}; its columns are {columns}.")
    remedy = sentence("Correct the mapping and send the table in again.")
    retry_helps = True


class TextNotMapped(CannotRead):
    """A mapping names neither what the customer said nor what was answered."""

    code = "text_not_mapped"
    text = sentence("The mapping does not say which column holds the text; the columns are {columns}.")
    remedy = sentence("Add text=COLUMN to the mapping and send the table in again.")
    retry_helps = True


@dataclass(frozen=True, slots=True)
class Places:
    """Where in a record each field stands; several places for text that is spread over columns."""

    texts: tuple[int, ...]
    fields: Mapping[str, int]


def check_fields(mapping: Mapping[str, str]) -> None:
    """Pass, or raise :class:`UnknownField`."""
    for name in mapping:
        if name not in FIELDS:
            raise UnknownField(name=shown(name), fields=", ".join(FIELDS))


def places(mapping: Mapping[str, str], columns: Sequence[str]) -> Places:
    """The mapping as places. Raises :class:`UnknownColumn` and :class:`TextNotMapped`."""
    texts = tuple(_place(name, columns) for name in named_columns(mapping.get("text", ""), columns))
    fields = {field: _place(name, columns) for field, name in mapping.items() if field != "text" and name.strip()}
    if not texts and "answer" not in fields:
        raise TextNotMapped(columns=listed(columns))
    return Places(texts, fields)


def named_columns(wanted: str, columns: Sequence[str]) -> list[str]:
    """The columns that ``a+b`` names; a column whose own name holds a plus goes first."""
    if not wanted.strip():
        return []
    if _find(wanted, columns) is not None:
        return [wanted]
    return [part for part in wanted.split("+") if part.strip()]


def wanted_columns(mapping: Mapping[str, str]) -> frozenset[str]:
    """Every name by which the mapping may mean a column, to know a heading by."""
    parts = (part.strip() for name in mapping.values() for part in (name, *name.split("+")))
    return frozenset(part for part in parts if part)


def _place(name: str, columns: Sequence[str]) -> int:
    place = _find(name, columns)
    if place is None:
        raise UnknownColumn(name=shown(name), columns=listed(columns))
    return place


def _find(name: str, columns: Sequence[str]) -> int | None:
    """The place of a column: by its exact name, else without regard to case and surrounding space."""
    if name in columns:
        return columns.index(name)
    plain = _plain(name)
    return next((place for place, column in enumerate(columns) if _plain(column) == plain), None)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def listed(columns: Sequence[str]) -> str:
    """The columns' names for an error."""
    more = f", and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    return ", ".join(map(shown, columns[:_SHOWN])) + more


def shown(name: str) -> str:
    """A name that may stand in an error. What looks like data, not like a name, is not told."""
    if len(name) > 60 or "@" in name or sum(map(str.isdecimal, name)) > 5:
        return "(a name like data)"
    return name


def as_words(mapping: Mapping[str, str]) -> str:
    """The mapping as ``--map`` takes it: ``text=question said_at='date received'``."""
    return " ".join(f"{field}={shlex.quote(column)}" for field, column in mapping.items())


def from_words(words: Iterable[str]) -> dict[str, str]:
    """The mapping that words like ``text=question`` give; the opposite of :func:`as_words`."""
    return {field.strip(): column for field, _, column in (word.partition("=") for word in words)}
