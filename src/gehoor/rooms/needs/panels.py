"""What the rooms above show on the page of a need: each registers a panel in the ``ready`` of its app."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.needs.models import Need


@dataclass(frozen=True, slots=True)
class Panel:
    """``render`` makes the HTML for a need as this user sees it, or an empty string when there is nothing to show."""

    name: str
    order: int
    render: Callable[[Need, User], SafeString | str]
    right: May | None = None


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a panel."""
    _panels.append(panel)


def panels_of(need: Need, viewer: User) -> list[SafeString | str]:
    """What this viewer may see of it, in order."""
    allowed = [panel for panel in _panels if panel.right is None or viewer.may(panel.right)]
    shown = (panel.render(need, viewer) for panel in sorted(allowed, key=lambda panel: panel.order))
    return [each for each in shown if each]
