"""What the rooms above have against a wording before it leaves: each registers an objector in the ``ready`` of its app.

An objector asks people to look, it never stops a run: whether to say it is for people to decide.
"""

from collections.abc import Callable, Iterable

from gehoor.rooms.sending.checking import Objection
from gehoor.rooms.sending.models import Run

Objector = Callable[[Run], Iterable[Objection]]

_objectors: dict[str, Objector] = {}


def register(name: str, objector: Objector) -> None:
    """Add an objector under its name."""
    _objectors[name] = objector


def from_above(run: Run) -> list[Objection]:
    """What the rooms above say about the wording of this run."""
    return [objection for objector in _objectors.values() for objection in objector(run)]
