"""Screens: finding a person, the dossier, keeping identities apart, exporting and erasing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.people.actions import (
    access_apart,
    access_identity,
    access_person,
    do_erase_person,
    do_export_person,
    do_keep_apart,
    do_undo_apart,
    subject_of,
)
from gehoor.rooms.people.finding import search
from gehoor.rooms.people.forms import SearchForm
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import name_of, named
from gehoor.rooms.people.panels import deeds, panels
from gehoor.rooms.people.proof import identities_of, proofs
from gehoor.rooms.people.reach_views import reach_of
from gehoor.rooms.people.story import Point, favourite, points, situation
from gehoor.rooms.privacy.audit import LOOKED, do_log
from gehoor.rooms.voices.models import Reply, Voice
from gehoor.rooms.voices.signs import signs_of
from gehoor.rooms.voices.weight import current_table, total_minutes

PAGE = 30
"""So many voices and replies on one page of a dossier."""


@may(May.SEE_PEOPLE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Find a person. The question is posted, so that no name or number stands in an address."""
    form = SearchForm(request.POST or None)
    found = search(form.cleaned_data["query"]) if form.is_valid() else None
    context = {"form": form, "found": found, "named": named(found.persons) if found else []}
    htmx = request.headers.get("HX-Request") == "true"
    return render(request, "people/found_part.html" if htmx else "people/people.html", context)


def _page(line: list[Point], request: HttpRequest) -> Page[Point]:
    """Newest first, unless someone wants to read the story from its beginning."""
    ordered = line if request.GET.get("order") == "oldest" else line[::-1]
    return Paginator(ordered, PAGE).get_page(request.GET.get("page"))


def _moments(page: Page[Point]) -> list[dict[str, Any]]:
    voices = Voice.objects.select_related("understanding").in_bulk([each.pk for each in page if not each.ours])
    replies = Reply.objects.in_bulk([each.pk for each in page if each.ours])
    signs = signs_of(list(voices))
    return [
        {
            "ours": each.ours,
            "said": (replies if each.ours else voices)[each.pk],
            "at": each,
            "sign": "" if each.ours else signs.get(each.pk, ""),
        }
        for each in page
    ]


@may(May.SEE_PEOPLE)
@never_cache
@require_safe
def dossier(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person: the situation, the whole story, and how we know that it is the same person."""
    person, viewer = access_person(public_id), actor(request)
    if person.public_id != public_id:
        return redirect("people:dossier", person.public_id)
    do_log(actor=viewer, action=LOOKED, what="person", public_id=person.public_id)
    line = points(person)
    page = _page(line, request)
    context = {
        "person": person,
        "name": name_of(person),
        "situation": situation(person, line),
        "page": page,
        "oldest_first": request.GET.get("order") == "oldest",
        "moments": _moments(page),
        "voices": sum(not point.ours for point in line),
        "replies": sum(point.ours for point in line),
        "minutes": total_minutes(Voice.objects.filter(attribution__person=person), current_table()),
        "favourite": favourite(line),
        "proofs": proofs(person),
        **reach_of(person),
        "deeds": deeds(viewer, person.public_id),
        "panels": [html for html in (panel.render(person.pk) for panel in panels(viewer)) if html],
        "may_link": viewer.may(May.LINK_PEOPLE),
        "may_erase": viewer.may(May.ERASE),
        "may_see_looks": viewer.may(May.SEE_PRIVACY),
    }
    return render(request, "people/dossier.html", context)


@may(May.SEE_PEOPLE, May.LINK_PEOPLE)
@require_POST
def keep_apart(request: HttpRequest, public_id: UUID, identity: int) -> HttpResponse:
    """Say that an identity proves nothing."""
    person = access_person(public_id)
    apart = do_keep_apart(identity=access_identity(person, identity), actor=actor(request))
    undo = reverse("people:undo_apart", args=[person.public_id, apart.public_id])
    messages.success(request, gettext("Kept apart: it proves nothing any more."), extra_tags=f"undo:{undo}")
    return redirect("people:dossier", person.public_id)


@may(May.SEE_PEOPLE, May.LINK_PEOPLE)
@require_POST
def undo_apart(request: HttpRequest, public_id: UUID, apart: UUID) -> HttpResponse:
    """Let it prove who someone is again."""
    do_undo_apart(apart=access_apart(apart), actor=actor(request))
    messages.success(request, gettext("Undone: it proves who someone is again."))
    return redirect("people:dossier", access_person(public_id).public_id)


@may(May.SEE_PEOPLE)
@never_cache
@require_POST
def export(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything that is kept about a person, as one JSON file."""
    person = access_person(public_id)
    response = JsonResponse(
        do_export_person(person=person, actor=actor(request)), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="{person.public_id}.json"'
    return response


@may(May.SEE_PEOPLE, May.ERASE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What will go and what stays; posting does it."""
    person = access_person(public_id)
    if request.method == "POST":
        do_erase_person(person=person, actor=actor(request))
        messages.success(request, gettext("Erased. Nothing of this customer is kept any more."))
        return redirect("people:people")
    return render(request, "people/erase.html", _what_goes(person))


def _what_goes(person: Person) -> dict[str, Any]:
    subject = subject_of(person)
    return {
        "title": gettext("Erase everything about %(name)s") % {"name": name_of(person)},
        "voices": len(subject.voices),
        "replies": len(subject.replies),
        "identities": sum(each.person_id == person.pk for each in identities_of(person)),
        "button": gettext("Erase for good"),
        "tone": "danger",
        "back": reverse("people:dossier", args=[person.public_id]),
    }
