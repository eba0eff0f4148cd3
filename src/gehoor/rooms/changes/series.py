"""Counts a week: of who asks for a change, and of everyone else. Whole weeks only, from Monday, in local time.

The weeks of the first and the last dated voice are left out: nobody knows what else was said in them. Voices without a
date are in no week, and counted apart; so are voices from long before the record that runs on.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max
from numpy.typing import NDArray

from gehoor.analysis.silence.record import begins
from gehoor.rooms.changes.asked import Said
from gehoor.rooms.voices.models import Voice

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_A_DAY = 24 * 3600
_CHUNK = 20_000
_MONDAY = date(1970, 1, 5).toordinal()
_BESIDE = 12
"""Weeks on either side that say what is usual for a channel."""
_SELDOM = 0.01


@dataclass(frozen=True, slots=True)
class Calendar:
    """All voices: ``pks`` ascending, the week of each (weeks since 5 January 1970; -1 without a date) and its channel,
    a number in ``channels``. ``begun`` is the first week of the record that runs on."""

    pks: Integers
    week: Integers
    channel: Integers
    channels: tuple[str, ...]
    begun: int

    @property
    def first(self) -> int:
        """The first whole week."""
        return self.begun + 1 if len(self._dated) else 0

    @property
    def earlier(self) -> int:
        """How many dated voices are from before the record that runs on, and in no week."""
        return int(((self.week >= 0) & (self.week < self.begun)).sum())

    @property
    def weeks(self) -> int:
        """How many whole weeks there are."""
        return max(0, int(self._dated.max()) - self.first) if len(self._dated) else 0

    @property
    def _dated(self) -> Integers:
        return self.week[self.week >= 0]

    def places(self, pks: Collection[int]) -> Integers:
        """Where these voices stand; those that are not there are left out."""
        wanted = np.sort(np.fromiter(pks, np.int64, len(pks)))
        if not len(self.pks):
            return wanted[:0]
        at = np.minimum(np.searchsorted(self.pks, wanted), len(self.pks) - 1)
        return np.asarray(at[self.pks[at] == wanted], np.int64)

    def counted(self, rows: Integers | Flags) -> Integers:
        """How many of these voices each whole week holds."""
        return np.bincount(self.within(self.week[rows]), minlength=self.weeks).astype(np.int64)

    def within(self, week: Integers) -> Integers:
        """Weeks as places in the series, without those outside it."""
        place = week - self.first
        return np.asarray(place[(week >= 0) & (place >= 0) & (place < self.weeks)], np.int64)

    def number(self, channel: str) -> int:
        """The number of a channel; -1 for one that nothing came through."""
        return self.channels.index(channel) if channel in self.channels else -1


def week_of(day: date) -> int:
    """The number of a day's week."""
    return (day.toordinal() - _MONDAY) // 7


def monday(week: int) -> date:
    """The first day of a week."""
    return date.fromordinal(_MONDAY + 7 * week)


def state_of_voices() -> str:
    """Differs as soon as a voice is added or erased. Voices are never changed."""
    found = Voice.objects.aggregate(count=Count("pk"), newest=Max("pk"))
    return f"{found['count']} {found['newest']}"


def read_calendar() -> Calendar:
    """All voices by week and channel; kept in memory while the voices stay the same."""
    key = f"gehoor.changes.record.{state_of_voices()}".replace(" ", ".")
    found: Calendar | None = cache.get(key)
    if found is None:
        found = _calendar()
        cache.set(key, found, _A_DAY)
    return found


def _calendar() -> Calendar:
    zone = ZoneInfo(settings.TIME_ZONE)
    numbers: dict[str, int] = {}
    pks, weeks, channels = [], [], []
    for pk, said_at, channel in Voice.objects.order_by("pk").values_list("pk", "said_at", "channel").iterator(_CHUNK):
        pks.append(pk)
        weeks.append(_week(said_at, zone))
        channels.append(numbers.setdefault(channel, len(numbers)))
    begun = begins(Counter(week for week in weeks if week >= 0)) or 0
    return Calendar(
        np.array(pks, np.int64), np.array(weeks, np.int64), np.array(channels, np.int64), tuple(numbers), begun
    )


def _week(at: datetime | None, zone: ZoneInfo) -> int:
    return -1 if at is None else week_of(at.astimezone(zone).date())


@dataclass(frozen=True, slots=True)
class Weekly:
    """Who asked for a change, in each whole week: voices, persons (each once a week) and customer minutes.

    ``undated``: voices that ask for it and say no date.
    """

    voices: Integers
    persons: Integers
    minutes: Floats
    undated: int


def weekly(calendar: Calendar, asked: Sequence[Said]) -> Weekly:
    """The counts of these voices."""
    zone = ZoneInfo(settings.TIME_ZONE)
    weeks = np.array([_week(said.at, zone) for said in asked], np.int64)
    place = weeks - calendar.first
    kept = (weeks >= 0) & (place >= 0) & (place < calendar.weeks)
    minutes = np.array([said.minutes for said in asked], np.float64)
    persons = {
        (at, said.person)
        for at, said, keep in zip(place.tolist(), asked, kept, strict=True)
        if keep and said.person is not None
    }
    known = np.array(sorted(at for at, _ in persons), np.int64)
    return Weekly(
        voices=np.bincount(place[kept], minlength=calendar.weeks).astype(np.int64),
        persons=np.bincount(known, minlength=calendar.weeks).astype(np.int64),
        minutes=np.bincount(place[kept], weights=minutes[kept], minlength=calendar.weeks).astype(np.float64),
        undated=int((weeks < 0).sum()),
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """Weeks (both included, as places in the series) in which nothing was heard through a channel that always brings
    something: a source that was paused or broken. ``channel`` is empty when nothing came through any."""

    channel: str
    first: int
    last: int


def gaps(calendar: Calendar, channels: Collection[str]) -> list[Gap]:
    """Where the figures miss what was said through these channels, and weeks in which nothing was heard at all.

    A week without anything is a gap when, at the pace of the weeks around it, it would happen less than once in a
    hundred times (Poisson).
    """
    rows: Mapping[str, Integers] = {
        channel: calendar.counted(calendar.channel == calendar.number(channel)) for channel in sorted(channels)
    }
    everything = calendar.counted(calendar.week >= 0)
    silent = _runs(everything == 0)
    found = [Gap("", *run) for run in silent]
    hushed = {at for first, last in silent for at in range(first, last + 1)}
    for channel, counts in rows.items():
        empty = _against_habit(counts)
        empty[sorted(hushed)] = False
        found += [Gap(channel, *run) for run in _runs(empty)]
    return found


def _against_habit(counts: Integers) -> Flags:
    empty = counts == 0
    for at in np.flatnonzero(empty).tolist():
        near = counts[max(0, at - _BESIDE) : at + _BESIDE + 1]
        empty[at] = np.exp(-float(np.median(near))) < _SELDOM
    return np.asarray(empty, np.bool_)


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """Stretches of true, both ends included."""
    edges = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return list(zip(np.flatnonzero(edges == 1).tolist(), (np.flatnonzero(edges == -1) - 1).tolist(), strict=True))


def days_of(calendar: Calendar, first: int, last: int) -> tuple[date, date]:
    """The first and last day of weeks that are places in the series."""
    return monday(calendar.first + first), monday(calendar.first + last) + timedelta(days=6)
