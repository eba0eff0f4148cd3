"""The page that everyone comes in by."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.intake.models import Arrival, Item, Outcome
from gehoor.rooms.listening.actions import do_keep_heard
from gehoor.rooms.needs.models import Decision, Guess
from gehoor.rooms.today.kept import state_of_voices
from gehoor.rooms.today.moved import Why, what_moved
from gehoor.rooms.today.news import new_by_channel, to_read
from gehoor.rooms.today.order import ORDERS, Part, parts_for
from gehoor.rooms.today.periods import read_span
from gehoor.rooms.voices.models import Voice

from .conftest import NOW, colleague, need, say

pytestmark = pytest.mark.django_db
TODAY = reverse("today:today")
ALWAYS = read_span("")


def page(client, user, **query):
    client.force_login(user)
    answer = client.get(TODAY, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(TODAY)["Location"].startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("role", Role)
def test_every_colleague_reads_the_sentence(client, generation, role):
    voice = say()
    say("x", 42, 3)
    do_keep_heard(listener=colleague("manager"), voice=voice, seconds=2400, at=NOW)
    text = page(client, colleague(role))
    assert (
        "Klanten besteedden <strong>32 minuten</strong> om ons dit te vertellen; "
        "wij luisterden <strong>40 minuten</strong>." in text
    )
    assert "2 stemmen, van 27 juni 2025 t/m 29 juni 2025." in text
    assert "Onze tijd is gemeten, bij 1 collega." in text


def test_the_sentence_of_one_customer(client):
    say()
    assert (
        "Een klant besteedde <strong>30 minuten</strong> om ons dit te vertellen; wij luisterden <strong>nog niet"
        in page(client, colleague("manager"))
    )


def test_the_sentence_counts_in_hours(client):
    for _ in range(26):
        say()
    assert "Klanten besteedden <strong>13 uur</strong>" in page(client, colleague("manager"))


def test_a_period_counts_what_was_said_and_heard_in_it(client):
    old, new = say(days_ago=100), say(days_ago=2)
    say(days_ago=None)
    listener = colleague("manager")
    do_keep_heard(listener=listener, voice=old, seconds=600, at=NOW - timedelta(days=90))
    do_keep_heard(listener=listener, voice=new, seconds=1200, at=NOW)
    for period, theirs, ours in (("all", "1 uur 30 min", 30), ("year", "1 uur", 30), ("month", "30 minuten", 20)):
        text = page(client, listener, period=period)
        assert f"<strong>{theirs}</strong> om ons dit te vertellen; wij luisterden <strong>{ours} minuten" in text
    assert "Bij 1 daarvan is niet bekend wanneer." in page(client, listener)
    assert page(client, listener, period="ever").count("nog niet") == page(client, listener).count("nog niet")


def test_a_month_without_voices_says_so(client):
    say(days_ago=100)
    text = page(client, colleague("manager"), period="month")
    assert "Deze maand heeft nog geen klant ons iets verteld." in text


def test_the_figures_follow_new_and_erased_voices(client):
    manager = colleague("manager")
    first = say()
    assert "<strong>30 minuten</strong>" in page(client, manager)
    say()
    assert "<strong>1 uur</strong>" in page(client, manager)
    first.delete()
    assert "<strong>30 minuten</strong>" in page(client, manager)


@pytest.mark.parametrize("role", Role)
def test_an_empty_organisation_is_told_how_to_begin(client, role):
    text = page(client, colleague(role))
    assert "1. Insturen" in text
    assert ("Stuur iets in" in text) is (role in {Role.MARKETER, Role.COMPLAINTS_OFFICER, Role.ADMINISTRATOR})


def test_each_role_has_its_own_order():
    assert set(ORDERS) == set(Role)
    assert len(set(ORDERS.values())) == len(ORDERS)
    for role in Role:
        assert parts_for(colleague(role)) == list(ORDERS[role]), role
    both = parts_for(colleague("administrator", "adviser"))
    heard = [Part.LISTEN, Part.ANSWERS, Part.NEW, Part.READ, Part.UNHEARD, Part.MOVED, Part.CHANGES, Part.GUESS]
    assert both == [Part.PROMISES, *heard, Part.WAITS, Part.USERS, Part.PRIVACY]
    assert parts_for(colleague()) == []


def test_new_is_what_came_in_during_seven_days():
    old = say("letter")
    Voice.objects.filter(pk=old.pk).update(heard_at=NOW - timedelta(days=8))
    say("x")
    say("x")
    say("letter")
    assert [(each.channel, each.voices) for each in new_by_channel(state_of_voices())] == [("x", 2), ("letter", 1)]


def test_to_read_is_the_heaviest_that_nobody_heard_letters_first():
    tweet, long, short = say("x", 5000), say("letter", 300), say("letter", 20)
    call, mail = say("call", 100, duration_seconds=3600.0), say("email", 4000)
    say("letter", 0)
    state = state_of_voices()

    def shown():
        return [each.voice for each in to_read(state, ALWAYS)]

    assert shown() == [long, short, call]
    do_keep_heard(listener=colleague("manager"), voice=long, seconds=60, at=NOW)
    assert shown() == [short, call, mail]
    for voice in (short, call, mail, tweet):
        do_keep_heard(listener=colleague("manager"), voice=voice, seconds=60, at=NOW)
    assert shown() == []


def test_to_read_keeps_to_the_chosen_period():
    old, new, undated = say(days_ago=100, words=300), say(days_ago=2), say(days_ago=None)
    state = state_of_voices()
    assert [each.voice for each in to_read(state, read_span("month"))] == [new]
    assert {each.voice for each in to_read(state, ALWAYS)} == {old, new, undated}


def test_what_was_heard_of_the_shortlist_makes_room_for_what_is_below(monkeypatch):
    monkeypatch.setattr("gehoor.rooms.today.news._SHORTLIST", 3)
    voices = [say("letter", 500 - each) for each in range(6)]
    state, manager = state_of_voices(), colleague("manager")
    assert [each.voice for each in to_read(state, ALWAYS)] == voices[:3]
    do_keep_heard(listener=manager, voice=voices[0], seconds=60, at=NOW)
    assert [each.voice for each in to_read(state, ALWAYS)] == voices[1:4]


def test_a_need_that_moved_more_than_chance_is_shown(client, generation):
    say(days_ago=200)
    rose, _, fell = (
        need(generation, "bouwdepot", 5, 40),
        need(generation, "aflossen", 12, 15),
        need(generation, "app", 30, 2),
    )
    say(days_ago=0)
    moved = what_moved()
    assert {(each.public_id, each.before, each.after, each.rose) for each in moved.moves} == {
        (rose.public_id, 5, 40, True),
        (fell.public_id, 30, 2, False),
    }
    text = page(client, colleague("manager"))
    assert "40 stemmen, daarvoor 5" in text
    assert "aflossen" not in text


def test_nothing_moved_says_nothing_moved(client, generation):
    say(days_ago=200)
    need(generation, "aflossen", 12, 15)
    say(days_ago=0)
    assert what_moved().why is Why.CHANCE
    assert "Er bewoog niets meer dan door toeval te verwachten is" in page(client, colleague("manager"))


def test_too_little_history_says_so(generation):
    need(generation, "bouwdepot", 5, 40)
    assert what_moved().why is Why.TOO_SHORT


def test_a_stretch_in_which_nothing_was_taken_in_is_no_fall(generation, monkeypatch):
    """The windows end at the last voice, not at this moment."""
    say(days_ago=200)
    need(generation, "bouwdepot", 20, 20)
    say(days_ago=0)
    later = NOW + timedelta(days=50)
    monkeypatch.setattr("gehoor.kernel.clock.now", lambda: later)
    assert what_moved().why is Why.CHANCE


def test_a_need_set_aside_or_renamed_shows_at_once(generation):
    say(days_ago=200)
    moved = need(generation, "bouwdepot", 5, 40)
    say(days_ago=0)
    assert [each.name for each in what_moved().moves] == ["bouwdepot"]
    moved.name = "Uitbetaling van het bouwdepot"
    moved.save()
    Decision.objects.create(kind="rename", need=moved.public_id, name=moved.name)
    assert [each.name for each in what_moved().moves] == ["Uitbetaling van het bouwdepot"]
    moved.children.update(aside=True)
    Decision.objects.create(kind="aside", need=moved.public_id)
    assert what_moved().moves == []


def test_what_waits_is_shown_to_who_can_do_something_about_it(client):
    say()
    arrival = Arrival.objects.create(name="post")
    for number, outcome in enumerate([Outcome.WAITING, Outcome.WAITING, Outcome.REFUSED, Outcome.VOICE]):
        Item.objects.create(key=bytes([number]) * 32, arrival=arrival, outcome=outcome, file="f", item="")
    client.force_login(colleague("complaints_officer"))
    waits = client.get(TODAY).context["waits"]
    assert (waits.waiting, waits.refused) == (2, 1)
    assert "Wat er wacht" not in page(client, colleague("manager"))


def test_the_question_is_asked_until_it_was_answered(client, generation):
    say()
    marketer = colleague("marketer")
    assert "Eerst raden" in page(client, marketer)
    Guess.objects.create(guesser=marketer, position=0, text="rente")
    assert "Eerst raden" not in page(client, marketer)
    assert "Eerst raden" in page(client, colleague("manager"))


def test_voices_are_not_shown_to_who_may_not_see_them(client, generation):
    say("letter", 30)
    text = page(client, colleague("administrator"))
    assert "woord woord" not in text
    assert "woord woord" in page(client, colleague("adviser"))


@pytest.mark.parametrize("role", Role)
def test_it_stays_within_its_queries_first_and_afterwards(client, generation, role, django_assert_max_num_queries):
    say(days_ago=200)
    for each in range(4):
        need(generation, f"behoefte {each}", 2, 12)
        say("letter", 100 + each, each)
    client.force_login(colleague(role))
    for most in (60, 48):
        with django_assert_max_num_queries(most):
            assert client.get(TODAY).status_code == 200
