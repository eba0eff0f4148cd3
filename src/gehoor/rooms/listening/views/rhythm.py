"""The rhythm of each role, and putting off a reminder."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import NotAllowed
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.forms import RhythmForm
from gehoor.rooms.listening.reminding import do_snooze, do_wake
from gehoor.rooms.listening.rhythm import do_set_rhythms, may_set_rhythm, rhythms


@may()
@require_http_methods(["GET", "HEAD", "POST"])
def rhythm(request: HttpRequest) -> HttpResponse:
    """Agree how often those of each role listen; for managers and administrators."""
    if not may_set_rhythm(actor(request)):
        raise NotAllowed()
    form = RhythmForm(request.POST or None, agreed=rhythms())
    if request.method == "POST" and form.is_valid():
        do_set_rhythms(actor=actor(request), agreed=form.agreed())
        messages.success(request, gettext("Agreed."))
        return redirect("listening:rhythm")
    context = {"form": form, "listens": actor(request).may(May.LISTEN)}
    return render(request, "listening/rhythm.html", context, status=422 if form.is_bound else 200)


@may(May.LISTEN)
@require_POST
def snooze(request: HttpRequest) -> HttpResponse:
    """No reminder before next week."""
    do_snooze(actor=actor(request))
    messages.success(request, gettext("Until next week."), extra_tags=f"undo:{reverse('listening:wake')}")
    return redirect("today:today")


@may(May.LISTEN)
@require_POST
def wake(request: HttpRequest) -> HttpResponse:
    """Undo that."""
    do_wake(actor=actor(request))
    return redirect("today:today")
