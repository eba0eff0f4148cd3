"""Who is at a case now: viewing told from writing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.live import who_is_where
from gehoor.rooms.desk.cases.presence import do_be_there, do_leave, there
from gehoor.rooms.desk.cases.queries import access_case


@may(May.SEE_DESK, May.SEE_PEOPLE)
@require_POST
def here(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A sign of life from the page of a case; answers who else is there, and whether something moved since: 204 where
    the page knows that."""
    case, viewer = access_case(public_id), actor(request)
    if request.POST.get("weg"):
        do_leave(case, viewer)
        return HttpResponse(status=204)
    do_be_there(case, viewer, writing=request.POST.get("schrijft") == "1")
    known = request.POST.get("sinds", "")
    moved = known.isdecimal() and case.moved > int(known)
    seen = f"{who_is_where([case.pk], viewer)}{'!' if moved else ''}"
    if seen == request.POST.get("wie", ""):
        return HttpResponse(status=204)
    context = {
        "case": case,
        "there": there([case], viewer).get(case.pk, []),
        "moved": moved,
        "known": known if known.isdecimal() else case.moved,
        "seen": seen,
    }
    return render(request, "desk/cases/there_part.html", context)
