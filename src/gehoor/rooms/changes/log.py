"""The log of changes, read as the pure functions of ``standing`` want it, and as people read it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gehoor.rooms.changes.models import Change, Step
from gehoor.rooms.changes.standing import Line, Standing, counting, standing


def line_of(step: Step) -> Line:
    """A step as a line."""
    return Line(step.pk, step.kind, step.at, step.reason, step.day, step.fewer, step.undoes_id)


def standing_of(change: Change) -> Standing:
    """How far one change is."""
    return standings([change.pk])[change.pk]


def standings(changes: Collection[int]) -> Mapping[int, Standing]:
    """How far these changes are, by primary key; one query."""
    found: dict[int, list[Line]] = {pk: [] for pk in changes}
    for step in Step.objects.filter(change__in=changes).order_by("pk"):
        found[step.change_id].append(line_of(step))
    return {pk: standing(lines) for pk, lines in found.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as people read it. ``counts``: not undone. ``holds``: it makes how things stand now. ``undone_by``:
    who undid it last."""

    step: Step
    counts: bool
    holds: bool
    undone_by: Step | None


def history(change: Change) -> list[Entry]:
    """All steps of a change, newest first; an undoing stands beside what it undid."""
    return entries(Step.objects.filter(change=change).select_related("by").order_by("pk"))


def entries(steps: Iterable[Step]) -> list[Entry]:
    """These steps of one change (oldest first) as lines, newest first."""
    found = list(steps)
    lines = [line_of(step) for step in found]
    counts, holds = counting(lines), standing(lines).in_force
    undoing = {step.undoes_id: step for step in found if step.undoes_id is not None}
    shown = [step for step in reversed(found) if step.undoes_id is None]
    return [Entry(step, step.pk in counts, step.pk in holds, undoing.get(step.pk)) for step in shown]
