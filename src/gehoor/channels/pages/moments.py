"""Dates as pages show them to people, in Dutch and English, somewhere within a line.

A time without a zone is Amsterdam time. What is told from the day that the page was seen ("gisteren 20:13", "3 days
ago") needs that day. A moment before 1990 or more than two days ahead is a mistake, and unknown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gehoor.kernel.clock import now

HOME = ZoneInfo("Europe/Amsterdam")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)
_LONGEST = 400

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DUTCH = {"mrt": "mar", "maa": "mar", "mei": "may", "okt": "oct"}
_MONTH = (
    r"(jan(?:uari|uary)?|feb(?:ruari|ruary)?|m(?:rt|aart|aa|ar|arch)|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|"
    r"aug(?:ustus|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_CLOCK = re.compile(
    r"[\s,;@«»|·-]*(?:om|at|to|t)?\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*(?:uur|u|h)\b)?(?:\s*([ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})?)?")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:e|de|ste|st|nd|rd|th)?[ .\-/]+" + _MONTH + r",?[ \-/]*('?\d{2}(?!\d|[:.]\d)|\d{4})",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(r"\b" + _MONTH + r"[ \-]*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{4})", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_ZONE = re.compile(r"\s*(Z\b|GMT|UTC|[+-]\d{2}:?\d{2}(?!\d))")
_NAMED_DAYS = {"vandaag": 0, "today": 0, "gisteren": 1, "yesterday": 1, "eergisteren": 2}
_NAMED = re.compile(r"\b(vandaag|today|eergisteren|gisteren|yesterday)\b", re.IGNORECASE)
_AGO = re.compile(
    r"(\d{1,3}|een|one|an|a)\s+(seconde|minuut|minuten|minute|min|uur|uren|hour|dag|day|week|weken|maand|month|"
    r"jaar|jaren|year)\w*\s+(?:geleden|ago)",
    re.IGNORECASE,
)
_SECONDS = {
    "seconde": 1, "minuut": 60, "minuten": 60, "minute": 60, "min": 60, "uur": 3600, "uren": 3600, "hour": 3600,
    "dag": 86_400, "day": 86_400, "week": 604_800, "weken": 604_800, "maand": 2_629_800, "month": 2_629_800,
    "jaar": 31_557_600, "jaren": 31_557_600, "year": 31_557_600,
}  # fmt: skip
_UNIX = re.compile(r"\d{9,13}")


@dataclass(frozen=True, slots=True)
class Dating:
    """How the dates of one page are read. ``seen_at`` is when the page was saved."""

    seen_at: datetime | None = None
    american: bool = False
    """Whether a date in numbers names the month first."""

    @classmethod
    def of(cls, lines: Iterable[str], language: str = "", seen_at: datetime | None = None) -> "Dating":
        """The way in which these lines, of one page, write their dates: a number above 12 says which is the day; an
        English page that tells am from pm names the month first."""
        halves = day_first = month_first = False
        for line in lines:
            for each in _NUMERIC.finditer(line[:_LONGEST]):
                day_first = day_first or int(each[1]) > 12
                month_first = month_first or int(each[3]) > 12
                clock = _CLOCK.match(line, each.end())
                halves = halves or bool(clock and clock[4])
        american = month_first or (halves and not language.lower().startswith("nl"))
        return cls(seen_at, american and not day_first)

    def __call__(self, text: str) -> datetime | None:
        """The first moment in a text, in UTC; None when there is none."""
        text = text[:_LONGEST].replace("\u00a0", " ").replace("\u202f", " ")
        try:
            return _plausible(self._moment(text))
        except (ValueError, OverflowError):
            return None

    def is_absolute(self, text: str) -> bool:
        """Whether a text tells its moment without knowing when the page was seen."""
        return Dating(None, self.american)(text) is not None

    def _moment(self, text: str) -> datetime | None:
        if _UNIX.fullmatch(text.strip()):
            seconds = int(text)
            return datetime.fromtimestamp(seconds / 1000 if seconds > 99_999_999_999 else seconds, UTC)
        if found := _ISO.search(text):
            clock, zone = found[4] or "00:00", (found[5] or "").replace("Z", "+00:00")
            return datetime.fromisoformat(f"{found[1]}-{found[2]}-{found[3]}T{clock}{zone}")
        if found := _DAY_MONTH.search(text):
            return _at(text, found.end(), _year(found[3]), _month(found[2]), int(found[1]))
        if found := _MONTH_DAY.search(text):
            return _at(text, found.end(), _year(found[3]), _month(found[1]), int(found[2]))
        if found := _NUMERIC.search(text):
            day, month = (found[3], found[1]) if self.american else (found[1], found[3])
            return _at(text, found.end(), _year(found[4]), int(month), int(day))
        return self._told_from_seeing(text)

    def _told_from_seeing(self, text: str) -> datetime | None:
        if self.seen_at is None:
            return None
        if found := _AGO.search(text):
            count = int(found[1]) if found[1].isdecimal() else 1
            return self.seen_at - timedelta(seconds=count * _SECONDS[found[2].lower()])
        if found := _NAMED.search(text):
            day = self.seen_at.astimezone(HOME).date() - timedelta(days=_NAMED_DAYS[found[1].lower()])
            return _at(text, found.end(), day.year, day.month, day.day)
        return None


def _at(text: str, place: int, year: int, month: int, day: int) -> datetime:
    """A day, with the time that follows it."""
    clock = _CLOCK.match(text, place)
    if clock is None:
        return datetime.combine(date(year, month, day), time())
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4] in "pP" else 0)
    moment = datetime(year, month, day, hour, int(clock[2]), int(clock[3] or 0))
    zone = _ZONE.match(text, clock.end())
    if zone is None:
        return moment
    named = "+00:00" if zone[1] in {"Z", "GMT", "UTC"} else zone[1]
    return datetime.fromisoformat(f"{moment.isoformat()}{named}")


def _month(name: str) -> int:
    short = name[:3].lower()
    return _MONTHS.index(_DUTCH.get(short, short)) + 1


def _year(written: str) -> int:
    number = int(written.lstrip("'"))
    if number >= 100:
        return number
    return 2000 + number if number < 70 else 1900 + number


def _plausible(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    known = (moment if moment.tzinfo else moment.replace(tzinfo=HOME)).astimezone(UTC)
    return known if EARLIEST <= known <= now() + AHEAD else None
