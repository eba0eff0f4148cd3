"""Planning a session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.actions import do_start_session
from gehoor.rooms.listening.forms import SessionForm
from gehoor.rooms.listening.queries import heard_voice_count, listened_seconds, listeners
from gehoor.rooms.listening.sitting import open_sessions
from gehoor.rooms.voices.models import Voice


def _plan(request: HttpRequest, form: SessionForm) -> HttpResponse:
    user = actor(request)
    month = timezone.localdate().replace(day=1)
    context = {
        "form": form,
        "voices": Voice.objects.count(),
        "heard": heard_voice_count(),
        "own_month": listened_seconds(month, listener=user),
        "own": listened_seconds(listener=user),
        "together": listened_seconds(),
        "listeners": listeners(),
        "open": open_sessions(user),
    }
    return render(request, "listening/listening.html", context, status=422 if form.is_bound else 200)


@may(May.LISTEN)
@require_safe
def listening(request: HttpRequest) -> HttpResponse:
    """Choose how long and what; what was left; one's own minutes and everyone's."""
    return _plan(request, SessionForm())


@may(May.LISTEN)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Draw a stack."""
    form = SessionForm(request.POST)
    if not form.is_valid():
        return _plan(request, form)
    session = do_start_session(actor=actor(request), **form.asked())
    return redirect("listening:session", session.public_id)
