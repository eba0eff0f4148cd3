"""Looking: the board, one change, and every voice that asks for it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.actions import access_change
from gehoor.rooms.changes.board import all_rows, board
from gehoor.rooms.changes.handing_over import waiting
from gehoor.rooms.changes.one_change import context_of
from gehoor.rooms.needs.recount import current_generation


@may(May.SEE_CHANGES)
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What was asked, and what became of it."""
    rows = all_rows()
    context = {
        "columns": board(rows),
        "count": len(rows),
        "handed": waiting(),
        "worked_out": current_generation() is not None,
        "may_decide": actor(request).may(May.DECIDE_CHANGES),
    }
    return render(request, "changes/changes.html", context)


@may(May.SEE_CHANGES)
@require_safe
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One change: who asked, what was decided, what is next."""
    return render(request, "changes/change.html", context_of(access_change(public_id), actor(request)))
