"""Business time: the minutes in which we work, in one zone, with lunch breaks, holidays and other closed days.

A year is laid out once as its open stretches with the minutes before each; after that both questions (how many minutes
between two moments, which moment is so many minutes on) are a search in a sorted list, however many years lie between.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

Stretch = tuple[int, int]
"""From and to, in minutes of the day; 1440 is midnight at its end."""

HOLIDAYS = (
    "New Year's Day",
    "Good Friday",
    "Easter Sunday",
    "Easter Monday",
    "King's Day",
    "Liberation Day",
    "Ascension Day",
    "Pentecost",
    "Pentecost Monday",
    "Christmas Day",
    "Second Day of Christmas",
)
"""Dutch public holidays as the ``holidays`` package calls them. Liberation Day is one every fifth year only."""

_DAY = 1440


def read_stretch(since: str, until: str) -> Stretch:
    """ "09:00" and "12:30" as minutes of the day. Raises ValueError for what is no time."""
    return _minutes(since), _minutes(until)


def _minutes(said: str) -> int:
    hours, colon, minutes = said.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        raise ValueError(said)
    found = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or found > _DAY:
        raise ValueError(said)
    return found


@dataclass(frozen=True, slots=True)
class _Year:
    """Open stretches in seconds since 1970, in order; ``before`` are the open seconds of the year before each one."""

    starts: Sequence[float]
    ends: Sequence[float]
    before: Sequence[float]
    total: float

    def spent(self, at: float) -> float:
        """Open seconds of this year up to a moment."""
        place = bisect_right(self.starts, at) - 1
        return 0.0 if place < 0 else self.before[place] + min(at, self.ends[place]) - self.starts[place]

    def when(self, spent: float) -> float:
        """The first moment at which so many open seconds (more than none, at most ``total``) have passed."""
        place = bisect_right(self.before, spent) - 1
        while place > 0 and self.before[place] >= spent:
            place -= 1
        return self.starts[place] + spent - self.before[place]


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When we work. ``week`` holds for Monday to Sunday the stretches of the day, in order and apart; ``closed`` are
    free days besides the public holidays, ``worked`` the names of holidays (see ``HOLIDAYS``) on which we do work.

    A stretch begins when the clock first shows its beginning (or skips past it) and ends when it first shows its end,
    so a night in which the clock is put back is an hour longer. Raises ValueError for a week that is never open.
    """

    week: tuple[tuple[Stretch, ...], ...]
    holidays: bool = True
    closed: frozenset[date] = frozenset()
    worked: frozenset[str] = frozenset()
    zone: str = "Europe/Amsterdam"
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("a week has seven days, and one of them is open")
        for day in self.week:
            ends = [moment for stretch in day for moment in stretch]
            if ends != sorted(set(ends)) or any(not 0 <= moment <= _DAY for moment in ends):
                raise ValueError("stretches of a day follow each other and do not touch")

    def between(self, since: datetime, until: datetime) -> float:
        """Business minutes from one moment to another (both aware); none when ``until`` lies before ``since``."""
        if until <= since:
            return 0.0
        first, last = self._local(since).year, self._local(until).year
        whole = sum(self._year(year).total for year in range(first, last))
        spent = whole + self._year(last).spent(until.timestamp()) - self._year(first).spent(since.timestamp())
        return spent / 60

    def add(self, moment: datetime, minutes: float) -> datetime:
        """The first moment (in UTC) at which so many business minutes have passed since ``moment``; that moment itself
        for none. Raises ValueError for less than none."""
        if minutes < 0:
            raise ValueError("time does not run back")
        if minutes == 0:
            return moment.astimezone(UTC)
        year = self._local(moment).year
        wanted = self._year(year).spent(moment.timestamp()) + minutes * 60
        while wanted > self._year(year).total:
            wanted -= self._year(year).total
            year += 1
        return datetime.fromtimestamp(self._year(year).when(wanted), UTC)

    def is_open(self, moment: datetime) -> bool:
        """Whether we work at this moment; the end of a stretch is no part of it."""
        at = moment.timestamp()
        return any(start <= at < end for start, end in self._open_on(self._local(moment).date()))

    def works_on(self, day: date) -> bool:
        """Whether some of this day is open."""
        return bool(self._stretches(day))

    def stretches(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open stretches of one day, in UTC."""
        return [
            (datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)) for start, end in self._open_on(day)
        ]

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(_zone(self.zone))

    def _stretches(self, day: date) -> tuple[Stretch, ...]:
        stretches = self.week[day.weekday()]
        if not stretches or day in self.closed:
            return ()
        return () if self.holidays and _holidays(day.year).get(day, frozenset()) - self.worked else stretches

    def _open_on(self, day: date) -> Iterator[tuple[float, float]]:
        for start, end in self._stretches(day):
            begun, ended = _shown(day, start, self.zone), _shown(day, end, self.zone)
            if ended > begun:
                yield begun, ended

    def _year(self, year: int) -> _Year:
        if year not in self._years:
            self._years[year] = self._lay_out(year)
        return self._years[year]

    def _lay_out(self, year: int) -> _Year:
        starts, ends, before, total = [], [], [], 0.0
        for number in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
            for start, end in self._open_on(date.fromordinal(number)):
                starts.append(start)
                ends.append(end)
                before.append(total)
                total += end - start
        return _Year(starts, ends, before, total)


_zone = cache(ZoneInfo)


@cache
def _holidays(year: int) -> dict[date, frozenset[str]]:
    import holidays  # some three hundred modules, and needed only where hours are reckoned

    found = holidays.country_holidays("NL", years=year, language="en_US")
    return {day: frozenset(name.split("; ")) for day, name in found.items() if day.year == year}


def _shown(day: date, minute: int, zone: str) -> float:
    """When a local clock first shows this minute of the day or a later one."""
    wall = datetime.combine(day, time.min) + timedelta(minutes=minute)
    aware = wall.replace(tzinfo=_zone(zone))
    at = aware.timestamp()
    if datetime.fromtimestamp(at, aware.tzinfo).replace(tzinfo=None) == wall:
        return at
    return _skip(aware.replace(fold=1).timestamp(), at, zone)


def _skip(low: float, high: float, zone: str) -> float:
    """The moment between two at which the clock was put forward."""
    offset = datetime.fromtimestamp(low, _zone(zone)).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, _zone(zone)).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high


def standard_hours() -> WorkingHours:
    """Monday to Friday from nine to half past five, free on public holidays: what counts until someone sets it."""
    return WorkingHours(week=(((540, 1050),),) * 5 + ((), ()))
