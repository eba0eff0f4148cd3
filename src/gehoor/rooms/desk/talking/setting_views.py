"""Screens for colleagues: which pages are open to customers, with the tag of the chat; and what customers ask about
their own data."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import WishKind
from gehoor.rooms.desk.talking.opened import PAGES, access_version, current_pages, do_open_pages, do_undo_pages
from gehoor.rooms.desk.talking.own_data import access_wish, do_settle_wish, open_wishes
from gehoor.rooms.desk.talking.post import mail_sender
from gehoor.rooms.intake.views.places import places
from gehoor.rooms.people.naming import name_of

_SAYS = {
    "form": sentence("Customers write to us; it says when they will hear from us, from our own record."),
    "chat": sentence("A page of its own, and within our own site by one line of code."),
    "survey": sentence(
        "By a link that works once, with the mail that solves a case; how often stands at How we answer."
    ),
    "own_data": sentence("Customers see what we keep of them, change how we reach them, and ask to correct or erase."),
}
_ADDRESSES = {"form": "talking:contact", "chat": "talking:chat", "own_data": "talking:own_data"}
WISH_NAMES = {
    WishKind.CORRECT: sentence("Correct something"),
    WishKind.ERASE: sentence("Erase everything"),
    WishKind.ALL: sentence("Send everything"),
}


@may(May.SET_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def pages(request: HttpRequest) -> HttpResponse:
    """Open and close the pages for customers."""
    if request.method == "POST":
        chosen = {name: name in request.POST for name in PAGES}
        kept = do_open_pages(is_open=chosen, actor=actor(request))
        undo = reverse("talking:undo_pages", args=[kept.public_id])
        messages.success(request, gettext("These pages are open from now on."), extra_tags=f"undo:{undo}")
        return redirect("talking:pages")
    base = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    context = {
        "places": places(request),
        "pages": _rows(),
        "version": current_pages(),
        "tag": f'<script src="{base}{static("desk/chat.js")}" defer></script>',
        "sites": settings.CHAT_SITES,
        "public_address": settings.PUBLIC_ADDRESS,
        "can_mail": mail_sender() is not None,
    }
    return render(request, "desk/talking/pages.html", context)


def _rows() -> list[dict[str, Any]]:
    now = current_pages()
    return [
        {
            "name": name,
            "title": title,
            "says": _SAYS[name],
            "is_open": getattr(now, name),
            "href": reverse(_ADDRESSES[name]) if name in _ADDRESSES else "",
        }
        for name, title in PAGES.items()
    ]


@may(May.SET_DESK)
@require_POST
def undo_pages(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Back to what stood before."""
    do_undo_pages(version=access_version(public_id), actor=actor(request))
    messages.success(request, gettext("Undone."))
    return redirect("talking:pages")


@may(May.SEE_PEOPLE, May.ERASE)
@never_cache
@require_safe
def wishes(request: HttpRequest) -> HttpResponse:
    """What customers ask about their own data, the oldest first."""
    rows = [
        {"wish": wish, "kind": WISH_NAMES[WishKind(wish.kind)], "person": person, "name": name_of(person)}
        if (person := wish.identity.person)
        else {"wish": wish, "kind": WISH_NAMES[WishKind(wish.kind)]}
        for wish in open_wishes()
    ]
    return render(request, "desk/talking/wishes.html", {"rows": rows})


@may(May.SEE_PEOPLE, May.ERASE)
@require_POST
def wish_done(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It was done."""
    do_settle_wish(wish=access_wish(public_id), done=True, actor=actor(request))
    undo = reverse("talking:wish_undone", args=[public_id])
    messages.success(request, gettext("Done."), extra_tags=f"undo:{undo}")
    return redirect("talking:wishes")


@may(May.SEE_PEOPLE, May.ERASE)
@require_POST
def wish_undone(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It was not done after all."""
    do_settle_wish(wish=access_wish(public_id), done=False, actor=actor(request))
    messages.success(request, gettext("It waits again."))
    return redirect("talking:wishes")
