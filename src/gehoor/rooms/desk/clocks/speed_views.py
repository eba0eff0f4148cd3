"""Saying whether speed matters in a case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.actions import access_act
from gehoor.rooms.desk.cases.queries import access_case, title_of
from gehoor.rooms.desk.clocks.correcting import do_say_speed, do_undo_speed
from gehoor.rooms.desk.clocks.speed_panel import context_of

_DOOR = (May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)


@may(*_DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def speed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the rules saw, and the buttons to say otherwise; in place where the page asks for it."""
    case = access_case(public_id)
    if request.method == "POST":
        act = do_say_speed(case, request.POST.get("speed", ""), actor(request))
        if act is None:
            messages.info(request, gettext("It was so already."))
        else:
            undo = reverse("desk:undo_speed", args=[act.public_id])
            messages.success(request, gettext("Noted. It stays so, whatever comes in."), extra_tags=f"undo:{undo}")
        return redirect("desk:case", case.public_id)
    context = {**context_of(case, actor(request)), "saying": True}
    if request.headers.get("HX-Request"):
        return render(request, "desk/clocks/speed_part.html", context)
    return render(request, "desk/clocks/speed.html", {**context, "title": title_of(case)})


@may(*_DOOR)
@require_POST
def undo_speed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back what someone said of it."""
    act = access_act(public_id)
    done = do_undo_speed(act, actor(request))
    if done is None:
        messages.info(request, gettext("It was so already."))
    else:
        messages.success(request, gettext("Undone."))
    return redirect("desk:case", act.case.public_id)
