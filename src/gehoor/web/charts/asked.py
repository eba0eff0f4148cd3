"""What a template asks to have drawn: rows, which columns, and how values are said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.utils import formats, timezone

from gehoor.web import words

Kind = Literal["trend", "scatter", "bars", "multiples", "effect"]
Unit = Literal["whole", "minutes", "share", "rough"]
Cell = str | float | None


def _month_name(value: str) -> str:
    return formats.date_format(date.fromisoformat(value), "F Y")


def _week_name(value: str) -> str:
    return formats.date_format(date.fromisoformat(value), "j F Y")


_SAID = {"month": _month_name, "week": _week_name}
_UNITS: Mapping[Unit, Callable[[float | None], str]] = {
    "whole": words.whole,
    "minutes": words.minutes,
    "share": words.share,
    "rough": words.rough,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the rows: its key, the name a person reads, and the unit of its values."""

    key: str
    name: str
    unit: Unit = "whole"

    def say(self, value: Cell) -> str:
        """The value in words, as the table beside the picture shows it."""
        if isinstance(value, str):
            return _SAID[self.key](value) if self.key in _SAID else value
        return _UNITS[self.unit](value)


@dataclass(frozen=True, slots=True)
class Asked:
    """One picture. ``x`` and ``y`` are the columns drawn; ``low`` and ``high`` the keys of an interval, or empty.

    ``bands`` are periods (``since``, ``until``, ``name``) to show behind it, ``moment`` a day to mark.
    """

    kind: Kind
    rows: tuple[Mapping[str, Cell], ...]
    x: Column
    y: Column
    low: str = ""
    high: str = ""
    by: str = ""
    line: bool = False
    language: str = "nl"
    bands: tuple[Mapping[str, Cell], ...] = ()
    moment: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept until a browser asks for the picture."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Asked":
        """The same request again."""
        columns = {name: Column(**kept[name]) for name in ("x", "y")}
        parts = {"rows": tuple(kept["rows"]), "bands": tuple(kept.get("bands", ()))}
        return cls(**{**kept, **columns, **parts})


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and len(value) == 7 and value[4] == "-" and value.replace("-", "").isdigit():
        return f"{value}-01"
    if value is None or isinstance(value, str):
        return value
    return float(value)


def plain_rows(rows: Iterable[Any], keys: Iterable[str]) -> tuple[Mapping[str, Cell], ...]:
    """Rows of any kind (mappings or objects) as plain cells. Months may be dates or ``2025-03``."""
    wanted = [key for key in keys if key]
    return tuple(
        {key: _cell(row[key] if isinstance(row, Mapping) else getattr(row, key)) for key in wanted} for row in rows
    )


def number(row: Mapping[str, Cell], key: str) -> float:
    """A cell that has to be a number; unknown counts as not drawn and raises TypeError."""
    value = row[key]
    if not isinstance(value, float | int):
        raise TypeError(key)
    return float(value)
