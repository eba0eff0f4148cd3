"""How this part erases and exports what it keeps of a person."""

from collections.abc import Mapping
from typing import Any

from gehoor.rooms.privacy.rights import Subject


def erase(subject: Subject) -> None:
    """Erase what this part keeps of this person, and of these voices and replies."""


def export(subject: Subject) -> Mapping[str, Any]:
    """What this part keeps of this person."""
    return {}
