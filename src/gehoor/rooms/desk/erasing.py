"""How this room erases and exports what it keeps of a person: every part in its turn, cases last."""

from collections.abc import Mapping
from typing import Any

from gehoor.rooms.desk.answering import erasing as answering
from gehoor.rooms.desk.cases import erasing as cases
from gehoor.rooms.desk.chorus import erasing as chorus
from gehoor.rooms.desk.complaints import erasing as complaints
from gehoor.rooms.desk.promises import erasing as promises
from gehoor.rooms.desk.talking import erasing as talking
from gehoor.rooms.privacy.rights import Subject

_PARTS = (talking, answering, promises, complaints, chorus, cases)


def erase(subject: Subject) -> None:
    """Erase in every part."""
    for part in _PARTS:
        part.erase(subject)


def export(subject: Subject) -> Mapping[str, Any]:
    """What every part keeps of this person."""
    return {name: kept for part in _PARTS for name, kept in part.export(subject).items()}
