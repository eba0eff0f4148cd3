"""Which routes the interface has: each room registers its own, since the address list stands above all of them."""

from http import HTTPStatus
from typing import Any

from ninja import Router

from gehoor.rooms.accounts.scopes import Scope
from gehoor.rooms.accounts.scopes import register as register_scopes

_routers: dict[str, Router] = {}
REFUSES: dict[str, Any] = {
    "responses": {
        HTTPStatus.CONFLICT.value: {
            "description": HTTPStatus.CONFLICT.phrase,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    }
}
"""For ``openapi_extra`` of a route that only reads, and that the state of things can forbid all the same."""


def register(room: str, *, router: Router | None = None, scopes: tuple[Scope, ...] = ()) -> None:
    """Add a room's routes, and the scopes that they or other rooms' routes ask for."""
    register_scopes(*scopes)
    if router is not None:
        _routers[room] = router


def routers() -> dict[str, Router]:
    """Every room's routes, by room."""
    return dict(sorted(_routers.items()))
