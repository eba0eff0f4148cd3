"""The one door of every route: who asks, and whether that is allowed.

A program shows a token (``Authorization: Bearer ...``). A browser in which someone is signed in may ask too, and has to
send our CSRF token along to change anything. A request that shows a token is never let in on its cookies.
"""

from typing import cast

from django.http import HttpRequest
from ninja.utils import check_csrf

from gehoor.kernel.errors import NotAllowed
from gehoor.rooms.accounts.caller import Caller
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.refusals import NotFromOurPage, ScopeMissing, Stranger, TokenWrong, TooManyTries
from gehoor.rooms.accounts.scopes import reaches
from gehoor.rooms.accounts.throttle import Throttle, network_of
from gehoor.rooms.accounts.tokens import do_note_use, read_token

token_throttle = Throttle()
"""Wrong tokens, by address. Only the wrong ones have to wait: nobody guesses 256 bits, and one badly set up program
must not shut out the others behind the same address."""


class Door:
    """Lets in who may do everything that ``scopes`` stand for. Raises what is the matter otherwise."""

    def __init__(self, *scopes: str) -> None:
        self.scopes = scopes

    def __call__(self, request: HttpRequest) -> Caller:
        found = _caller(request)
        for scope in self.scopes:
            if found.may(scope):
                continue
            raise ScopeMissing(scope=scope) if reaches(found.user, scope) else NotAllowed()
        return found


def needs(*scopes: str) -> Door:
    """For ``auth=`` of a route: what a caller needs; none: being one of us."""
    return Door(*scopes)


def caller(request: HttpRequest) -> Caller:
    """Who asks, behind a door."""
    return cast(Caller, request.auth)  # type: ignore[attr-defined]


def _caller(request: HttpRequest) -> Caller:
    kind, _, shown = request.headers.get("Authorization", "").strip().partition(" ")
    if kind.lower() == "bearer":
        return _by_token(request, shown.strip())
    user = request.user
    if not isinstance(user, User):
        raise Stranger()
    if check_csrf(request) is not None:
        raise NotFromOurPage()
    return Caller(user)


def _by_token(request: HttpRequest, shown: str) -> Caller:
    network = network_of(request.META.get("REMOTE_ADDR", ""))
    try:
        token = read_token(shown)
    except TokenWrong:
        if wait := token_throttle.wait(network):
            raise TooManyTries(seconds=int(wait) + 1) from None
        token_throttle.failed(network)
        raise
    do_note_use(token)
    request.user = token.user
    return Caller(token.user, token)
