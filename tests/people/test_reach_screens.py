"""How a person is reached, on the dossier: what each role sees and may write down."""

import pytest
from django.urls import reverse

from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.people.models import Attribution, PostalAddress, Preference
from gehoor.rooms.people.stating import do_enter_address, do_state_preference
from gehoor.rooms.people.unsubscribing import do_unsubscribe
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import colleague, hear, identify, mail, phone
from .test_reach import LETTER

pytestmark = pytest.mark.django_db

ADDRESS = {"street": "Dorpsweg 3", "postcode": "3512jk", "place": "Utrecht", "country": ""}


@pytest.fixture
def voice():
    voice = hear(mail("jan@b.nl"), channel="letter", text=LETTER, author="Mevr. J. <b>de</b> Vries", day=3)
    hear(mail("jan@b.nl"), phone("0612345678"), author="Mevr. J. de Vries", day=4)
    hear(mail("jan@b.nl"), author="Mevr. J. de Vries", day=5)
    identify()
    return voice


@pytest.fixture
def person(voice):
    return Attribution.objects.get(voice=voice).person


def signed_in(client, *roles):
    client.force_login(colleague(*roles))
    return client


def page(client, person):
    return client.get(reverse("people:dossier", args=[person.public_id])).content.decode()


def routes(person, adviser):
    wish = do_state_preference(person=person, channel="call", wanted=False, actor=adviser)
    entered = do_enter_address(person=person, address=None, actor=adviser)
    return {
        reverse("people:wish", args=[person.public_id]): {"wish": "letter", "said_in": ""},
        reverse("people:undo_wish", args=[person.public_id, wish.public_id]): {},
        reverse("people:address", args=[person.public_id]): ADDRESS,
        reverse("people:undo_address", args=[person.public_id, entered.public_id]): {},
        reverse("people:wrong_address", args=[person.public_id]): {},
    }


@pytest.mark.parametrize("role", [None, *Role])
def test_only_who_may_link_people_writes_anything_down(client, person, adviser, role, subtests):
    client.raise_request_exception = False
    if role is not None:
        signed_in(client, role)
    may = role is not None and {May.SEE_PEOPLE, May.LINK_PEOPLE} <= ALLOWED[role]
    for address, data in routes(person, adviser).items():
        with subtests.test(address):
            before = Preference.objects.filter(undone=False).count(), PostalAddress.objects.filter(undone=False).count()
            response = client.post(address, data)
            now = Preference.objects.filter(undone=False).count(), PostalAddress.objects.filter(undone=False).count()
            assert (before != now) == may
            if role is None:
                assert response["Location"].startswith("/account/aanmelden/")
            else:
                assert response.status_code == (302 if may else 403)


@pytest.mark.parametrize("role", [role for role in Role if May.SEE_PEOPLE in ALLOWED[role]])
def test_who_may_see_people_sees_how_they_are_reached_and_why(client, person, role):
    shown = page(signed_in(client, role), person)
    assert "Zo bereiken we deze klant" in shown
    assert "Per e-mail" in shown and "jan@b.nl" in shown
    assert "Voor zover wij weten begint deze klant meestal zelf op deze manier." in shown
    assert "Kerkstraat 12" in shown and "1234 AB Utrecht" in shown and "Gevonden in:" in shown
    assert "Een brief begint met: Geachte mevrouw De Vries," in shown
    may = May.LINK_PEOPLE in ALLOWED[role]
    assert ("bereiken/" in shown, "postadres/" in shown) == (may, may)


def test_a_wish_is_written_down_shown_with_its_proof_and_undone(client, person, voice):
    signed_in(client, "adviser")
    address = reverse("people:wish", args=[person.public_id])
    assert "Gezegd per brief, 4 maart 2025" in client.get(address).content.decode()
    client.post(address, {"wish": "no-email", "said_in": str(voice.public_id)})
    kept = Preference.objects.get()
    assert (kept.channel, kept.wanted, kept.voice, kept.since) == ("email", False, voice, voice.said_at)
    shown = page(client, person)
    assert "Wil geen e-mail" in shown or "wil geen e-mail" in shown
    assert reverse("voices:voice", args=[voice.public_id]) in shown and "legde het vast op" in shown
    assert "Per brief" in shown
    client.post(reverse("people:undo_wish", args=[person.public_id, kept.public_id]))
    assert "wil geen e-mail" not in page(client, person)
    assert list(AuditEntry.objects.exclude(action="looked").order_by("id").values_list("action", "public_id")) == [
        ("state_preference", person.public_id),
        ("undo_preference", person.public_id),
    ]


def test_what_someone_clicked_is_shown_as_theirs(client, person):
    do_unsubscribe(person.identities.get(kind="email"))
    assert "met de link in een e-mail van ons" in page(signed_in(client, "adviser"), person)


def test_a_wish_that_is_none_is_refused_with_the_form(client, person):
    signed_in(client, "adviser")
    address = reverse("people:wish", args=[person.public_id])
    other = hear(mail("ander@b.nl"))
    identify()
    for data in ({}, {"wish": "x"}, {"wish": "letter", "said_in": str(other.public_id)}):
        assert client.post(address, data).status_code == 422
    assert not Preference.objects.exists()


def test_an_address_is_corrected_and_the_correction_undone(client, person):
    signed_in(client, "adviser")
    address = reverse("people:address", args=[person.public_id])
    assert 'value="Kerkstraat 12"' in client.get(address).content.decode()
    client.post(address, ADDRESS)
    shown = page(client, person)
    assert "Dorpsweg 3" in shown and "3512 JK Utrecht" in shown and "Kerkstraat 12" not in shown.split("Postadres")[1]
    entered = PostalAddress.objects.get()
    client.post(reverse("people:undo_address", args=[person.public_id, entered.public_id]))
    assert "Kerkstraat 12<br>" in page(client, person)
    assert client.post(address, {**ADDRESS, "street": ""}).status_code == 422
    assert client.post(address, {**ADDRESS, "postcode": ""}).status_code == 422


def test_an_address_that_is_not_theirs_is_not_shown_any_more(client, person):
    signed_in(client, "adviser")
    client.post(reverse("people:wrong_address", args=[person.public_id]))
    shown = page(client, person)
    assert "Kerkstraat 12<br>" not in shown and "dat het gevonden adres niet klopt" in shown


def test_wishes_and_addresses_of_someone_else_cannot_be_undone_from_here(client, person, adviser):
    other = hear(mail("ander@b.nl"))
    identify()
    stranger = Attribution.objects.get(voice=other).person
    wish = do_state_preference(person=stranger, channel="email", wanted=False, actor=adviser)
    signed_in(client, "adviser")
    assert client.post(reverse("people:undo_wish", args=[person.public_id, wish.public_id])).status_code == 404
    assert not Preference.objects.get().undone
