"""The hours that we work, in versions: which counts, and setting another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gehoor.analysis.hours import WorkingHours, read_stretch, standard_hours
from gehoor.rooms.desk.models import ClockKind, Hours


@dataclass(frozen=True, slots=True)
class Version:
    """Hours with the business minutes within which a customer hears; ``at`` is None for the standard."""

    hours: WorkingHours
    aims: dict[str, int]
    at: datetime | None = None


STANDARD_AIMS = {ClockKind.FIRST.value: 510, ClockKind.NEXT.value: 510, ClockKind.RESOLUTION.value: 2550}
"""A working day to hear from us, five to have it solved: until the organisation says otherwise."""


def current_hours() -> WorkingHours:
    """The hours that count now."""
    return current_version().hours


def current_version() -> Version:
    """The hours and aims that count now."""
    return versions()[-1]


def versions() -> Sequence[Version]:
    """Every version that counts or counted, the oldest first; the standard where there is none."""
    kept = list(Hours.objects.filter(undone=False).order_by("id"))
    return [read_version(row) for row in kept] or [Version(standard_hours(), dict(STANDARD_AIMS))]


def read_version(row: Hours) -> Version:
    """A kept version as values."""
    week = tuple(tuple(read_stretch(*stretch) for stretch in day) for day in row.week)
    aims = {
        ClockKind.FIRST.value: row.first_minutes,
        ClockKind.NEXT.value: row.next_minutes,
        ClockKind.RESOLUTION.value: row.resolution_minutes,
    }
    hours = WorkingHours(week, row.holidays, frozenset(map(date.fromisoformat, row.closed)), frozenset(row.worked))
    return Version(hours, {kind: minutes for kind, minutes in aims.items() if minutes is not None}, row.at)
