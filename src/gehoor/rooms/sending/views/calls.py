"""The call list, as an adviser works through it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.clock import now
from gehoor.kernel.errors import CannotDeliver, Refused
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.people.story import points
from gehoor.rooms.sending import calling
from gehoor.rooms.sending.forms import CallBackForm
from gehoor.rooms.sending.models import CallTry, Delivery, Outcome, RunState, State
from gehoor.rooms.sending.outgoing import outgoing
from gehoor.rooms.sending.progress import STATE_NAMES
from gehoor.rooms.sending.runs import access_run
from gehoor.rooms.sending.views.senders import pdf
from gehoor.rooms.voices.models import Reply, Voice

SHOWN = 100
LAST = 10
SINCE = 4


@may(May.SEE_PEOPLE)
@require_safe
def index(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who is still to be called, and what came of the last calls."""
    run = access_run(public_id)
    waiting = calling.calls(run).filter(state=State.WAITING)
    rows = [
        {
            "delivery": each,
            "claimed": calling.still_claimed(each),
            "later": bool(each.try_after and each.try_after > now()),
        }
        for each in waiting[:SHOWN]
    ]
    tries = CallTry.objects.filter(delivery__run=run, undone=False).select_related("delivery", "by").order_by("-id")
    context = {
        "run": run,
        "goes": run.state == RunState.SENDING,
        "rows": rows,
        "waiting": waiting.count(),
        "tries": [(each, calling.OUTCOME_NAMES[Outcome(each.outcome)]) for each in tries[:LAST]],
        "me": actor(request).pk,
    }
    return render(request, "sending/calls.html", context)


@may(May.SEE_PEOPLE)
@require_safe
def call(request: HttpRequest, public_id: UUID, delivery: UUID) -> HttpResponse:
    """One person: the number, what to say, what this person asked, and what came of it."""
    run = access_run(public_id)
    return _card(request, calling.access_call(run, delivery), CallBackForm())


def _card(request: HttpRequest, found: Delivery, form: CallBackForm, status: int = 200) -> HttpResponse:
    tries = found.tries.filter(undone=False).select_related("by").order_by("-id")
    claimed = calling.still_claimed(found)
    asked = _asked(found)
    context: dict[str, Any] = {
        "run": found.run,
        "delivery": found,
        "message": outgoing(found),
        "voice": asked,
        "since": _since(found, asked),
        "state": STATE_NAMES[found.state],
        "waits": found.state == State.WAITING and found.run.state == RunState.SENDING,
        "mine": claimed and found.claimed_by_id == actor(request).pk,
        "others": claimed and found.claimed_by_id != actor(request).pk,
        "tries": [(each, calling.OUTCOME_NAMES[Outcome(each.outcome)]) for each in tries],
        "outcomes": [
            (each.value, calling.OUTCOME_NAMES[each])
            for each in (Outcome.TOLD, Outcome.NOT_REACHED, Outcome.NOT_WANTED, Outcome.WRONG_NUMBER)
        ],
        "form": form,
    }
    return render(request, "sending/call.html", context, status=status)


def _asked(found: Delivery) -> Voice | None:
    """What this person asked: the voice that the run names, else the last one."""
    if found.voice is not None:
        return found.voice
    if found.person is None:
        return None
    last = (
        Attribution.objects.filter(person=found.person_id).select_related("voice").order_by("-voice__said_at").first()
    )
    return last.voice if last else None


def _since(found: Delivery, asked: Voice | None) -> list[Voice | Reply]:
    """What this person and we said after it was asked, newest first: it may have been settled already."""
    if asked is None or asked.said_at is None or found.person is None:
        return []
    later = [each for each in points(found.person) if each.at > asked.said_at][-SINCE:]
    voices = Voice.objects.in_bulk([each.pk for each in later if not each.ours])
    replies = Reply.objects.in_bulk([each.pk for each in later if each.ours and each.pk != found.reply_id])
    said = [replies.get(each.pk) if each.ours else voices.get(each.pk) for each in reversed(later)]
    return [each for each in said if each is not None]


@may(May.SEE_PEOPLE)
@require_POST
def claim(request: HttpRequest, public_id: UUID, delivery: UUID) -> HttpResponse:
    """Begin to call this person; with ``release`` somebody else may."""
    found = calling.access_call(access_run(public_id), delivery)
    if "release" in request.POST:
        calling.do_release(actor=actor(request), delivery=found)
        return redirect("sending:calls", public_id=public_id)
    try:
        calling.do_claim(actor=actor(request), delivery=found)
    except Refused as refused:
        messages.error(request, said(refused))
        return redirect("sending:calls", public_id=public_id)
    return redirect("sending:call", public_id=public_id, delivery=delivery)


@may(May.SEE_PEOPLE)
@require_POST
def note(request: HttpRequest, public_id: UUID, delivery: UUID) -> HttpResponse:
    """What came of the call."""
    found = calling.access_call(access_run(public_id), delivery)
    outcome, form = request.POST.get("outcome", ""), CallBackForm(request.POST)
    if outcome == Outcome.CALL_BACK and not form.is_valid():
        return _card(request, found, form, status=422)
    call_at = form.cleaned_data["call_at"] if outcome == Outcome.CALL_BACK else None
    try:
        tried = calling.do_note_call(actor=actor(request), delivery=found, outcome=outcome, call_at=call_at)
    except Refused as refused:
        messages.error(request, said(refused))
    else:
        undo = reverse("sending:undo_call", args=[tried.public_id])
        kept = gettext("Noted: %(outcome)s.") % {"outcome": gettext(calling.OUTCOME_NAMES[Outcome(outcome)]).lower()}
        messages.success(request, kept, extra_tags=f"undo:{undo}")
    return redirect("sending:calls", public_id=public_id)


@may(May.SEE_PEOPLE)
@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was noted was wrong."""
    tried = calling.access_try(public_id)
    try:
        calling.do_undo_call(actor=actor(request), tried=tried)
    except Refused as refused:
        messages.error(request, said(refused))
    else:
        messages.success(request, gettext("Undone. This customer waits for a call again."))
    return redirect("sending:calls", public_id=tried.delivery.run.public_id)


@may(May.SEE_PEOPLE)
@require_safe
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The list on paper."""
    try:
        return pdf(calling.call_sheet(access_run(public_id)), gettext("call-list"))
    except (Refused, CannotDeliver) as error:
        messages.error(request, said(error))
        return redirect("sending:calls", public_id=public_id)
