"""Reading a stack, one voice after another."""

import math
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.actions import access_session, do_listen
from gehoor.rooms.listening.earlier import kept_of
from gehoor.rooms.listening.forms import HandOnForm
from gehoor.rooms.listening.handing import handed_on
from gehoor.rooms.listening.marking import sentences_of
from gehoor.rooms.listening.models import Drawn, Note, Session, Struck
from gehoor.rooms.listening.narrowing import told
from gehoor.rooms.listening.noting import do_note, mark_of
from gehoor.rooms.listening.showing import read_shown, shown_now
from gehoor.rooms.listening.sitting import page_of, plan_of, return_of, stack_of
from gehoor.rooms.voices.made_out import made_out_of
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.views.correcting import asked_of, here
from gehoor.rooms.voices.weight import current_table, minutes_of


def place_in(session: Session, number: int) -> tuple[Drawn, int]:
    """What stands at this place of the stack (from 1), and how many there are."""
    stack = list(session.stack.order_by("position"))
    if not 1 <= number <= len(stack):
        raise NotFound(what=sentence("voice in this stack"))
    return stack[number - 1], len(stack)


@may(May.LISTEN)
@never_cache
@require_safe
def session(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How the stack was drawn, and where to begin or go on."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    context = {
        "session": sitting,
        "seed": str(sitting.seed),
        "plan": plan_of(stack_of(sitting)),
        "told": told(sitting.need, sitting.channel, sitting.since),
    }
    return render(request, "listening/session.html", context)


@may(May.LISTEN)
@never_cache
@require_safe
def reading(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """One voice, and nothing else."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    drawn, count = place_in(sitting, number)
    voice = Voice.objects.select_related("original").get(pk=drawn.voice_id)
    context = _voice(request, voice) | {
        "session": sitting,
        "number": number,
        "count": count,
        "shown": shown_now(listener=actor(request), voice=voice.pk, session=sitting.pk),
        "note": Note.objects.filter(session=sitting, voice=voice).first(),
    }
    context["begun_from"] = mark_of(context["note"].text if context["note"] else "")
    return render(request, "listening/reading.html", context)


def _voice(request: HttpRequest, voice: Voice) -> dict[str, Any]:
    """What the page holds of the voice itself, with what its reader marked in it."""
    reader = actor(request)
    beside = kept_beside(reader, voice)
    marks = [(each.start, each.end) for each in beside["struck"]]
    made = made_out_of(voice, reader, marks=marks, asked=asked_of(request.GET))
    return beside | {
        "made": made,
        "here": here(request),
        "marks": marks,
        "spent": minutes_of(voice, current_table()) if made else None,
        "page": page_of(voice, reader),
    }


def kept_beside(reader: User, voice: Voice, form: HandOnForm | None = None) -> dict[str, Any]:
    """What a reader kept of a voice, and what can be chosen in it."""
    struck = list(Struck.objects.filter(listener=reader, voice=voice).select_related("voice").order_by("start"))
    marked = {(each.start, each.end): each for each in struck}
    passages = [
        (each, voice.text[each.start : each.end], _within(each.start, each.end, marked)) for each in sentences_of(voice)
    ]
    return {
        "voice": voice,
        "struck": struck,
        "sentences": passages,
        "handed": list(handed_on(open=False).filter(voice=voice, by=reader)),
        "hand_on_form": form or HandOnForm(struck=struck, reader=reader),
    }


def _within(start: int, end: int, marked: dict[tuple[int, int], Struck]) -> Struck | None:
    """The mark that holds this sentence whole."""
    return next((each for (first, last), each in marked.items() if first <= start and end <= last), None)


def seconds_in(request: HttpRequest) -> float | None:
    """The seconds that a script saw someone there; None when no script ran. Nonsense counts for nothing."""
    given = request.POST.get("seconds", "")
    if not given:
        return None
    try:
        seconds = float(given)
    except ValueError:
        return 0.0
    return seconds if math.isfinite(seconds) else 0.0


@may(May.LISTEN)
@require_POST
def move_on(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Count the time of the voice that was read, keep what was noted, and go to the next or previous one, or out."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    drawn, count = place_in(sitting, number)
    shown = read_shown(request.POST.get("shown", ""), listener=actor(request), voice=drawn.voice_id)
    do_listen(actor=actor(request), shown=shown, seconds=seconds_in(request))
    if "note" in request.POST:
        keep_note(request, sitting, drawn.voice)
    where = request.POST.get("to", "")
    if where == "stay":
        return redirect("listening:reading", sitting.public_id, number)
    to = number + {"next": 1, "previous": -1}.get(where, 0)
    if to > count:
        return redirect("listening:thanks", sitting.public_id)
    if to == number or to < 1:
        return redirect("listening:session", sitting.public_id)
    return redirect("listening:reading", sitting.public_id, to)


def keep_note(request: HttpRequest, sitting: Session, voice: Voice | None) -> Note | None:
    """Keep what stands in the note of a page."""
    given = request.POST
    return do_note(
        session=sitting,
        voice=voice,
        text=given.get("note", ""),
        begun_from=given.get("begun_from", ""),
        shared="share_note" in given,
    )


@may(May.LISTEN)
@never_cache
@require_safe
def thanks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was heard, how long it took, what it cost to say, and what one keeps of it."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    stack = stack_of(sitting)
    kept = kept_of(sitting)
    context = {
        "session": sitting,
        "came": return_of(stack),
        "plan": plan_of(stack),
        "kept": kept,
        "begun_from": mark_of(kept.note.text if kept.note else ""),
    }
    return render(request, "listening/thanks.html", context)
