"""Keeping what was heard while reading: marks, notes, and what is handed on. Each works without a script too."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from django_htmx.middleware import HtmxDetails

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.actions import access_session
from gehoor.rooms.listening.forms import HandOnForm
from gehoor.rooms.listening.handing import (
    Passage,
    access_handed,
    do_hand_on,
    do_hand_on_again,
    do_see_thanks,
    do_withdraw,
)
from gehoor.rooms.listening.marking import Selected, do_mark, do_share_mark, do_unmark, find_passage
from gehoor.rooms.listening.models import Session, Struck
from gehoor.rooms.listening.noting import do_share_note, mark_of
from gehoor.rooms.listening.views.reading import keep_note, kept_beside, place_in
from gehoor.rooms.voices.models import Voice


def _is_part(request: HttpRequest) -> bool:
    asked: HtmxDetails | None = getattr(request, "htmx", None)
    return bool(asked)


def _beside(request: HttpRequest, sitting: Session, number: int, voice: Voice, part: str) -> HttpResponse:
    """The part of the reading page that changed; without HTMX the page itself, at that part."""
    if not _is_part(request):
        return HttpResponseRedirect(f"{reverse('listening:reading', args=[sitting.public_id, number])}#{part}")
    context = kept_beside(actor(request), voice) | {"session": sitting, "number": number}
    return render(request, f"listening/{part}_part.html", context)


def _passage(request: HttpRequest, voice: Voice) -> Passage:
    """A sentence of the list (``span``), or what was selected on the page (``quote``)."""
    span = request.POST.get("span", "")
    if span:
        start, _, end = span.partition("-")
        if not (start.isdecimal() and end.isdecimal() and len(span) < 20):
            raise Refused(why=sentence("the text has no such passage"))
        return Passage(int(start), int(end))
    return find_passage(voice.text, Selected(request.POST.get("quote", ""), request.POST.get("before", "")))


@may(May.LISTEN)
@require_POST
def mark(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Mark a passage that struck one."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    drawn, _ = place_in(sitting, number)
    do_mark(actor=actor(request), voice=drawn.voice, passage=_passage(request, drawn.voice), session=sitting)
    return _beside(request, sitting, number, drawn.voice, "struck")


@may(May.LISTEN)
@require_POST
def unmark(request: HttpRequest, public_id: UUID, number: int, struck_id: UUID) -> HttpResponse:
    """Take a mark away."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    drawn, _ = place_in(sitting, number)
    do_unmark(actor=actor(request), public_id=struck_id)
    return _beside(request, sitting, number, drawn.voice, "struck")


@may(May.LISTEN)
@require_POST
def share_mark(request: HttpRequest, struck_id: UUID) -> HttpResponse:
    """Let colleagues see a mark, or no longer; goes back to the page it was asked on."""
    do_share_mark(actor=actor(request), public_id=struck_id, shared=request.POST.get("share") == "yes")
    return _back(request)


@may(May.LISTEN)
@require_POST
def share_note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Let colleagues read a note, or no longer; goes back to the page it was asked on."""
    do_share_note(actor=actor(request), public_id=note_id, shared=request.POST.get("share") == "yes")
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(given, allowed_hosts=None) and given.startswith("/")
    return HttpResponseRedirect(given if own else reverse("listening:earlier"))


@may(May.LISTEN)
@require_POST
def note_voice(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Keep a note while it is being written."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    drawn, _ = place_in(sitting, number)
    return _noted(request, sitting, drawn.voice)


@may(May.LISTEN)
@require_POST
def note_session(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep what one takes away from a whole sitting."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    answer = _noted(request, sitting, None)
    if request.headers.get("X-Autosave"):
        return answer
    messages.success(request, gettext("Kept."))
    return redirect("listening:thanks", public_id)


def _noted(request: HttpRequest, sitting: Session, voice: Voice | None) -> HttpResponse:
    """What is kept now, for the page that goes on writing."""
    note = keep_note(request, sitting, voice)
    text = note.text if note else ""
    return JsonResponse({"text": text, "begun_from": mark_of(text)})


@may(May.LISTEN)
@require_POST
def hand_on(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Hand a wish, a thanks or a change on."""
    reader = actor(request)
    sitting = access_session(actor=reader, public_id=public_id)
    drawn, _ = place_in(sitting, number)
    struck = list(Struck.objects.filter(listener=reader, voice=drawn.voice))
    form = HandOnForm(request.POST, struck=struck, reader=reader)
    if not form.is_valid():
        raise Refused(why=sentence("it does not say yet what is to be handed on"))
    about = form.cleaned_data["about"]
    do_hand_on(
        actor=reader,
        kind=form.cleaned_data["kind"],
        voice=drawn.voice,
        text=form.cleaned_data["text"],
        passage=Passage(about.start, about.end) if about else None,
        to=form.cleaned_data["to"],
        session=sitting,
    )
    return _beside(request, sitting, number, drawn.voice, "handed")


@may(May.LISTEN)
@require_POST
def withdraw(request: HttpRequest, handed_id: UUID) -> HttpResponse:
    """Take back what one handed on."""
    handed = access_handed(handed_id)
    do_withdraw(actor=actor(request), handed=handed)
    undo = reverse("listening:hand_on_again", args=[handed_id])
    messages.success(request, gettext("Taken back."), extra_tags=f"undo:{undo}")
    return _back(request)


@may(May.LISTEN)
@require_POST
def hand_on_again(request: HttpRequest, handed_id: UUID) -> HttpResponse:
    """Undo taking it back."""
    do_hand_on_again(actor=actor(request), public_id=handed_id)
    messages.success(request, gettext("Handed on again."))
    return _back(request)


@may()
@require_POST
def see_thanks(request: HttpRequest, handed_id: UUID) -> HttpResponse:
    """Put a thanks that one got away. Any colleague can be thanked."""
    do_see_thanks(actor=actor(request), public_id=handed_id)
    return redirect("today:today")
