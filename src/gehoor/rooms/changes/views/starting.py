"""Beginning a change: from a need, from a voice, or from nothing but an idea."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.actions import do_start_change
from gehoor.rooms.changes.forms import ChangeForm
from gehoor.rooms.needs.decisions import access_need
from gehoor.rooms.needs.models import Need
from gehoor.rooms.voices.actions import access_voice


def _id(query: QueryDict, name: str, what: str) -> UUID | None:
    given = query.get(name, "")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise NotFound(what=what) from None


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What should change, and what could be done. ``?need=`` or ``?voice=`` is what it rests on."""
    need_id, voice_id = _id(request.GET, "need", sentence("need")), _id(request.GET, "voice", sentence("voice"))
    need = access_need(need_id) if need_id else None
    voice = access_voice(voice_id) if voice_id else None
    form = ChangeForm(request.POST or None, initial=_proposed(need))
    if not form.is_valid():
        context = {"form": form, "need": need, "voice": voice}
        return render(request, "changes/start.html", context, status=422 if form.is_bound else 200)
    change = do_start_change(
        actor=actor(request),
        needs=[need.public_id] if need else [],
        voices=[voice] if voice else [],
        **form.cleaned_data,
    )
    back = reverse("changes:remove", args=[change.public_id])
    messages.success(request, gettext("Begun. Nothing is decided yet."), extra_tags=f"undo:{back}")
    return redirect("changes:change", change.public_id)


def _proposed(need: Need | None) -> dict[str, Any]:
    return {"name": capfirst(str(need))} if need else {}
