"""The screens of listening, for whom they are and for whom not."""

import re

import pytest
from django.urls import reverse

from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.listening.actions import do_start_session
from gehoor.rooms.listening.models import DrawnBy, Heard, Pool, Session
from gehoor.rooms.listening.queries import listened_seconds
from gehoor.rooms.listening.showing import shown_now
from gehoor.rooms.people.models import Attribution, Person

from .conftest import colleague, say

pytestmark = pytest.mark.django_db
LISTENERS = {role for role in Role if May.LISTEN in ALLOWED[role]}


@pytest.fixture
def session(manager, stack):
    return do_start_session(actor=manager, minutes=60, drawn_by=DrawnBy.MINUTES, pool=Pool.UNHEARD, seed=48_213)


def addresses(session):
    voice = session.stack.get(position=1).voice
    return [
        ("get", reverse("listening:listening")),
        ("post", reverse("listening:start")),
        ("post", reverse("listening:beat", args=[voice.public_id])),
        ("get", reverse("listening:session", args=[session.public_id])),
        ("get", reverse("listening:thanks", args=[session.public_id])),
        ("get", reverse("listening:reading", args=[session.public_id, 1])),
        ("post", reverse("listening:move_on", args=[session.public_id, 1])),
    ]


def test_a_stranger_is_asked_to_sign_in(client, session):
    for method, address in addresses(session):
        answer = getattr(client, method)(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("role", sorted(set(Role) - LISTENERS))
def test_a_colleague_without_the_right_is_turned_away(client, session, role):
    client.force_login(colleague(role))
    for method, address in addresses(session):
        assert getattr(client, method)(address).status_code == 403, address


@pytest.mark.parametrize("role", sorted(LISTENERS))
def test_every_listener_gets_the_plan(client, stack, role):
    client.force_login(colleague(role))
    answer = client.get(reverse("listening:listening"))
    assert answer.status_code == 200
    assert "Trek een stapel" in answer.content.decode()


def test_another_users_session_is_not_found(client, session):
    client.force_login(colleague("manager"))
    for method, address in addresses(session)[3:]:
        assert getattr(client, method)(address).status_code == 404, address


def test_nothing_to_listen_to_says_what_belongs_here(client, manager):
    client.force_login(manager)
    assert "Er valt nog niets te beluisteren" in client.get(reverse("listening:listening")).content.decode()


def test_starting_leads_to_how_it_was_drawn(client, manager):
    for each in range(9):
        say("letter", 2300, each)
    client.force_login(manager)
    form = {"minutes": "40", "drawn_by": "voices", "pool": "unheard", "seed": "1234"}
    text = client.post(reverse("listening:start"), form, follow=True).content.decode()
    assert "4 van de 9 stemmen die nog niemand had gehoord, elk met evenveel kans (lotnummer 1234)." in text
    assert Session.objects.get().listener == manager


def test_a_stack_of_everything_says_that_it_is_everything(client, manager, session):
    client.force_login(manager)
    text = client.get(reverse("listening:session", args=[session.public_id])).content.decode()
    assert "Alle 8 stemmen die nog niemand had gehoord: er is tijd voor elk daarvan." in text


def test_a_wrong_wish_shows_the_form_again(client, manager, stack):
    client.force_login(manager)
    answer = client.post(reverse("listening:start"), {"minutes": "7", "drawn_by": "loudness", "pool": "all"})
    assert answer.status_code == 422
    assert not Session.objects.exists()


def reading(session, number):
    return reverse("listening:reading", args=[session.public_id, number])


def move_on(client, session, number, to, seconds=""):
    page = client.get(reading(session, number)).content.decode()
    shown = re.search(r'name="shown" value="([^"]+)"', page)[1]
    return lambda: client.post(
        reverse("listening:move_on", args=[session.public_id, number]), {"shown": shown, "to": to, "seconds": seconds}
    )


def test_reading_on_without_a_script_counts_the_time(client, manager, session, hand):
    client.force_login(manager)
    go = move_on(client, session, 1, "next")
    hand.pass_(25)
    answer = go()
    assert answer["Location"] == reading(session, 2)
    assert Heard.objects.get().seconds == 25
    assert session.stack.get(position=1).seconds == 25


def test_reading_on_with_a_script_counts_what_it_saw(client, manager, session, hand):
    client.force_login(manager)
    go = move_on(client, session, 1, "next", seconds="6.5")
    hand.pass_(25)
    go()
    assert listened_seconds() == 6.5


@pytest.mark.parametrize("nonsense", ["nan", "inf", "-3", "much", "1e400"])
def test_nonsense_counts_for_nothing(client, manager, session, hand, nonsense):
    client.force_login(manager)
    go = move_on(client, session, 1, "next", seconds=nonsense)
    hand.pass_(25)
    assert go().status_code == 302
    assert listened_seconds() == 0


def test_back_out_and_to_the_end(client, manager, session):
    client.force_login(manager)
    overview = reverse("listening:session", args=[session.public_id])
    assert move_on(client, session, 2, "previous")()["Location"] == reading(session, 1)
    assert move_on(client, session, 1, "previous")()["Location"] == overview
    assert move_on(client, session, 3, "out")()["Location"] == overview
    assert move_on(client, session, 8, "next")()["Location"] == reverse("listening:thanks", args=[session.public_id])
    assert client.get(reading(session, 9)).status_code == 404
    assert client.get(reading(session, 0)).status_code == 404


def test_progress_and_nothing_else(client, manager, session):
    client.force_login(manager)
    page = client.get(reading(session, 3)).content.decode()
    assert "<h1>3 van 8</h1>" in page
    assert 'class="menu' not in page


def test_a_person_is_named_only_to_who_may_see_people(client, manager, adviser, stack):
    person = Person.objects.create(name="A. de Vries")
    for voice in stack:
        Attribution.objects.create(voice=voice, person=person)
    for user, named in ((manager, False), (adviser, True)):
        client.force_login(user)
        own = do_start_session(actor=user, minutes=60, drawn_by=DrawnBy.MINUTES, pool=Pool.UNHEARD)
        page = client.get(reading(own, 1)).content.decode()
        assert ("A. de Vries" in page) is named
        assert (reverse("people:dossier", args=[person.public_id]) in page) is named


def test_an_erased_voice_leaves_the_stack(client, manager, session):
    session.stack.get(position=2).voice.delete()
    client.force_login(manager)
    assert "<h1>2 van 7</h1>" in client.get(reading(session, 2)).content.decode()
    assert client.get(reading(session, 8)).status_code == 404


def test_the_end_lays_both_times_beside_each_other(client, manager, session, hand):
    client.force_login(manager)
    for number in (1, 2):
        go = move_on(client, session, number, "next", seconds="15")
        hand.pass_(30)
        go()
    page = client.get(reverse("listening:thanks", args=[session.public_id])).content.decode()
    assert "In <strong>minder dan een minuut</strong> gelezen wat klanten <strong>1 uur 15 min</strong> kostte" in page
    assert "2 stemmen van de 8 in deze stapel zijn gehoord" in page


def test_the_end_of_nothing_is_kind(client, manager, session):
    client.force_login(manager)
    page = client.get(reverse("listening:thanks", args=[session.public_id])).content.decode()
    assert "Van deze stapel is nog niets gehoord." in page


def test_beats_of_any_page_that_shows_a_voice(client, adviser, stack, hand):
    """A page that does not know since when it is open asks for its word first."""
    client.force_login(adviser)
    address = reverse("listening:beat", args=[stack[0].public_id])
    shown = client.post(address).json()["shown"]
    hand.pass_(10)
    answer = client.post(address, {"shown": shown, "seconds": "9.8"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert Heard.objects.get().seconds == 9.8
    assert client.post(address, {"shown": shown}).status_code == 204
    assert listened_seconds() == 9.8


def test_a_word_of_another_listener_or_voice_or_by_hand_is_refused(client, manager, adviser, stack, hand):
    client.force_login(adviser)
    address = reverse("listening:beat", args=[stack[0].public_id])
    hand.pass_(60)
    wrong = [
        shown_now(listener=manager, voice=stack[0].pk),
        shown_now(listener=adviser, voice=stack[1].pk),
        shown_now(listener=adviser, voice=stack[0].pk)[:-2] + "xx",
        "hello",
    ]
    for word in wrong:
        assert client.post(address, {"shown": word, "seconds": "5"}).status_code == 409
    assert not Heard.objects.exists()


def test_a_session_of_another_cannot_be_counted_into(client, adviser, session, hand):
    """The word is signed, so a listener cannot name a session that is not the page's own."""
    client.force_login(adviser)
    voice = session.stack.get(position=1).voice
    shown = client.post(reverse("listening:beat", args=[voice.public_id])).json()["shown"]
    hand.pass_(10)
    client.post(reverse("listening:beat", args=[voice.public_id]), {"shown": shown, "seconds": "9"})
    assert session.stack.get(position=1).seconds == 0


def test_ones_own_minutes_are_seen_by_oneself_only(client, manager, adviser, stack, hand):
    client.force_login(manager)
    address = reverse("listening:beat", args=[stack[1].public_id])
    shown = client.post(address).json()["shown"]
    for _ in range(12):
        hand.pass_(10)
        client.post(address, {"shown": shown, "seconds": "10"})
    own = client.get(reverse("listening:listening")).context
    client.force_login(adviser)
    other = client.get(reverse("listening:listening")).context
    assert (own["own"], own["together"]) == (120, 120)
    assert (other["own"], other["together"], other["listeners"]) == (0, 120, 1)


@pytest.mark.parametrize(("name", "most"), [("listening", 24), ("session", 8), ("reading", 14), ("thanks", 13)])
def test_screens_stay_within_their_queries(client, manager, session, django_assert_max_num_queries, name, most):
    for _ in range(4):
        do_start_session(actor=manager, minutes=60, drawn_by=DrawnBy.VOICES, pool=Pool.ALL)
    client.force_login(manager)
    arguments = {"listening": [], "reading": [session.public_id, 1]}.get(name, [session.public_id])
    with django_assert_max_num_queries(most):
        assert client.get(reverse(f"listening:{name}", args=arguments)).status_code == 200


def test_a_beat_stays_within_its_queries(client, manager, session, hand, django_assert_max_num_queries):
    client.force_login(manager)
    voice = say("letter", 50)
    address = reverse("listening:beat", args=[voice.public_id])
    shown = client.post(address).json()["shown"]
    for most in (24, 15):
        hand.pass_(10)
        with django_assert_max_num_queries(most):
            client.post(address, {"shown": shown, "seconds": "9"})


def test_only_a_post_counts(client, manager, session):
    client.force_login(manager)
    for method, address in addresses(session):
        wrong = client.get if method == "post" else client.post
        assert wrong(address).status_code == 405, address
