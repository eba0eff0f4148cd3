"""The register in figures, for who may see how long things take."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.complaints.listing import OUTCOME_NAMES, figures, years
from gehoor.rooms.desk.complaints.terms import today
from gehoor.rooms.desk.complaints.views.door import HANDLE


@may(May.SEE_TIMES)
@require_safe
def complaint_figures(request: HttpRequest) -> HttpResponse:
    """The figures of a year, and nothing of anyone."""
    known = years()
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked.isdecimal() and int(asked) in known else (known[0] if known else today().year)
    tabs = [{"href": f"?jaar={each}", "label": str(each), "current": each == year} for each in known]
    handles = all(actor(request).may(right) for right in HANDLE)
    context = {"year": figures(year), "tabs": tabs, "names": OUTCOME_NAMES, "handles": handles}
    return render(request, "desk/complaints/figures.html", context)
