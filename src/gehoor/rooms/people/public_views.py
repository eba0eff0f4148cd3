"""Public pages of this room: no more mail, in one step, and back. They show nothing about anybody.

Nothing is signed in here and no cookie is set: whoever holds the link may say so, and that is what the token proves.
The body of a request is never read, so a mail program's one-click request (RFC 8058) and the button are the same.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import NotFound
from gehoor.rooms.accounts.throttle import Throttle, network_of
from gehoor.rooms.people.models import Identity
from gehoor.rooms.people.unsubscribing import (
    access_by_token,
    do_undo_unsubscribe,
    do_unsubscribe,
    refuses_mail,
)
from gehoor.rooms.public.showing import chosen_language, for_everyone, in_language, show

_LARGEST = 10_000
"""Bytes that a request may bring along; a one-click request brings thirty."""

_ADDRESSES = ("no_mail", "mail_again")

guesses = Throttle(tries=30)
"""Links that we did not make, by address."""


@csrf_exempt
@for_everyone(keep_seconds=0)
@require_http_methods(["GET", "HEAD", "POST"])
def no_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once; a POST does it. Looking changes nothing: mail scanners open every link."""
    return _with_identity(request, token, do_unsubscribe if request.method == "POST" else None)


@csrf_exempt
@for_everyone(keep_seconds=0)
@require_POST
def mail_again(request: HttpRequest, token: str) -> HttpResponse:
    """Take it back."""
    return _with_identity(request, token, do_undo_unsubscribe)


def _with_identity(request: HttpRequest, token: str, do: Callable[[Identity], None] | None) -> HttpResponse:
    if _too_large(request):
        return _kindly(request, 413)
    key = network_of(request.META.get("REMOTE_ADDR", ""))
    if guesses.wait(key):
        return _kindly(request, 429)
    try:
        identity = access_by_token(token)
    except NotFound:
        guesses.failed(key)
        return _kindly(request, 404)
    if do is not None:
        do(identity)
    language = chosen_language(request)
    stop, again = (in_language(reverse(f"public_people:{name}", args=[token]), language) for name in _ADDRESSES)
    context = {"stop": stop, "again": again, "refuses": refuses_mail(identity), "done": do is not None}
    return show(request, "people/no_mail.html", context)


def _too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > _LARGEST


def _kindly(request: HttpRequest, status: int) -> HttpResponse:
    """The same page whatever is the matter, so that nothing can be learned from it."""
    said = {
        404: gettext("This link does not work any more, or part of it got lost on the way."),
        413: gettext("That was more than this page can take."),
        429: gettext("Links that do not work were opened many times from here. Try again in a quarter of an hour."),
    }
    return show(request, "people/no_mail_link.html", {"said": said[status]}, status=status)
