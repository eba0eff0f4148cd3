"""Appointments: making, changing, cancelling, undoing, answering, beginning, and the calendar file."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel import clock
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.appointments import (
    EARLY,
    access_appointment,
    arranged_in,
    colleagues,
    do_begin,
    do_cancel,
    do_plan,
    do_rearrange,
    do_say_coming,
    do_undo_arrangement,
    not_over,
    standing,
)
from gehoor.rooms.listening.calendar_file import Entry, calendar_file
from gehoor.rooms.listening.forms import PlanForm, initial_of
from gehoor.rooms.listening.models import Appointment, Session
from gehoor.rooms.listening.narrowing import told


def _tomorrow() -> dict[str, Any]:
    """Tomorrow after lunch; on a Friday, Monday."""
    day = timezone.localdate(clock.now()) + timedelta(days=1)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return {"day": day, "time": "13:30"}


@may(May.LISTEN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a session, alone or with colleagues."""
    user = actor(request)
    known = colleagues(user)
    if request.method == "POST":
        form = PlanForm(request.POST, colleagues=known)
        if form.is_valid():
            appointment = do_plan(actor=user, arranged=form.arranged())
            messages.success(request, gettext("Planned."))
            return redirect("listening:appointment", appointment.public_id)
    else:
        form = PlanForm(initial=_tomorrow(), need=request.GET.get("need", ""), colleagues=known)
    return render(request, "listening/plan.html", {"form": form}, status=422 if form.is_bound else 200)


@may(May.LISTEN)
@require_http_methods(["GET", "HEAD", "POST"])
def rearrange(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change an appointment of one's own."""
    user = actor(request)
    appointment = access_appointment(actor=user, public_id=public_id)
    known = colleagues(appointment.organiser)
    if request.method == "POST":
        form = PlanForm(request.POST, colleagues=known)
        if form.is_valid():
            do_rearrange(actor=user, appointment=appointment, arranged=form.arranged())
            _say_done(request, gettext("Changed."), appointment)
            return redirect("listening:appointment", public_id)
    else:
        form = PlanForm(initial=initial_of(arranged_in(standing(appointment))), colleagues=known)
    context = {"form": form, "appointment": appointment}
    return render(request, "listening/plan.html", context, status=422 if form.is_bound else 200)


def _say_done(request: HttpRequest, text: str, appointment: Appointment) -> None:
    undo = reverse("listening:undo_arrangement", args=[appointment.public_id])
    messages.success(request, text, extra_tags=f"undo:{undo}")


@may(May.LISTEN)
@require_safe
def appointment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One appointment: when, with whom, from which stack, and what can be done with it."""
    user, now = actor(request), clock.now()
    found = access_appointment(actor=user, public_id=public_id)
    arranged = standing(found)
    context = {
        "appointment": found,
        "now": arranged,
        "told": told(arranged.need, arranged.channel, days=arranged.days),
        "own": found.organiser_id == user.pk,
        "attending": list(arranged.attending.all()),
        "mine": next((each for each in arranged.attending.all() if each.attendee_id == user.pk), None),
        "begun": Session.objects.filter(sitting__appointment=found, listener=user).first(),
        "may_begin": not arranged.cancelled and now >= arranged.starts_at - EARLY,
        "over": not not_over(arranged, now),
        "versions": list(found.arrangements.select_related("actor").order_by("-number")),
    }
    return render(request, "listening/appointment.html", context)


@may(May.LISTEN)
@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Cancel an appointment of one's own."""
    found = access_appointment(actor=actor(request), public_id=public_id)
    do_cancel(actor=actor(request), appointment=found)
    _say_done(request, gettext("Cancelled. Whoever has it in a calendar takes it out with the new file."), found)
    return redirect("listening:appointment", public_id)


@may(May.LISTEN)
@require_POST
def undo_arrangement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo the last change."""
    found = access_appointment(actor=actor(request), public_id=public_id)
    do_undo_arrangement(actor=actor(request), appointment=found)
    messages.success(request, gettext("It is as it was before."))
    return redirect("listening:appointment", public_id)


@may(May.LISTEN)
@require_POST
def say_coming(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say whether one comes."""
    found = access_appointment(actor=actor(request), public_id=public_id)
    comes = request.POST.get("comes") == "yes"
    do_say_coming(actor=actor(request), appointment=found, comes=comes)
    messages.success(request, gettext("Good that you come.") if comes else gettext("Noted that you cannot come."))
    return redirect("listening:appointment", public_id)


@may(May.LISTEN)
@require_POST
def begin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin to listen."""
    found = access_appointment(actor=actor(request), public_id=public_id)
    session = do_begin(actor=actor(request), appointment=found)
    return redirect("listening:session", session.public_id)


@may(May.LISTEN)
@require_safe
def calendar(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The calendar file of an appointment."""
    found = access_appointment(actor=actor(request), public_id=public_id)
    arranged = standing(found)
    others = ", ".join(each.attendee.name for each in arranged.attending.all() if each.comes is not False)
    entry = Entry(
        public_id=found.public_id,
        sequence=arranged.number,
        starts_at=arranged.starts_at,
        minutes=arranged.minutes,
        zone=timezone.get_current_timezone_name(),
        title=gettext("Listening to customers"),
        description=gettext("A stack of voices lies ready: one after another, and nothing else. With: %(who)s")
        % {"who": others},
        address=request.build_absolute_uri(reverse("listening:appointment", args=[found.public_id])),
        organiser=found.organiser.name,
        organiser_email=found.organiser.email,
        changed_at=arranged.at,
        made_at=found.made_at,
        cancelled=arranged.cancelled,
    )
    response = HttpResponse(calendar_file(entry), content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = 'attachment; filename="luisteren.ics"'
    return response
