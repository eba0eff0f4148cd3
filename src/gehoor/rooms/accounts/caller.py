"""Who asks something of the interface for programs."""

from dataclasses import dataclass

from gehoor.rooms.accounts.models import ApiToken, User
from gehoor.rooms.accounts.scopes import reaches


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a user, by a token or (None) in a browser."""

    user: User
    token: ApiToken | None = None

    def may(self, scope: str) -> bool:
        """Whether this user may, at this moment, and the token was made for it."""
        return reaches(self.user, scope, None if self.token is None else self.token.scopes)
