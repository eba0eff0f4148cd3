"""The screens of promises."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.cases.queries import access_case, person_of, title_of
from gehoor.rooms.desk.models import Case, Promise, PromiseState
from gehoor.rooms.desk.promises import actions
from gehoor.rooms.desk.promises.actions import access_promise
from gehoor.rooms.desk.promises.forms import AnewForm, PromiseForm
from gehoor.rooms.desk.promises.listing import WHICH_NAMES, Which, counts, figures, page
from gehoor.rooms.desk.promises.standing import rows
from gehoor.rooms.desk.promises.telling import history
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import name_of


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
    return _page(request, access_promise(public_id), None, None)


def _page(request: HttpRequest, found: Promise, correcting: PromiseForm | None, anew: AnewForm | None) -> HttpResponse:
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


@may(May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Write a promise down: in a case (``?zaak=``) or to a person (``?klant=``)."""
    case, person = _to_whom(request)
    form = PromiseForm(request.POST) if request.method == "POST" else PromiseForm(initial={"owner": actor(request).pk})
    if request.method == "POST" and form.is_valid():
        given = form.changes()
        try:
            made = actions.do_promise(
                person, given["what"], given["due_at"], actor(request), case=case, owner=given["owner"]
            )
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            return _done(request, made, gettext("Written down."))
    called = title_of(case) if case else name_of(person) if person else ""
    context = {"form": form, "case": case, "person": person, "called": called, "back": _back(request)}
    return render(request, "desk/promises/make.html", context, status=422 if form.is_bound else 200)


def _to_whom(request: HttpRequest) -> tuple[Case | None, Person | None]:
    if asked := request.GET.get("zaak"):
        case = access_case(asked)
        return case, person_of(case)
    try:
        person = Person.objects.filter(public_id=UUID(request.GET.get("klant", ""))).first()
    except ValueError:
        person = None
    if person is None:
        raise NotFound(what=sentence("person"))
    return None, person.merged_into or person


@may(May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)
@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is a promise."""
    found = access_promise(public_id)
    actions.do_confirm(found, actor(request))
    return _done(request, found, gettext("Confirmed."))


@may(May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)
@require_POST
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What, by when or who sees to it is otherwise; of a proposal this confirms it too."""
    found = access_promise(public_id)
    form = PromiseForm(request.POST)
    if form.is_valid():
        try:
            if found.state == PromiseState.PROPOSED:
                actions.do_confirm(found, actor(request), form.changes())
            else:
                actions.do_correct(found, form.changes(), actor(request))
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            return _done(request, found, gettext("Corrected."))
    return _page(request, found, form, None)


@may(May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)
@require_POST
def none(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is no promise."""
    found = access_promise(public_id)
    actions.do_say_none(found, actor(request), request.POST.get("why", ""))
    return _done(request, found, gettext("Taken off the list: no promise."))


@may(May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)
@require_POST
def keep(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """We did it in time."""
    found = access_promise(public_id)
    actions.do_keep(found, actor(request), request.POST.get("why", ""))
    return _done(request, found, gettext("Kept. Well done."))


@may(May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)
@require_POST
def break_(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """We did not do it in time."""
    found = access_promise(public_id)
    actions.do_break(found, actor(request), request.POST.get("why", ""))
    return _done(request, found, gettext("Noted that it was not kept."))


@may(May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)
@require_POST
def anew(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The customer was told another time."""
    found = access_promise(public_id)
    form = AnewForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.do_renegotiate(
                found, form.due_at(), actor(request), what=given["what"], told_at=given["told"], why=given["why"]
            )
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            return _done(request, found, gettext("Agreed anew."))
    return _page(request, found, None, form)


@may(May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)
@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo the last step."""
    found = access_promise(public_id)
    actions.do_undo(found, actor(request))
    messages.success(request, gettext("Undone."))
    return redirect(_back(request) or reverse("desk:promise", args=[found.public_id]))


def _done(request: HttpRequest, found: Promise, text: str) -> HttpResponse:
    href = reverse("desk:undo_promise", args=[found.public_id])
    messages.success(request, text, extra_tags=f"undo:{href}")
    return redirect(_back(request) or reverse("desk:promise", args=[found.public_id]))


def _back(request: HttpRequest) -> str:
    """The page of ours from which someone came, where the form names it."""
    href = request.POST.get("back", "") or request.GET.get("back", "")
    return href if url_has_allowed_host_and_scheme(href, allowed_hosts={request.get_host()}) else ""
