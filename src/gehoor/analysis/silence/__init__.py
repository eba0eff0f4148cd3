"""Whether a source is more silent than its own habit.

Each day of the week has its own habit: how often, of the last weeks, nothing came on such a day. A silence is reported
when days without anything, as many as there are now, would follow each other by chance less than once in a hundred
times. The chance of an empty day is the Krichevsky and Trofimov estimate (1981), (empty + 1/2) / (days + 1), so that a
day that was never empty still may be. Only whole days count: of today nobody knows yet.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 12
"""How far back a habit goes."""
FEWEST_DAYS = 6
"""Days on which something came; with fewer there is no habit yet."""
LEVEL = 0.01


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing since the day ``last``; by habit that has a chance of ``chance``."""

    last: date
    chance: float


def silence(heard: Collection[date], today: date) -> Silence | None:
    """The silence that lasts now, where it is against habit. ``heard`` holds the days on which something came."""
    known = {day for day in heard if day < today}
    if not known or max(heard) >= today:
        return None
    last = max(known)
    habit = _empty_chances({day for day in known if day >= last - timedelta(weeks=WEEKS)}, last)
    if habit is None:
        return None
    chance = 1.0
    for day in range((today - last).days - 1):
        chance *= habit[(last + timedelta(days=day + 1)).weekday()]
    return Silence(last, chance) if chance < LEVEL else None


def _empty_chances(heard: set[date], last: date) -> list[float] | None:
    """For each day of the week, the chance that nothing comes; None where nothing can be said."""
    first = min(heard)
    if len(heard) < FEWEST_DAYS or (last - first).days < 7:
        return None
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    empty, all_days = [0.0] * 7, [0] * 7
    for day in days:
        all_days[day.weekday()] += 1
        empty[day.weekday()] += day not in heard
    return [(none + 0.5) / (of + 1) for none, of in zip(empty, all_days, strict=True)]
