"""What the rooms above show on a dossier: each registers a panel in the ``ready`` of its app."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Panel:
    """``render`` makes the HTML for a person's primary key, or an empty string when there is nothing to show."""

    name: str
    order: int
    render: Callable[[int], SafeString | str]


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a panel."""
    _panels.append(panel)


def panels() -> list[Panel]:
    """Every panel, in order."""
    return sorted(_panels, key=lambda panel: panel.order)
