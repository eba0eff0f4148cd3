"""What the rooms above show beside a voice: each registers a panel in the ``ready`` of its app.

A panel is asked for after the page of the voice stands, so that it never slows that page; without HTMX it is a link.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.voices.models import Voice


@dataclass(frozen=True, slots=True)
class Panel:
    """``href`` is where its HTML stands for a voice: a part when HTMX asks, else a page of its own. ``title`` is what
    the link there is called. ``rights`` is what someone has to be allowed to see it."""

    name: str
    order: int
    title: str
    href: Callable[[Voice], str]
    rights: tuple[May, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel beside one voice."""

    name: str
    title: str
    href: str


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel under its name."""
    _panels[panel.name] = panel


def panels_of(voice: Voice, viewer: User) -> list[Shown]:
    """The panels that this viewer may see beside this voice, in order; no query."""
    allowed = [each for each in _panels.values() if all(map(viewer.may, each.rights))]
    return [Shown(each.name, each.title, each.href(voice)) for each in sorted(allowed, key=lambda each: each.order)]
