"""How near a moment is that someone names: today, tomorrow, a day of this week, a date."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gehoor.analysis.calendar_words import MONTHS, WEEKDAYS, any_of
from gehoor.kernel.patterns import regex

_ZONE = ZoneInfo("Europe/Amsterdam")
NEAR_DAYS = 3
"""Up to and with this many days on, an answer tomorrow may be too late."""

_NOW = regex(
    r"\b(?:vandaag|vanmiddag|vanavond|vannacht|nu meteen|binnen (?:een|1|twee|2) (?:uur|uren)|"
    r"binnen 24 uur|over (?:een|1|twee|2) uur|today|tonight|this (?:afternoon|evening)|within (?:24|an|two) hours?|"
    r"in an hour)\b",
    re.IGNORECASE,
)
_TOMORROW = regex(
    r"(?<!goede )(?<!goeie )(?<!tot )(?<!bij )\b"
    r"(?:morgen(?:ochtend|middag|avond)?\b(?!,)|overmorgen|over (?:twee|2) dagen|"
    r"tomorrow|in two days|within 48 hours|binnen 48 uur)\b",
    re.IGNORECASE,
)
_NOT_COMING = "elke iedere eerste laatste afgelopen vorige sinds last every since until tot"
_WEEKDAY = regex(
    "".join(f"(?<!{word} )" for word in _NOT_COMING.split())
    + rf"\b({any_of(WEEKDAYS)})(?:ochtend|middag|avond| morning| afternoon| evening)?\b",
    re.IGNORECASE,
)
_DATE = regex(
    rf"\b(\d{{1,2}})(?:e|th|st|nd|rd)?(?: of)? ({any_of(MONTHS)})\b(?! (?:19|20)\d\d)"
    r"|\b(\d{1,2})[-/](\d{1,2})(?:[-/](20\d\d))?\b",
    re.IGNORECASE,
)


def near_days(text: str, at: datetime) -> Iterator[tuple[int, int]]:
    """Where the text names a moment from today to ``NEAR_DAYS`` on, seen from ``at``."""
    today = at.astimezone(_ZONE).date()
    for pattern in (_NOW, _TOMORROW):
        yield from (found.span() for found in pattern.finditer(text))
    for found in _WEEKDAY.finditer(text):
        if (WEEKDAYS[found[1].lower()] - today.weekday()) % 7 <= NEAR_DAYS:
            yield found.span()
    for found in _DATE.finditer(text):
        day = _date(found, today)
        if day is not None and timedelta(0) <= day - today <= timedelta(days=NEAR_DAYS):
            yield found.span()


def _date(found: re.Match[str], today: date) -> date | None:
    """The day that a date names, this year or where it names one that year; over New Year the next."""
    if found[1]:
        day, month, year = int(found[1]), MONTHS[found[2].lower()], today.year
    else:
        day, month, year = int(found[3]), int(found[4]), int(found[5] or today.year)
    if today.month == 12 and month == 1 and not found[5]:
        year += 1
    try:
        return date(year, month, day)
    except ValueError:
        return None
