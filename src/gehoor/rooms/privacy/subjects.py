"""How the audit trail calls what it is about, for those who may know.

The trail names a kind of thing and a public id. The room that keeps such things registers, in the ``ready`` of its app,
how they are called and where they stand.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from gehoor.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Named:
    """What to call a thing, and where it stands."""

    name: str
    href: str


Naming = Callable[[Collection[UUID], User], Mapping[UUID, Named]]
"""Names what this user may know of these; leaves out the rest. A fixed number of queries."""

_namings: dict[str, Naming] = {}


def register(what: str, naming: Naming) -> None:
    """Say how one kind of thing (``AuditEntry.what``) is named."""
    _namings[what] = naming


def named(what: str, public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Names of things of one kind, as far as this viewer may know them."""
    naming = _namings.get(what)
    return naming(public_ids, viewer) if naming and public_ids else {}
