"""The chat as a page, alone or within the organisation's own site, and the two addresses that its script asks.

Without a script the page is a plain form: each sending shows the conversation as it stands.
"""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import Refused
from gehoor.kernel.ids import new_id
from gehoor.rooms.accounts.throttle import Throttle, network_of
from gehoor.rooms.desk.models import Chat
from gehoor.rooms.desk.talking.chat import Line, Said, chat_by, do_hear, lines_after, note_seen
from gehoor.rooms.desk.talking.forms import in_words
from gehoor.rooms.desk.talking.guarding import for_customers, too_many
from gehoor.rooms.desk.talking.post import mail_sender
from gehoor.rooms.desk.talking.saying import expected_in_words, somebody_is_here
from gehoor.rooms.public.showing import show

said_from = Throttle(tries=200)
"""Lines that were said, by address: two hundred in a quarter of an hour is more than anyone types."""
begun_from = Throttle(tries=30)
"""Chats that were begun, by address."""
guesses = Throttle(tries=60)
"""Secrets that are of no chat, by address."""


@for_customers("chat", framed=True)
@require_http_methods(["GET", "HEAD", "POST"])
def chat(request: HttpRequest) -> HttpResponse:
    """Chat with us."""
    context = _around(request)
    if request.method != "POST":
        return show(request, "desk/talking/chat.html", context)
    secret = request.POST.get("key", "")
    status = 200
    if request.POST.get("text", "").strip() or request.POST.get("email", "").strip():
        context["wrong"], status = _say(request, secret)
    held = chat_by(secret)
    if held is not None:
        context |= {"lines": lines_after(held, 0), "chat": held, "key": secret}
        note_seen(held, held.lines)
    if context.get("wrong"):
        context |= {"text": request.POST.get("text", ""), "id": request.POST.get("id", "")}
    return show(request, "desk/talking/chat.html", context, status=status)


def _around(request: HttpRequest) -> dict[str, Any]:
    framed = "kader" in request.GET
    return {
        "key": secrets.token_urlsafe(32),
        "id": new_id(),
        "here": somebody_is_here(),
        "expected": expected_in_words("chat"),
        "can_mail": mail_sender() is not None,
        "framed": framed,
        "body_class": "in-frame" if framed else "",
        "language": get_language() or "nl",
    }


@for_customers("chat", framed=True, as_json=True)
@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """Take a line in; the answer says its number, and so that it will not get lost any more."""
    wrong, status = _say(request, request.POST.get("key", ""))
    if wrong:
        return JsonResponse({"said": wrong}, status=status)
    return _news(request, chat_by(request.POST.get("key", "")))


@for_customers("chat", framed=True, as_json=True)
@require_POST
def news(request: HttpRequest) -> HttpResponse:
    """What was said after a line. Posted, so that the secret stands in no address."""
    if guesses.wait(_network(request)):
        return sorry_json(429)
    held = chat_by(request.POST.get("key", ""))
    if held is None:
        guesses.failed(_network(request))
        return sorry_json(404)
    return _news(request, held)


def sorry_json(status: int) -> JsonResponse:
    """What is the matter, for a script."""
    said = {
        404: gettext("This chat does not exist any more."),
        429: gettext("A lot was sent from here already. Try again in a quarter of an hour."),
    }
    return JsonResponse({"said": said[status]}, status=status)


def _say(request: HttpRequest, secret: str) -> tuple[str, int]:
    """What is the matter, and the status that says so; "" when it was taken in."""
    if too_many(request, said_from) or (chat_by(secret) is None and too_many(request, begun_from)):
        return gettext("A lot was sent from here already. Try again in a quarter of an hour."), 429
    given = {name: request.POST.get(name, "") for name in ("id", "text", "name", "email", "page")}
    try:
        do_hear(secret=secret, said=Said(**given, language=get_language() or "nl"))
    except Refused as refused:
        return in_words(refused), 422
    return "", 200


def _news(request: HttpRequest, held: Chat | None) -> JsonResponse:
    if held is None:
        return sorry_json(404)
    after = request.POST.get("after", "0")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    if request.POST.get("looks") == "1":
        note_seen(held, number)
    lines = lines_after(held, number)
    return JsonResponse({"lines": [_told(line) for line in lines], "here": somebody_is_here()})


def _told(line: Line) -> dict[str, Any]:
    at = timezone.localtime(line.at)
    return {
        "number": line.number,
        "ours": line.ours,
        "text": line.text,
        "who": line.who,
        "id": line.id,
        "at": at.strftime("%H:%M"),
        "day": at.date().isoformat(),
    }


def _network(request: HttpRequest) -> str:
    return network_of(request.META.get("REMOTE_ADDR", ""))
