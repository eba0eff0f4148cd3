"""Telling everyone: writing the text, seeing how it will look, publishing and withdrawing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.actions import access_change
from gehoor.rooms.changes.models import Change, Published
from gehoor.rooms.changes.publishing import (
    Text,
    access_published,
    do_publish,
    do_undo_publishing,
    do_withdraw,
    looks_personal,
    preview,
    published_of,
    said_to_everyone,
)
from gehoor.rooms.changes.publishing_form import PublishForm
from gehoor.rooms.public.showing import for_everyone, show


def _say(request: HttpRequest, text: str, published: Published) -> None:
    address = reverse("changes:undo_publishing", args=[published.public_id])
    messages.success(request, text, extra_tags=f"undo:{address}")


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write it, look at it, publish it."""
    change = access_change(public_id)
    now = published_of(change)
    form = PublishForm(request.POST) if request.method == "POST" else PublishForm.of(change, now)
    context: dict[str, Any] = {"form": form, "change": change, "published": now}
    if not form.is_bound or not form.is_valid():
        return render(request, "changes/publish.html", context, status=422 if form.is_bound else 200)
    if "publish" in request.POST:
        _say(request, gettext("Published."), do_publish(change=change, said=form.said(), actor=actor(request)))
        return redirect("changes:change", change.public_id)
    return render(request, "changes/publish.html", {**context, **_looks(change, form.said())})


def _looks(change: Change, said: Text) -> dict[str, Any]:
    everything = "\n".join((said.title_nl, said.text_nl, said.title_en, said.text_en))
    languages = ["nl", "en"] if said.text_en else ["nl"]
    return {
        "previews": [preview(change, said, language) for language in languages],
        "personal": looks_personal(everything),
    }


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it off the public page."""
    published = access_published(public_id)
    do_withdraw(published=published, actor=actor(request))
    _say(request, gettext("Taken off the page."), published)
    return redirect("changes:change", published.change.public_id)


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def undo_publishing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo what was done last."""
    published = access_published(public_id)
    do_undo_publishing(published=published, actor=actor(request))
    messages.success(request, gettext("Undone."))
    return redirect("changes:change", published.change.public_id)


@for_everyone(indexed=True)
@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """What we did with what customers said: for everyone, without anything about anyone."""
    entries = said_to_everyone(get_language() or "nl")
    if not entries:
        raise NotFound(what=sentence("page"))
    return show(request, "changes/did.html", {"entries": entries})
