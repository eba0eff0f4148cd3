"""Looking back: one's own log and sessions, and what colleagues share."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.actions import access_session
from gehoor.rooms.listening.earlier import earlier, open_handed, shared_by_all
from gehoor.rooms.listening.forms import AtMostForm
from gehoor.rooms.listening.own_log import do_disown, do_own_again, do_put_back_day, do_take_off, own_log


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise NotFound(what=sentence("day in your log")) from None


@may(May.LISTEN)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """One's own log, day by day."""
    before = request.GET.get("voor", "")
    days = own_log(actor(request), _day(before) if before else None)
    context = {"days": days, "older": days[-1].day if len(days) > 60 else None}
    return render(request, "listening/log.html", context)


@may(May.LISTEN)
@require_POST
def take_off(request: HttpRequest, day: str) -> HttpResponse:
    """Say that one listened less that day."""
    form = AtMostForm(request.POST)
    if not form.is_valid():
        raise Refused(why=sentence("a log can only become shorter"))
    do_take_off(actor=actor(request), day=_day(day), at_most=form.cleaned_data["minutes"] * 60.0)
    undo = reverse("listening:put_back_day", args=[day])
    messages.success(request, gettext("Your log is shorter now."), extra_tags=f"undo:{undo}")
    return redirect("listening:log")


@may(May.LISTEN)
@require_POST
def put_back_day(request: HttpRequest, day: str) -> HttpResponse:
    """Undo that."""
    do_put_back_day(actor=actor(request), day=_day(day))
    messages.success(request, gettext("It is as it was before."))
    return redirect("listening:log")


@may(May.LISTEN)
@require_POST
def disown(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a sitting was not oneself."""
    do_disown(actor=actor(request), session=access_session(actor=actor(request), public_id=public_id))
    undo = reverse("listening:own_again", args=[public_id])
    messages.success(request, gettext("Taken out of your log."), extra_tags=f"undo:{undo}")
    return redirect("listening:log")


@may(May.LISTEN)
@require_POST
def own_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo that."""
    do_own_again(actor=actor(request), session=access_session(actor=actor(request), public_id=public_id))
    messages.success(request, gettext("It is as it was before."))
    return redirect("listening:log")


@may(May.LISTEN)
@require_safe
def earlier_sessions(request: HttpRequest) -> HttpResponse:
    """One's own earlier sessions, with what one kept of each."""
    return render(request, "listening/earlier.html", {"sessions": earlier(actor(request))})


@may(May.LISTEN)
@require_safe
def what_we_heard(request: HttpRequest) -> HttpResponse:
    """What colleagues chose to share, and what was handed on."""
    return render(request, "listening/heard.html", {"shared": shared_by_all(), "handed": open_handed()})
