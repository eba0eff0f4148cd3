"""What a token can be good for.

Each room registers the scopes of its own routes in the ``ready`` of its app. A scope names the right without which
nobody, by token or by browser, gets through: this is the one place where scopes and rights meet.
"""

from collections.abc import Collection
from dataclasses import dataclass

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the interface: its code (``voices:read``), what it lets one do, and the right that it takes."""

    code: str
    name: str
    right: May


_scopes: dict[str, Scope] = {}


def register(*scopes: Scope) -> None:
    """Add scopes by their code."""
    _scopes.update({scope.code: scope for scope in scopes})


def scopes() -> list[Scope]:
    """Every scope, by code."""
    return [_scopes[code] for code in sorted(_scopes)]


def scopes_of(user: User) -> list[Scope]:
    """The scopes that this user's roles reach now."""
    return [scope for scope in scopes() if user.may(scope.right)]


def reaches(user: User, code: str, given: Collection[str] | None = None) -> bool:
    """Whether this user may now do what the scope is for; with a token only if that was ``given`` it. A scope that no
    room registers reaches nothing."""
    scope = _scopes.get(code)
    return scope is not None and user.may(scope.right) and (given is None or code in given)
