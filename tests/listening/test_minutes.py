"""Which time counts as listening, and which does not."""

from datetime import date, timedelta

import pytest

from gehoor.kernel.errors import NotAllowed, NotFound
from gehoor.rooms.listening.actions import Shown, do_keep_heard, do_listen
from gehoor.rooms.listening.models import Clock, Heard, ListenedDay
from gehoor.rooms.listening.pace import reading_seconds, seconds_to_hear
from gehoor.rooms.listening.queries import (
    heard_voice_count,
    listened_by_role,
    listened_seconds,
    listeners,
    never_heard,
)
from gehoor.rooms.privacy import rights
from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.voices.lenses import lenses
from gehoor.rooms.voices.models import Voice

from .conftest import START, colleague, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    """A letter that takes a minute to read."""
    return say("letter", 230)


def shown(voice, at=START):
    return Shown(voice.pk, None, at)


def beat(actor, page, seconds=10.0):
    return do_listen(actor=actor, shown=page, seconds=seconds)


def test_beats_add_up_to_the_time_that_passed(manager, letter, hand):
    page = shown(letter)
    for _ in range(6):
        hand.pass_(10)
        beat(manager, page)
    assert Heard.objects.get().seconds == pytest.approx(60)
    assert listened_seconds() == pytest.approx(60)


def test_a_beat_is_worth_no_more_than_passed_since_the_one_before(manager, letter, hand):
    page = shown(letter)
    hand.pass_(10)
    assert beat(manager, page) == 10
    hand.pass_(3)
    assert beat(manager, page, 10) == 3


def test_a_beat_is_worth_no_more_than_fifteen_seconds(manager, letter, hand):
    page = shown(letter)
    hand.pass_(600)
    assert beat(manager, page, 600) == 15


def test_a_beat_is_worth_no_more_than_the_page_saw_someone_there(manager, letter, hand):
    page = shown(letter)
    hand.pass_(12)
    assert beat(manager, page, 2.5) == 2.5


def test_a_beat_sent_again_counts_once(manager, letter, hand):
    page = shown(letter)
    hand.pass_(10)
    assert beat(manager, page) == 10
    assert [beat(manager, page) for _ in range(5)] == [0] * 5
    assert Heard.objects.get().seconds == 10


def test_two_tabs_count_once(manager, letter, hand):
    other = say("letter", 200)
    left, right = shown(letter), shown(other)
    for _ in range(6):
        hand.pass_(5)
        beat(manager, left)
        hand.pass_(5)
        beat(manager, right)
    assert listened_seconds() == pytest.approx(60)
    assert Heard.objects.get(voice=letter).seconds == Heard.objects.get(voice=other).seconds == pytest.approx(30)


def test_two_listeners_count_both(manager, adviser, letter, hand):
    page = shown(letter)
    hand.pass_(10)
    assert beat(manager, page) == beat(adviser, page) == 10
    assert listeners() == 2


def test_a_clock_that_goes_back_adds_nothing_and_stops_nothing(manager, letter, hand):
    page = shown(letter)
    hand.pass_(10)
    beat(manager, page)
    hand.pass_(-3600)
    assert beat(manager, page) == 0
    assert Heard.objects.get().seconds == 10
    hand.pass_(3605)
    assert beat(manager, page, 15) == 15


def test_a_page_said_to_be_shown_in_the_future_counts_nothing(manager, letter, hand):
    assert beat(manager, shown(letter, START + timedelta(hours=1))) == 0
    assert not Heard.objects.exists()


@pytest.mark.parametrize("nonsense", [-5.0, 0.0])
def test_no_time_leaves_no_trace(manager, letter, hand, nonsense):
    hand.pass_(10)
    assert beat(manager, shown(letter), nonsense) == 0
    assert not Heard.objects.exists()


def test_without_a_script_the_time_since_the_page_was_shown_counts(manager, letter, hand):
    hand.pass_(42)
    assert do_listen(actor=manager, shown=shown(letter), seconds=None) == 42


def test_without_a_script_at_most_one_and_a_half_times_the_reading_time_and_ten_seconds(manager, letter, hand):
    hand.pass_(3600)
    assert do_listen(actor=manager, shown=shown(letter), seconds=None) == 1.5 * 60 + 10


