"""The page of what a change did."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.actions import access_change
from gehoor.rooms.changes.asked import bases
from gehoor.rooms.changes.measuring import measured_context
from gehoor.rooms.changes.series import read_calendar
from gehoor.rooms.changes.series_beside import Choice, choosable


@may(May.SEE_CHANGES)
@require_safe
def measured(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whether it helped, with the picture, what that rests on, and what it was held against."""
    change = access_change(public_id)
    choice = Choice.read(request.GET.get("compare", ""))
    context = {
        **measured_context(change, choice),
        "change": change,
        "choice": str(choice),
        "may_decide": actor(request).may(May.DECIDE_CHANGES),
    }
    if context["measured"] is not None:
        context["other_needs"] = choosable(bases([change.pk])[change.pk])
        context["other_channels"] = read_calendar().channels
    return render(request, "changes/measured.html", context)
