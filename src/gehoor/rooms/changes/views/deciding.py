"""Deciding: each address does one thing, and says how to undo it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.actions import (
    access_change,
    access_removed,
    access_step,
    do_add_need,
    do_decide,
    do_doing,
    do_done,
    do_remove_change,
    do_remove_need,
    do_restore_change,
    do_undo_step,
    do_word_change,
)
from gehoor.rooms.changes.forms import STEP_FORMS, ChangeForm, StepForm
from gehoor.rooms.changes.models import Change, Step, StepKind
from gehoor.rooms.changes.one_change import context_of
from gehoor.rooms.needs.decisions import access_need

_SAID = {
    StepKind.YES: sentence("Decided: yes."),
    StepKind.NO: sentence("Decided: no."),
    StepKind.LATER: sentence("Decided: later."),
    StepKind.DOING: sentence("We are at it."),
    StepKind.DONE: sentence("It is done."),
}


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def step(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide, or say that we are at it, or that it is done."""
    change = access_change(public_id)
    kind = request.POST.get("kind", "")
    if kind not in StepKind.values or StepKind(kind) not in STEP_FORMS:
        raise Refused(why=sentence("a decision is yes, no or later"))
    form = STEP_FORMS[StepKind(kind)](request.POST)
    if not form.is_valid():
        return render(request, "changes/change.html", context_of(change, actor(request), form), status=422)
    made = _do(change, form, actor(request))
    undo = reverse("changes:undo", args=[made.public_id])
    messages.success(request, gettext(_SAID[form.kind]), extra_tags=f"undo:{undo}")
    return redirect("changes:change", change.public_id)


def _do(change: Change, form: StepForm, who: User) -> Step:
    if form.kind == StepKind.DOING:
        return do_doing(change=change, actor=who, **form.said())
    if form.kind == StepKind.DONE:
        return do_done(change=change, actor=who, **form.said())
    return do_decide(change=change, kind=form.kind, actor=who, **form.said())


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo a step."""
    undone = access_step(public_id)
    undoing = do_undo_step(step=undone, actor=actor(request))
    back = reverse("changes:undo", args=[undoing.public_id])
    messages.success(request, gettext("Undone."), extra_tags=f"undo:{back}")
    return redirect("changes:change", undone.change.public_id)


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say in other words what is asked and what could be done."""
    change = access_change(public_id)
    form = ChangeForm(request.POST or None, initial={"name": change.name, "idea": change.idea})
    if form.is_valid():
        do_word_change(change=change, actor=actor(request), **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        return redirect("changes:change", change.public_id)
    context = {"form": form, "change": change}
    return render(request, "changes/word.html", context, status=422 if form.is_bound else 200)


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take away what should not have been begun."""
    change = access_change(public_id)
    do_remove_change(change=change, actor=actor(request))
    back = reverse("changes:restore", args=[change.public_id])
    messages.success(request, gettext("Taken away."), extra_tags=f"undo:{back}")
    return redirect("changes:changes")


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def restore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Bring it back."""
    change = access_removed(public_id)
    do_restore_change(change=change, actor=actor(request))
    messages.success(request, gettext("It is back."))
    return redirect("changes:change", change.public_id)


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def add_need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One more need that asks for it."""
    change = access_change(public_id)
    try:
        need = access_need(UUID(request.POST.get("need", "")))
    except ValueError:
        messages.error(request, gettext("Choose the need that asks for this too."))
        return redirect("changes:change", change.public_id)
    do_add_need(change=change, need=need, actor=actor(request))
    undo_it = reverse("changes:remove_need", args=[change.public_id, need.public_id])
    messages.success(request, gettext("This need counts too."), extra_tags=f"undo:{undo_it}")
    return redirect("changes:change", change.public_id)


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def remove_need(request: HttpRequest, public_id: UUID, need: UUID) -> HttpResponse:
    """This need has nothing to do with it."""
    change = access_change(public_id)
    do_remove_need(change=change, need=need, actor=actor(request))
    messages.success(request, gettext("This need does not count any more."))
    return redirect("changes:change", change.public_id)
