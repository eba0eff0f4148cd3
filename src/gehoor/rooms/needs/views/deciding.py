"""Deciding: each address does one thing, and says how to undo it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.needs.decisions import (
    access_ask,
    access_decision,
    access_need,
    do_merge,
    do_move_ask,
    do_rename,
    do_set_aside,
    do_take_back,
    do_undo,
)
from gehoor.rooms.needs.forms import ChoiceForm, RenameForm
from gehoor.rooms.needs.models import AskNeed, Decision, Need
from gehoor.rooms.needs.one_need import alternatives
from gehoor.rooms.needs.recount import current_generation


def _say(request: HttpRequest, text: str, decision: Decision) -> None:
    messages.success(request, text, extra_tags=f"undo:{reverse('needs:undo', args=[decision.public_id])}")


@may(May.SEE_NEEDS, May.DECIDE_NEEDS)
@require_POST
def rename(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another name."""
    need = access_need(public_id)
    form = RenameForm(request.POST)
    if form.is_valid():
        decision = do_rename(need=need, name=form.cleaned_data["name"], actor=actor(request))
        _say(request, gettext("Renamed."), decision)
    else:
        messages.error(request, gettext("A name has at most 200 characters."))
    return redirect("needs:need", need.public_id)


@may(May.SEE_NEEDS, May.DECIDE_NEEDS)
@require_POST
def merge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One need for both; the other one keeps its name."""
    need = access_need(public_id)
    into = _chosen(request)
    if into is None:
        messages.error(request, gettext("Choose the need to merge it with."))
        return redirect("needs:need", need.public_id)
    _say(request, gettext("Merged."), do_merge(need=need, into=into, actor=actor(request)))
    return redirect("needs:need", into.public_id)


def _chosen(request: HttpRequest) -> Need | None:
    """The need that was chosen in a form; None when none was."""
    try:
        return access_need(UUID(request.POST.get("into", "")))
    except ValueError:
        return None


@may(May.SEE_NEEDS, May.DECIDE_NEEDS)
@require_POST
def set_aside(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """This is no need."""
    need = access_need(public_id)
    _say(request, gettext("Set aside."), do_set_aside(need=need, actor=actor(request)))
    return redirect("needs:need", need.public_id)


@may(May.SEE_NEEDS, May.DECIDE_NEEDS)
@require_POST
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is a need after all."""
    need = access_need(public_id)
    _say(request, gettext("Taken back."), do_take_back(need=need, actor=actor(request)))
    return redirect("needs:need", need.public_id)


@may(May.SEE_NEEDS, May.DECIDE_NEEDS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose another need for one passage."""
    ask = access_ask(public_id)
    generation = current_generation()
    if generation is None:
        raise NotFound(what=sentence("need"))
    level = min(int(asked), generation.levels) if (asked := request.GET.get("level", "")) in {"1", "2", "3"} else None
    needs = alternatives(generation, level or generation.default_level)
    form = ChoiceForm(request.POST or None, needs=needs)
    if form.is_valid():
        into = access_need(UUID(form.cleaned_data["into"]))
        _say(request, gettext("Moved."), do_move_ask(ask=ask, into=into, actor=actor(request)))
        return redirect("needs:need", into.public_id)
    belongs = AskNeed.objects.filter(ask=ask, generation=generation).select_related("need__parent__parent").first()
    voice = ask.voice
    context = {
        "form": form,
        "voice": voice,
        "text": voice.text[ask.start : ask.end],
        "need": belongs.need if belongs else None,
        "levels": range(1, generation.levels + 1),
        "level": level or generation.default_level,
    }
    return render(request, "needs/move.html", context, status=422 if form.is_bound else 200)


@may(May.SEE_NEEDS, May.DECIDE_NEEDS)
@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo a decision."""
    decision = access_decision(public_id)
    do_undo(decision=decision, actor=actor(request))
    messages.success(request, gettext("Undone."))
    try:
        need = access_need(decision.need) if decision.need else None
    except NotFound:
        need = None
    return redirect("needs:need", need.public_id) if need else redirect("needs:needs")
