"""The register as a list, what is proposed for it, and the file of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.desk.complaints.exporting import MEDIA_TYPES, Kind, do_export
from gehoor.rooms.desk.complaints.listing import OUTCOME_NAMES, UNKNOWN, Filters, causes, page, years
from gehoor.rooms.desk.complaints.proposing import proposed
from gehoor.rooms.desk.complaints.showing import rows
from gehoor.rooms.desk.complaints.terms import today
from gehoor.rooms.desk.complaints.views.door import HANDLE

_SHOWN = 20
_STANDS = {
    "": sentence("All"),
    "open": sentence("Open"),
    "soon": sentence("Due within two weeks"),
    "answered": sentence("Answered"),
    "removed": sentence("Removed"),
}


@may(*HANDLE)
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """The register, with what is proposed above it."""
    wanted = _filters(request)
    found, further = page(wanted, _uuid(request.GET.get("na", "")))
    waiting = proposed()
    now_in = years()
    context = {
        "rows": rows(found),
        "further": _href(request, na=str(further)) if further else "",
        "proposed": waiting[:3],
        "all_proposed": waiting.count(),
        "tabs": _stands(request, wanted.stand),
        "filters": wanted,
        "outcomes": OUTCOME_NAMES,
        "causes": causes(),
        "unknown": UNKNOWN,
        "years": now_in,
        "anything": bool(now_in),
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/complaints/complaints.html", context)


def _filters(request: HttpRequest) -> Filters:
    asked = request.GET
    year, stand = asked.get("jaar", ""), asked.get("stand", "")
    outcome = asked.get("uitkomst", "")
    return Filters(
        int(year) if year.isdecimal() and 1900 < int(year) < 3000 else None,
        stand if stand in _STANDS else "",
        outcome if outcome in OUTCOME_NAMES or outcome == UNKNOWN else "",
        asked.get("oorzaak", ""),
    )


def _href(request: HttpRequest, **more: str) -> str:
    kept = {key: str(value) for key, value in request.GET.items() if key != "na"} | more
    return f"?{urlencode({key: value for key, value in kept.items() if value})}"


def _stands(request: HttpRequest, current: str) -> list[dict[str, object]]:
    return [
        {"href": _href(request, stand=key), "label": gettext(name), "current": key == current}
        for key, name in _STANDS.items()
    ]


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


@may(*HANDLE)
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Everything that is proposed; ``?ouder=1``: what was said longer ago."""
    older = request.GET.get("ouder") == "1"
    found = proposed(older=older)
    context = {
        "voices": found[:_SHOWN],
        "count": found.count(),
        "older": older,
        "all_older": proposed(older=True).count() if not older else 0,
    }
    return render(request, "desk/complaints/proposals.html", context)


@may(*HANDLE)
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The register as a file, as it is filtered."""
    if kind not in set(Kind):
        raise NotFound(what=sentence("file"))
    lines = do_export(_filters(request), Kind(kind), actor(request), get_language() or "nl")
    response = StreamingHttpResponse(lines, content_type=MEDIA_TYPES[Kind(kind)])
    response["Content-Disposition"] = f'attachment; filename="klachten-{today():%Y-%m-%d}.{kind}"'
    return response
