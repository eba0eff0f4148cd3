"""By when: the moments that a sentence names, worked out from when it was said.

A day counts to its last second. "Vóór vrijdag" and "before Friday" end on the day before; "uiterlijk vrijdag", "by
Friday" and plain "vrijdag" on Friday itself. "Morgenochtend" ends at noon, "vanmiddag" at six. Hours from one to seven
without more are those of the afternoon.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gehoor.analysis.promising.clock_times import Clock, clock_times
from gehoor.analysis.promising.days import WorksOn, on_weekdays
from gehoor.analysis.promising.patterns import PATTERNS
from gehoor.analysis.promising.readers import Said, group_of

__all__ = ["Due", "WorksOn", "find_dues", "on_weekdays"]

_LAST = time(23, 59, 59)
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Due:
    """A moment named at ``start`` to ``end``, in the zone in which it was said; ``whole_day`` where no time of the day
    was. ``firm``: the words themselves make it a time by which something is done ("binnen", "uiterlijk", "by")."""

    start: int
    end: int
    at: datetime
    whole_day: bool
    firm: bool


def find_dues(text: str, said: datetime, works_on: WorksOn = on_weekdays) -> list[Due]:
    """The moments named in a text that was said at ``said`` (aware, in the zone of who said it), in order."""
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):
        lowered = text
    heard = Said(said, works_on)
    days = _days(lowered, heard)
    return sorted(_with_times(lowered, heard, days), key=lambda due: due.start)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day named in the text, with the part of it; ``before``: the day itself is too late."""

    start: int
    end: int
    day: date
    part: time | None
    firm: bool
    before: bool


def _days(lowered: str, said: Said) -> list[_Day | Due]:
    busy = bytearray(len(lowered))
    found: list[_Day | Due] = []
    for pattern, reader in PATTERNS:
        for hit in pattern.finditer(lowered):
            if any(busy[hit.start() : hit.end()]):
                continue
            when = reader(hit, said)
            if when is None:
                continue
            busy[hit.start() : hit.end()] = b"\x01" * (hit.end() - hit.start())
            before = bool(group_of(hit, "before"))
            firm = before or bool(group_of(hit, "firm"))
            if isinstance(when, datetime):
                found.append(Due(hit.start(), hit.end(), when, whole_day=False, firm=firm))
            else:
                found.append(_Day(hit.start(), hit.end(), *when, firm, before))
    return found


def _with_times(lowered: str, said: Said, found: list[_Day | Due]) -> list[Due]:
    """Join each time of the day to the day beside it; one alone is of today, or tomorrow once it is past."""
    clock = clock_times(lowered, [(each.start, each.end) for each in found])
    dues = [each for each in found if isinstance(each, Due)]
    for each in found:
        if isinstance(each, _Day):
            near = next((at for at in clock if _beside(lowered, at, each)), None)
            if near is not None:
                clock.remove(near)
            dues.append(_due(each, near, said))
    for start, end, moment, firm, alone in clock:
        if alone:
            day = said.day if moment > said.at.time() else said.day + timedelta(days=1)
            dues.append(Due(start, end, datetime.combine(day, moment, said.at.tzinfo), whole_day=False, firm=firm))
    return dues


def _due(day: _Day, clock: Clock | None, said: Said) -> Due:
    if clock is not None:
        at = datetime.combine(day.day, clock[2], said.at.tzinfo)
        start, end = min(day.start, clock[0]), max(day.end, clock[1])
        return Due(start, end, at, whole_day=False, firm=day.firm or clock[3])
    before = day.before and day.part is None
    on = day.day - timedelta(days=1) if before else day.day
    at = datetime.combine(on, day.part or _LAST, said.at.tzinfo)
    return Due(day.start, day.end, at, whole_day=day.part is None, firm=day.firm)


def _beside(lowered: str, at: Clock, day: _Day) -> bool:
    between = lowered[at[1] : day.start] if at[1] <= day.start else lowered[day.end : at[0]]
    return len(between.split()) <= (_NEAR if at[4] else 1) and not re.search(r"[.;!?\n]", between)
