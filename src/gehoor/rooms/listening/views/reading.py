"""Reading a stack, one voice after another."""

import math
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.actions import access_session, do_listen
from gehoor.rooms.listening.models import Drawn, Session
from gehoor.rooms.listening.showing import read_shown, shown_now
from gehoor.rooms.listening.sitting import page_of, plan_of, return_of, stack_of
from gehoor.rooms.voices.made_out import made_out_of
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.views.correcting import asked_of, here
from gehoor.rooms.voices.weight import current_table, minutes_of


def _at(session: Session, number: int) -> tuple[Drawn, int]:
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
    context = {"session": sitting, "seed": str(sitting.seed), "plan": plan_of(stack_of(sitting))}
    return render(request, "listening/session.html", context)


@may(May.LISTEN)
@never_cache
@require_safe
def reading(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """One voice, and nothing else."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    drawn, count = _at(sitting, number)
    voice = Voice.objects.select_related("original").get(pk=drawn.voice_id)
    made = made_out_of(voice, actor(request), asked=asked_of(request.GET))
    context = {
        "made": made,
        "here": here(request),
        "spent": minutes_of(voice, current_table()) if made else None,
        "session": sitting,
        "page": page_of(voice, actor(request)),
        "number": number,
        "count": count,
        "shown": shown_now(listener=actor(request), voice=voice.pk, session=sitting.pk),
    }
    return render(request, "listening/reading.html", context)


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
    """Count the time of the voice that was read, and go to the next or previous one, or out."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    drawn, count = _at(sitting, number)
    shown = read_shown(request.POST.get("shown", ""), listener=actor(request), voice=drawn.voice_id)
    do_listen(actor=actor(request), shown=shown, seconds=seconds_in(request))
    to = number + {"next": 1, "previous": -1}.get(request.POST.get("to", ""), 0)
    if to > count:
        return redirect("listening:thanks", sitting.public_id)
    if to == number or to < 1:
        return redirect("listening:session", sitting.public_id)
    return redirect("listening:reading", sitting.public_id, to)


@may(May.LISTEN)
@never_cache
@require_safe
def thanks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was heard, how long it took, and what it cost to say."""
    sitting = access_session(actor=actor(request), public_id=public_id)
    stack = stack_of(sitting)
    context = {"session": sitting, "came": return_of(stack), "plan": plan_of(stack)}
    return render(request, "listening/thanks.html", context)
