"""The hours that we work, to set; and how long people waited, to read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.clock import now
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.clocks.expecting import LOOKED_BACK, expected_now, word_kept
from gehoor.rooms.desk.clocks.forms import HoursForm
from gehoor.rooms.desk.clocks.hours import access_version, current_version, read_version
from gehoor.rooms.desk.clocks.saying import say_week
from gehoor.rooms.desk.clocks.setting import do_restore_hours, do_set_hours, do_undo_hours
from gehoor.rooms.desk.clocks.times import FEWEST, PERIODS, times
from gehoor.rooms.desk.models import Hours
from gehoor.rooms.intake.views.places import places

_SHOWN = 20


@may(May.SET_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    """The hours that count now, to change; and those that counted before."""
    version = current_version()
    form = HoursForm(version, request.POST or None)
    if form.is_valid():
        given = form.version
        if (given.hours, given.aims) != (version.hours, version.aims):
            made = do_set_hours(hours=given.hours, aims=given.aims, actor=actor(request))
            undo = reverse("desk:undo_hours", args=[made.public_id])
            messages.success(request, gettext("Saved as a new version; it counts from now on."), f"undo:{undo}")
        return redirect("desk:hours")
    context = {"form": form, "places": places(request), "week": say_week(version.hours), "history": _history()}
    return render(request, "desk/clocks/hours.html", context, status=422 if form.is_bound else 200)


def _history() -> list[dict[str, object]]:
    """Versions, newest first."""
    rows = list(Hours.objects.select_related("by").order_by("-id")[:_SHOWN])
    counts = next((row.pk for row in rows if not row.undone), None)
    return [{"row": row, "week": say_week(read_version(row).hours), "current": row.pk == counts} for row in rows]


@may(May.SET_DESK)
@require_POST
def undo_hours(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a version back."""
    do_undo_hours(version=access_version(public_id), actor=actor(request))
    restore = reverse("desk:restore_hours", args=[public_id])
    messages.success(request, gettext("Taken back; the version before counts again."), f"undo:{restore}")
    return redirect("desk:hours")


@may(May.SET_DESK)
@require_POST
def restore_hours(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a version that was taken back stand again."""
    do_restore_hours(version=access_version(public_id), actor=actor(request))
    messages.success(request, gettext("It stands again."))
    return redirect("desk:hours")


@may(May.SEE_TIMES)
@require_safe
def read_times(request: HttpRequest) -> HttpResponse:
    """How long people waited, in working hours."""
    given = request.GET.get("dagen", "")
    days = int(given) if given.isdecimal() and int(given) in PERIODS else PERIODS[1]
    found = times(days)
    context = {
        "times": found,
        "fewest": FEWEST,
        "periods": [
            {
                "label": gettext("last %(days)s days") % {"days": each},
                "href": f"?dagen={each}",
                "current": each == days,
            }
            for each in PERIODS
        ],
        "kept": word_kept(found.since, found.until),
        "expected": expected_now(),
        "looked_back": LOOKED_BACK.days,
        "week": say_week(current_version().hours),
        "at": now(),
    }
    return render(request, "desk/clocks/times.html", context)
