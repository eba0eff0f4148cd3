"""Taking up what was handed on while listening."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.actions import NAME_LENGTH, access_change
from gehoor.rooms.changes.forms import ChangeForm, IntoForm
from gehoor.rooms.changes.handing_over import do_add_to, do_begin_with, do_give_back
from gehoor.rooms.changes.models import Change
from gehoor.rooms.listening.handing import access_handed
from gehoor.rooms.listening.models import HandedOn


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_up(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin a change with it, or put it with one that is there."""
    handed = access_handed(public_id)
    into = IntoForm(
        request.POST if "into" in request.POST else None,
        changes=Change.objects.filter(removed=False).order_by("-pk"),
    )
    form = ChangeForm(request.POST if "name" in request.POST else None, initial={"name": _first_line(handed.text)})
    if into.is_valid():
        change = access_change(into.cleaned_data["into"])
        do_add_to(handed=handed, change=change, actor=actor(request))
        return _taken_up(request, handed, change)
    if form.is_valid():
        change = do_begin_with(handed=handed, actor=actor(request), **form.cleaned_data)
        return _taken_up(request, handed, change)
    context = {"handed": handed, "form": form, "into": into}
    return render(request, "changes/take_up.html", context, status=422 if form.is_bound or into.is_bound else 200)


def _first_line(text: str) -> str:
    line = next(iter(text.strip().splitlines()), "")
    return line if len(line) <= NAME_LENGTH else f"{line[: NAME_LENGTH - 1]}…"


def _taken_up(request: HttpRequest, handed: HandedOn, change: Change) -> HttpResponse:
    undo = reverse("changes:put_back", args=[handed.public_id])
    messages.success(request, gettext("Taken up."), extra_tags=f"undo:{undo}")
    return redirect("changes:change", change.public_id)


@may(May.SEE_CHANGES, May.DECIDE_CHANGES)
@require_POST
def put_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Nothing was made of it after all."""
    do_give_back(handed=access_handed(public_id), actor=actor(request))
    messages.success(request, gettext("It waits again."))
    return redirect("changes:changes")
