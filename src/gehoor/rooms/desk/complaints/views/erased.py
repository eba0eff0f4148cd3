"""What the register keeps of people who were erased, for who may erase."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.complaints.actions import access_complaint
from gehoor.rooms.desk.complaints.blotting import do_blot_now, kept_after_erasing
from gehoor.rooms.desk.complaints.listing import OUTCOME_NAMES
from gehoor.rooms.desk.complaints.terms import kept_until


@may(May.ERASE)
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """What stays in the register of people who were erased, and until when."""
    lines = [
        {"complaint": each, "until": kept_until(each), "outcome": OUTCOME_NAMES.get(each.outcome, "")}
        for each in kept_after_erasing()[:200]
    ]
    return render(request, "desk/complaints/kept.html", {"lines": lines, "count": kept_after_erasing().count()})


@may(May.ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def blot(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Blot a line of an erased person out before its year is over."""
    found = access_complaint(public_id)
    if request.method == "POST":
        do_blot_now(found, actor(request))
        messages.success(request, gettext("Blotted out; the line and its lesson stay."))
        return redirect("desk:kept_complaints")
    context = {
        "title": gettext("Blot this complaint out now?"),
        "text": gettext("Name, address and words go for good; the line, its days, its outcome and its lesson stay."),
        "button": gettext("Blot out"),
        "tone": "danger",
        "back": reverse("desk:kept_complaints"),
    }
    return render(request, "desk/complaints/blot.html", context)
