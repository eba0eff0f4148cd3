"""Days counted from the day on which something was said."""

from collections.abc import Callable
from datetime import date, timedelta

WorksOn = Callable[[date], bool]
"""Whether we work on this day."""

_FRIDAY = 4


def on_weekdays(day: date) -> bool:
    """Monday to Friday: what counts where nobody says on which days we work."""
    return day.weekday() < 5


def working_days_on(day: date, count: int, works_on: WorksOn) -> date:
    """The ``count``-th working day after ``day``; gives up after ten days a working day, where hardly any is worked."""
    left = count
    for _ in range(10 * count + 30):
        if not left:
            break
        day += timedelta(days=1)
        left -= works_on(day)
    return day


def months_on(day: date, count: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    month = day.month - 1 + count
    return date(day.year + month // 12, month % 12 + 1, min(day.day, _length(day.year + month // 12, month % 12 + 1)))


def end_of_month(day: date, on: int = 0) -> date:
    """The last day of the month so many months on."""
    first = months_on(day.replace(day=1), on)
    return first.replace(day=_length(first.year, first.month))


def _length(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def weekday_after(day: date, weekday: int) -> date:
    """The first such day after ``day``; Monday is 0."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def in_week(day: date, weekday: int, on: int) -> date:
    """This weekday of the week so many weeks on."""
    return day + timedelta(days=weekday - day.weekday() + 7 * on)


def end_of_week(day: date, on: int = 0) -> date:
    """The Friday of a week; of a weekend that has begun, its Sunday."""
    friday = in_week(day, _FRIDAY, on)
    return friday if friday >= day else in_week(day, 6, on)


def next_date(day: date, month: int, number: int, year: int = 0) -> date | None:
    """This day of the calendar; without a year the first one from ``day`` on. None for what is no day."""
    for candidate in (year,) if year else (day.year, day.year + 1, day.year + 2, day.year + 3):
        try:
            found = date(candidate, month, number)
        except ValueError:
            continue
        if year or found >= day:
            return found
    return None
