"""What the rooms above show on a dossier: each registers a panel in the ``ready`` of its app."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May


@dataclass(frozen=True, slots=True)
class Panel:
    """``render`` makes the HTML for a person's primary key, or an empty string when there is nothing to show. ``right``
    is what someone has to be allowed to see it; nothing beyond the dossier itself when it is None."""

    name: str
    order: int
    render: Callable[[int], SafeString | str]
    right: May | None = None


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a panel."""
    _panels.append(panel)


def panels(viewer: User) -> list[Panel]:
    """The panels that this viewer may see, in order."""
    allowed = [panel for panel in _panels if panel.right is None or viewer.may(panel.right)]
    return sorted(allowed, key=lambda panel: panel.order)
