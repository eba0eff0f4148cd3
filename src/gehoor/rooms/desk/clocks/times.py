"""Reading of times: how long people waited for a first answer, a next one and a solution, with denominators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from gehoor.analysis.hours.expecting import quantile
from gehoor.kernel.clock import now
from gehoor.rooms.desk.clocks.hours import Version, current_version
from gehoor.rooms.desk.clocks.record import AT_ONCE, Heard, first_answers
from gehoor.rooms.desk.models import Clock, ClockKind

PERIODS = (30, 90, 365)
FEWEST = 5
"""Of fewer nothing is said but how many."""
MONTHS_BACK = 365
_WORST = 0.9


@dataclass(frozen=True, slots=True)
class Reading:
    """How long a number of waits took, in business minutes. ``median`` lies between ``low`` and ``high`` by chance (9
    in 10), ``worst`` is what one in ten took longer than; None where there are too few to say. ``waiting`` wait still,
    ``in_time`` had it within the aim, None without one."""

    name: str
    count: int
    waiting: int = 0
    median: float | None = None
    low: float | None = None
    high: float | None = None
    worst: float | None = None
    in_time: float | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """Everything that the page shows of a period of ``days`` up to ``until``."""

    days: int
    since: datetime
    until: datetime
    first: Reading
    next: Reading
    resolution: Reading
    channels: Sequence[Reading]
    months: Sequence[Mapping[str, object]]
    aims: Mapping[str, int]


def times(days: int) -> Times:
    """The reading of the last so many days. Months go a year back, whatever the period."""
    until, version = now(), current_version()
    since = until - timedelta(days=days)
    longest = first_answers(until - timedelta(days=max(days, MONTHS_BACK)), until)
    heard = [each for each in longest if (each.at or each.began_at) >= since]
    return Times(
        days=days,
        since=since,
        until=until,
        first=_reading("", _written(heard), version.aims.get(ClockKind.FIRST.value)),
        next=_reading("", _clocks(ClockKind.NEXT, since, until, version), version.aims.get(ClockKind.NEXT.value)),
        resolution=_reading(
            "", _clocks(ClockKind.RESOLUTION, since, until, version), version.aims.get(ClockKind.RESOLUTION.value)
        ),
        channels=_by_channel(heard, version.aims.get(ClockKind.FIRST.value)),
        months=_by_month(_written(longest)),
        aims=version.aims,
    )


def _written(heard: Iterable[Heard]) -> list[Heard]:
    """Without those who talked with us at the same moment: their zero minutes would hide the others."""
    return [each for each in heard if each.channel not in AT_ONCE]


def _clocks(kind: ClockKind, since: datetime, until: datetime, version: Version) -> list[Heard]:
    ended = Clock.objects.filter(kind=kind, ended_at__gte=since, ended_at__lt=until)
    rows = ended.values_list("case__channel", "began_at", "ended_at", "minutes")
    runs = Clock.objects.filter(kind=kind, ended_at=None).values_list(
        "case__channel", "began_at", "runs_since", "minutes"
    )
    waiting = (
        Heard(channel, began, None, spent + (version.hours.between(running, until) if running else 0.0))
        for channel, began, running, spent in runs
    )
    return [*(Heard(*row) for row in rows), *waiting]


def _reading(name: str, heard: Iterable[Heard], aim: int | None) -> Reading:
    every = list(heard)
    spent = [each.minutes for each in every if each.at is not None]
    waiting = len(every) - len(spent)
    middle, worst = quantile(spent, 0.5), quantile(spent, _WORST)
    if middle is None or worst is None or len(spent) < FEWEST:
        return Reading(name, len(spent), waiting)
    in_time = None if aim is None else sum(each <= aim for each in spent) / len(spent)
    return Reading(name, len(spent), waiting, middle.value, middle.low, middle.high, worst.value, in_time)


def _by_channel(heard: Iterable[Heard], aim: int | None) -> list[Reading]:
    """Each channel, that with most answers first."""
    found: dict[str, list[Heard]] = defaultdict(list)
    for each in heard:
        found[each.channel].append(each)
    readings = [_reading(channel, waits, aim) for channel, waits in found.items()]
    return sorted(readings, key=lambda each: (-each.count, each.name))


def _by_month(heard: Iterable[Heard]) -> list[Mapping[str, object]]:
    """The median of each month in which something was answered, the oldest first; unknown where it were too few."""
    found: dict[str, list[Heard]] = defaultdict(list)
    for each in heard:
        if each.at is not None:
            found[localtime(each.at).strftime("%Y-%m")].append(each)
    readings = [_reading(month, found[month], None) for month in sorted(found)]
    return [{"month": each.name, "median": each.median, "low": each.low, "high": each.high} for each in readings]