def test_without_a_script_two_tabs_count_once(manager, letter, hand):
    other = say("letter", 2300)
    hand.pass_(50)
    assert do_listen(actor=manager, shown=shown(letter), seconds=None) == 50
    assert do_listen(actor=manager, shown=shown(other), seconds=None) == 0
    hand.pass_(20)
    assert do_listen(actor=manager, shown=shown(other), seconds=None) == 20


def test_no_more_than_the_clock_however_the_pages_beat(manager, hand):
    """Any mixture of tabs, replays and pages without a script stays within the time that passed."""
    pages = [shown(say("letter", 500)) for _ in range(4)]
    for step in range(200):
        hand.pass_((step * 7) % 11)
        do_listen(actor=manager, shown=pages[step % 4], seconds=None if step % 3 else 20.0)
    assert listened_seconds() <= (hand.now - START).total_seconds()
    assert listened_seconds() == pytest.approx(sum(Heard.objects.values_list("seconds", flat=True)))


def test_who_may_not_listen_does_not(letter, hand):
    with pytest.raises(NotAllowed):
        beat(colleague("privacy_officer"), shown(letter))


def test_a_voice_that_is_gone_is_not_found(manager, letter, hand):
    page = shown(letter)
    letter.delete()
    with pytest.raises(NotFound):
        beat(manager, page)
    assert not Clock.objects.exists()


def test_heard_after_five_seconds_or_a_fifth_of_a_short_one(manager, hand):
    letter, tweet = say("letter", 230), say("x", 23)
    assert (seconds_to_hear(letter), seconds_to_hear(tweet)) == (5.0, pytest.approx(1.2))
    hand.pass_(10)
    beat(manager, shown(letter), 4.9)
    beat(manager, shown(tweet, hand.now), 5)
    assert heard_voice_count() == 0
    hand.pass_(1.5)
    beat(manager, shown(tweet, START), 1.5)
    assert list(never_heard()) == [letter]
    assert heard_voice_count() == 1


def test_a_call_takes_as_long_as_it_lasted():
    assert reading_seconds(400, 180.0) == 180
    assert reading_seconds(460, None) == 120


def test_periods_count_whole_days_of_the_organisation(manager, letter):
    """23.30 in UTC is the next day in Amsterdam."""
    do_keep_heard(listener=manager, voice=letter, seconds=60, at=START.replace(day=31, hour=22, minute=30))
    do_keep_heard(listener=manager, voice=letter, seconds=30, at=START.replace(day=4))
    assert ListenedDay.objects.get(seconds=60).day == date(2025, 4, 1)
    assert listened_seconds(date(2025, 3, 1), date(2025, 3, 31)) == 30
    assert listened_seconds(since=date(2025, 4, 1)) == 60
    assert listened_seconds(until=date(2025, 3, 3)) == 0
    assert listened_seconds() == 90


def test_a_role_of_few_people_tells_no_minutes(letter):
    for _ in range(3):
        do_keep_heard(listener=colleague("adviser"), voice=letter, seconds=20, at=START)
    do_keep_heard(listener=colleague("manager"), voice=letter, seconds=60, at=START)
    found = {each.role: (each.people, each.seconds) for each in listened_by_role()}
    assert found == {"adviser": (3, 60.0), "manager": (1, None)}


def test_erasing_a_voice_keeps_the_seconds(manager, letter, hand):
    hand.pass_(10)
    beat(manager, shown(letter))
    assert dict(rights.exported(Subject(None, [letter.pk], [])))["listening"]["listened_to"] == [
        {
            "voice": str(letter.public_id),
            "first": START.isoformat(),
            "last": hand.now.isoformat(),
            "seconds": 10,
        }
    ]
    from gehoor.rooms.listening import erasing

    erasing.erase(Subject(None, [letter.pk], []))
    letter.delete()
    assert listened_seconds() == 10
    assert Heard.objects.get().voice is None
    assert heard_voice_count() == 0


def test_the_lens_filters_and_tells_without_saying_who(manager, letter, hand, django_assert_num_queries):
    other = say("x")
    hand.pass_(10)
    beat(manager, shown(letter))
    lens = lenses()["heard"]
    assert list(Voice.objects.filter(lens.condition("yes"))) == [letter]
    assert list(Voice.objects.filter(lens.condition("no"))) == [other]
    with django_assert_num_queries(1):
        facts = lens.facts([letter.pk, other.pk])
    assert {pk: fact.text for pk, fact in facts.items()} == {
        letter.pk: "gehoord door iemand",
        other.pk: "nog door niemand gehoord",
    }
    with pytest.raises(NotFound):
        lens.condition("perhaps")
