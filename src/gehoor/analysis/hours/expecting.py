"""By when someone hears, from how long others waited: a quantile that also counts who still waits, and the moment that
it leads to as people say it.

The quantile is that of Kaplan and Meier (1958): of those who still wait nobody knows how long it will be, only that it
is longer than so far. To leave them out would let a desk that answers the easy half look quick.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from gehoor.analysis.hours.calendar import WorkingHours

NOON = time(12)
Language = Literal["nl", "en"]


def waited(answered: Sequence[float], waiting: Sequence[float], share: float) -> float | None:
    """The time within which this share hears. ``answered`` are the times of those who heard, ``waiting`` how long those
    who did not have waited so far. None where too many still wait to say."""
    heard, left = Counter(answered), len(answered) + len(waiting)
    lost = sorted(waiting)
    still, gone = 1.0, 0
    for spent in sorted(heard):
        while gone < len(lost) and lost[gone] < spent:
            gone, left = gone + 1, left - 1
        still *= 1 - heard[spent] / left
        left -= heard[spent]
        if 1 - still >= share - 1e-12:
            return spent
    return None


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile of what was measured, with the interval that chance leaves for it; None where the count is too small
    for a bound on that side."""

    value: float
    low: float | None
    high: float | None


def quantile(spent: Sequence[float], share: float, sure: float = 0.9) -> Quantile | None:
    """The smallest time within which at least this share falls, between order statistics that hold the true one with
    ``sure`` (Hahn and Meeker 1991, section 5.2). None of nothing."""
    if not spent:
        return None
    ordered, count = sorted(spent), len(spent)
    place = max(1, -int(-count * share // 1))
    from scipy.stats import binom  # a second to import, and needed only where times are read

    low = int(binom.ppf((1 - sure) / 2, count, share))
    high = int(binom.ppf((1 + sure) / 2, count, share)) + 1
    return Quantile(
        ordered[place - 1], ordered[low - 1] if low >= 1 else None, ordered[high - 1] if high <= count else None
    )


def half_day(moment: datetime, hours: WorkingHours) -> datetime:
    """The end of the half day of work in which a moment falls, or of the next one: noon, or when we stop that day."""
    zone = ZoneInfo(hours.zone)
    day = moment.astimezone(zone).date()
    while True:
        stretches = hours.stretches(day)
        if stretches:
            begun, ended = stretches[0][0], stretches[-1][1]
            noon = datetime.combine(day, NOON, zone).astimezone(UTC)
            if begun < noon < ended and moment <= noon:
                return noon
            if moment <= ended:
                return ended
        day += timedelta(days=1)


_DAYS: dict[Language, tuple[str, ...]] = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "nl": (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_NEAR: dict[Language, tuple[str, str]] = {"nl": ("vandaag", "morgen"), "en": ("today", "tomorrow")}


def say_by(moment: datetime, at: datetime, language: Language, zone: str = "Europe/Amsterdam") -> str:
    """A moment as people say it to whom it is promised at ``at``: "uiterlijk dinsdag voor 12.00 uur", "by 12:00 on
    Tuesday". From a week on with its date; another year with the year."""
    local, today = moment.astimezone(ZoneInfo(zone)), at.astimezone(ZoneInfo(zone)).date()
    ahead = (local.date() - today).days
    day = _NEAR[language][ahead] if ahead in {0, 1} else _DAYS[language][local.weekday()]
    if not 0 <= ahead < 7:
        day += f" {local.day} {_MONTHS[language][local.month - 1]}"
    if local.year != today.year and not 0 <= ahead < 7:
        day += f" {local.year}"
    if language == "nl":
        return f"uiterlijk {day} voor {local.hour}.{local.minute:02d} uur"
    return f"by {local.hour}:{local.minute:02d} {day if ahead in {0, 1} else f'on {day}'}"
