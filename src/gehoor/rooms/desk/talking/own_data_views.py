"""One's own data: asking for the link, opening it, and what can be done there.

Nothing is signed in and no cookie is set: the page that opened the link holds a secret in its forms, and whoever posts
that may look, for half an hour.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.throttle import Throttle, network_of
from gehoor.rooms.desk.models import OwnDataLink, WishKind
from gehoor.rooms.desk.talking.forms import AddressForm, OwnDataWishForm, ReachForm
from gehoor.rooms.desk.talking.guarding import for_customers, sorry, too_many
from gehoor.rooms.desk.talking.own_data import (
    access_link,
    as_file,
    check_visit,
    do_ask_for_link,
    do_note_file,
    do_open,
    do_state_reach,
    do_wish,
    kept_of,
    may_be_opened,
)
from gehoor.rooms.desk.talking.post import mail_sender
from gehoor.rooms.people.proof import KIND_NAMES
from gehoor.rooms.public.showing import in_language, show

WAYS = (
    ("email", sentence("E-mail")),
    ("letter", sentence("Letter")),
    ("call", sentence("Telephone")),
)
asked_from = Throttle(tries=10)
"""Links that were asked for, by address."""
guesses = Throttle(tries=30)
"""Links that we did not make, by address."""


@for_customers("own_data")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the link. What is said afterwards is the same whether we know the address or not."""
    form = AddressForm(request.POST) if request.method == "POST" else AddressForm()
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if not too_many(request, asked_from):
            base = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/")
            do_ask_for_link(address=form.cleaned_data["address"], base=base, language=_language())
            return redirect(in_language(reverse("talking:own_data_asked"), _language()))
        form.add_error(None, gettext("A lot was sent from here already. Try again in a quarter of an hour."))
        status = 429
    context = {"form": form, "ticket": form.ticket_to_show(), "can_mail": mail_sender() is not None}
    return show(request, "desk/talking/own_data_ask.html", context, status=status)


@for_customers("own_data")
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return show(request, "desk/talking/own_data_asked.html")


@for_customers()
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, since mail scanners open every link; the button on the page opens it, once."""
    found = _found(request, token)
    if isinstance(found, HttpResponse):
        return found
    if request.method != "POST":
        if not may_be_opened(found):
            return _over(request)
        return show(
            request, "desk/talking/own_data_open.html", {"visit": secrets.token_urlsafe(32), "until": found.until}
        )
    visit = request.POST.get("visit", "")
    try:
        do_open(link=found, visit=visit)
    except Refused:
        return _over(request)
    return _shown(request, token, found)


@for_customers()
@require_POST
def save(request: HttpRequest, token: str) -> HttpResponse:
    """Their own data as a file."""

    def give(link: OwnDataLink) -> HttpResponse:
        do_note_file(link.identity)
        response = HttpResponse(as_file(link.identity), content_type="application/json")
        response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
        return response

    return _visiting(request, token, give)


@for_customers()
@require_POST
def reach(request: HttpRequest, token: str) -> HttpResponse:
    """How they like to be reached."""

    def state(link: OwnDataLink) -> HttpResponse:
        form = ReachForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            do_state_reach(identity=link.identity, channel=said["channel"], wanted=said["wanted"])
        return _shown(request, token, link, done=gettext("Written down.") if form.is_valid() else "")

    return _visiting(request, token, state)


@for_customers()
@require_POST
def wish(request: HttpRequest, token: str) -> HttpResponse:
    """Ask us to correct, to erase, or to send all of it."""

    def ask_for(link: OwnDataLink) -> HttpResponse:
        form = OwnDataWishForm(request.POST)
        if not form.is_valid():
            return _shown(request, token, link, form=form, status=422)
        do_wish(identity=link.identity, kind=WishKind(form.cleaned_data["kind"]), text=form.cleaned_data["text"])
        return _shown(request, token, link, done=gettext("We received what you ask. You hear from us within a month."))

    return _visiting(request, token, ask_for)


def _visiting(request: HttpRequest, token: str, do: Callable[[OwnDataLink], HttpResponse]) -> HttpResponse:
    found = _found(request, token)
    if isinstance(found, HttpResponse):
        return found
    try:
        check_visit(found, request.POST.get("visit", ""))
    except Refused:
        return _over(request)
    return do(found)


def _shown(
    request: HttpRequest,
    token: str,
    link: OwnDataLink,
    *,
    form: OwnDataWishForm | None = None,
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    kept = kept_of(link.identity)
    context: dict[str, Any] = {
        "identity": link.identity,
        "kept": kept,
        "kinds": KIND_NAMES,
        "visit": request.POST.get("visit", ""),
        "token": token,
        "form": form or OwnDataWishForm(),
        "ways": [{"way": way, "name": name, "wanted": kept.wishes.get(way)} for way, name in WAYS],
        "done": done,
    }
    return show(request, "desk/talking/own_data.html", context, status=status)


def _found(request: HttpRequest, token: str) -> OwnDataLink | HttpResponse:
    key = network_of(request.META.get("REMOTE_ADDR", ""))
    if guesses.wait(key):
        said = gettext("Links that do not work were opened many times from here. Try again in a quarter of an hour.")
        return sorry(request, said, 429)
    try:
        return access_link(token[:200])
    except NotFound:
        guesses.failed(key)
        return sorry(request, gettext("This link does not work any more, or part of it got lost on the way."), 404)


def _over(request: HttpRequest) -> HttpResponse:
    return show(request, "desk/talking/own_data_over.html", status=410)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
