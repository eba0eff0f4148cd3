"""The door of what customers open: a page that is switched on, a body that is not too large, a request from our own
page, and not too many from one address.

Nobody is signed in here and no cookie is read or set, so there is nothing that a forged request could use; that it
comes from our own page keeps other sites from making their visitors speak for them. A ticket stands in each form: it
proves that the form is ours and of today, and is the key by which what is sent comes in once.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import View
from gehoor.rooms.accounts.throttle import Throttle, network_of
from gehoor.rooms.desk.talking.opened import is_open
from gehoor.rooms.public.showing import for_everyone, show

SMALL = 200_000
"""Bytes that a form without a file may bring along."""
OLDEST_SECONDS = 24 * 3600
"""How old a ticket may be: a page of yesterday is loaded again."""

_SALT = "gehoor.desk.ticket"
_OURS = {"same-origin", "none"}


def for_customers(
    *pages: str, largest: int = SMALL, framed: bool = False, as_json: bool = False
) -> Callable[[View], View]:
    """View decorator: open to all while one of these pages is. ``framed``: other sites of ours may show it within
    theirs. ``as_json``: what is refused is said as ``{"said": ...}``."""

    def guard(view: View) -> View:
        @csrf_exempt
        @for_everyone(keep_seconds=0)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refused = _refused(request, pages, largest)
            if refused is None:
                response = view(request, *args, **kwargs)
            else:
                said, status = refused
                response = JsonResponse({"said": said}, status=status) if as_json else sorry(request, said, status)
            return _in_frames(response) if framed else response

        return guarded

    return guard


def _refused(request: HttpRequest, pages: tuple[str, ...], largest: int) -> tuple[str, int] | None:
    if pages and not any(map(is_open, pages)):
        return gettext("This page is not open."), 404
    if request.method in {"GET", "HEAD"}:
        return None
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > largest:
        return gettext("That was more than this page can take."), 413
    if not _from_our_page(request):
        return gettext("This was not sent from our own page. Open the page again and try once more."), 403
    return None


def _from_our_page(request: HttpRequest) -> bool:
    """As far as the browser says; what says nothing is no browser, and forges nothing for anybody."""
    if site := request.headers.get("Sec-Fetch-Site", ""):
        return site in _OURS
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc == request.get_host()


def _in_frames(response: HttpResponseBase) -> HttpResponseBase:
    """Let the organisation's own sites, and we ourselves, show this page within a page."""
    response.xframe_options_exempt = True  # type: ignore[attr-defined]
    response._csp_replace = {"frame-ancestors": ["'self'", *settings.CHAT_SITES]}  # type: ignore[attr-defined]
    return response


def sorry(request: HttpRequest, said: str, status: int) -> HttpResponse:
    """A page that says kindly what is the matter."""
    return show(request, "desk/talking/sorry.html", {"said": said}, status=status)


def too_many(request: HttpRequest, throttle: Throttle) -> bool:
    """Whether so much came from this address that it has to wait; else this once is counted."""
    key = network_of(request.META.get("REMOTE_ADDR", ""))
    if throttle.wait(key):
        return True
    throttle.failed(key)
    return False


def new_ticket() -> str:
    """What stands in a form of ours."""
    return signing.TimestampSigner(salt=_SALT).sign(secrets.token_urlsafe(16))


def read_ticket(raw: str) -> str:
    """The key of a ticket. Raises Refused, in words for customers, when it is not ours or too old."""
    try:
        return signing.TimestampSigner(salt=_SALT).unsign(raw, max_age=OLDEST_SECONDS)
    except signing.BadSignature:
        raise Refused(
            why=sentence("this page stood open too long. Nothing is lost: press the button once more")
        ) from None
