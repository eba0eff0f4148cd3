"""Sending in, and seeing what becomes of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake.actions import access_arrival, do_upload
from gehoor.rooms.intake.forms import SendForm
from gehoor.rooms.intake.models import Arrival
from gehoor.rooms.intake.views.places import places
from gehoor.rooms.intake.watching import arrival_rows, progress_of

ARRIVALS = 20


@may(May.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Send files in; what came in before."""
    form = SendForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        files = request.FILES.getlist("files")
        sent = do_upload(files=files, wishes=form.wishes, actor=actor(request))
        return redirect("intake:arrival", public_id=sent.public_id)
    arrivals = Arrival.objects.select_related("by").order_by("-id")
    context = {
        "form": form,
        "places": places(request),
        "arrivals": arrival_rows(arrivals[:ARRIVALS]),
        "all": arrivals.count(),
    }
    return render(request, "intake/intake.html", context, status=422 if form.is_bound else 200)


@may(May.TAKE_IN)
@require_safe
def arrival(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One arrival, while it is being read and afterwards."""
    context = {"progress": progress_of(access_arrival(public_id), actor(request))}
    htmx = getattr(request, "htmx", None)
    part = htmx and not htmx.boosted and not htmx.history_restore_request
    response = render(request, "intake/arrival_part.html" if part else "intake/arrival.html", context)
    patch_vary_headers(response, ("HX-Request", "HX-History-Restore-Request"))
    return response
