"""How far a change is: a pure function of its steps, without a database.

Whatever was decided, how things stand is always computed from all steps. So undoing restores exactly what was, in
whatever order steps are done and undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Stage(StrEnum):
    """How far it is, by what was decided and done. Whether people were told and whether it helped comes on top."""

    ASKED = "asked"
    LATER = "later"
    NO = "no"
    YES = "yes"
    DOING = "doing"
    DONE = "done"


DECISIONS = frozenset({"yes", "no", "later"})


@dataclass(frozen=True, slots=True)
class Line:
    """One step, as the log holds it."""

    id: int
    kind: str
    at: datetime | None = None
    reason: str = ""
    day: date | None = None
    fewer: float | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand. ``decision`` is the one that holds; ``doing`` and ``done`` are only set where that is a yes."""

    decision: Line | None = None
    doing: Line | None = None
    done: Line | None = None

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.decision is None:
            return Stage.ASKED
        if self.done is not None:
            return Stage.DONE
        return Stage.DOING if self.doing is not None else Stage(self.decision.kind)

    @property
    def in_force(self) -> frozenset[int]:
        """The steps that make how things stand."""
        return frozenset(line.id for line in (self.decision, self.doing, self.done) if line is not None)


def standing(lines: Sequence[Line]) -> Standing:
    """Apply the steps that were not undone, oldest first.

    The last decision holds. Doing and done rest on a yes: without one they wait and show nothing, and a later no or
    later sets them aside for good, while a yes that is said again lets them be. An undoing can be undone too.
    """
    now = Standing()
    for line in _kept(lines):
        if line.kind in DECISIONS:
            goes_on = line.kind == "yes" and now.decision is not None and now.decision.kind == "yes"
            now = Standing(line, now.doing, now.done) if goes_on else Standing(line)
        elif now.decision is not None and now.decision.kind == "yes":
            doing = line.kind == "doing"
            now = Standing(now.decision, line if doing else now.doing, now.done if doing else line)
    return now


def undone(lines: Sequence[Line]) -> frozenset[int]:
    """The steps that do not count, because an undoing that counts names them."""
    gone: set[int] = set()
    for line in sorted(lines, key=lambda each: -each.id):
        if line.id not in gone and line.kind == "undo" and line.undoes is not None:
            gone.add(line.undoes)
    return frozenset(gone)


def _kept(lines: Sequence[Line]) -> list[Line]:
    """The steps that are neither undone nor an undoing themselves, oldest first."""
    gone = undone(lines)
    kept = (line for line in lines if line.id not in gone and line.kind != "undo")
    return sorted(kept, key=lambda line: line.id)


def counting(lines: Sequence[Line]) -> frozenset[int]:
    """The steps that were not undone, also those that a later one replaced."""
    return frozenset(line.id for line in _kept(lines))
