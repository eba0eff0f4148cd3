"""Moments as tables write them: ISO, Dutch, American where the column proves it, Excel's numbers, Unix time.

A time without a zone is Amsterdam time. A moment before 1970 or more than two days ahead is a mistake, and unknown.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from gehoor.channels.table.sheet import Cell
from gehoor.kernel.clock import now

HOME = ZoneInfo("Europe/Amsterdam")
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)

_EXCEL_START = datetime(1899, 12, 30)
_EXCEL_DAYS = (25_569, 80_000)
_REMEMBERED = 50_000
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb febr februari february",
            "mrt maart mar march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = r"(?:[T ,]+(?:om\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*(?:uur\b|u\b|h\b)?\s*([ap]\.?m\.?)?)?"
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _TIME + r"\Z", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME + r"\Z", re.IGNORECASE)
_DAY = r"(?:[a-z]{2,9}\.?,?\s+)?"
_DAY_MONTH = re.compile(_DAY + r"(\d{1,2})[ -]([a-z]{3,9})\.?,?[ -](\d{4})" + _TIME + r"\Z", re.IGNORECASE)
_MONTH_DAY = re.compile(_DAY + r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})" + _TIME + r"\Z", re.IGNORECASE)
_TWO_FIRST = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2}")


def is_american(cells: Iterable[Cell]) -> bool:
    """Whether a column writes the month first: a second number above 12 somewhere, a first one nowhere."""
    proved = False
    for cell in cells:
        found = _TWO_FIRST.match(cell) if isinstance(cell, str) else None
        if found is None:
            continue
        if int(found.group(1)) > 12:
            return False
        proved = proved or int(found.group(2)) > 12
    return proved


def is_two_first(cell: Cell) -> bool:
    """Whether a cell writes day and month as numbers before the year, in one order or the other."""
    return isinstance(cell, str) and _TWO_FIRST.match(cell) is not None


class Moments:
    """Turns the cells of one column into aware UTC moments; None for what is no moment, never an exception.

    ``zone`` is that of times which name none.
    """

    def __init__(self, *, american: bool = False, zone: tzinfo = HOME) -> None:
        self._american = american
        self._zone = zone
        self._latest = now() + AHEAD
        self._known: dict[str, datetime | None] = {}

    def __call__(self, cell: Cell) -> datetime | None:
        """The moment that a cell names."""
        if not isinstance(cell, str):
            return self._plausible(_of_value(cell))
        if cell in self._known:
            return self._known[cell]
        moment = self._plausible(self._of_text(cell.strip()))
        if len(self._known) < _REMEMBERED:
            self._known[cell] = moment
        return moment

    def _of_text(self, text: str) -> datetime | None:
        if not text or len(text) > 60:
            return None
        if len(text) != 8 and text.replace(".", "", 1).isdecimal():
            return _of_number(text)
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return self._written(text)

    def _written(self, text: str) -> datetime | None:
        if found := _NUMERIC.match(text):
            first, _, second, year, *time = found.groups()
            day, month = (second, first) if self._american else (first, second)
            return _moment(_full(year), month, day, time)
        if found := _YEAR_FIRST.match(text):
            year, _, month, day, *time = found.groups()
            return _moment(year, month, day, time)
        return _in_words(text) or _with_zone(text) or _of_number(text)

    def _plausible(self, moment: datetime | None) -> datetime | None:
        try:
            known = moment and (moment if moment.tzinfo else moment.replace(tzinfo=self._zone)).astimezone(UTC)
        except (OverflowError, ValueError):
            return None
        return known if known and EARLIEST <= known <= self._latest else None


def _full(year: str) -> str:
    if len(year) == 4:
        return year
    return f"20{year}" if int(year) < 70 else f"19{year}"


def _moment(year: str, month: str, day: str, time: list[str | None]) -> datetime | None:
    hour, minute, second, half = time
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    try:
        return datetime(int(year), int(month), int(day), hours, int(minute or 0), int(second or 0))
    except ValueError:
        return None


def _in_words(text: str) -> datetime | None:
    """``3 januari 2024``, ``Wed, 3 Jan 2024 14:05``, ``January 3, 2024``."""
    if found := _DAY_MONTH.match(text):
        day, month, year, *time = found.groups()
    elif found := _MONTH_DAY.match(text):
        month, day, year, *time = found.groups()
    else:
        return None
    number = _MONTHS.get(month.lower())
    return _moment(year, str(number), day, time) if number else None


def _with_zone(text: str) -> datetime | None:
    """``2024-01-03 14:05:00 UTC`` and ``Wed, 3 Jan 2024 14:05:00 +0100``."""
    start, _, zone = text.rpartition(" ")
    if zone.upper() in {"UTC", "GMT", "Z"}:
        zone = "+0000"
    if not re.fullmatch(r"[+-]\d{2}:?\d{2}", zone):
        return None
    try:
        return datetime.fromisoformat(start.strip() + zone)
    except ValueError:
        moment = _in_words(start.strip())
    return moment and datetime.fromisoformat(f"{moment.isoformat()}{zone}")


def _of_number(text: str) -> datetime | None:
    try:
        return _of_value(float(text.replace(",", ".")))
    except ValueError:
        return None


def _of_value(cell: Cell) -> datetime | None:
    """A date, a number of days as Excel counts them, or Unix seconds, milliseconds or microseconds."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    if _EXCEL_DAYS[0] <= cell < _EXCEL_DAYS[1]:
        return _EXCEL_START + timedelta(seconds=round(cell * 86_400))
    for unit in (1, 1_000, 1_000_000):
        if 1e8 <= cell / unit < 5e9:
            return EARLIEST + timedelta(seconds=cell / unit)
    return None
