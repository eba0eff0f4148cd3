"""Looking: the list, what moved in it, one case, what merging would bring about."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases import live
from gehoor.rooms.desk.cases.listing import A_PAGE, VIEW_NAMES, Line, Listed, View, counts, listed, view_of
from gehoor.rooms.desk.cases.live import moved, who_is_where
from gehoor.rooms.desk.cases.merging import check_may_merge, preview
from gehoor.rooms.desk.cases.moving import newest_move
from gehoor.rooms.desk.cases.page import context_of
from gehoor.rooms.desk.cases.queries import access_case, titles_of
from gehoor.rooms.desk.cases.words import PRIORITY_NAMES, SPEED_NAMES, STATE_NAMES, STATE_TONES
from gehoor.rooms.desk.models import Case, Mention, Priority
from gehoor.rooms.privacy.audit import LOOKED, do_log


@may(May.SEE_DESK, May.SEE_PEOPLE)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Who waits for us, nearest due first."""
    viewer, view = actor(request), view_of(request.GET.get("weergave", ""))
    number = newest_move()
    page = listed(view, viewer, _after(request.GET.get("na", "")))
    return render(request, "desk/cases/list.html", {**_list(view, viewer, page), **_live(view, viewer, page, number)})


def _after(given: str) -> Case | None:
    return access_case(given) if given else None


def _list(view: View, viewer: User, page: Listed) -> dict[str, Any]:
    counted = counts(viewer)
    tabs = [
        {
            "href": f"?weergave={each.value}",
            "label": gettext(VIEW_NAMES[each]),
            "current": each == view,
            "count": counted.get(each, ""),
        }
        for each in View
        if each is not View.NAMED or counted[View.NAMED] or view is View.NAMED
    ]
    further = urlencode({"weergave": view.value, "na": str(page.after.public_id)}) if page.after is not None else ""
    return {"tabs": tabs, "view": view, "lines": page.lines, "further": further, "a_page": A_PAGE, **_words()}


def _live(view: View, viewer: User, page: Listed, number: int) -> dict[str, Any]:
    shown = [line.case.public_id for line in page.lines]
    seen = who_is_where([line.case.pk for line in page.lines], viewer)
    return {"live": _asks(view, number, number, seen), "shown": shown, "others": 0}


def _asks(view: View, number: int, since: int, seen: str) -> str:
    """Where the page asks next what moved."""
    return f"{reverse('desk:since', args=[number])}?{urlencode({'weergave': view.value, 'van': since, 'wie': seen})}"


def _words() -> dict[str, Any]:
    return {
        "state_names": STATE_NAMES,
        "state_tones": STATE_TONES,
        "speed_names": SPEED_NAMES,
        "priority_names": PRIORITY_NAMES,
        "normal": Priority.NORMAL,
    }


@may(May.SEE_DESK, May.SEE_PEOPLE)
@require_safe
def since(request: HttpRequest, number: int) -> HttpResponse:
    """What moved after this number: shown cases anew, and how many others; 204 where everything is as it was."""
    viewer, view = actor(request), view_of(request.GET.get("weergave", ""))
    shown, began = _ids(request.GET.getlist("zaak")), request.GET.get("van", "")
    began_at = int(began) if began.isdecimal() else number
    found = moved(view, viewer, number=number, since=began_at, shown=shown, seen=request.GET.get("wie", ""))
    if found is None:
        return HttpResponse(status=204)
    if request.headers.get("HX-Request") != "true":
        ids = [str(line.case.public_id) for line in found.lines]
        return JsonResponse({"number": found.number, "moved": ids, "others": found.others})
    context = {
        "lines": [live.board.drawn(line, _drawn) for line in found.lines],
        "live": _asks(view, found.number, began_at, found.seen),
        "shown": shown,
        "others": found.others,
        "view": view,
        "again": f"{reverse('desk:desk')}?weergave={view.value}",
    }
    return render(request, "desk/cases/live_part.html", context)


def _drawn(line: Line) -> str:
    return render_to_string("desk/cases/line_part.html", {"line": line, "oob": True, **_words()})


def _ids(given: list[str]) -> list[UUID]:
    try:
        return [UUID(each) for each in given]
    except ValueError:
        raise NotFound(what=sentence("case")) from None


@may(May.SEE_DESK, May.SEE_PEOPLE)
@require_safe
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case: everything that was said, who it is, what was done, and what can be done."""
    found, viewer = access_case(public_id), actor(request)
    if found.merged_into is not None:
        return redirect("desk:case", found.merged_into.public_id)
    context = context_of(found, viewer)
    if context["person"] is not None:
        do_log(actor=viewer, action=LOOKED, what="person", public_id=context["person"].public_id)
    Mention.objects.filter(act__case=found, user=viewer, seen_at=None).update(seen_at=now())
    return render(request, "desk/cases/case.html", context)


@may(May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)
@require_safe
def merging(request: HttpRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """What making two cases one would bring about."""
    first, into = access_case(other), access_case(public_id)
    check_may_merge(first, into)
    called = titles_of([first, into])
    context = {
        "case": into,
        "other": first,
        "title": called[into.pk],
        "other_title": called[first.pk],
        "preview": preview(first, into),
    }
    return render(request, "desk/cases/merge.html", context)
