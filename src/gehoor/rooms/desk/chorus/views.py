"""Many who sent the same: looking, answering all, taking one out, saying that they are different things."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.answers.checking.check import check
from gehoor.rooms.desk.answering.actions import THEN
from gehoor.rooms.desk.answering.composing import promised_in
from gehoor.rooms.desk.answering.looking_back import Looked
from gehoor.rooms.desk.cases.queries import access_case
from gehoor.rooms.desk.cases.words import STATE_ACTS
from gehoor.rooms.desk.chorus.answering import access_chorus, do_answer_all, do_stop, under_way
from gehoor.rooms.desk.chorus.joining import do_dissolve, do_take_out
from gehoor.rooms.desk.chorus.page import context_of, examples, figures, lead_of, progress
from gehoor.rooms.desk.models import Chorus, ChorusAnswer, State

_DOOR = (May.SEE_DESK, May.SEE_PEOPLE)
_FIELDS = ("tekst", "engels", "onderwerp", "daarna")


@may(*_DOOR)
@require_safe
def chorus(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who sent the same, how they stand, and what some added."""
    found, viewer = access_chorus(public_id), actor(request)
    context = context_of(found, viewer, request.GET.get("page", ""))
    return render(request, "desk/chorus/chorus.html", {**context, "then": [(each, STATE_ACTS[each]) for each in THEN]})


@may(*_DOOR)
@require_safe
def going(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the answer is, again."""
    found = access_chorus(public_id)
    context = {"chorus": found, "may_answer": actor(request).may(May.ANSWER), **progress(found)}
    return render(request, "desk/chorus/progress_part.html", context)


@may(*_DOOR, May.ANSWER)
@require_POST
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """First how they would get it, and what the check says; then send it."""
    found, viewer, post = access_chorus(public_id), actor(request), request.POST
    given = {name: post.get(name, "") for name in _FIELDS}
    if not given["tekst"].strip():
        messages.error(request, gettext("Write the answer first."))
        return redirect("desk:chorus", public_id)
    looked = _looked(found, viewer, given["tekst"])
    if "depart" in post or "take_back" in post:
        looked.act(request)
        looked = _looked(found, viewer, given["tekst"])
    if "verstuur" not in post:
        return _preview(request, found, looked, given)
    try:
        do_answer_all(
            found,
            viewer,
            text_nl=given["tekst"],
            text_en=given["engels"],
            subject=given["onderwerp"],
            then=given["daarna"] or State.WAITING_CUSTOMER,
        )
    except Refused as refused:
        messages.error(request, said(refused))
        return _preview(request, found, looked, given)
    messages.success(request, gettext("It leaves in a minute. Until everyone has it you can stop it."))
    return redirect("desk:chorus", public_id)


def _looked(found: Chorus, viewer: User, text: str) -> Looked:
    """The check of the answer book; who may not see the book sends unchecked."""
    lead = lead_of(found)
    if lead is None:
        raise NotFound(what=sentence("group of the same messages"))
    checked = check(text, voice=lead.voice) if viewer.may(May.SEE_ANSWERS) else None
    return Looked(checked, False, lead.voice, None)


def _preview(request: HttpRequest, found: Chorus, looked: Looked, given: dict[str, str]) -> HttpResponse:
    viewer = actor(request)
    texts = {"text_nl": given["tekst"].strip(), "text_en": given["engels"].strip()}
    drafted = ChorusAnswer(chorus=found, by=viewer, at=now(), **texts)
    context = {
        "chorus": found,
        "figures": figures(found),
        "given": given,
        "examples": examples(drafted),
        "under_way": under_way(found),
        "promises": [each.said for each in promised_in(given["tekst"])],
        "then": [(each, STATE_ACTS[each]) for each in THEN],
        **looked.context(viewer),
    }
    return render(request, "desk/chorus/answer.html", context)


@may(*_DOOR, May.ANSWER)
@require_POST
def stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whoever has not got it yet does not get it."""
    found = access_chorus(public_id)
    going_on = under_way(found)
    if going_on is None:
        messages.info(request, gettext("Everyone has it already, or it was stopped."))
    else:
        do_stop(going_on, actor(request))
        messages.success(request, gettext("Stopped. Who had it has it; the others wait on."))
    return redirect("desk:chorus", public_id)


@may(*_DOOR, May.ANSWER)
@require_POST
def take_out(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """This case is something of its own."""
    case = access_case(public_id)
    act = do_take_out(case, actor(request))
    if act is None:
        messages.info(request, gettext("It was so already."))
    else:
        undo = f"undo:{reverse('desk:undo', args=[act.public_id])}"
        messages.success(request, gettext("It stands in the list by itself now."), extra_tags=undo)
    return redirect("desk:case", case.public_id)


@may(*_DOOR, May.ANSWER)
@require_POST
def dissolve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """They are different things; or, with ``terug``, one after all."""
    found = access_chorus(public_id)
    back = "terug" in request.POST
    do_dissolve(found, actor(request), dissolved=not back)
    told = gettext("They stand together again.") if back else gettext("Each stands in the list by itself now.")
    messages.success(request, told)
    return redirect("desk:chorus", public_id)
