"""Taking back what was sent in, after saying what goes and what stays."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake.actions import access_arrival
from gehoor.rooms.intake.taking_back import Extent, check_at_rest, do_take_back, extent_of


@may(May.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an arrival back, after asking."""
    arrival = access_arrival(public_id)
    check_at_rest(arrival)
    if request.method == "POST":
        done = do_take_back(arrival=arrival, actor=actor(request), also_judged="also_judged" in request.POST)
        messages.success(request, _said(done))
        return redirect("intake:intake")
    return render(request, "intake/take_back.html", {"arrival": arrival, "extent": extent_of(arrival)})


def _said(done: Extent) -> str:
    if not done.stays:
        return gettext("Taken back. Sent in again, it is new.")
    return ngettext(
        "Taken back; %(count)d voice that people decided about or listened to stays.",
        "Taken back; %(count)d voices that people decided about or listened to stay.",
        done.stays_voices,
    ) % {"count": done.stays_voices}
