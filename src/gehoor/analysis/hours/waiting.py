"""The three clocks of a case as a pure function of what happened in it.

``FIRST`` runs from the first voice to our first answer, ``NEXT`` from a voice after an answer to the answer after that,
``RESOLUTION`` from the first voice until it is solved. Each is reckoned by itself: none stops or moves another. While
we wait for the customer, and after it was solved, time does not count; a new voice of the customer lets it count again.
What is no voice, answer or state (a note, a snooze) is not in the log at all, and an acknowledgement is no answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from gehoor.analysis.hours.calendar import WorkingHours


class Kind(StrEnum):
    """What a customer waits for."""

    FIRST = "first"
    NEXT = "next"
    RESOLUTION = "resolution"


class What(IntEnum):
    """What happened; of what happened at one moment the lower comes first."""

    VOICE = 1
    GO_ON = 2
    PAUSE = 3
    SOLVED = 4
    ANSWER = 5


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """One thing that happened in a case."""

    at: datetime
    what: What


@dataclass(slots=True)
class Waiting:
    """One stretch of waiting: the parts of it in which time counts, the last one open while it runs."""

    kind: Kind
    parts: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    ended_at: datetime | None = None

    @property
    def began_at(self) -> datetime:
        """When the customer began to wait."""
        return self.parts[0][0]

    @property
    def runs_since(self) -> datetime | None:
        """When the part that runs now began; None while it is paused or over."""
        since, until = self.parts[-1]
        return since if until is None else None

    @property
    def paused_at(self) -> datetime | None:
        """When it was paused; None while it runs, and once it is over."""
        return self.parts[-1][1] if self.ended_at is None else None

    def spent(self, hours: WorkingHours) -> float:
        """Business minutes of the parts that are over."""
        return sum(hours.between(since, until) for since, until in self.parts if until is not None)

    def due_at(self, hours: WorkingHours, aim: float) -> datetime | None:
        """When so many business minutes were, or will be, spent; None while it is paused."""
        if self.paused_at is not None:
            return None
        left, last = aim, self.began_at
        for since, until in self.parts:
            spent = hours.between(since, until) if until is not None else left
            if spent >= left:
                return hours.add(since, left)
            left, last = left - spent, until or since
        return hours.add(last, left)

    def _go_on(self, at: datetime) -> None:
        if self.runs_since is None:
            self.parts.append((at, None))

    def _pause(self, at: datetime) -> None:
        since, until = self.parts[-1]
        if until is None:
            self.parts[-1] = (since, at)

    def _end(self, at: datetime) -> None:
        self._pause(at)
        self.ended_at = at


def clocks(log: Iterable[Moment]) -> list[Waiting]:
    """Every stretch of waiting in a case, in the order in which they began; none before its first voice."""
    found = _Case()
    for moment in sorted(log):
        found.take(moment)
    return found.all


class _Case:
    """What is known half way through a log."""

    def __init__(self) -> None:
        self.all: list[Waiting] = []
        self._resolution: Waiting | None = None
        self._hearing: Waiting | None = None

    def take(self, moment: Moment) -> None:
        """What one more moment does."""
        if moment.what is What.VOICE:
            self._voice(moment.at)
        elif self._resolution is not None:
            _AFTER[moment.what](self, self._resolution, moment.at)

    def _voice(self, at: datetime) -> None:
        if self._resolution is None:
            self._resolution = Waiting(Kind.RESOLUTION, [(at, None)])
            self._hearing = Waiting(Kind.FIRST, [(at, None)])
            self.all += [self._hearing, self._resolution]
            return
        self._go_on(self._resolution, at)
        if self._hearing is None:
            self._hearing = Waiting(Kind.NEXT, [(at, None)])
            self.all.append(self._hearing)

    def _go_on(self, resolution: Waiting, at: datetime) -> None:
        resolution.ended_at = None
        resolution._go_on(at)
        if self._hearing is not None:
            self._hearing._go_on(at)

    def _pause(self, resolution: Waiting, at: datetime) -> None:
        resolution._pause(at)
        if self._hearing is not None:
            self._hearing._pause(at)

    def _solved(self, resolution: Waiting, at: datetime) -> None:
        self._pause(resolution, at)
        if resolution.ended_at is None:
            resolution._end(at)

    def _answer(self, _: Waiting, at: datetime) -> None:
        if self._hearing is not None:
            self._hearing._end(at)
            self._hearing = None


_AFTER = {
    What.GO_ON: _Case._go_on,
    What.PAUSE: _Case._pause,
    What.SOLVED: _Case._solved,
    What.ANSWER: _Case._answer,
}
