"""What the rooms above show on a dossier: each registers a panel in the ``ready`` of its app."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

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


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done for a person, as a button above the dossier. ``address`` makes where it is done, from
    the person's public id; ``rights`` is all that someone has to be allowed to do it."""

    name: str
    order: int
    title: str
    address: Callable[[UUID], str]
    rights: Collection[May]


_deeds: list[Deed] = []
_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a panel."""
    _panels.append(panel)


def panels(viewer: User) -> list[Panel]:
    """The panels that this viewer may see, in order."""
    allowed = [panel for panel in _panels if panel.right is None or viewer.may(panel.right)]
    return sorted(allowed, key=lambda panel: panel.order)


def register_deed(deed: Deed) -> None:
    """Add something that can be done."""
    _deeds.append(deed)


def deeds(viewer: User, person: UUID) -> list[tuple[str, str]]:
    """What this viewer can do for a person (public id): titles and addresses, in order."""
    allowed = [deed for deed in _deeds if all(map(viewer.may, deed.rights))]
    return [(deed.title, deed.address(person)) for deed in sorted(allowed, key=lambda deed: deed.order)]
