"""Two cases one, a voice parted off, proposals; each undone leaves everything as it was."""

import pytest

from gehoor.kernel.errors import Refused
from gehoor.rooms.desk.cases.beginning import do_begin_case
from gehoor.rooms.desk.cases.merging import do_keep_apart, do_merge, do_part, preview
from gehoor.rooms.desk.cases.proposing import proposals
from gehoor.rooms.desk.cases.queries import case_of, cases_of, family_of, person_of, voices_of
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.cases.undoing import do_undo
from gehoor.rooms.desk.models import Act, Case, CaseVoice, State
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.voices.models import Ask

from .conftest import conversation, look, say, someone, tell, waits

pytestmark = pytest.mark.django_db


def standing():
    """Everything that merging and parting may change."""
    cases = {case.pk: (case.state, case.merged_into_id, case.voice_id) for case in Case.objects.all()}
    return cases, dict(CaseVoice.objects.values_list("voice_id", "case_id"))


@pytest.fixture
def two(db):
    person = someone()
    return waits("Mijn depot?", person=person, hours=-9), waits("Nog eens: mijn depot?", person=person, channel="call")


def test_two_cases_become_one_with_everything_that_was_said(two, adviser):
    first, second = two
    do_merge(second, first, adviser)
    assert voices_of(first) == [first.voice, second.voice]
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (State.MERGED, first)
    assert cases_of(person_of(first).pk) == [first]
    assert family_of(first) == sorted([first.pk, second.pk])


def test_a_merge_undone_leaves_everything_as_it_was(two, adviser):
    first, second = two
    do_set_state(second, State.WAITING_US, adviser)
    before = standing()
    act = do_merge(second, first, adviser)
    assert standing() != before
    do_undo(act, adviser)
    assert standing() == before


def test_what_came_in_after_a_merge_stays_when_it_is_undone(two, adviser):
    first, second = two
    thread = conversation()
    first.voice.conversation = thread
    first.voice.save()
    act = do_merge(second, first, adviser)
    later = say(conversation=thread, hours=0)
    look()
    do_undo(act, adviser)
    assert case_of(later.pk) == first
    assert voices_of(second) == [second.voice]


def test_who_waited_in_one_waits_in_both(two, adviser):
    first, second = two
    do_set_state(first, State.SOLVED, adviser)
    act = do_merge(second, first, adviser)
    first.refresh_from_db()
    assert first.state == State.OPEN
    do_undo(act, adviser)
    first.refresh_from_db()
    assert first.state == State.SOLVED


@pytest.mark.parametrize("state", [State.SPAM, State.CLOSED])
def test_nothing_goes_on_in_what_is_spam_or_closed(two, adviser, state):
    first, second = two
    Case.objects.filter(pk=first.pk).update(state=state)
    with pytest.raises(Refused):
        do_merge(second, first, adviser)


def test_a_case_is_not_merged_with_itself_or_twice(two, adviser):
    first, second = two
    with pytest.raises(Refused):
        do_merge(first, first, adviser)
    do_merge(second, first, adviser)
    with pytest.raises(Refused):
        do_merge(second, first, adviser)


def test_the_preview_changes_nothing_and_shows_both_in_order(two):
    first, second = two
    ours = tell(answers=first.voice, hours=-5)
    before = standing()
    seen = preview(second, first)
    assert [said.thing for said in seen.said] == [first.voice, ours, second.voice]
    assert [said.moves for said in seen.said] == [False, False, True]
    assert standing() == before
    assert not seen.others


def test_the_preview_warns_of_two_persons(two):
    first, _ = two
    assert preview(waits(person=someone("Jan Bakker")), first).others


def test_a_voice_is_parted_off_into_a_case_of_its_own_and_back(adviser):
    thread = conversation()
    first = waits(conversation=thread, hours=-9)
    second = say("En iets heel anders?", conversation=thread)
    look()
    before = standing()
    act, own = do_part(first, second, adviser)
    assert voices_of(own) == [second]
    assert voices_of(first) == [first.voice]
    do_undo(act, adviser)
    own.refresh_from_db()
    assert (own.state, own.merged_into) == (State.MERGED, first)
    cases, placed = standing()
    assert placed == before[1]
    assert {pk: cases[pk] for pk in before[0]} == before[0]


def test_a_case_of_which_the_first_voice_is_parted_off_is_its_next_voice_s(adviser):
    thread = conversation()
    first = waits(conversation=thread, hours=-9)
    opening = first.voice
    second = say(conversation=thread)
    look()
    do_part(first, opening, adviser)
    first.refresh_from_db()
    assert (first.voice, first.begun_at) == (second, second.said_at)


def test_the_only_voice_of_a_case_is_not_parted_off(adviser):
    case = waits()
    with pytest.raises(Refused):
        do_part(case, case.voice, adviser)


def test_parting_off_is_not_undone_once_more_was_said_there(adviser):
    thread, other = conversation(), conversation()
    first = waits(conversation=thread, hours=-9)
    second = say(conversation=other)
    CaseVoice.objects.create(case=first, voice=second)
    act, own = do_part(first, second, adviser)
    say(conversation=other, hours=0)
    look()
    assert CaseVoice.objects.filter(case=own).count() == 2
    with pytest.raises(Refused):
        do_undo(act, adviser)


@pytest.fixture
def need(db):
    generation = Generation.objects.create(asks=0, levels=1, default_level=1, current=True)
    return Need.objects.create(generation=generation, level=1, proposed_name="Bouwdepot")


def about(need, *cases):
    for case in cases:
        for ask in Ask.objects.filter(voice=case.voice):
            AskNeed.objects.create(
                ask=ask, voice=case.voice, start=0, generation=need.generation, computed=need, need=need
            )


def test_the_same_person_about_the_same_need_is_proposed(two, need):
    first, second = two
    about(need, first, second)
    assert [(each.case, each.need) for each in proposals(first, person_of(first))] == [(second, "Bouwdepot")]


def test_another_need_another_person_and_long_ago_are_not_proposed(two, need):
    first, _ = two
    about(need, first)
    old = do_begin_case(say(person=person_of(first), hours=-15 * 24), None)
    stranger = waits(person=someone("Jan Bakker"))
    about(need, old, stranger)
    assert proposals(first, person_of(first)) == []


def test_what_was_kept_apart_is_not_proposed_again_from_either_side_until_that_is_undone(two, need, adviser):
    first, second = two
    about(need, first, second)
    act = do_keep_apart(first, second, adviser)
    assert proposals(first, person_of(first)) == []
    assert proposals(second, person_of(second)) == []
    do_undo(act, adviser)
    assert len(proposals(second, person_of(second))) == 1


def test_both_logs_say_what_became_one(two, adviser):
    first, second = two
    do_undo(do_merge(second, first, adviser), adviser)
    kinds = list(Act.objects.filter(case=second).order_by("pk").values_list("kind", "undone"))
    assert kinds == [("begun", False), ("merge", True), ("unmerge", False)]
