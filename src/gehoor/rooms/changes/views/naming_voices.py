"""Every voice that asks for a change; and saying of one that it does, or does not."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.actions import access_change, do_say_voice_asks
from gehoor.rooms.changes.evidence import voices_of
from gehoor.rooms.changes.models import Change
from gehoor.rooms.voices.actions import access_voice
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.search import Filters, find

_A_PAGE = 25
_FOUND = 20
_SAID = {"yes": True, "no": False, "": None}


@may(May.SEE_CHANGES, May.SEE_VOICES)
@require_safe
def voices(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every voice that asks for it, newest first; those set apart; and searching for others."""
    change = access_change(public_id)
    asking = voices_of(change)
    page = Paginator(asking, _A_PAGE).get_page(request.GET.get("page"))
    shown = Voice.objects.in_bulk(list(page))
    query = request.GET.get("q", "").strip()
    context = {
        "change": change,
        "page": page,
        "voices": [shown[pk] for pk in page if pk in shown],
        "named": set(change.voices.filter(asks=True).values_list("voice_id", flat=True)),
        "apart": list(change.voices.filter(asks=False).select_related("voice", "by").order_by("-pk")),
        "query": query,
        "found": _found(query, set(asking)),
        "may_decide": actor(request).may(May.DECIDE_CHANGES),
    }
    return render(request, "changes/voices.html", context)


def _found(query: str, known: set[int]) -> list[Voice]:
    if not query:
        return []
    keys = [pk for pk in find(Filters(query=query)).values_list("pk", flat=True)[: _FOUND * 5] if pk not in known]
    found = Voice.objects.in_bulk(keys[:_FOUND])
    return [found[pk] for pk in keys[:_FOUND]]


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def say(request: HttpRequest, public_id: UUID, voice: UUID) -> HttpResponse:
    """This voice asks for it, does not, or does as its needs say."""
    change, found = access_change(public_id), access_voice(voice)
    before = change.voices.filter(voice=found).values_list("asks", flat=True).first()
    asks = _SAID.get(request.POST.get("asks", ""))
    do_say_voice_asks(change=change, voice=found, asks=asks, actor=actor(request))
    undo = reverse("changes:unsay_voice", args=[change.public_id, found.public_id, _word(before)])
    messages.success(request, _said(asks), extra_tags=f"undo:{undo}")
    return redirect("changes:voices", change.public_id)


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def unsay(request: HttpRequest, public_id: UUID, voice: UUID, asks: str) -> HttpResponse:
    """What was said of this voice before."""
    change: Change = access_change(public_id)
    do_say_voice_asks(change=change, voice=access_voice(voice), asks=_SAID.get(asks), actor=actor(request))
    messages.success(request, gettext("Undone."))
    return redirect("changes:voices", change.public_id)


def _said(asks: bool | None) -> str:
    if asks is None:
        return gettext("What its needs say counts again.")
    return gettext("This voice asks for it.") if asks else gettext("This voice does not ask for it.")


def _word(asks: bool | None) -> str:
    return "open" if asks is None else "yes" if asks else "no"
