"""Asking ten whether it helps, and telling everyone who asked: compose, look, begin."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.actions import access_change
from gehoor.rooms.changes.asked import asked_for
from gehoor.rooms.changes.composing import proposal, trial_proposal
from gehoor.rooms.changes.forms import AnswerForm, WordingForm
from gehoor.rooms.changes.log import standing_of
from gehoor.rooms.changes.measuring import HEADLINES, Outcomes
from gehoor.rooms.changes.models import Change, TellingKind
from gehoor.rooms.changes.outcomes import outcomes_of
from gehoor.rooms.changes.standing import Stage
from gehoor.rooms.changes.telling import access_telling, begun, circle, do_tell
from gehoor.rooms.changes.telling_page import previews
from gehoor.rooms.changes.trial import (
    TEN,
    access_answer,
    do_ask_ten,
    do_note_answer,
    do_undo_answer,
    pool,
    trial,
)
from gehoor.rooms.people.actions import access_person
from gehoor.rooms.sending.checking import stops
from gehoor.rooms.sending.progress import progress
from gehoor.rooms.sending.runs import do_remove_run, do_start_run, objections
from gehoor.rooms.sending.showing import part_context
from gehoor.rooms.voices.actions import access_voice


@may(May.SEE_CHANGES, May.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Word what everyone who asked is told. Nothing goes out yet."""
    change = access_change(public_id)
    now = standing_of(change)
    if now.stage == Stage.ASKED:
        raise Refused(why=sentence("nothing is decided yet, so there is nothing to tell"))
    around = circle(change, now)
    outcome = outcomes_of({change: now}).get(change.pk)
    doubt = HEADLINES[outcome] if outcome not in {None, Outcomes.HELPED, Outcomes.TOO_EARLY} else ""
    context = {"change": change, "circle": around, "trial": False, "doubt": doubt}
    return _compose(request, context, proposal(change, now, asked_for([change.pk])[change.pk]))


@may(May.SEE_CHANGES, May.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Word what ten of those who asked are asked. They are drawn when it is kept; nothing goes out yet."""
    change = access_change(public_id)
    context = {"change": change, "pool": len(pool(change)), "ten": TEN, "trial": True}
    return _compose(request, context, trial_proposal(change))


def _compose(request: HttpRequest, context: dict[str, Any], texts: dict[str, str]) -> HttpResponse:
    change: Change = context["change"]
    form = WordingForm(request.POST or None, initial=texts)
    if form.is_valid():
        try:
            do = do_ask_ten if context["trial"] else do_tell
            telling = do(change=change, texts=dict(form.cleaned_data), actor=actor(request))
        except Refused as refused:
            form.add_error(None, str(gettext(str(refused.fields["why"]))))
        else:
            return redirect("changes:telling", change.public_id, telling.run.public_id)
    return render(request, "changes/compose.html", {**context, "form": form}, status=422 if form.is_bound else 200)


@may(May.SEE_CHANGES, May.SEE_PEOPLE)
@require_safe
def telling(request: HttpRequest, public_id: UUID, run: UUID) -> HttpResponse:
    """One run: what stands against it, what people get to read, how far it is, and what those who were asked say."""
    change = access_change(public_id)
    found = access_telling(change, run)
    against = objections(found.run)
    context = {
        "change": change,
        "telling": found,
        "run": found.run,
        "begun": begun(found),
        "objections": against,
        "stopped": bool(stops(against)),
        "previews": previews(found.run),
        "progress": progress(found.run),
        **part_context(found.run, actor(request)),
        "may_tell": actor(request).may(May.TELL),
        "trial": trial(found) if found.kind == TellingKind.TRIAL else None,
        "answer_form": AnswerForm(),
    }
    return render(request, "changes/telling.html", context)


@may(May.SEE_CHANGES, May.TELL)
@require_POST
def begin(request: HttpRequest, public_id: UUID, run: UUID) -> HttpResponse:
    """From now on it goes out."""
    change = access_change(public_id)
    do_start_run(actor=actor(request), run=access_telling(change, run).run)
    messages.success(request, gettext("Begun. What can go out by itself goes; the rest waits for someone."))
    return redirect("changes:telling", change.public_id, run)


@may(May.SEE_CHANGES, May.TELL)
@require_POST
def drop(request: HttpRequest, public_id: UUID, run: UUID) -> HttpResponse:
    """Throw away a run that has not begun."""
    change = access_change(public_id)
    do_remove_run(actor=actor(request), run=access_telling(change, run).run)
    messages.success(request, gettext("Thrown away; nobody was told."))
    return redirect("changes:change", change.public_id)


@may(May.SEE_CHANGES, May.SEE_PEOPLE)
@require_POST
def answer(request: HttpRequest, public_id: UUID, run: UUID) -> HttpResponse:
    """Note what someone answered."""
    change = access_change(public_id)
    found = access_telling(change, run)
    form = AnswerForm(request.POST)
    if form.is_valid():
        voice = access_voice(UUID(given)) if (given := _uuid(request.POST.get("voice", ""))) else None
        noted = do_note_answer(
            telling=found,
            person=access_person(request.POST.get("person", "")),
            voice=voice,
            actor=actor(request),
            **form.cleaned_data,
        )
        undo = reverse("changes:undo_answer", args=[noted.public_id])
        messages.success(request, gettext("Noted."), extra_tags=f"undo:{undo}")
    else:
        messages.error(request, gettext("Say whether it helps."))
    return redirect("changes:telling", change.public_id, run)


def _uuid(given: str) -> str:
    try:
        return str(UUID(given)) if given else ""
    except ValueError:
        raise NotFound(what=sentence("voice")) from None


@may(May.SEE_CHANGES, May.SEE_PEOPLE)
@require_POST
def undo_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was noted was wrong."""
    found = access_answer(public_id)
    do_undo_answer(answer=found, actor=actor(request))
    messages.success(request, gettext("Undone."))
    return redirect("changes:telling", found.telling.change.public_id, found.telling.run.public_id)
