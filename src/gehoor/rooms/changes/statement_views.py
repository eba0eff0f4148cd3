"""The page on which someone types what customers are said to want, and sees what they said."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.analysis.statement.claim import MOST_CHARACTERS
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.statement import OFF, SIDE_NAMES, Held, Passage, do_judge, do_undo_judging, hold
from gehoor.rooms.changes.statement_words import quoted, tidied, verdict
from gehoor.rooms.voices.models import Voice

_SHOWN = 10
_MOST_SHOWN = 200


@may(May.SEE_NEEDS, May.SEE_VOICES)
@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """What supports it, what speaks against it, and how many asked at all."""
    typed = tidied(request.GET.get("q", ""))
    context: dict[str, Any] = {"typed": typed, "longest": MOST_CHARACTERS}
    if typed:
        held = hold(typed)
        shown = _MOST_SHOWN if "all" in request.GET else _SHOWN
        user = actor(request)
        context |= {
            "held": held,
            "verdict": verdict(held),
            "columns": _columns(held, shown),
            "side_names": SIDE_NAMES,
            "may_correct": user.may(May.CORRECT),
            "may_decide": user.may(May.SEE_CHANGES) and user.may(May.DECIDE_CHANGES),
            "whole": shown == _MOST_SHOWN,
        }
    return render(request, "changes/statement.html", context)


def _columns(held: Held, shown: int) -> list[dict[str, Any]]:
    """Each side with its first passages in the customers' own words; what was set aside only where there is any."""
    first = {side: list(passages[:shown]) for side, passages in held.sides.items()}
    voices = Voice.objects.in_bulk([each.voice for some in first.values() for each in some])
    return [
        {
            "side": side,
            "name": SIDE_NAMES[side],
            "count": held.counts.get(side),
            "of": len(held.sides[side]),
            "passages": [_cited(each, voices[each.voice]) for each in some if each.voice in voices],
        }
        for side, some in first.items()
        if some or side != OFF
    ]


def _cited(passage: Passage, voice: Voice) -> dict[str, Any]:
    return {"passage": passage, "voice": voice, "text": quoted(passage, voice)}


def _back(typed: str) -> str:
    return f"{reverse('changes:statement')}?{urlencode({'q': typed})}"


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 10 else -1


@may(May.SEE_NEEDS, May.SEE_VOICES, May.CORRECT)
@require_POST
def judge_passage(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a passage on another side."""
    typed = tidied(request.POST.get("q", ""))
    made = do_judge(
        typed=typed,
        voice=public_id,
        start=_number(request.POST.get("start", "")),
        end=_number(request.POST.get("end", "")),
        side=request.POST.get("side", ""),
        actor=actor(request),
    )
    address = f"{reverse('changes:undo_judging', args=[made.public_id])}?{urlencode({'q': typed})}"
    messages.success(
        request, gettext("Put right. It counts for this statement from now on."), extra_tags=f"undo:{address}"
    )
    return redirect(_back(typed))


@may(May.SEE_NEEDS, May.SEE_VOICES, May.CORRECT)
@require_POST
def undo_judging(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo that."""
    do_undo_judging(public_id=public_id, actor=actor(request))
    messages.success(request, gettext("Undone."))
    return redirect(_back(tidied(request.GET.get("q", ""))))
