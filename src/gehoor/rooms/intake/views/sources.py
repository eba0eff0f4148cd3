"""Sources: how each is doing, and adding, changing, pausing and removing them; and what was not heard."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.channels.registry import inlets
from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.intake import not_heard as silent
from gehoor.rooms.intake import sources
from gehoor.rooms.intake.health import health_of, healths
from gehoor.rooms.intake.source_forms import NotHeardForm, SourceForm, TableForm
from gehoor.rooms.intake.views.places import places

ENTRIES = 30


@may(May.TAKE_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every source with how it is doing; and what was not heard."""
    context = {
        "places": places(request),
        "healths": healths(sources.sources()),
        "kinds": [(kind, inlet.title) for kind, inlet in inlets().items()],
        "totals": silent.totals(),
        "entries": [(entry, silent.NAMES[entry.what]) for entry in silent.not_heard()[:ENTRIES]],
    }
    return render(request, "intake/sources.html", context)


@may(May.TAKE_IN)
@require_safe
def source(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One source: how it is doing, what it brought, what went wrong and what to do."""
    found = sources.access_source(public_id)
    inlet = sources.inlet_of(found.kind)
    settings = [(f.title, f.kind, found.settings.get(f.name, "")) for f in inlet.fields if f.kind != "secret"]
    context = {"health": health_of(found), "settings": settings, "title_of_kind": inlet.title}
    return render(request, "intake/source.html", context)


@may(May.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin to hear a mailbox or a folder."""
    inlet = sources.inlet_of(kind)
    form = SourceForm(inlet, request.POST or None)
    if form.is_valid():
        try:
            made = sources.do_add_source(kind=kind, actor=actor(request), **form.given)
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, gettext("Added. It is heard from now on."))
            return redirect("intake:source", public_id=made.public_id)
    context = {"form": form, "kind_title": inlet.title, "back": reverse("intake:sources")}
    return render(request, "intake/source_form.html", context, status=422 if form.is_bound else 200)


@may(May.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Other settings; a password that is left empty stays as it was."""
    found = sources.access_source(public_id)
    inlet = sources.inlet_of(found.kind)
    form = SourceForm(inlet, request.POST or None, source=found)
    if form.is_valid():
        try:
            sources.do_change_source(source=found, actor=actor(request), **form.given)
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, gettext("Changed."))
            return redirect("intake:source", public_id=public_id)
    context: dict[str, Any] = {"form": form, "kind_title": inlet.title, "source": found}
    context["back"] = reverse("intake:source", args=[public_id])
    return render(request, "intake/source_form.html", context, status=422 if form.is_bound else 200)


@may(May.TAKE_IN)
@require_POST
def pause(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop for a while, or go on."""
    found = sources.access_source(public_id)
    paused = request.POST.get("paused") == "yes"
    sources.do_pause(source=found, paused=paused, actor=actor(request))
    said = gettext("Paused. What comes in meanwhile is brought later.") if paused else gettext("It is heard again.")
    messages.success(request, said)
    return redirect("intake:source", public_id=public_id)


@may(May.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hear it no more, after asking."""
    found = sources.access_source(public_id)
    if request.method == "POST":
        sources.do_remove_source(source=found, actor=actor(request))
        messages.success(request, gettext("Removed. What it brought stays."))
        return redirect("intake:sources")
    return render(request, "intake/remove_source.html", {"source": found})


@may(May.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def tell_not_heard(request: HttpRequest) -> HttpResponse:
    """Enter how often customers tried in vain, or take in a table of it."""
    form = NotHeardForm(request.POST if "count" in request.POST else None)
    table = TableForm(request.POST if request.FILES else None, request.FILES or None)
    if form.is_valid():
        try:
            made = silent.do_tell_not_heard(**form.cleaned_data, actor=actor(request))
        except Refused as refused:
            form.add_error(None, gettext(str(refused.fields["why"])).capitalize() + ".")
        else:
            undo = reverse("intake:remove_not_heard", args=[made.public_id])
            messages.success(request, gettext("It counts."), extra_tags=f"undo:{undo}")
            return redirect("intake:sources")
    elif table.is_valid():
        try:
            count = silent.do_import_not_heard(data=table.cleaned_data["table"].read(), actor=actor(request))
        except Refused as refused:
            table.add_error("table", said(refused))
        else:
            messages.success(request, gettext("%(count)s rows taken in.") % {"count": count})
            return redirect("intake:sources")
    bound = form.is_bound or table.is_bound
    context = {"form": form, "table": table}
    return render(request, "intake/not_heard.html", context, status=422 if bound else 200)


@may(May.TAKE_IN)
@require_POST
def remove_not_heard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It does not count any more; with ``back`` it counts again."""
    entry, back = silent.access_not_heard(public_id), "back" in request.GET
    silent.do_remove_not_heard(entry=entry, actor=actor(request), removed=not back)
    if back:
        messages.success(request, gettext("Undone."))
    else:
        undo = reverse("intake:remove_not_heard", args=[public_id]) + "?back"
        messages.success(request, gettext("Removed."), extra_tags=f"undo:{undo}")
    return redirect("intake:sources")
