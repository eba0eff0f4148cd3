"""Runs: how far each is, its words, and starting and stopping."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.sending import runs as acts
from gehoor.rooms.sending.checking import stops
from gehoor.rooms.sending.forms import WordingForm
from gehoor.rooms.sending.models import RunState, State
from gehoor.rooms.sending.previews import letter_page, previews
from gehoor.rooms.sending.progress import STATE_NAMES, progress
from gehoor.rooms.sending.showing import RUN_STATES, RUN_TONES, Troubled, in_state, part_context
from gehoor.rooms.sending.views.senders import pdf

A_PAGE = 50


@may(May.TELL)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every run."""
    page = Paginator(acts.runs(), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"run": each, "state": RUN_STATES[each.state], "tone": RUN_TONES[each.state], "progress": progress(each)}
        for each in page
    ]
    return render(request, "sending/runs.html", {"rows": rows, "page": page})


@may(May.TELL)
@require_safe
def run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One run: how far it is, and what has to be done."""
    found = acts.access_run(public_id)
    context = part_context(found, actor(request))
    if getattr(request, "htmx", False):
        return render(request, "sending/run_part.html", context)
    return render(request, "sending/run.html", context)


@may(May.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The words: changing them, what stands against them, and how they look in each form."""
    found = acts.access_run(public_id)
    form = WordingForm(request.POST or None, wording=found.wording)
    if form.is_valid():
        try:
            acts.do_word(actor=actor(request), texts=form.cleaned_data, wording=found.wording)
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, gettext("Kept. Look below how it looks in each form."))
            return redirect("sending:wording", public_id=public_id)
    objections = acts.objections(found)
    context = {
        "run": found,
        "form": form,
        "open": found.state in {RunState.DRAFT, RunState.READY},
        "objections": objections,
        "stops": stops(objections),
        "previews": previews(found.wording),
    }
    return render(request, "sending/wording.html", context, status=422 if form.is_bound else 200)


@may(May.TELL)
@require_safe
def letter(request: HttpRequest, public_id: UUID, language: str) -> HttpResponse:
    """The letter as it comes out of the printer."""
    found = acts.access_run(public_id)
    return pdf(letter_page(found.wording, "en" if language == "en" else "nl"), gettext("example"))


@may(May.TELL)
@require_POST
def start(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin to tell."""
    return _go(request, public_id, "start")


@may(May.TELL)
@require_POST
def stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop now."""
    return _go(request, public_id, "stop")


@may(May.TELL)
@require_POST
def go_on(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Go on where it stopped."""
    return _go(request, public_id, "go_on")


_ACTS = {"start": acts.do_start_run, "stop": acts.do_stop_run, "go_on": acts.do_go_on}
_SAID = {
    "start": sentence("It begins. Mail goes out by itself; letters and calls wait for you."),
    "stop": sentence("Stopped. What is just going out is the last."),
    "go_on": sentence("It goes on."),
}


def _go(request: HttpRequest, public_id: UUID, what: str) -> HttpResponse:
    found = acts.access_run(public_id)
    try:
        _ACTS[what](actor=actor(request), run=found)
    except Refused as refused:
        messages.error(request, said(refused))
    else:
        messages.success(request, gettext(_SAID[what]))
    return redirect("sending:run", public_id=public_id)


LISTED = {
    "onzeker": State.UNSURE,
    "mislukt": State.FAILED,
    "onbereikbaar": State.UNREACHABLE,
    "niet": State.NOT_WANTED,
    "wacht": State.WAITING,
    "verteld": State.SENT,
}
"""What a list is called in its address."""


@may(May.TELL, May.SEE_PEOPLE)
@require_safe
def people(request: HttpRequest, public_id: UUID, which: str) -> HttpResponse:
    """Everyone in one state, with why, and what can be done."""
    found = acts.access_run(public_id)
    state = LISTED.get(which)
    if state is None:
        raise NotFound(what=sentence("list"))
    page = Paginator(in_state(found, state), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": found,
        "which": which,
        "state": STATE_NAMES[state],
        "rows": [Troubled.of(each) for each in page],
        "page": page,
        "unsure": state == State.UNSURE,
        "can_replan": state in {State.FAILED, State.UNREACHABLE, State.NOT_WANTED, State.WAITING},
    }
    return render(request, "sending/people.html", context)
