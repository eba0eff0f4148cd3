"""One's own data: nothing tells whether an address is known, a link works once and shows what went through it alone."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.people.conftest import hear, tell

from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.accounts.throttle import Throttle
from gehoor.rooms.desk.models import OwnDataLink, OwnDataWish, Post
from gehoor.rooms.desk.talking import own_data_views
from gehoor.rooms.desk.talking.opened import do_open_pages
from gehoor.rooms.desk.talking.own_data import (
    access_link,
    do_make_link,
    do_open,
    do_settle_wish,
    do_state_reach,
    kept_of,
    new_token,
)
from gehoor.rooms.desk.talking.post import Postman
from gehoor.rooms.people.actions import do_erase_person, do_export_person
from gehoor.rooms.people.models import Identity, Person, Preference
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.sending.models import SenderSettings

from .conftest import colleague, hidden, identify, later, mailed, read

pytestmark = pytest.mark.django_db
PAGE = "/mijn-gegevens/"
MAIL = ("email", "anja@post.example")
NUMBER = ("customer_number", "KL-123")
VISIT = "v" * 43


@pytest.fixture
def identity():
    """Someone who mailed us, whose letters bear a customer number that one of the mails names."""
    hear(MAIL, text="Waar blijft mijn bouwdepot?", author="Anja de Vries", day=1)
    asked = hear(MAIL, NUMBER, text="Mijn nummer is KL-123.", day=2)
    hear(NUMBER, text="Een geheime brief.", channel="letter", day=3)
    tell(MAIL, answers=asked, text="Wij zoeken het uit.", day=4)
    identify()
    return Identity.objects.get(kind="email")


@pytest.fixture
def link(identity):
    token = new_token()
    do_make_link(identity=identity, token=token)
    return f"{PAGE}{token}/"


def ask(client, address="anja@post.example", **more):
    said = {"ticket": hidden(client.get(PAGE), "ticket"), "address": address, **more}
    return client.post(PAGE, said, follow=True)


def links(server):
    return [re.search(r"https://\S+?/mijn-gegevens/(\S+?)/", text)[1] for _, _, text in mailed(server)]


def test_who_asks_for_a_known_address_gets_a_link_there_and_it_opens(stranger, identity, post_office):
    assert "Kijk in uw mail" in read(ask(stranger))
    assert Postman().once() == 1
    ((to, subject, text),) = mailed(post_office)
    assert to == ("anja@post.example",) and subject == "Wat wij van u bewaren"
    assert "https://gehoor.delinde.example/mijn-gegevens/" in text
    (token,) = links(post_office)
    assert stranger.get(f"{PAGE}{token}/").status_code == 200
    assert not Post.objects.exists()


def test_the_page_says_and_does_the_same_for_an_unknown_address(
    stranger, identity, post_office, django_assert_num_queries
):
    known, unknown = ask(stranger), ask(stranger, "niemand@post.example")
    assert known.content == unknown.content and known.redirect_chain == unknown.redirect_chain
    assert Post.objects.count() == 2
    tickets = [hidden(stranger.get(PAGE), "ticket") for _ in range(2)]
    with django_assert_num_queries(2):
        stranger.post(PAGE, {"ticket": tickets[0], "address": "anja@post.example"})
    with django_assert_num_queries(2):
        stranger.post(PAGE, {"ticket": tickets[1], "address": "iemand@anders.example"})
    Postman().once()
    assert {to for (to,), _, _ in mailed(post_office)} == {"anja@post.example"}
    assert not Post.objects.exists()


def test_an_address_gets_no_more_than_three_links_a_day(stranger, identity, post_office):
    for _ in range(5):
        ask(stranger)
        Postman().once()
    assert len(mailed(post_office)) == 3
    with later(days=2):
        ask(stranger)
        Postman().once()
    assert len(mailed(post_office)) == 4


def test_too_many_questions_from_one_place_wait(stranger, post_office, monkeypatch):
    monkeypatch.setattr(own_data_views, "asked_from", Throttle(tries=1))
    ask(stranger)
    assert ask(stranger).status_code == 429


@pytest.mark.parametrize("address", ["geen adres", "", "a@b.nl\r\nBcc: c@d.nl", "a\0@b.nl", "a" * 400 + "@b.nl"])
def test_what_is_no_address_comes_back(stranger, post_office, address):
    assert ask(stranger, address).status_code == 422
    assert not Post.objects.exists()


def test_where_no_mail_can_go_the_page_says_so(stranger):
    assert "omdat wij geen mail kunnen versturen" in read(stranger.get(PAGE))


def test_the_link_is_in_the_language_in_which_it_was_asked(stranger, identity, post_office):
    page = stranger.get(f"{PAGE}?taal=en")
    stranger.post(f"{PAGE}?taal=en", {"ticket": hidden(page, "ticket"), "address": "anja@post.example"})
    Postman().once()
    ((_, subject, text),) = mailed(post_office)
    assert subject == "What we keep of you" and "?taal=en" in text


def test_a_mail_server_that_is_away_is_asked_again_and_the_link_goes_once(stranger, identity, post_office):
    ask(stranger)
    post_office.behaviour.answers["MAIL"] = "451 later"
    Postman().once()
    assert mailed(post_office) == [] and Post.objects.get().attempts == 1 and not OwnDataLink.objects.exists()
    del post_office.behaviour.answers["MAIL"]
    assert Postman().once() == 0
    with later(minutes=1):
        Postman().once()
        Postman().once()
    assert len(mailed(post_office)) == 1


def test_a_mail_that_may_have_gone_is_not_sent_again(stranger, identity, post_office):
    ask(stranger)
    post_office.behaviour.drop_at = "END"
    Postman().once()
    with later(hours=1):
        Postman().once()
    assert len(mailed(post_office)) == 1 and not Post.objects.exists()


def test_a_mail_that_was_cut_off_at_its_end_is_given_up(identity, post_office):
    Post.objects.create(kind="own_data", address="anja@post.example", ending=True)
    Postman().once()
    assert mailed(post_office) == [] and not Post.objects.exists()


def test_what_waits_without_a_sender_goes_after_two_days(stranger, identity, post_office):
    ask(stranger)
    SenderSettings.objects.update(removed=True)
    Postman().once()
    assert Post.objects.exists()
    with later(days=3):
        Postman().once()
    assert not Post.objects.exists()


def test_a_scanner_that_opens_the_link_uses_nothing_up(stranger, link):
    for _ in range(3):
        page = stranger.get(link)
        assert page.status_code == 200 and "bouwdepot" not in read(page)
    assert OwnDataLink.objects.get().opened_at is None


def test_the_button_shows_what_went_through_this_address_and_nothing_else(stranger, link):
    shown = read(stranger.post(link, {"visit": hidden(stranger.get(link), "visit")}))
    assert "Waar blijft mijn bouwdepot?" in shown and "Wij zoeken het uit." in shown
    assert "Een geheime brief." not in shown
    assert "KL-123" in shown
    assert not stranger.cookies


def test_the_file_holds_the_same_and_nothing_else(stranger, link):
    stranger.post(link, {"visit": VISIT})
    saved = stranger.post(f"{link}bestand/", {"visit": VISIT})
    assert saved["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    told = json.loads(saved.content)
    assert [each["text"] for each in told["voices"]["voices"]] == [
        "Waar blijft mijn bouwdepot?",
        "Mijn nummer is KL-123.",
    ]
    assert "geheime" not in saved.content.decode()
    assert AuditEntry.objects.filter(action="own_data.export").count() == 1


def test_a_link_works_once_and_for_half_an_hour_for_who_opened_it(stranger, link):
    assert stranger.post(link, {"visit": VISIT}).status_code == 200
    assert stranger.post(link, {"visit": VISIT}).status_code == 200
    assert stranger.get(link).status_code == 410
    assert Client().post(link, {"visit": "w" * 43}).status_code == 410
    assert Client().post(f"{link}bestand/", {"visit": "w" * 43}).status_code == 410
    assert Client().post(f"{link}bestand/").status_code == 410
    with later(minutes=31):
        assert stranger.post(link, {"visit": VISIT}).status_code == 410
        assert stranger.post(f"{link}wens/", {"visit": VISIT, "kind": "erase"}).status_code == 410
    assert not OwnDataWish.objects.exists()


def test_a_link_is_good_for_a_day(stranger, link):
    with later(hours=25):
        assert stranger.get(link).status_code == 410
        assert stranger.post(link, {"visit": VISIT}).status_code == 410


@pytest.mark.parametrize("visit", ["", "kort"])
def test_a_visit_that_could_be_guessed_opens_nothing(stranger, link, visit):
    assert stranger.post(link, {"visit": visit}).status_code == 410
    assert OwnDataLink.objects.get().opened_at is None


def test_links_that_we_did_not_make_lead_nowhere_and_guessing_stops(stranger, link, monkeypatch):
    monkeypatch.setattr(own_data_views, "guesses", Throttle(tries=2))
    for token in ("x", "a" * 400):
        assert stranger.get(f"{PAGE}{token}/").status_code == 404
    assert stranger.get(link).status_code == 429


def test_the_secrets_stand_nowhere(link):
    token = link.split("/")[2]
    do_open(link=access_link(token), visit=VISIT)
    kept = OwnDataLink.objects.get()
    assert token.encode() not in bytes(kept.key) and VISIT.encode() not in bytes(kept.visit)


def test_how_they_are_reached_can_be_changed_and_said_twice_is_once(stranger, link, identity):
    stranger.post(link, {"visit": VISIT})
    for _ in range(2):
        shown = stranger.post(f"{link}bereiken/", {"visit": VISIT, "channel": "call", "wanted": "no"})
    assert "Opgeschreven" in read(shown) or "liever niet" in read(shown)
    assert Preference.objects.count() == 1 and kept_of(identity).wishes == {"call": False}
    stranger.post(f"{link}bereiken/", {"visit": VISIT, "channel": "duif", "wanted": "yes"})
    do_state_reach(identity=identity, channel="call", wanted=True)
    assert kept_of(identity).wishes == {"call": True}


def test_a_wish_waits_for_the_privacy_officer_once(stranger, link, client):
    stranger.post(link, {"visit": VISIT})
    for _ in range(2):
        said = stranger.post(f"{link}wens/", {"visit": VISIT, "kind": "erase", "text": "Alles <b>weg</b>."})
    assert "binnen een maand" in read(said)
    wish = OwnDataWish.objects.get()
    client.force_login(colleague("privacy_officer"))
    page = client.get(reverse("talking:wishes"))
    assert "Anja de Vries" in read(page) and b"<b>weg" not in page.content
    assert reverse("talking:wishes") in read(client.get(reverse("privacy:register")))
    assert "Alles wissen" in read(client.get(reverse("people:dossier", args=[Person.objects.get().public_id])))
    client.post(reverse("talking:wish_done", args=[wish.public_id]))
    assert "Anja" not in read(client.get(reverse("talking:wishes"))).split("<main")[1].split("</main")[0]
    client.post(reverse("talking:wish_undone", args=[wish.public_id]))
    assert OwnDataWish.objects.get().done_at is None
    assert AuditEntry.objects.filter(action__startswith="own_data.wish_").count() == 3


def test_a_wish_of_nothing_comes_back(stranger, link):
    stranger.post(link, {"visit": VISIT})
    for said in ({}, {"kind": "dansen"}, {"kind": "erase", "text": "a\0b"}, {"kind": "erase", "text": "a" * 5_000}):
        assert stranger.post(f"{link}wens/", {"visit": VISIT, **said}).status_code == 422
    assert not OwnDataWish.objects.exists()


def test_done_twice_is_refused(link, identity):
    wish = OwnDataWish.objects.create(identity=identity, kind="erase")
    do_settle_wish(wish=wish, done=True, actor=None)
    with pytest.raises(Refused):
        do_settle_wish(wish=wish, done=True, actor=None)


@pytest.mark.parametrize("role", Role)
def test_only_who_may_erase_sees_the_wishes(client, role):
    client.raise_request_exception = False
    client.force_login(colleague(role))
    expected = 200 if {May.ERASE, May.SEE_PEOPLE} <= ALLOWED[role] else 403
    assert client.get(reverse("talking:wishes")).status_code == expected


def test_who_is_erased_leaves_no_link_no_wish_and_no_mail_that_waits(stranger, link, identity, post_office):
    OwnDataWish.objects.create(identity=identity, kind="erase", text="Weg.")
    ask(stranger)
    assert "Weg." in str(do_export_person(person=identity.person, actor=None)["desk"])
    do_erase_person(person=identity.person, actor=None)
    assert not OwnDataLink.objects.exists() and not OwnDataWish.objects.exists() and not Post.objects.exists()


def test_a_closed_page_is_not_there(stranger, post_office):
    do_open_pages(is_open={"own_data": False}, actor=None)
    assert stranger.get(PAGE).status_code == 404
