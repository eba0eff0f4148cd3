"""Senders: adding, changing, checking, trying out and removing them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.channels.base import Field
from gehoor.channels.outgoing import Carrier
from gehoor.channels.registry import senders as kinds
from gehoor.kernel.errors import CannotDeliver, CannotReach, Refused
from gehoor.kernel.language import Sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.intake.views.places import places
from gehoor.rooms.sending import senders
from gehoor.rooms.sending.forms import SenderForm, TrialForm
from gehoor.rooms.sending.models import SenderSettings
from gehoor.rooms.sending.showing import next_try


def _trouble(sender: SenderSettings) -> dict[str, Any]:
    if not sender.trouble:
        return {}
    text, remedy, values = sender.trouble
    return {"why": Sentence(text, values), "remedy": Sentence(remedy, values), "next_try": next_try(sender)}


@may(May.SET_SENDERS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every sender with how it is doing, and what could be added."""
    rows = [{"sender": each, "kind": _title(each.kind), **_trouble(each)} for each in senders.senders()]
    context = {"places": places(request), "rows": rows, "kinds": [(k, s.title, s.channel) for k, s in kinds().items()]}
    return render(request, "sending/senders.html", context)


def _title(kind: str) -> str:
    found = kinds().get(kind)
    return found.title if found else kind


@may(May.SET_SENDERS)
@require_safe
def sender(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One sender."""
    return _page(request, senders.access_sender(public_id), TrialForm(initial={"to": actor(request).email}))


def _page(request: HttpRequest, found: SenderSettings, form: TrialForm, status: int = 200) -> HttpResponse:
    kind = senders.kind_of(found.kind)
    settings = [
        (each.title, each.kind, _shown(each, found.settings.get(each.name, "")))
        for each in kind.fields
        if each.kind != "secret"
    ]
    context = {
        "sender": found,
        "title_of_kind": kind.title,
        "settings": settings,
        "carries": isinstance(kind, Carrier),
        "form": form,
        **_trouble(found),
    }
    return render(request, "sending/sender.html", context, status=status)


def _shown(field: Field, value: str) -> str:
    """The name of what was chosen, where there is a choice."""
    name = dict(field.choices).get(value)
    return gettext(name) if name else value


@may(May.SET_SENDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Set up a sender."""
    found = senders.kind_of(kind)
    form = SenderForm(found, request.POST or None)
    if form.is_valid():
        try:
            made = senders.do_add_sender(kind=kind, actor=actor(request), **form.given)
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, gettext("Added. Try it out before it sends to customers."))
            return redirect("sending:sender", public_id=made.public_id)
    context = {"form": form, "kind_title": found.title, "back": reverse("sending:senders")}
    return render(request, "sending/sender_form.html", context, status=422 if form.is_bound else 200)


@may(May.SET_SENDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Other settings; a password that is left empty stays as it was."""
    found = senders.access_sender(public_id)
    kind = senders.kind_of(found.kind)
    form = SenderForm(kind, request.POST or None, sender=found)
    if form.is_valid():
        try:
            senders.do_change_sender(sender=found, actor=actor(request), **form.given)
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, gettext("Changed."))
            return redirect("sending:sender", public_id=public_id)
    context = {"form": form, "kind_title": kind.title, "sender": found}
    context["back"] = reverse("sending:sender", args=[public_id])
    return render(request, "sending/sender_form.html", context, status=422 if form.is_bound else 200)


@may(May.SET_SENDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send through it no more, after asking."""
    found = senders.access_sender(public_id)
    if request.method == "POST":
        senders.do_remove_sender(sender=found, actor=actor(request))
        messages.success(request, gettext("Removed. What it sent stays."))
        return redirect("sending:senders")
    return render(request, "sending/remove_sender.html", {"sender": found})


@may(May.SET_SENDERS)
@require_POST
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Look whether it would work, without sending anything."""
    found = senders.access_sender(public_id)
    try:
        senders.do_check_sender(sender=found, actor=actor(request))
    except (CannotReach, Refused) as error:
        messages.error(request, said(error))
    else:
        messages.success(request, gettext("It works: the other side answers and lets us in."))
    return redirect("sending:sender", public_id=public_id)


@may(May.SET_SENDERS)
@require_POST
def try_out(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a trial to oneself, or show a trial document."""
    found = senders.access_sender(public_id)
    carries = isinstance(senders.kind_of(found.kind), Carrier)
    form = TrialForm(request.POST)
    if carries and not form.is_valid():
        return _page(request, found, form, status=422)
    to = str(form.cleaned_data["to"]) if carries else ""
    try:
        made = senders.do_try_sender(sender=found, to=to, actor=actor(request))
    except (CannotReach, CannotDeliver, Refused) as error:
        messages.error(request, said(error))
        return redirect("sending:sender", public_id=public_id)
    if made:
        return pdf(made, gettext("trial"))
    messages.success(request, gettext("The trial went out. Look whether it arrived, and how it looks."))
    return redirect("sending:sender", public_id=public_id)


def pdf(data: bytes, name: str) -> HttpResponse:
    """A document to print; it is never opened as a page of ours."""
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
