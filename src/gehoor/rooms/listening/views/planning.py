"""The room's own page: a new stack, what is planned, what was left, what nobody heard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel import clock
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.actions import do_start_session
from gehoor.rooms.listening.appointments import ahead, not_over
from gehoor.rooms.listening.drawing import state_of_voices
from gehoor.rooms.listening.forms import SessionForm
from gehoor.rooms.listening.models import Session
from gehoor.rooms.listening.queries import listened_seconds, listeners
from gehoor.rooms.listening.rhythm import may_set_rhythm, pace_of, rhythms
from gehoor.rooms.listening.sitting import open_sessions
from gehoor.rooms.listening.unheard import state_now, unheard

_FROM_ADDRESS = ("pool", "channel", "minutes", "drawn_by", "period")


def _form(request: HttpRequest, user: User, state: str) -> SessionForm:
    last = Session.objects.filter(listener=user).order_by("-pk").first()
    if request.method == "POST":
        return SessionForm(request.POST, last=last, state=state)
    initial = {name: request.GET[name] for name in _FROM_ADDRESS if name in request.GET}
    return SessionForm(initial=initial, need=request.GET.get("need", ""), last=last, state=state)


def _plan(request: HttpRequest, form: SessionForm, state: str) -> HttpResponse:
    user, now = actor(request), clock.now()
    month = timezone.localdate(now).replace(day=1)
    context = {
        "form": form,
        "unheard": unheard(state_now(state)),
        "planned": [each for each in ahead(user) if not_over(each, now)],
        "own_month": listened_seconds(month, listener=user),
        "own": listened_seconds(listener=user),
        "pace": pace_of(user, rhythms()),
        "may_set_rhythm": may_set_rhythm(user),
        "together": listened_seconds(),
        "listeners": listeners(),
        "open": open_sessions(user),
    }
    return render(request, "listening/listening.html", context, status=422 if form.is_bound else 200)


@may(May.LISTEN)
@require_safe
def listening(request: HttpRequest) -> HttpResponse:
    """Choose how long and what, for which the address may bring a need or a channel; and how things stand."""
    state = state_of_voices()
    return _plan(request, _form(request, actor(request), state), state)


@may(May.LISTEN)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Draw a stack."""
    state = state_of_voices()
    form = _form(request, actor(request), state)
    if not form.is_valid():
        return _plan(request, form, state)
    session = do_start_session(actor=actor(request), **form.asked())
    return redirect("listening:session", session.public_id)
