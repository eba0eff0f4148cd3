"""Making a promise, and saying what became of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.cases.queries import title_of
from gehoor.rooms.desk.models import Case, Promise
from gehoor.rooms.desk.promises import actions
from gehoor.rooms.desk.promises.actions import access_promise
from gehoor.rooms.desk.promises.forms import AnewForm, PromiseForm
from gehoor.rooms.desk.promises.queries import to_whom
from gehoor.rooms.desk.promises.views.looking import page_of
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import name_of


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
    return to_whom(request.GET.get("zaak", ""), request.GET.get("klant", ""))


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
            actions.do_set_right(found, form.changes(), actor(request))
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            return _done(request, found, gettext("Corrected."))
    return page_of(request, found, form, None)


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
    return page_of(request, found, None, form)


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
