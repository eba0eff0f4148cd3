"""One voice, read one after the other."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.analysis.kind import KINDS
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.voices.actions import access_voice, do_correct_kind
from gehoor.rooms.voices.explaining import asks_of, kind_of, weight_of
from gehoor.rooms.voices.lenses import Fact
from gehoor.rooms.voices.made_out import made_out_of
from gehoor.rooms.voices.mail_markup import may_have_html
from gehoor.rooms.voices.marking import PLACE, place_in_address
from gehoor.rooms.voices.models import KindCorrection, Voice
from gehoor.rooms.voices.panels import panels_of
from gehoor.rooms.voices.queries import (
    KIND_NAMES,
    LENS_NAMES,
    Place,
    Shown,
    conversation_of,
    facts_of,
    place_of,
    understanding_of,
)
from gehoor.rooms.voices.search import Filters, hits, parse
from gehoor.rooms.voices.views.correcting import PASSAGE, WORD, asked_of, here
from gehoor.rooms.voices.views.searching import address, filters_of

KEYS = {"question": "q", "complaint": "c", "remark": "r", "compliment": "p", "wish": "w"}


@may(May.SEE_VOICES)
@require_safe
def voice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One voice as what it was, with what was understood of it and what belongs to it."""
    found, viewer, filters = access_voice(public_id), actor(request), filters_of(request)
    read, facts = understanding_of(found), facts_of([found.pk], viewer)
    known = {name: each[found.pk] for name, each in facts.items() if found.pk in each}
    marks = place_in_address(request.GET.get(PLACE, ""), len(found.text))
    marks = marks or hits(found.text, read.language if read else "", parse(filters.query))
    made = made_out_of(found, viewer, marks, asked_of(request.GET))
    context = {
        "voice": found,
        "shown": Shown.of(found, viewer),
        "who": known.pop("person", Fact("")),
        "facts": [(LENS_NAMES.get(name, name), fact) for name, fact in known.items()],
        "kind": kind_of(found, read),
        "marks": marks,
        "made": made,
        "here": here(request),
        "asks": asks_of(found),
        "weight": weight_of(found),
        "listens": actor(request).may(May.LISTEN),
        "kinds": [{"value": kind, "name": KIND_NAMES[kind], "key": KEYS[kind]} for kind in KINDS],
        "conversation": conversation_of(found, viewer, without=made.merged if made else frozenset()),
        "panels": panels_of(found, viewer),
        "later_versions": found.later_versions.order_by("id"),
        "attachments": found.attachments.order_by("id") if viewer.may(May.SEE_PEOPLE) else (),
        "has_markup": viewer.may(May.SEE_PEOPLE) and may_have_html(found.original),
        **_rights(viewer),
        **_around(request, filters, place_of(found, filters)),
    }
    return render(request, "voices/voice.html", context)


def _rights(viewer: User) -> dict[str, bool]:
    return {"may_see_people": viewer.may(May.SEE_PEOPLE), "may_correct": viewer.may(May.CORRECT)}


def _around(request: HttpRequest, filters: Filters, place: Place) -> dict[str, Any]:
    """The way back to the search, and on to its neighbours."""
    kept = request.GET.copy()
    for name in (WORD, PASSAGE, PLACE):
        kept.pop(name, None)
    carried = f"?{kept.urlencode()}" if kept else ""
    previous, following = (
        reverse("voices:voice", args=[each]) + carried if each else "" for each in (place.previous, place.next)
    )
    return {
        "place": place,
        "carried": carried,
        "narrowed": filters.narrowed,
        "back": address(filters),
        "previous": previous,
        "next": following,
    }


@may(May.SEE_VOICES, May.CORRECT)
@require_POST
def correct_kind(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what kind of voice it is."""
    found, kind = access_voice(public_id), request.POST.get("kind", "")
    do_correct_kind(voice=found, kind=kind, actor=actor(request))
    undo = reverse("voices:take_back_kind", args=[public_id])
    carried = f"?{request.GET.urlencode()}" if request.GET else ""
    said = gettext("Kind: %(kind)s.") % {"kind": gettext(KIND_NAMES.get(kind, "")) if kind else gettext("judged again")}
    messages.success(request, said, extra_tags=f"undo:{undo}{carried}")
    return redirect(reverse("voices:voice", args=[public_id]) + carried)


@may(May.SEE_VOICES, May.CORRECT)
@require_POST
def take_back_kind(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo the newest correction: what was said before it stands again."""
    found = access_voice(public_id)
    do_correct_kind(voice=found, kind=_before_last(found), actor=actor(request))
    messages.success(request, gettext("Undone."))
    carried = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("voices:voice", args=[public_id]) + carried)


def _before_last(voice: Voice) -> str:
    kinds = KindCorrection.objects.filter(voice=voice).order_by("-id").values_list("kind", flat=True)
    return next(iter(kinds[1:2]), "")
