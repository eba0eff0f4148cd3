"""What a record of a table is worth: a row of cells with its own bytes, or why it is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gehoor.channels.base import NothingSaid, Unreadable
from gehoor.channels.table.sheet import (
    MEDIA_TYPE,
    Aside,
    Cell,
    Keyed,
    Record,
    Refused,
    aligned,
    canonical_keyed,
    is_damaged,
    mended,
)
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

ASIDE = sentence("These values stand beside the rows of the document.")
BESIDE = "beside"
"""The position of what stands beside the rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells in the order of the sheet's columns, and the record's canonical bytes."""

    cells: list[Cell]
    original: bytes


def row_of(
    record: Record, position: str, columns: Sequence[str], canonical: Callable[[Sequence[Cell]], bytes]
) -> Row | NothingSaid | Unreadable:
    """The record as a row of these columns, its text mended where it was wrongly decoded. Raises nothing."""
    if isinstance(record, Refused):
        return Unreadable(position, record.original, "text/plain", record.error)
    if isinstance(record, Aside):
        return NothingSaid(BESIDE, record.original, MEDIA_TYPE, ASIDE)
    try:
        original = canonical_keyed(record) if isinstance(record, Keyed) else canonical(record)
        cells = aligned(record, columns) if isinstance(record, Keyed) else list(record)
    except RecursionError:
        error = Damaged(what=sentence("row"), why=sentence("its values are nested too deep"))
        return Unreadable(position, repr(type(record)).encode(), MEDIA_TYPE, error)
    return Row(mended(cells) if is_damaged(original) else cells, original)
