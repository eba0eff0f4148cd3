"""The screens of the register of complaints."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.complaints import actions
from gehoor.rooms.desk.complaints.actions import access_complaint
from gehoor.rooms.desk.complaints.blotting import do_blot_now, kept_after_erasing
from gehoor.rooms.desk.complaints.exporting import MEDIA_TYPES, Kind, exported
from gehoor.rooms.desk.complaints.forms import (
    AnswerForm,
    LessonForm,
    LineForm,
    RemoveForm,
    WhenForm,
    known_causes,
)
from gehoor.rooms.desk.complaints.listing import (
    OUTCOME_NAMES,
    UNKNOWN,
    Filters,
    causes,
    figures,
    filtered,
    page,
    years,
)
from gehoor.rooms.desk.complaints.proposing import proposed
from gehoor.rooms.desk.complaints.showing import rows
from gehoor.rooms.desk.complaints.telling import history
from gehoor.rooms.desk.complaints.terms import kept_until, today
from gehoor.rooms.desk.models import Complaint
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Voice

_SHOWN = 20
_STANDS = {
    "": sentence("All"),
    "open": sentence("Open"),
    "soon": sentence("Due within two weeks"),
    "answered": sentence("Answered"),
    "removed": sentence("Removed"),
}
_HANDLE = (May.HANDLE_COMPLAINTS, May.SEE_PEOPLE)


@may(*_HANDLE)
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """The register, with what is proposed above it."""
    wanted = _filters(request)
    found, further = page(wanted, _uuid(request.GET.get("na", "")))
    waiting = proposed()
    now_in = years()
    context = {
        "rows": rows(found),
        "further": _href(request, na=str(further)) if further else "",
        "proposed": waiting[:3],
        "all_proposed": waiting.count(),
        "tabs": _stands(request, wanted.stand),
        "filters": wanted,
        "outcomes": OUTCOME_NAMES,
        "causes": causes(),
        "unknown": UNKNOWN,
        "years": now_in,
        "anything": bool(now_in),
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/complaints/complaints.html", context)


def _filters(request: HttpRequest) -> Filters:
    asked = request.GET
    year, stand = asked.get("jaar", ""), asked.get("stand", "")
    outcome = asked.get("uitkomst", "")
    return Filters(
        int(year) if year.isdecimal() and 1900 < int(year) < 3000 else None,
        stand if stand in _STANDS else "",
        outcome if outcome in OUTCOME_NAMES or outcome == UNKNOWN else "",
        asked.get("oorzaak", ""),
    )


def _href(request: HttpRequest, **more: str) -> str:
    kept = {key: str(value) for key, value in request.GET.items() if key != "na"} | more
    return f"?{urlencode({key: value for key, value in kept.items() if value})}"


def _stands(request: HttpRequest, current: str) -> list[dict[str, object]]:
    return [
        {"href": _href(request, stand=key), "label": gettext(name), "current": key == current}
        for key, name in _STANDS.items()
    ]


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


@may(May.SEE_TIMES)
@require_safe
def complaint_figures(request: HttpRequest) -> HttpResponse:
    """The figures of a year, and nothing of anyone."""
    known = years()
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked.isdecimal() and int(asked) in known else (known[0] if known else today().year)
    tabs = [{"href": f"?jaar={each}", "label": str(each), "current": each == year} for each in known]
    handles = all(actor(request).may(right) for right in _HANDLE)
    context = {"year": figures(year), "tabs": tabs, "names": OUTCOME_NAMES, "handles": handles}
    return render(request, "desk/complaints/figures.html", context)


@may(*_HANDLE)
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Everything that is proposed; ``?ouder=1``: what was said longer ago."""
    older = request.GET.get("ouder") == "1"
    found = proposed(older=older)
    context = {
        "voices": found[:_SHOWN],
        "count": found.count(),
        "older": older,
        "all_older": proposed(older=True).count() if not older else 0,
    }
    return render(request, "desk/complaints/proposals.html", context)


def access_voice(public_id: UUID) -> Voice:
    """One voice; raises NotFound."""
    found = Voice.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("voice"))
    return found


@may(*_HANDLE)
@require_POST
def register(request: HttpRequest, voice: UUID) -> HttpResponse:
    """Take one voice into the register."""
    made = actions.do_register(access_voice(voice), actor(request))
    messages.success(request, gettext("Registered."))
    return redirect("desk:complaint", made.public_id)


@may(*_HANDLE)
@require_POST
def register_all(request: HttpRequest) -> HttpResponse:
    """Take everything that is proposed into the register."""
    count = actions.do_register_all(actor(request))
    told = ngettext("%(count)s complaint registered.", "%(count)s complaints registered.", count)
    messages.success(request, told % {"count": count})
    return redirect("desk:complaints")


@may(*_HANDLE)
@require_POST
def pass_(request: HttpRequest, voice: UUID) -> HttpResponse:
    """This voice is no complaint for the register."""
    found = access_voice(voice)
    actions.do_pass(found, actor(request))
    href = reverse("desk:unpass_complaint", args=[found.public_id])
    messages.success(request, gettext("Not proposed any more."), extra_tags=f"undo:{href}")
    return redirect("desk:proposed_complaints")


