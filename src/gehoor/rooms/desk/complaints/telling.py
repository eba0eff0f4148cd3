"""How a complaint was handled, step by step, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from gehoor.kernel.language import sentence
from gehoor.rooms.desk.models import Complaint, ComplaintStep

STEP_NAMES: Mapping[str, str] = {
    "register": sentence("took it into the register"),
    "acknowledge": sentence("told the customer that we have it"),
    "answer": sentence("gave the final answer"),
    "correct": sentence("corrected the line"),
    "learn": sentence("wrote down cause and lesson"),
    "remove": sentence("removed it: registered by mistake"),
    "blot": sentence("name, address and words were blotted out"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One step; ``undoable``: it is the last that stands and can be undone."""

    step: ComplaintStep
    name: str
    undoable: bool
    why: str


def history(complaint: Complaint) -> list[Told]:
    """The steps, newest first; one query."""
    steps = list(complaint.steps.select_related("by").order_by("-pk"))
    fixed = {"register", "blot"}
    last = next((step.pk for step in steps if not step.undone and step.kind not in fixed), None)
    if complaint.blotted:
        last = None
    return [
        Told(step, STEP_NAMES.get(step.kind, step.kind), step.pk == last, step.values.get("why", "")) for step in steps
    ]
