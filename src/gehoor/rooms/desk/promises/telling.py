"""What was said about a promise, step by step, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gehoor.kernel.language import sentence
from gehoor.rooms.desk.models import Promise, PromiseStep

STEP_NAMES: Mapping[str, str] = {
    "make": sentence("wrote it down"),
    "confirm": sentence("confirmed it"),
    "correct": sentence("corrected it"),
    "none": sentence("said that it is no promise"),
    "keep": sentence("said that it was kept"),
    "break": sentence("said that it was not kept"),
    "renegotiate": sentence("told the customer another time"),
    "taken_back": sentence("took it back: the earlier promise holds"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One step. ``undoable``: it is the last that stands. ``due`` is what it was due by before it was corrected."""

    step: PromiseStep
    name: str
    undoable: bool
    what_was: str
    due_was: datetime | None


def history(promise: Promise) -> list[Told]:
    """The steps, newest first; one query."""
    steps = list(promise.steps.select_related("by").order_by("-pk"))
    last = next((step.pk for step in steps if not step.undone and step.kind != "taken_back"), None)
    return [
        Told(
            step,
            STEP_NAMES.get(step.kind, step.kind),
            step.pk == last,
            step.values.get("was", {}).get("what", ""),
            _moment(step.values.get("was", {}).get("due_at")),
        )
        for step in steps
    ]


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
