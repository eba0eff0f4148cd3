"""The page of a complaint, and each thing that can be done with it there: a form, an action, and how to undo it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.complaints import actions
from gehoor.rooms.desk.complaints.actions import access_complaint
from gehoor.rooms.desk.complaints.forms import AnswerForm, LessonForm, LineForm, RemoveForm, WhenForm, known_causes
from gehoor.rooms.desk.complaints.showing import rows
from gehoor.rooms.desk.complaints.telling import history
from gehoor.rooms.desk.complaints.terms import kept_until
from gehoor.rooms.desk.complaints.views.door import HANDLE
from gehoor.rooms.desk.models import Complaint
from gehoor.rooms.privacy.audit import do_log

Do = Callable[[Complaint, Mapping[str, Any], User], None]


@may(*HANDLE)
@require_safe
def complaint(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One complaint."""
    found = access_complaint(public_id)
    do_log(actor=actor(request), action="complaint.look", what="complaint", public_id=found.public_id)
    return _page(request, found)


def _page(request: HttpRequest, found: Complaint, **bound: forms.Form) -> HttpResponse:
    (row,) = rows([found])
    steps = history(found)
    blank: dict[str, forms.Form] = {
        "correcting": LineForm.of(found),
        "acknowledging": WhenForm(),
        "answering": AnswerForm(),
        "learning": LessonForm(initial={"cause": found.cause, "lesson": found.lesson}),
        "removing": RemoveForm(),
    }
    context: dict[str, Any] = {
        "row": row,
        "steps": steps,
        "may_undo": any(step.undoable for step in steps),
        "known_causes": known_causes(),
        "kept_until": kept_until(found) if found.person_erased_at and not found.blotted else None,
        **(blank | bound),
    }
    return render(request, "desk/complaints/complaint.html", context, status=422 if bound else 200)


def _view(name: str, form: type[forms.Form], do: Do, done: str) -> Callable[..., HttpResponseBase]:
    """A view that does it where the form is filled in well, and says so with a way to undo it; else it asks again."""

    @may(*HANDLE)
    @require_POST
    def acted(request: HttpRequest, public_id: UUID) -> HttpResponse:
        found, filled = access_complaint(public_id), form(request.POST)
        if filled.is_valid():
            try:
                do(found, filled.cleaned_data, actor(request))
            except Refused as refused:
                filled.add_error(None, said(refused))
            else:
                href = reverse("desk:undo_complaint", args=[found.public_id])
                messages.success(request, gettext(done), extra_tags=f"undo:{href}")
                return redirect("desk:complaint", found.public_id)
        return _page(request, found, **{name: filled})

    return acted


def _acknowledge(found: Complaint, given: Mapping[str, Any], by: User) -> None:
    actions.do_acknowledge(found, given["at"], by)


def _answer(found: Complaint, given: Mapping[str, Any], by: User) -> None:
    actions.do_answer_finally(found, given["outcome"], given["handling"], given["at"], by)


def _learn(found: Complaint, given: Mapping[str, Any], by: User) -> None:
    actions.do_learn(found, given["cause"], given["lesson"], by)


def _remove(found: Complaint, given: Mapping[str, Any], by: User) -> None:
    actions.do_remove(found, given["why"], by)


acknowledge = _view("acknowledging", WhenForm, _acknowledge, sentence("Noted."))
answer = _view("answering", AnswerForm, _answer, sentence("Noted."))
learn = _view("learning", LessonForm, _learn, sentence("Kept."))
correct = _view("correcting", LineForm, actions.do_correct, sentence("Corrected."))
remove = _view("removing", RemoveForm, _remove, sentence("Removed; the line stays, and says so."))


@may(*HANDLE)
@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo the last step."""
    found = access_complaint(public_id)
    actions.do_undo(found, actor(request))
    messages.success(request, gettext("Undone."))
    return redirect("desk:complaint", found.public_id)
