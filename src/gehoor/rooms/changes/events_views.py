"""The page of what else happened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.events import (
    KIND_NAMES,
    access_event,
    do_add_event,
    do_change_event,
    do_remove_event,
    do_undo_event,
    events,
)
from gehoor.rooms.changes.events_form import EventForm
from gehoor.rooms.changes.models import Event


def _say(request: HttpRequest, text: str, event: Event) -> None:
    messages.success(request, text, extra_tags=f"undo:{reverse('changes:undo_event', args=[event.public_id])}")


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_http_methods(["GET", "HEAD", "POST"])
def happened(request: HttpRequest) -> HttpResponse:
    """What happened, and recording more of it."""
    form = EventForm(request.POST or None)
    if form.is_valid():
        _say(request, gettext("Recorded."), do_add_event(said=form.said(), actor=actor(request)))
        return redirect("changes:events")
    context = {"form": form, "events": [(each, KIND_NAMES[each.kind]) for each in events()]}
    return render(request, "changes/events.html", context, status=422 if form.is_bound else 200)


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_http_methods(["GET", "HEAD", "POST"])
def change_event(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say otherwise what happened."""
    event = access_event(public_id)
    form = EventForm(request.POST) if request.method == "POST" else EventForm.of(event)
    if form.is_bound and form.is_valid():
        _say(request, gettext("Changed."), do_change_event(event=event, said=form.said(), actor=actor(request)))
        return redirect("changes:events")
    return render(request, "changes/event.html", {"form": form, "event": event}, status=422 if form.is_bound else 200)


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def remove_event(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an event away."""
    event = access_event(public_id)
    do_remove_event(event=event, actor=actor(request))
    _say(request, gettext("Removed."), event)
    return redirect("changes:events")


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def undo_event(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo what was done last to an event."""
    do_undo_event(event=access_event(public_id), actor=actor(request))
    messages.success(request, gettext("Undone."))
    return redirect("changes:events")
