"""From the words that name a day to that day, counted from when they were said."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gehoor.analysis.calendar_words import MONTHS, NUMBERS, WEEKDAYS
from gehoor.analysis.promising.days import (
    WorksOn,
    end_of_month,
    end_of_week,
    in_week,
    months_on,
    next_date,
    weekday_after,
    working_days_on,
)

NOON = time(12)
_SIX = time(18)
_MOST_COUNTED = 400


@dataclass(frozen=True, slots=True)
class Said:
    """When it was said, here, and on which days we work."""

    at: datetime
    works_on: WorksOn

    @property
    def day(self) -> date:
        return self.at.date()


def number_of(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def group_of(hit: re.Match[str], name: str) -> str:
    return hit.groupdict().get(name) or ""


def _of_part(hit: re.Match[str]) -> time | None:
    part = group_of(hit, "part")
    if part in ("ochtend", "morgen", "morning", "noon"):
        return NOON
    return _SIX if part in ("middag", "afternoon") else None


_SINCE = ("per ", "van ", "sinds ", "vanaf ", "since ", "from ", "of ", "tot ", "until ", "bij ")
"""What stands after these is not a time by which something is done."""


def _since(hit: re.Match[str]) -> bool:
    return f"{hit.string[: hit.start()].rstrip()} ".endswith(_SINCE)


When = tuple[date, time | None] | datetime | None


def read_within(hit: re.Match[str], said: Said) -> When:
    """ "binnen vijf werkdagen", "over twee weken", "within a fortnight"."""
    count, unit = number_of(hit["n"]), hit["unit"]
    if count > _MOST_COUNTED:
        return None
    if unit.startswith(("werkdag", "working", "business")):
        return working_days_on(said.day, count, said.works_on), None
    if unit.startswith(("dag", "day", "kalenderdag", "calendar")):
        return said.day + timedelta(days=count), None
    if unit.startswith("fortnight"):
        return said.day + timedelta(days=14 * count), None
    if unit.startswith("we"):
        return said.day + timedelta(days=7 * count), None
    if unit.startswith(("maand", "month")):
        return months_on(said.day, count), None
    if unit.startswith("kwartier"):
        return said.at + timedelta(minutes=15 * count)
    return said.at + (timedelta(minutes=count) if unit.startswith("min") else timedelta(hours=count))


def read_half_hour(_: re.Match[str], said: Said) -> When:
    return said.at + timedelta(minutes=30)


def read_today(hit: re.Match[str], said: Said) -> When:
    if _since(hit):
        return None
    word = hit["word"]
    if word in ("vanochtend", "vanmorgen", "this morning"):
        return said.day, NOON
    return said.day, _SIX if word in ("vanmiddag", "this afternoon") else None


def read_tomorrow(hit: re.Match[str], said: Said) -> When:
    steps = 2 if hit["word"] in ("overmorgen", "the day after tomorrow") else 1
    return said.day + timedelta(days=steps), _of_part(hit)


def read_weekday(hit: re.Match[str], said: Said) -> When:
    weekday = WEEKDAYS[hit["weekday"]]
    over_a_week = group_of(hit, "after") or group_of(hit, "week")
    if over_a_week.endswith(("over een week", "a week from now")):
        day = weekday_after(said.day, weekday) + timedelta(days=7)
    elif group_of(hit, "next") or over_a_week:
        day = in_week(said.day, weekday, 1)
    else:
        day = weekday_after(said.day, weekday)
    return day, _of_part(hit)


def read_date(hit: re.Match[str], said: Said) -> When:
    if _since(hit):
        return None
    month = MONTHS[hit["month"]] if not hit["month"].isdigit() else int(hit["month"])
    year = group_of(hit, "year")
    number = int(year) + (2000 if len(year) == 2 else 0) if year else 0
    day = next_date(said.day, month, int(hit["day"]), number)
    return None if day is None else (day, None)


def read_week(hit: re.Match[str], said: Said) -> When:
    on = 1 if hit["which"].startswith(("volgend", "komend", "next", "coming")) else 0
    part = group_of(hit, "of").strip()
    if part.startswith(("begin", "early", "start", "beginning")):
        return in_week(said.day, 1, on), None
    if part.startswith(("half", "mid")):
        return in_week(said.day, 2, on), None
    return end_of_week(said.day, on) if on == 0 else in_week(said.day, 4, on), None


def read_end_of_week(_: re.Match[str], said: Said) -> When:
    return end_of_week(said.day), None


def read_weekend(hit: re.Match[str], said: Said) -> When:
    which = hit["which"]
    if which in ("na", "after"):
        return weekday_after(said.day, 0), None
    if which in ("vóór", "voor", "before"):
        return end_of_week(said.day), None
    return in_week(said.day, 6, 0), None


def read_month(hit: re.Match[str], said: Said) -> When:
    return end_of_month(said.day, 1 if hit["which"].startswith(("volgend", "komend", "next")) else 0), None


def read_end_of_named_month(hit: re.Match[str], said: Said) -> When:
    month = MONTHS[hit["month"]]
    year = said.day.year + (month < said.day.month)
    return end_of_month(date(year, month, 1)), None


def read_end_of_day(_: re.Match[str], said: Said) -> When:
    return said.day, None
