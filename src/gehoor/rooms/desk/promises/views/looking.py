"""Promises as lists, one promise, and what became of them in figures."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.queries import title_of
from gehoor.rooms.desk.models import Promise
from gehoor.rooms.desk.promises.actions import access_promise
from gehoor.rooms.desk.promises.forms import AnewForm, PromiseForm
from gehoor.rooms.desk.promises.listing import WHICH_NAMES, Which, counts, figures, page
from gehoor.rooms.desk.promises.standing import rows
from gehoor.rooms.desk.promises.telling import history


@may(May.SEE_DESK, May.SEE_PEOPLE)
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Promises by when they are due; ``?lijst=`` says which, ``?na=`` after which one the page begins."""
    viewer = actor(request)
    many = counts(viewer)
    which = _which(request.GET.get("lijst", ""), many)
    found, following = page(which, viewer, _after(request.GET.get("na", "")))
    tabs = [
        {"href": f"?lijst={each}", "label": gettext(name), "current": each == which, "count": many[each]}
        for each, name in WHICH_NAMES.items()
    ]
    context = {
        "tabs": tabs,
        "which": which,
        "rows": rows(found),
        "further": f"?lijst={which}&na={following.public_id}" if following else "",
        "anything": any(many.values()),
        **_rights(request),
    }
    return render(request, "desk/promises/promises.html", context)


def _which(asked: str, many: Mapping[Which, int]) -> Which:
    """The list that is asked for; else what is due today, or the first after it in which something stands."""
    if asked in set(Which):
        return Which(asked)
    return next((each for each in (Which.TODAY, Which.LATE, Which.PROPOSED, Which.WEEK) if many[each]), Which.OPEN)


def _after(public_id: str) -> Promise | None:
    try:
        return Promise.objects.filter(public_id=UUID(public_id)).first()
    except ValueError:
        return None


def _rights(request: HttpRequest) -> dict[str, Any]:
    viewer = actor(request)
    return {
        "may_answer": viewer.may(May.ANSWER),
        "see_people": viewer.may(May.SEE_PEOPLE),
        "back": request.get_full_path(),
    }


@may(May.SEE_TIMES)
@require_safe
def promise_figures(request: HttpRequest) -> HttpResponse:
    """What became of what we promised, in figures only."""
    see_desk = actor(request).may(May.SEE_DESK)
    return render(request, "desk/promises/figures.html", {"figures": figures(), "see_desk": see_desk})


@may(May.SEE_DESK, May.SEE_PEOPLE)
@require_safe
def promise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One promise: its words in the answer, what became of it, and what can be said of it."""
    return page_of(request, access_promise(public_id), None, None)


def page_of(
    request: HttpRequest, found: Promise, correcting: PromiseForm | None, anew: AnewForm | None
) -> HttpResponse:
    """The page of a promise; with a form that was not filled in well it asks again."""
    (row,) = rows([found])
    steps = history(found)
    context = {
        "row": row,
        "steps": steps,
        "may_undo": any(step.undoable for step in steps),
        "case": found.case,
        "case_title": title_of(found.case) if found.case else "",
        "instead": Promise.objects.filter(instead_of=found).first(),
        "form": correcting or PromiseForm.of(found),
        "anew": anew or AnewForm(),
        **_rights(request),
    }
    refused = any(form is not None and form.is_bound for form in (correcting, anew))
    return render(request, "desk/promises/promise.html", context, status=422 if refused else 200)
