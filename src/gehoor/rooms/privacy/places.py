"""What the rooms above want the privacy officer to find on the page of this room."""

from dataclasses import dataclass

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a room above. ``name`` is translatable, ``route`` the name of its address."""

    name: str
    route: str
    right: May


_places: list[Place] = []


def register(name: str, route: str, right: May) -> None:
    """Add a page, in the ``ready`` of its app."""
    _places.append(Place(name, route, right))


def places(viewer: User) -> list[Place]:
    """The pages that this user may open."""
    return [place for place in _places if viewer.may(place.right)]
