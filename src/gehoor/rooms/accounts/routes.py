"""Which routes the interface has: each room registers its own, since the address list stands above all of them."""

from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from gehoor.rooms.accounts.scopes import Scope
from gehoor.rooms.accounts.scopes import register as register_scopes

if TYPE_CHECKING:
    from ninja import Router

_routes: dict[str, str] = {}


def register(room: str, *, routes: str = "", scopes: tuple[Scope, ...] = ()) -> None:
    """Add a room's routes, and the scopes that they or other rooms' routes ask for. ``routes`` names the module with
    the ``router``; like addresses, it is loaded when the first request asks for it, and by no command."""
    register_scopes(*scopes)
    if routes:
        _routes[room] = f"{routes}.router"


def routers() -> "dict[str, Router]":
    """Every room's routes, by room."""
    return {room: import_string(router) for room, router in sorted(_routes.items())}
