"""How many asked for a change: through its needs as they stand, and by single voices that someone named."""

import pytest

from gehoor.rooms.changes.actions import do_say_voice_asks, do_start_change
from gehoor.rooms.changes.asked import asked_for, bases, said_for
from gehoor.rooms.changes.evidence import evidence_of, needs_of, voices_of
from gehoor.rooms.needs.decisions import do_merge, do_set_aside
from gehoor.rooms.needs.listing import belonging
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.recount import do_recount

from .conftest import START, say


def begin(marketer, *needs):
    return do_start_change(name="Iets", needs=[need.public_id for need in needs], actor=marketer)


def asked(change):
    return asked_for([change.pk])[change.pk]


def test_one_need_counts_as_the_need_itself(heard, deposit, marketer):
    found = asked(begin(marketer, deposit))
    need = Need.objects.get(pk=deposit.pk)
    assert (found.voices, found.persons, found.anonymous) == (need.voices, need.persons, need.anonymous) == (4, 2, 1)
    assert found.minutes == pytest.approx(need.customer_minutes)
    assert [[channel, voices] for channel, voices, _ in found.channels] == [each[:2] for each in need.channels]
    assert found.since == START


def test_two_needs_count_a_person_once(heard, needs, marketer):
    together = asked(begin(marketer, needs[2], needs[3]))
    broad = Need.objects.get(pk=needs[0].pk)
    assert (together.voices, together.persons) == (broad.voices, broad.persons) == (5, 2)
    assert asked(begin(marketer, needs[0], needs[2])) == together


@pytest.mark.parametrize("which", range(5))
def test_what_stands_under_a_need_is_what_its_own_page_shows(heard, needs, marketer, which):
    do_merge(need=needs[3], into=needs[2], actor=marketer)
    do_set_aside(need=needs[4], actor=marketer)
    need = Need.objects.get(pk=needs[which].pk)
    stands_for_it = need.merged_into or need
    own = set(belonging(stands_for_it, 2).values_list("voice", flat=True))
    change = begin(marketer, need)
    assert {said.voice for said in said_for(bases([change.pk]))[change.pk]} == own


def test_a_merged_need_still_asks_for_its_change(heard, needs, marketer):
    change = begin(marketer, needs[3])
    do_merge(need=needs[3], into=needs[2], actor=marketer)
    assert asked(change).voices == 5
    assert [str(each.need) for each in needs_of(change)] == ["Bouwdepot"]


def test_a_need_that_is_gone_asks_for_nothing_and_is_said_to_be_gone(heard, deposit, marketer):
    change = begin(marketer, deposit)
    deposit.delete()
    assert asked(change).voices == 0
    assert [each.need for each in needs_of(change)] == [None]


def test_a_named_voice_counts_once_and_with_all_its_minutes(heard, deposit, marketer):
    change = begin(marketer, deposit)
    before = asked(change)
    known = deposit.belonging.first().voice
    do_say_voice_asks(change=change, voice=known, asks=True, actor=marketer)
    assert asked(change) == before
    called = say("Ook mijn depot", person=heard["cor"], channel="call", duration_seconds=1_200)
    do_say_voice_asks(change=change, voice=called, asks=True, actor=marketer)
    assert (asked(change).voices, asked(change).persons) == (5, 3)
    assert asked(change).minutes == pytest.approx(before.minutes + 20)


def test_a_voice_that_does_not_ask_is_left_out_everywhere(heard, deposit, marketer):
    Need.objects.filter(pk=deposit.pk).update(
        quotes=[[belongs.ask_id, 0, 5] for belongs in deposit.belonging.order_by("pk")]
    )
    change = begin(marketer, deposit)
    voice = deposit.belonging.order_by("pk").first().voice
    do_say_voice_asks(change=change, voice=voice, asks=False, actor=marketer)
    assert asked(change).voices == 3
    assert voice.pk not in voices_of(change)
    found = evidence_of(change, needs_of(change))
    assert (len(found.quotes), found.not_asking) == (3, 1)
    assert voice not in [each.voice for each in found.quotes]


def test_nobody_asked_for_a_mere_idea(marketer):
    found = asked(begin(marketer))
    assert (found.voices, found.persons, found.minutes, found.since) == (0, 0, 0, None)


def test_voices_stand_newest_first_and_undated_last(heard, deposit, marketer):
    undated = say("Wanneer?", day=None, need=deposit)
    do_recount(generation=deposit.generation)
    order = voices_of(begin(marketer, deposit))
    assert order[-1] == undated.pk
    assert order[0] == deposit.belonging.order_by("-voice__said_at").exclude(voice=undated).first().voice_id


def test_many_changes_take_as_few_queries_as_one(heard, needs, marketer, django_assert_max_num_queries):
    changes = [begin(marketer, need) for need in needs * 4]
    with django_assert_max_num_queries(10):
        asked_for([change.pk for change in changes])
    with django_assert_max_num_queries(8):
        asked_for([change.pk for change in changes])
