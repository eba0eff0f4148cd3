"""Acting: each address does one thing with a case, and says how to undo it."""

from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import View, actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.cases.actions import (
    access_act,
    access_colleague,
    do_assign,
    do_note,
    do_set_priority,
    do_snooze,
    do_word,
)
from gehoor.rooms.desk.cases.beginning import do_begin_case
from gehoor.rooms.desk.cases.finding import found_by
from gehoor.rooms.desk.cases.merging import do_keep_apart, do_merge, do_part
from gehoor.rooms.desk.cases.putting_off import moment_of
from gehoor.rooms.desk.cases.queries import access_case, case_of
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.cases.undoing import do_undo
from gehoor.rooms.desk.models import Act, Case, State
from gehoor.rooms.voices.actions import access_voice

_DOOR = (May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)


def _acts(view: View) -> View:
    """View decorator: the door of every act; what cannot be is said at the case, where it can be done otherwise."""

    @may(*_DOOR)
    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest, public_id: UUID, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, public_id, **kwargs)
        except Refused as refused:
            messages.error(request, f"{said(refused.reason)} {said(refused.advice)}")
            return redirect("desk:case", public_id)

    return guarded


def _done(request: HttpRequest, case: Case, act: Act | None, said: str) -> HttpResponse:
    """Back to the case, with how to undo it."""
    if act is not None:
        messages.success(request, said, extra_tags=f"undo:{reverse('desk:undo', args=[act.public_id])}")
    else:
        messages.info(request, gettext("It was so already."))
    return redirect("desk:case", case.public_id)


@_acts
def take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a case, give it to a colleague, or give it back to nobody."""
    case, given = access_case(public_id), request.POST.get("wie", "ik")
    viewer = actor(request)
    who = viewer if given == "ik" else access_colleague(given) if given else None
    act = do_assign(case, who, viewer)
    if who is None:
        return _done(request, case, act, gettext("It is nobody's again."))
    return _done(request, case, act, gettext("Taken by %(name)s.") % {"name": who.name})


@_acts
def state(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say how far it is."""
    case, given = access_case(public_id), request.POST.get("staat", "")
    act = do_set_state(case, given, actor(request))
    said = {
        State.SOLVED: sentence("Solved."),
        State.SPAM: sentence("Put aside as spam."),
        State.OPEN: sentence("It is open again."),
        State.WAITING_CUSTOMER: sentence("We wait for the customer now."),
        State.WAITING_US: sentence("We wait for ourselves now."),
        State.CLOSED: sentence("Closed."),
    }
    return _done(request, case, act, gettext(said.get(State(given), "")))


@_acts
def priority(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say how urgent it is."""
    case, given = access_case(public_id), request.POST.get("urgentie", "")
    act = do_set_priority(case, int(given) if given.isdecimal() else 0, actor(request))
    return _done(request, case, act, gettext("Saved."))


@_acts
def snooze(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put it off until later, or have it back now."""
    case, chosen = access_case(public_id), request.POST.get("tot", "")
    if chosen == "nu":
        return _done(request, case, do_snooze(case, None, actor(request)), gettext("It is back."))
    until = moment_of(chosen) or _written(request.POST.get("moment", ""))
    act = do_snooze(case, until, actor(request))
    return _done(request, case, act, gettext("Put off; it comes back by itself."))


def _written(given: str) -> datetime:
    try:
        found = parse_datetime(given)
    except ValueError:
        found = None
    if found is None:
        raise Refused(why=sentence("say until when, as a day and a time"))
    return timezone.make_aware(found) if timezone.is_naive(found) else found


@_acts
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep a private note."""
    case = access_case(public_id)
    return _done(request, case, do_note(case, request.POST.get("notitie", ""), actor(request)), gettext("Noted."))


@_acts
def word(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say in other words what it is about."""
    case = access_case(public_id)
    return _done(request, case, do_word(case, request.POST.get("waarover", ""), actor(request)), gettext("Saved."))


@_acts
def merge(request: HttpRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """Make the other one with this."""
    case = access_case(public_id)
    act = do_merge(access_case(other), case, actor(request))
    return _done(request, case, act, gettext("They are one case now."))


@_acts
def look_for(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Find the case that this one is to be made one with, and show what that would bring about."""
    case = access_case(public_id)
    other = found_by(request.POST.get("zaak", ""))
    if other is None or other.pk == case.pk:
        messages.error(request, gettext("No other case is found there. Paste the address of its page."))
        return redirect("desk:case", case.public_id)
    return redirect("desk:merging", case.public_id, other.public_id)


@_acts
def apart(request: HttpRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """These are different things."""
    case = access_case(public_id)
    act = do_keep_apart(case, access_case(other), actor(request))
    return _done(request, case, act, gettext("Kept apart."))


@_acts
def part(request: HttpRequest, public_id: UUID, voice: UUID) -> HttpResponse:
    """Part one voice off, into a case of its own."""
    case = access_case(public_id)
    act, _ = do_part(case, access_voice(voice), actor(request))
    return _done(request, case, act, gettext("It is a case of its own now."))


@may(*_DOOR)
@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo one act; undoing an undoing does it again."""
    act = access_act(public_id)
    return _done(request, act.case, do_undo(act, actor(request)), gettext("Undone."))


@may(*_DOOR)
@require_POST
def begin(request: HttpRequest, voice: UUID) -> HttpResponse:
    """Make a case of a voice that began none by itself, or go to the one it is in."""
    found = access_voice(voice)
    case = case_of(found.pk) or do_begin_case(found, actor(request))
    return redirect("desk:case", case.public_id)
