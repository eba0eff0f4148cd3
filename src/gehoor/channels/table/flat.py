"""JSON values into cells: nested objects flattened with dots, numbers with all their digits."""

import json
from collections.abc import Mapping, Sequence

from gehoor.channels.table.sheet import Cell, Keyed, Record, Refused
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

_DEEPEST = 8
"""Levels of objects that are flattened; what lies deeper stays one cell."""
_LONGEST_INTEGER = 1_000


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) < _LONGEST_INTEGER else digits


def _float(digits: str) -> float | str:
    """The number when it says the same as its digits; otherwise the digits, so that none is lost."""
    number = float(digits)
    return number if repr(number) == digits else digits


def _object(pairs: list[tuple[str, Cell]]) -> dict[str, Cell]:
    """An object; a key that stands in it twice is kept twice."""
    found = dict(pairs)
    return found if len(found) == len(pairs) else _all_of(pairs)


def _all_of(pairs: list[tuple[str, Cell]]) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for key, value in pairs:
        name, count = key, 1
        while name in found:
            count += 1
            name = f"{key} ({count})"
        found[name] = value
    return found


def decoder() -> json.JSONDecoder:
    """A decoder that loses neither digits nor doubled keys."""
    return json.JSONDecoder(
        parse_int=_integer, parse_float=_float, parse_constant=str, object_pairs_hook=_object, strict=False
    )


def record_of(value: Cell) -> Keyed:
    """One value of JSON as a record: an object by its keys, an array by its places, anything else as one cell."""
    if isinstance(value, Mapping):
        return Keyed(_object(_flattened(value, "", 0)))
    cells = value if isinstance(value, list) else [value]
    return Keyed({f"column {place}": cell for place, cell in enumerate(cells, start=1)})


def _flattened(value: Mapping[str, Cell], prefix: str, depth: int) -> list[tuple[str, Cell]]:
    pairs: list[tuple[str, Cell]] = []
    for key, cell in value.items():
        if isinstance(cell, Mapping) and cell and depth < _DEEPEST:
            pairs.extend(_flattened(cell, f"{prefix}{key}.", depth + 1))
        else:
            pairs.append((f"{prefix}{key}", cell))
    return pairs


def refused(text: str, why: str) -> Refused:
    """A record that is no JSON."""
    return Refused(text.encode("utf-8", "replace") or b"\0", Damaged(what=sentence("JSON"), why=why))


def columns_of(records: Sequence[Record]) -> tuple[str, ...]:
    """Every column of the records, in the order in which they turn up."""
    return tuple({key: None for record in records if isinstance(record, Keyed) for key in record.cells})
