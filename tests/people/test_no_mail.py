"""The link under a mail with which someone refuses mail: public, without a cookie, and nothing can be guessed."""

import pytest
from django.test import Client
from django.urls import reverse

from gehoor.rooms.people import public_views
from gehoor.rooms.people.actions import do_erase_person
from gehoor.rooms.people.models import Attribution, Identity, Preference
from gehoor.rooms.people.preferences import wishes
from gehoor.rooms.people.stating import do_state_preference
from gehoor.rooms.people.unsubscribing import token_of, unsubscribe_path
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import colleague, hear, identify, mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_guesses_yet():
    public_views.guesses.succeeded("127.0.0.1")


@pytest.fixture
def identity():
    hear(mail("jan@b.nl"), author="Jan de Vries")
    identify()
    return Identity.objects.get()


@pytest.fixture
def stranger():
    return Client(enforce_csrf_checks=True)


def refused(identity):
    found = wishes([identity.person_id]).get(identity.person_id)
    return found is not None and "email" in found.refused


def test_looking_asks_and_changes_nothing(stranger, identity):
    response = stranger.get(unsubscribe_path(identity))
    assert response.status_code == 200
    assert "Geen e-mail meer van ons?" in response.content.decode()
    assert not Preference.objects.exists()


def test_the_button_refuses_mail_and_it_can_be_undone(stranger, identity):
    shown = stranger.post(unsubscribe_path(identity)).content.decode()
    assert refused(identity) and "U krijgt geen e-mail meer van ons" in shown
    again = reverse("public_people:mail_again", args=[token_of(identity)])
    assert f'action="{again}"' in shown
    assert "U krijgt weer e-mail van ons" in stranger.post(again).content.decode()
    assert not refused(identity)
    assert stranger.get(again).status_code == 405


def test_a_mail_program_does_it_in_one_request(stranger, identity):
    form = "application/x-www-form-urlencoded"
    response = stranger.post(unsubscribe_path(identity), "List-Unsubscribe=One-Click", content_type=form)
    assert response.status_code == 200 and refused(identity)


def test_twice_is_once(stranger, identity):
    for _ in range(3):
        assert stranger.post(unsubscribe_path(identity)).status_code == 200
    assert Preference.objects.count() == 1
    assert list(AuditEntry.objects.values_list("actor", "action", "public_id")) == [
        (None, "chose_by_click", identity.person.public_id)
    ]


def test_it_counts_after_an_adviser_wrote_down_the_opposite_and_undoing_goes_before_what_was_noted(stranger, identity):
    adviser = colleague("adviser")
    stranger.post(unsubscribe_path(identity))
    do_state_preference(person=identity.person, channel="email", wanted=True, actor=adviser)
    assert not refused(identity)
    stranger.post(unsubscribe_path(identity))
    assert refused(identity)
    do_state_preference(person=identity.person, channel="email", wanted=False, actor=adviser)
    stranger.post(reverse("public_people:mail_again", args=[token_of(identity)]))
    assert not refused(identity)


def test_nothing_personal_stands_in_the_link_or_on_the_page(stranger, identity):
    path = unsubscribe_path(identity)
    for response in (stranger.get(path), stranger.post(path)):
        text = path + response.content.decode() + str(response.headers)
        assert not any(word in text for word in ("jan@b.nl", "Jan", "Vries", str(identity.person.public_id)))
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies


def test_a_link_we_did_not_make_gets_a_kind_page_whatever_it_is(stranger, identity):
    other = Identity.objects.create(kind="email", value="piet@b.nl", shown="piet@b.nl")
    broken = token_of(identity)[:-1]
    swapped = f"{other.pk}.{token_of(identity).partition('.')[2]}"
    pages = set()
    for token in (
        broken,
        swapped,
        "x",
        "1",
        "1.",
        ".",
        "²." + "a" * 40,
        "9" * 30 + ".a",
        "a" * 3000,
        f"{10**17}.aa",
        "-1.a",
    ):
        for response in (stranger.get(f"/publiek/geen-mail/{token}/"), stranger.post(f"/publiek/geen-mail/{token}/")):
            assert response.status_code == 404
            pages.add(response.content.decode().replace(token, ""))
    assert not Preference.objects.exists()
    assert all("Deze link werkt niet" in page for page in pages)


def test_a_key_that_is_used_anew_does_not_revive_an_old_link(stranger, identity):
    path, key = unsubscribe_path(identity), identity.pk
    do_erase_person(person=identity.person, actor=colleague("privacy_officer"))
    assert stranger.post(path).status_code == 404
    Identity.objects.create(pk=key, kind="email", value="piet@b.nl", shown="piet@b.nl")
    assert stranger.post(path).status_code == 404
    assert not Preference.objects.exists()


def test_who_guesses_has_to_wait_and_others_do_not(stranger, identity):
    for number in range(40):
        stranger.get(f"/publiek/geen-mail/{number}.abc/")
    assert stranger.get(unsubscribe_path(identity)).status_code == 429
    assert stranger.get(unsubscribe_path(identity), REMOTE_ADDR="10.1.2.3").status_code == 200


def test_a_huge_request_is_turned_away_unread(stranger, identity):
    response = stranger.post(unsubscribe_path(identity), b"x" * 2_000_000, content_type="text/plain")
    assert response.status_code == 413
    assert not Preference.objects.exists()


def test_the_page_speaks_the_language_of_the_link_and_its_buttons_keep_it(stranger, identity):
    shown = stranger.get(unsubscribe_path(identity, "en"))
    assert "No more mail from us?" in shown.content.decode() and shown.headers["Content-Language"] == "en"
    assert f'action="{unsubscribe_path(identity)}?taal=en"' in shown.content.decode()


def test_an_address_of_nobody_can_refuse_too_and_whoever_it_turns_out_to_be_has_refused(stranger):
    voice = hear(mail("jan@b.nl"))
    shared = Identity.objects.create(kind="email", value="huis@b.nl", shown="huis@b.nl")
    stranger.post(unsubscribe_path(shared))
    hear(mail("jan@b.nl"), mail("huis@b.nl"))
    identify()
    assert wishes([Attribution.objects.get(voice=voice).person_id])[
        Attribution.objects.get(voice=voice).person_id
    ].refused == {"email"}
