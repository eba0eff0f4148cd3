"""This room's routes in the interface for programs."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import Caller, Id, Moment, caller, needs
from gehoor.rooms.accounts.roles import known_roles
from gehoor.rooms.accounts.scopes import scopes

router = Router(tags=["me"])


class TokenUsed(Schema):
    """The token that was shown."""

    name: str
    expires_at: Moment


class Me(Schema):
    """Who asks, and what may be asked now."""

    id: Id
    name: str
    roles: list[str]
    scopes: list[str]
    token: TokenUsed | None


@router.get("/me", auth=needs(), response=Me, summary=sentence("Who asks, and what may be asked now"))
def me(request: HttpRequest) -> dict[str, Any]:
    asks = caller(request)
    return {
        "id": str(asks.user.public_id),
        "name": asks.user.name,
        "roles": [role.value for role in known_roles(asks.user.roles)],
        "scopes": [scope.code for scope in scopes() if asks.may(scope.code)],
        "token": _token(asks),
    }


def _token(asks: Caller) -> dict[str, str] | None:
    if asks.token is None:
        return None
    return {"name": asks.token.name, "expires_at": asks.token.expires_at.isoformat()}
