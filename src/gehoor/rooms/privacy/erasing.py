"""What this room itself keeps of a person: that someone looked, decided or erased, by public id alone."""

from collections.abc import Mapping
from typing import Any

from gehoor.rooms.privacy.rights import Subject


def erase(_: Subject) -> None:
    """Nothing goes. Once a person is erased, the public id in the trail leads to nobody; that someone looked, and that
    the person was erased, has to remain demonstrable."""


def export(_: Subject) -> Mapping[str, Any]:
    """Nothing of its own: the room that knows a person's public id tells when someone looked."""
    return {}
