"""Screens: how a person is best reached; writing down what they want and where they live."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.people.actions import access_person
from gehoor.rooms.people.forms import AddressForm, WishForm
from gehoor.rooms.people.models import How, Person, PostalAddress, Preference
from gehoor.rooms.people.naming import name_of
from gehoor.rooms.people.postal import Whereabouts, whereabouts
from gehoor.rooms.people.preferences import describe, stated_by
from gehoor.rooms.people.reach import reaches
from gehoor.rooms.people.salutation import salutation
from gehoor.rooms.people.stating import (
    access_address,
    access_preference,
    do_enter_address,
    do_state_preference,
    do_undo_address,
    do_undo_preference,
)
from gehoor.rooms.people.story import how
from gehoor.rooms.voices.models import Voice

NEWEST = 20
"""So many voices are offered as the one in which something was said."""


def reach_of(person: Person) -> dict[str, Any]:
    """What the dossier says of how this person is best reached."""
    reach = reaches([person.pk])[person.pk]
    where = whereabouts([person.pk]).get(person.pk, Whereabouts(None))
    return {
        "reach": reach,
        "how": _capital(how(reach.channel)) if reach.channel else gettext("We cannot reach this customer"),
        "why": reach.why.value,
        "greeting": salutation(reach.name, reach.language),
        "stated": [_told(each) for each in stated_by(person)],
        "where": where,
        "proof": Voice.objects.filter(pk=where.voice).first() if where.voice else None,
        "has_identity": person.identities.exists(),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _told(preference: Preference) -> dict[str, Any]:
    return {
        "preference": preference,
        "what": describe(preference.channel, wanted=preference.wanted),
        "clicked": preference.how == How.CLICKED.value,
    }


def _keys(person: Person, kept: Preference | PostalAddress) -> list[UUID]:
    return [person.public_id, kept.public_id]


def _done(request: HttpRequest, person: Person, said: str, undo: str) -> HttpResponse:
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect("people:dossier", person.public_id)


def _tell(form: Form, refused: Refused) -> None:
    why = gettext(str(refused.fields["why"]))
    form.add_error(None, f"{_capital(why)}.")


@may(May.SEE_PEOPLE, May.LINK_PEOPLE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down how someone wants, or does not want, to be reached."""
    person = access_person(public_id)
    said = Voice.objects.filter(attribution__person=person).order_by("-said_at", "-pk")[:NEWEST]
    form = WishForm(request.POST if request.method == "POST" else None, said=list(said))
    if form.is_valid():
        channel, wanted = form.wish_said()
        try:
            kept = do_state_preference(
                person=person, channel=channel, wanted=wanted, voice=form.voice(), actor=actor(request)
            )
        except Refused as refused:
            _tell(form, refused)
        else:
            return _done(
                request, person, gettext("Written down."), reverse("people:undo_wish", args=_keys(person, kept))
            )
    context = {"person": person, "name": name_of(person), "form": form}
    return render(request, "people/wish.html", context, status=422 if form.is_bound else 200)


@may(May.SEE_PEOPLE, May.LINK_PEOPLE)
@require_POST
def undo_wish(request: HttpRequest, public_id: UUID, preference: UUID) -> HttpResponse:
    """Take it back."""
    person = access_person(public_id)
    do_undo_preference(person=person, preference=access_preference(person, preference), actor=actor(request))
    messages.success(request, gettext("Undone: it does not count any more."))
    return redirect("people:dossier", person.public_id)


@may(May.SEE_PEOPLE, May.LINK_PEOPLE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter or correct a postal address."""
    person = access_person(public_id)
    where = whereabouts([person.pk]).get(person.pk, Whereabouts(None))
    form = AddressForm(request.POST) if request.method == "POST" else AddressForm.of(where.postal)
    if form.is_bound and form.is_valid():
        try:
            kept = do_enter_address(person=person, address=form.address(), actor=actor(request))
        except Refused as refused:
            _tell(form, refused)
        else:
            undo = reverse("people:undo_address", args=_keys(person, kept))
            return _done(request, person, gettext("This is the address from now on."), undo)
    context = {"person": person, "name": name_of(person), "form": form}
    return render(request, "people/address.html", context, status=422 if form.is_bound else 200)


@may(May.SEE_PEOPLE, May.LINK_PEOPLE)
@require_POST
def wrong_address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that the address that is shown is not theirs."""
    person = access_person(public_id)
    kept = do_enter_address(person=person, address=None, actor=actor(request))
    undo = reverse("people:undo_address", args=_keys(person, kept))
    return _done(request, person, gettext("That address is not used any more."), undo)


@may(May.SEE_PEOPLE, May.LINK_PEOPLE)
@require_POST
def undo_address(request: HttpRequest, public_id: UUID, address: UUID) -> HttpResponse:
    """Take it back."""
    person = access_person(public_id)
    do_undo_address(person=person, address=access_address(person, address), actor=actor(request))
    messages.success(request, gettext("Undone: it does not count any more."))
    return redirect("people:dossier", person.public_id)
