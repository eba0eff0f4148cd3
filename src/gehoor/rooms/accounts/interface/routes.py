"""Which routes the interface has: each room registers its own, since the address list stands above all of them."""

from ninja import Router

from gehoor.rooms.accounts.scopes import Scope
from gehoor.rooms.accounts.scopes import register as register_scopes

_routers: dict[str, Router] = {}


def register(room: str, *, router: Router | None = None, scopes: tuple[Scope, ...] = ()) -> None:
    """Add a room's routes, and the scopes that they or other rooms' routes ask for."""
    register_scopes(*scopes)
    if router is not None:
        _routers[room] = router


def routers() -> dict[str, Router]:
    """Every room's routes, by room."""
    return dict(sorted(_routers.items()))
