"""The hours that we work, in versions: which counts, or counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import takewhile
from uuid import UUID

from gehoor.analysis.hours import Stretch, WorkingHours, read_stretch, standard_hours
from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.models import ClockKind, Hours

STANDARD_AIMS = {ClockKind.FIRST.value: 510, ClockKind.NEXT.value: 510, ClockKind.RESOLUTION.value: 2550}
"""A working day to hear from us, five to have it solved: until the organisation says otherwise."""


@dataclass(frozen=True, slots=True)
class Version:
    """Hours with the business minutes within which a customer hears, by kind of clock. ``at`` is None for the standard,
    which counts while nobody set any."""

    hours: WorkingHours
    aims: Mapping[str, int]
    at: datetime | None = None


def current_hours() -> WorkingHours:
    """The hours that count now."""
    return current_version().hours


def current_version() -> Version:
    """The hours and aims that count now."""
    newest = Hours.objects.filter(undone=False).order_by("-id").first()
    return standard_version() if newest is None else read_version(newest)


def versions() -> Sequence[Version]:
    """Every version that counts or counted, the oldest first; the standard where there is none."""
    kept = Hours.objects.filter(undone=False).order_by("id")
    return [read_version(row) for row in kept] or [standard_version()]


def version_of(known: Sequence[Version], moment: datetime | None) -> Version:
    """Of these versions that which counted at a moment, None being now; what was before the first goes by the first."""
    if moment is None:
        return known[-1]
    return [known[0], *takewhile(lambda version: version.at is not None and version.at <= moment, known)][-1]


@lru_cache(maxsize=1)
def standard_version() -> Version:
    """What counts until someone sets it."""
    return Version(standard_hours(), dict(STANDARD_AIMS))


def read_version(row: Hours) -> Version:
    """A kept version as values."""
    week = tuple(tuple(read_stretch(*stretch) for stretch in day) for day in row.week)
    aims = {
        ClockKind.FIRST.value: row.first_minutes,
        ClockKind.NEXT.value: row.next_minutes,
        ClockKind.RESOLUTION.value: row.resolution_minutes,
    }
    hours = _hours(week, row.holidays, tuple(sorted(row.closed)), tuple(sorted(row.worked)))
    return Version(hours, {kind: minutes for kind, minutes in aims.items() if minutes is not None}, row.at)


@lru_cache(maxsize=64)
def _hours(
    week: tuple[tuple[Stretch, ...], ...], holidays: bool, closed: tuple[str, ...], worked: tuple[str, ...]
) -> WorkingHours:
    """The same hours are one object, which lays out each year once."""
    return WorkingHours(week, holidays, frozenset(map(date.fromisoformat, closed)), frozenset(worked))


def access_version(public_id: UUID) -> Hours:
    """One version; raises NotFound."""
    found = Hours.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("version of the hours"))
    return found
