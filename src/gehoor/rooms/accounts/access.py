"""The one door of every view: who may open it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from gehoor.kernel.errors import NotAllowed
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May

View = Callable[..., HttpResponseBase]


def actor(request: HttpRequest) -> User:
    """The signed-in user of a request that a door has let in."""
    return cast(User, request.user)


def may(*needed: May) -> Callable[[View], View]:
    """View decorator: a stranger goes to the sign-in page; a colleague needs every right named (none: being one of us).

    Sets ``view.door`` so that a test can hold every route to having one. Unless the view says otherwise, no browser
    keeps the page: the next one at a shared desk cannot leaf back through it.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not all(actor(request).may(right) for right in needed):
                raise NotAllowed()
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        guarded.door = needed  # type: ignore[attr-defined]
        return guarded

    return guard


def open_to_all(view: View) -> View:
    """View decorator: says that this page is meant for strangers too."""
    view.door = None  # type: ignore[attr-defined]
    return view
