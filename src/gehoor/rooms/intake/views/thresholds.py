"""What it costs a customer to use each channel, as this organisation sees it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.analysis.weight import Rate
from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake.forms import ThresholdsForm
from gehoor.rooms.intake.views.places import places
from gehoor.rooms.voices.explaining import table_name
from gehoor.rooms.voices.models import ThresholdTable
from gehoor.rooms.voices.weight import current_table, do_set_thresholds, standard_table

SHOWN = 20


@may(May.SET_THRESHOLDS)
@require_http_methods(["GET", "HEAD", "POST"])
def thresholds(request: HttpRequest) -> HttpResponse:
    """The table that counts now, to change; and those that counted before."""
    table = current_table()
    form = ThresholdsForm(table, request.POST or None)
    if form.is_valid():
        if form.has_changed():
            do_set_thresholds(rates=form.rates, actor=actor(request))
            messages.success(
                request, gettext("Saved as a new version. Customer minutes are computed with it from now on.")
            )
        return redirect("intake:thresholds")
    context = {"form": form, "places": places(request), "table": table_name(table.name), "history": _history()}
    return render(request, "intake/thresholds.html", context, status=422 if form.is_bound else 200)


def _history() -> list[dict[str, Any]]:
    """Versions, newest first, each with how many channels differ from the standard."""
    standard = standard_table().rates
    versions = ThresholdTable.objects.select_related("actor").order_by("-id")[:SHOWN]
    return [
        {
            "table": each,
            "name": table_name(each.name),
            "current": place == 0,
            "own": sum(standard.get(kind) != Rate(*rate) for kind, rate in each.rows.items()),
        }
        for place, each in enumerate(versions)
    ]


@may(May.SET_THRESHOLDS)
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an earlier version count again (0: the standard), as a new version."""
    if pk == 0:
        rates = dict(standard_table().rates)
    else:
        version = ThresholdTable.objects.filter(pk=pk).first()
        if version is None:
            raise NotFound(what=sentence("version of the table"))
        rates = {kind: Rate(*rate) for kind, rate in version.rows.items()}
    do_set_thresholds(rates=rates, actor=actor(request))
    messages.success(request, gettext("Saved as a new version. Customer minutes are computed with it from now on."))
    return redirect("intake:thresholds")
