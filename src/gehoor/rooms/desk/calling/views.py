"""The screen for the moment that the telephone rings."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.calling.situation import Situation, situation_of
from gehoor.rooms.people.actions import access_person
from gehoor.rooms.people.finding import Found, search
from gehoor.rooms.people.forms import SearchForm
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import named
from gehoor.rooms.privacy.audit import LOOKED, do_log


@may(May.SEE_DESK, May.SEE_PEOPLE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calling(request: HttpRequest) -> HttpResponse:
    """Type or pass on what is known of who calls. It is posted, so that no name or number stands in an address; a
    telephone system opens the page with the number behind a ``#``, which no server sees."""
    form = SearchForm(request.POST or None)
    found, situation, query = None, None, ""
    if form.is_valid():
        query = form.cleaned_data["query"]
        found = _chosen(request.POST.get("person", "")) or search(query)
        if len(found.persons) == 1:
            situation = _look(request, found.persons[0])
    choice = named(found.persons) if found else []
    context = {"form": form, "found": found, "named": choice, "situation": situation, "query": query}
    htmx = request.headers.get("HX-Request") == "true"
    return render(request, "desk/calling/caller_part.html" if htmx else "desk/calling/calling.html", context)


def _chosen(public_id: str) -> Found | None:
    """The one whom someone pointed out among several."""
    try:
        return Found([access_person(UUID(public_id))], more=False)
    except ValueError:
        return None


def _look(request: HttpRequest, person: Person) -> Situation:
    viewer = actor(request)
    do_log(actor=viewer, action=LOOKED, what="person", public_id=person.public_id)
    return situation_of(person, viewer)
