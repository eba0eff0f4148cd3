"""Looking: the list with its search, one entry as it is given, two versions beside each other."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.access import access_answer, access_version
from gehoor.rooms.answers.book.index import Hit, find_answers, near_best
from gehoor.rooms.answers.book.listing import Filters, counts_by_state, filtered, subjects
from gehoor.rooms.answers.book.naming import STATE_NAMES
from gehoor.rooms.answers.book.public_page import is_open
from gehoor.rooms.answers.book.review import how_many
from gehoor.rooms.answers.book.rows import row_of
from gehoor.rooms.answers.book.rules import may_edit, may_propose
from gehoor.rooms.answers.book.showing import compared, page_of
from gehoor.rooms.answers.models import State

A_PAGE = 50
_FOUND = 20
_LONGEST_QUERY = 2_000


@may(May.SEE_ANSWERS)
@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """The book: what fits a question, or everything by subject."""
    query = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    viewer = actor(request)
    filters = _filters(request)
    context: dict[str, Any] = {"query": query, "filters": filters}
    if query:
        context["hits"] = [_hit(hit) for hit in near_best(find_answers(query, _FOUND))]
    else:
        page = Paginator(filtered(filters, viewer), A_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": [row_of(each) for each in page]}
    htmx = getattr(request, "htmx", None)
    part = htmx and not htmx.boosted and not htmx.history_restore_request
    if not part:
        context |= _around(request, filters)
    response = render(request, "answers/book/results_part.html" if part else "answers/book/book.html", context)
    patch_vary_headers(response, ("HX-Request", "HX-History-Restore-Request"))
    return response


def _hit(hit: Hit) -> dict[str, Any]:
    return {**row_of(hit.answer), "probability": hit.probability}


def _filters(request: HttpRequest) -> Filters:
    given = request.GET
    state = given.get("stand", "")
    return Filters(
        state=state if state in State.values else "",
        subject=given.get("onderwerp", "")[:200],
        mine="mijn" in given,
        ending="eindigt" in given,
    )


def _around(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    viewer = actor(request)
    counts = counts_by_state()
    everything = sum(count for state, count in counts.items() if state != State.ARCHIVED)
    here = "" if filters.mine or filters.ending or filters.subject else filters.state
    plain = not (filters.mine or filters.ending or filters.subject)
    tabs = [{"href": "?", "label": gettext("All"), "current": plain and not filters.state, "count": everything}]
    tabs += [
        {
            "href": f"?stand={state.value}",
            "label": gettext(STATE_NAMES[state]).capitalize(),
            "current": here == state,
            "count": counts[state],
        }
        for state in State
        if counts.get(state)
    ]
    tabs.append({"href": "?mijn", "label": gettext("Mine"), "current": filters.mine, "count": None})
    return {
        "tabs": tabs,
        "subjects": [
            {"name": each, "href": "?" + urlencode({"onderwerp": each}), "current": each == filters.subject}
            for each in subjects()
        ],
        "everything": sum(counts.values()),
        "to_review": how_many() if may_edit(viewer) else 0,
        "may_edit": may_edit(viewer),
        "may_propose": may_propose(viewer),
        "is_open": is_open(),
        **_neighbours(),
    }


_NEIGHBOURS = {
    "given_href": "answers:given",
    "check_href": "answers:check",
    "departures_href": "answers:departures",
    "visits_href": "answers:visits",
}
"""The other parts of this room, as far as they have a screen."""


def _neighbours() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, route in _NEIGHBOURS.items():
        try:
            found[name] = reverse(route)
        except NoReverseMatch:
            continue
    return found


@may(May.SEE_ANSWERS)
@require_safe
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One entry: how it is given, what it states, how it is asked, what became of it."""
    found = access_answer(public_id)
    context = page_of(found, actor(request), request.GET.get("vorm", ""), request.GET.get("taal", ""))
    return render(request, "answers/book/answer.html", context | _neighbours())


@may(May.SEE_ANSWERS)
@require_safe
def version(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A version beside the one before it, or beside what holds now (``?met=nu``): what is otherwise, word by word."""
    found = access_version(public_id)
    context = compared(found, with_now="met" in request.GET or bool(found.proposal), viewer=actor(request))
    return render(request, "answers/book/version.html", context)
