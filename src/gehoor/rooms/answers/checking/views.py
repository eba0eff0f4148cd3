"""The check of a draft, what is at hand beside a voice, and departures from the book."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.naming import MANNER_NAMES, STATE_NAMES
from gehoor.rooms.answers.checking.check import check
from gehoor.rooms.answers.checking.departing import (
    BECAUSE_NAMES,
    HANDLED_NAMES,
    access_departure,
    departures,
    do_depart,
    do_handle_departure,
    do_take_back_departure,
    may_handle,
)
from gehoor.rooms.answers.checking.forms import CheckForm
from gehoor.rooms.answers.checking.hand import at_hand
from gehoor.rooms.answers.checking.remarks import Checked
from gehoor.rooms.answers.checking.showing import context_of
from gehoor.rooms.answers.checking.wordings import check_wording_of
from gehoor.rooms.people.actions import access_person
from gehoor.rooms.people.finding import search
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import name_of
from gehoor.rooms.sending.runs import access_run
from gehoor.rooms.voices.actions import access_voice
from gehoor.rooms.voices.models import Voice

A_PAGE = 30


@may(May.SEE_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Hold a draft against the book, and against what this customer was told before."""
    user = actor(request)
    if request.method != "POST":
        voice = _voice(request.GET.get("stem", ""), user)
        form = CheckForm(initial={"voice": voice.public_id if voice else ""}, sees_people=user.may(May.SEE_PEOPLE))
        return render(request, "answers/check.html", {"form": form, "voice": voice})
    form = CheckForm(request.POST, sees_people=user.may(May.SEE_PEOPLE))
    if not form.is_valid():
        return render(request, "answers/check.html", {"form": form}, status=422)
    voice = _voice(str(form.cleaned_data["voice"] or ""), user)
    person, several, unknown = _person(form.cleaned_data)
    checked = check(
        form.cleaned_data["draft"],
        question=form.cleaned_data["question"],
        voice=voice,
        person=person,
        with_person=user.may(May.SEE_PEOPLE),
    )
    _act(request, checked, person, voice)
    context = {
        "form": form,
        "voice": voice,
        "person": person,
        "person_name": name_of(person) if person else "",
        "several": [(each, name_of(each)) for each in several],
        "unknown": unknown,
    }
    return render(request, "answers/check.html", context | context_of(checked, user))


def _voice(given: str, user: User) -> Voice | None:
    """The voice that is answered; only for who may see voices."""
    if not given:
        return None
    try:
        found = UUID(given)
    except ValueError:
        raise NotFound(what=sentence("voice")) from None
    return access_voice(found) if user.may(May.SEE_VOICES) else None


def _person(given: dict[str, Any]) -> tuple[Person | None, list[Person], bool]:
    """The customer who is meant; those who may be meant where there are several; whether nobody is found."""
    if given.get("person"):
        return access_person(given["person"]), [], False
    wanted = given.get("customer", "").strip()
    found = search(wanted).persons if wanted else []
    if len(found) == 1:
        return found[0], [], False
    return None, found[:10], bool(wanted) and not found


def _act(request: HttpRequest, checked: Checked, person: Person | None, voice: Voice | None) -> None:
    """What a button beside a remark asks for."""
    key, back = request.POST.get("depart", ""), request.POST.get("take_back", "")
    if back:
        do_take_back_departure(actor=actor(request), departure=access_departure(_id(back)))
        messages.success(request, gettext("Taken back."))
    if not key:
        return
    remark = next((each for each in checked.remarks if each.key == key), None)
    if remark is None:
        messages.error(request, gettext("The draft was changed since; look at the remarks again."))
        return
    because, why = request.POST.get(f"because-{key}", ""), request.POST.get(f"why-{key}", "")
    try:
        do_depart(actor=actor(request), remark=remark, because=because, why=why, person=person, voice=voice)
    except Refused as refused:
        messages.error(request, gettext(str(refused.fields["why"])).capitalize() + ".")
    else:
        messages.success(request, gettext("Noted. Who looks after the entry will see it."))


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise NotFound(what=sentence("departure")) from None


@may(May.SEE_VOICES, May.SEE_ANSWERS)
@require_safe
def beside(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The answers that fit a voice, and what this person was told about it before."""
    voice, user = access_voice(public_id), actor(request)
    found = at_hand(voice, with_person=user.may(May.SEE_PEOPLE))
    context = {
        "voice": voice,
        "hand": found,
        "fits": [(fit, MANNER_NAMES[fit.manner], STATE_NAMES[fit.version.state]) for fit in found.fits],
        "may_propose": user.may(May.PROPOSE_ANSWERS) or user.may(May.EDIT_ANSWERS),
        "part": bool(getattr(request, "htmx", False)),
    }
    return render(request, "answers/hand_part.html" if context["part"] else "answers/hand.html", context)


@may(May.TELL, May.SEE_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The words of a run beside the book, and why they are sent all the same."""
    run, user = access_run(public_id), actor(request)
    found = check_wording_of(run.wording)
    if request.method == "POST":
        merged = Checked(found[0].checked.draft, [r for each in found for r in each.checked.remarks]) if found else None
        if merged is not None:
            _act(request, merged, None, None)
        return redirect("answers:wording", public_id=public_id)
    parts = [
        {"name": each.name, "prefix": f"deel-{n}-", **context_of(each.checked, user)} for n, each in enumerate(found)
    ]
    return render(request, "answers/wording.html", {"run": run, "parts": parts})


@may(May.SEE_ANSWERS)
@require_safe
def departed(request: HttpRequest) -> HttpResponse:
    """Where answers departed from the book, and why; those that wait for someone first."""
    user, every = actor(request), request.GET.get("alle") == "1"
    page = Paginator(departures(open_only=not every), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "departure": each,
            "because": BECAUSE_NAMES[each.because],
            "handled": HANDLED_NAMES.get(each.handled, ""),
            "may_handle": may_handle(user, each),
        }
        for each in page
    ]
    return render(request, "answers/departures.html", {"rows": rows, "page": page, "every": every})


@may(May.SEE_ANSWERS)
@require_POST
def handle(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what was done with a departure; without a word undo that."""
    found, handled = access_departure(public_id), request.POST.get("handled", "")
    do_handle_departure(actor=actor(request), departure=found, handled=handled)
    if handled:
        undo = reverse("answers:handle_departure", args=[public_id])
        messages.success(request, gettext("Handled."), extra_tags=f"undo:{undo}")
    else:
        messages.success(request, gettext("Undone."))
    return redirect("answers:departures")
