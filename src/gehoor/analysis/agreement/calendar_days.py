"""The days of the calendar that words name: tables of months, weekdays and holidays, and from what a pattern of
``dates.py`` found the day that it says."""

import re

from gehoor.analysis.agreement.facts import Day
from gehoor.analysis.agreement.lexicon import named
from gehoor.analysis.agreement.numbers import ordinal

_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _table(key: str) -> dict[str, int]:
    return {form: i for i, line in enumerate(named("calendar")[key], 1) for form in line.split()}


MONTHS = _table("month")
WEEKDAYS = _table("weekday")
HOLIDAYS = {name: int(day) for name, _, day in (part.partition("=") for part in named("calendar")["holiday"])}
CARDINALS = {part.partition("=")[0].strip(): int(part.partition("=")[2]) for part in named("calendar")["cardinal"]}


def _span(first: int, last: int, year: str | None, weekday: str | None = None) -> Day:
    return Day(first, last, int(year) if year else 0, WEEKDAYS[weekday] if weekday else 0)


def _one(month: int, day: int, year: str | None, weekday: str | None = None) -> Day | None:
    if not (1 <= month <= 12 and 1 <= day <= _DAYS_IN[month - 1]):
        return None
    return _span(month * 100 + day, month * 100 + day, year, weekday)


def _get(hit: re.Match[str], name: str) -> str | None:
    return hit.groupdict().get(name)


def day_of_month(hit: re.Match[str]) -> Day | None:
    """ "1 maart", "de eerste van mei"; None for a day that does not exist."""
    word = _get(hit, "dayword")
    number = int(hit["day"]) if _get(hit, "day") else _day_number(word or "")
    return _one(MONTHS[hit["month"]], number, _get(hit, "year"), _get(hit, "weekday"))


def _day_number(word: str) -> int:
    return 1 if word in ("één", "een", "one") else CARDINALS.get(word, 0) or ordinal(word)


def in_figures(hit: re.Match[str]) -> Day | None:
    """ "01-03-2026", "1/3"; None for a day that does not exist."""
    year = _get(hit, "year")
    if year and len(year) == 2:
        year = f"20{year}"
    return _one(int(hit["m"]), int(hit["day"]), year, _get(hit, "weekday"))


def holiday(hit: re.Match[str]) -> Day:
    """ "Koningsdag", "Kerst 2026"."""
    day = HOLIDAYS[hit["holiday"]]
    return _span(day, day, _get(hit, "year"))


def nth_of_month(hit: re.Match[str]) -> Day | None:
    """ "eerste zaterdag van mei", "laatste dag van februari", "laatste dag van de maand"."""
    month = MONTHS.get(_get(hit, "month") or "", 0)
    weekday = WEEKDAYS.get(hit["what"], 0)
    length = _DAYS_IN[month - 1] if month else 31
    number = 0 if hit["nth"] in ("laatste", "last") else ordinal(hit["nth"]) or int(re.sub(r"\D", "", hit["nth"]) or 1)
    if weekday:
        first, last = (length - 7, length) if not number else (7 * number - 6, min(7 * number, length))
    elif not number:
        first, last = (28 if month in (0, 2) else length), length
    else:
        first = last = number
    if number > 31 or first > length:
        return None
    return Day(month * 100 + first, month * 100 + last, int(_get(hit, "year") or 0), weekday)


def part_of_month(hit: re.Match[str]) -> Day:
    """ "Maart", "begin maart"."""
    month = MONTHS[hit["month"]]
    first, last = 1, _DAYS_IN[month - 1]
    part = (_get(hit, "part") or "").strip()
    if part.startswith(("begin", "start", "early")):
        last = 12
    elif part.startswith(("half", "mid", "medio")):
        first, last = 10, 20
    elif part:
        first = 18
    return Day(month * 100 + first, month * 100 + (31 if not part else last), int(_get(hit, "year") or 0))


def relative(hit: re.Match[str]) -> Day:
    """ "Deze maand", "volgend jaar"."""
    unit = {"w": "week", "m": "month", "j": "year", "y": "year"}[hit["unit"][0]]
    following = hit["this"].startswith(("volgend", "komend", "eerstv", "next", "coming"))
    return Day(0, 0, 0, 0, unit, 1 if following else 0)


def today(hit: re.Match[str]) -> Day:
    """ "Vandaag", "overmorgen"."""
    steps = {"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2, "the day after tomorrow": 2}
    return Day(0, 0, 0, 0, "today", steps[hit["today"]])


def week(hit: re.Match[str]) -> Day | None:
    """ "Week 14", with its days give or take a few; None above 53."""
    week = int(hit["week"])
    if not 1 <= week <= 53:
        return None
    return Day(_month_day(7 * week - 10), _month_day(7 * week + 3), int(_get(hit, "year") or 0))


def _month_day(ordinal_day: int) -> int:
    left = max(1, min(ordinal_day, 366))
    for month, length in enumerate(_DAYS_IN, 1):
        if left <= length:
            return month * 100 + left
        left -= length
    return 1231


def of_year(hit: re.Match[str]) -> Day:
    """ "In 2026", "eind 2026"."""
    part = (_get(hit, "part") or "").strip()
    first, last = 101, 1231
    if part.startswith(("begin", "start", "early")):
        last = 331
    elif part.startswith(("half", "mid", "medio")):
        first, last = 515, 815
    elif part:
        first = 1015
    return Day(first, last, int(hit["year"]))


def monthly(hit: re.Match[str]) -> Day | None:
    """ "De achtste van de maand", "woensdag de achtste"; None above 31."""
    number = int(hit["day"]) if _get(hit, "day") else _day_number(hit["dayword"])
    weekday = _get(hit, "weekday")
    return Day(number, number, 0, WEEKDAYS[weekday] if weekday else 0) if 1 <= number <= 31 else None
