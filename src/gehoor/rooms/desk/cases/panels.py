"""What the other parts of the desk show on the page of a case: each registers a panel when the room is ready."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import Case


@dataclass(frozen=True, slots=True)
class Panel:
    """``render`` makes the HTML for a case and who looks, or nothing. It stands beside the conversation, in order."""

    name: str
    order: int
    render: Callable[[Case, User], SafeString | str]
    right: May | None = None


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel under its name."""
    _panels[panel.name] = panel


def panels(viewer: User) -> list[Panel]:
    """The panels that this viewer may see, in order."""
    allowed = [each for each in _panels.values() if each.right is None or viewer.may(each.right)]
    return sorted(allowed, key=lambda each: each.order)