@may(*_HANDLE)
@require_POST
def unpass(request: HttpRequest, voice: UUID) -> HttpResponse:
    """Propose it again."""
    actions.do_undo_pass(access_voice(voice), actor(request))
    messages.success(request, gettext("Proposed again."))
    return redirect("desk:proposed_complaints")


@may(*_HANDLE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Register a complaint that stands in no voice here."""
    form = LineForm(request.POST) if request.method == "POST" else LineForm(initial={"official": True})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.do_register_by_hand(form.entry(), actor(request))
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, gettext("Registered."))
            return redirect("desk:complaint", made.public_id)
    return render(request, "desk/complaints/add.html", {"form": form}, status=422 if form.is_bound else 200)


@may(*_HANDLE)
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


def _acted(
    request: HttpRequest, found: Complaint, name: str, form: forms.Form, do: Callable[[], object], text: str
) -> HttpResponse:
    """Do it where the form is filled in well, and say so with a way to undo it; else ask again."""
    if form.is_valid():
        try:
            do()
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            href = reverse("desk:undo_complaint", args=[found.public_id])
            messages.success(request, text, extra_tags=f"undo:{href}")
            return redirect("desk:complaint", found.public_id)
    return _page(request, found, **{name: form})


@may(*_HANDLE)
@require_POST
def acknowledge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The customer was told that we have it."""
    found, form = access_complaint(public_id), WhenForm(request.POST)
    return _acted(
        request,
        found,
        "acknowledging",
        form,
        lambda: actions.do_acknowledge(found, form.cleaned_data["at"], actor(request)),
        gettext("Noted."),
    )


@may(*_HANDLE)
@require_POST
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The final answer went out."""
    found, form = access_complaint(public_id), AnswerForm(request.POST)
    return _acted(
        request,
        found,
        "answering",
        form,
        lambda: actions.do_answer_finally(
            found, form.cleaned_data["outcome"], form.cleaned_data["handling"], form.at_moment(), actor(request)
        ),
        gettext("Noted."),
    )


@may(*_HANDLE)
@require_POST
def learn(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Cause and lesson."""
    found, form = access_complaint(public_id), LessonForm(request.POST)
    return _acted(
        request,
        found,
        "learning",
        form,
        lambda: actions.do_learn(found, form.cleaned_data["cause"], form.cleaned_data["lesson"], actor(request)),
        gettext("Kept."),
    )


@may(*_HANDLE)
@require_POST
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The line is otherwise."""
    found, form = access_complaint(public_id), LineForm(request.POST)
    return _acted(
        request,
        found,
        "correcting",
        form,
        lambda: actions.do_correct(found, form.cleaned_data, actor(request)),
        gettext("Corrected."),
    )


@may(*_HANDLE)
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Registered by mistake."""
    found, form = access_complaint(public_id), RemoveForm(request.POST)
    return _acted(
        request,
        found,
        "removing",
        form,
        lambda: actions.do_remove(found, form.cleaned_data["why"], actor(request)),
        gettext("Removed; the line stays, and says so."),
    )


@may(*_HANDLE)
@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo the last step."""
    found = access_complaint(public_id)
    actions.do_undo(found, actor(request))
    messages.success(request, gettext("Undone."))
    return redirect("desk:complaint", found.public_id)


@may(*_HANDLE)
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The register as a file, as it is filtered."""
    if kind not in set(Kind):
        raise NotFound(what=sentence("file"))
    do_log(actor=actor(request), action="complaint.export", what="complaints")
    lines = exported(filtered(_filters(request)), Kind(kind))
    response = StreamingHttpResponse(lines, content_type=MEDIA_TYPES[Kind(kind)])
    response["Content-Disposition"] = f'attachment; filename="klachten-{today():%Y-%m-%d}.{kind}"'
    return response


@may(May.ERASE)
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """What stays in the register of people who were erased, and until when."""
    lines = [
        {"complaint": each, "until": kept_until(each), "outcome": OUTCOME_NAMES.get(each.outcome, "")}
        for each in kept_after_erasing()[:200]
    ]
    return render(request, "desk/complaints/kept.html", {"lines": lines, "count": kept_after_erasing().count()})


@may(May.ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def blot(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Blot a line of an erased person out before its year is over."""
    found = access_complaint(public_id)
    if request.method == "POST":
        do_blot_now(found, actor(request))
        messages.success(request, gettext("Blotted out; the line and its lesson stay."))
        return redirect("desk:kept_complaints")
    context = {
        "title": gettext("Blot this complaint out now?"),
        "text": gettext("Name, address and words go for good; the line, its days, its outcome and its lesson stay."),
        "button": gettext("Blot out"),
        "tone": "danger",
        "back": reverse("desk:kept_complaints"),
    }
    return render(request, "desk/complaints/blot.html", context)
