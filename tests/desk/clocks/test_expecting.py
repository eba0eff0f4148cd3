"""By when someone hears from us: our own record, and whether what we said came true."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import translation

from gehoor.kernel import clock
from gehoor.rooms.desk.clocks.expecting import WordKept, expected_answer_by, said_to_expect, word_kept
from gehoor.rooms.desk.clocks.keeping import keep
from gehoor.rooms.desk.clocks.record import first_answers
from gehoor.rooms.voices.models import Voice

from .conftest import answer, at, become, case_of, reply, say, talk

pytestmark = pytest.mark.django_db
NOW = at(8, 9)


def answered(minutes, day=0, channel="email", **more):
    """A voice of a Monday, Tuesday... at ten (Amsterdam), answered after so many business minutes, outside the desk."""
    conversation = talk(channel)
    say(at(day, 9), conversation=conversation, channel=channel)
    return reply(at(day, 9) + timedelta(minutes=minutes), conversation=conversation, channel=channel, **more)


def expected(channel="email", moment=NOW):
    cache.clear()
    return expected_answer_by(channel, moment)


def test_a_small_record_says_nothing():
    for _ in range(19):
        answered(60)
    assert expected() is None


def test_four_in_five_heard_within_the_time_that_is_named_rounded_to_half_a_day():
    for number in range(20):
        answered(30 if number < 15 else 60 if number < 16 else 400)
    assert expected() == at(8, 11)
    assert expected(moment=at(8, 10, 30)) == at(8, 16, 30)
    assert expected(moment=at(11, 16)) == at(14, 11)


def test_a_channel_with_too_little_goes_by_all_in_which_people_write():
    for number in range(20):
        answered(60, channel="email" if number % 2 else "letter")
    for _ in range(30):
        answered(0, channel="call")
    assert expected("form") == at(8, 11)
    assert [each.minutes for each in first_answers(at(-90, 0), NOW) if each.channel == "call"] == [0.0] * 30
    assert expected("call", at(8, 10, 59)) == at(8, 11)


def test_what_is_older_than_ninety_days_does_not_count():
    for number in range(20):
        answered(60, day=-95 - number)
    assert expected() is None


def test_who_still_waits_counts_as_waiting_and_makes_it_unknown_when_they_are_many():
    for _ in range(20):
        answered(60)
    assert expected() == at(8, 11)
    for _ in range(4):
        keep(case_of(say(at(2, 9))))
    assert expected() == at(8, 11)
    for _ in range(4):
        keep(case_of(say(at(2, 9))))
    assert expected() is None
    assert expected("letter") is None


def test_what_lay_here_long_before_we_heard_it_says_nothing():
    for _ in range(20):
        answered(60)
    for _ in range(30):
        voice = say(at(-20, 9))
        Voice.objects.filter(pk=voice.pk).update(heard_at=at(7, 9))
        keep(case_of(voice))
    assert expected() == at(8, 11)


def test_the_record_of_the_desk_and_from_before_it_are_one():
    old = answered(60)
    case = case_of(say(at(1, 9)))
    answer(case, at(1, 11))
    keep(case)
    waits = case_of(say(at(2, 9)))
    keep(waits)
    paused = case_of(say(at(3, 9)))
    become(paused, "waiting_customer", at(3, 10))
    keep(paused)
    found = sorted((each.began_at, each.at, each.minutes) for each in first_answers(at(-90, 0), at(3, 12)))
    assert found[0] == (at(0, 9), old.said_at, 60)
    assert found[1] == (at(1, 9), at(1, 11), 120)
    assert found[2][1:] == (None, 690)
    assert found[3][1:] == (None, 60)


def test_only_the_first_true_reply_counts():
    conversation = talk()
    say(at(0, 9), conversation=conversation)
    reply(at(0, 9, 1), conversation=conversation, text="Wij hebben uw mail ontvangen. U hoort spoedig van ons.")
    reply(at(0, 10), conversation=conversation)
    reply(at(1, 10), conversation=conversation)
    (found,) = first_answers(at(-90, 0), NOW)
    assert found.minutes == 60


def test_a_first_reply_from_before_the_period_makes_a_later_one_no_first():
    conversation = talk()
    say(at(-200, 9), conversation=conversation)
    reply(at(-199, 9), conversation=conversation)
    reply(at(0, 10), conversation=conversation)
    assert first_answers(at(-90, 0), NOW) == []
    assert len(first_answers(at(-200, 0), NOW)) == 1


def test_in_public_each_voice_waits_for_its_own_answer():
    conversation = talk("facebook")
    one, two, _ = (say(at(0, 9), conversation=conversation, channel="facebook") for _ in range(3))
    reply(at(0, 10), conversation=conversation, answers=one, channel="facebook")
    reply(at(0, 12), conversation=conversation, answers=two, channel="facebook")
    assert sorted(each.minutes for each in first_answers(at(-90, 0), NOW)) == [60, 180]


def test_it_is_asked_of_the_record_once_in_a_while(django_assert_num_queries):
    expected()
    with django_assert_num_queries(1):
        expected_answer_by("form", NOW + timedelta(minutes=1))


def test_it_is_said_in_the_language_of_who_looks():
    with translation.override("nl"):
        assert said_to_expect(at(9, 11), NOW) == "uiterlijk morgen voor 12.00 uur"
        assert said_to_expect(at(9, 11), NOW, "en") == "by 12:00 tomorrow"
    with translation.override("en"):
        assert said_to_expect(at(9, 11), NOW) == "by 12:00 tomorrow"


def told(promised_for, answers_at=None):
    """A case whose acknowledgement named a time, and that was answered then."""
    case = case_of(say(at(0, 9)))
    answer(case, at(0, 9, 1), automatic=True, promised_for=promised_for)
    if answers_at is not None:
        answer(case, answers_at)
    keep(case)
    return case


def test_how_often_a_time_that_we_named_came_true():
    told(at(0, 16), at(0, 15))
    told(at(0, 16), at(0, 16))
    told(at(0, 16), at(1, 9))
    told(at(0, 16))
    told(at(9, 16))
    told(at(9, 16), at(1, 9))
    with clock.at(NOW):
        kept = word_kept(at(-90, 0), at(20, 0))
    assert kept == WordKept(named=5, kept=3, open=1)
    assert kept.share == 0.6
    assert WordKept(0, 0, 0).share is None


def test_solving_without_an_answer_does_not_keep_our_word():
    become(told(at(0, 16)), "solved", at(0, 10))
    with clock.at(NOW):
        assert word_kept(at(-90, 0), at(20, 0)) == WordKept(1, 0, 0)
