"""Who sent the same stands together: one line for all, nobody lost, everything to be undone."""

import pytest

from gehoor.rooms.desk.cases.listing import View, cases_in, counts, listed
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.cases.undoing import do_undo
from gehoor.rooms.desk.chorus import erasing
from gehoor.rooms.desk.chorus.joining import do_dissolve, do_take_out
from gehoor.rooms.desk.chorus.page import own
from gehoor.rooms.desk.models import Act, Case, CaseSentence, Chorus, State
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.rights import Subject

from .conftest import ADDED, LETTER, again, look, sends

pytestmark = pytest.mark.django_db


def test_many_letters_are_one_line_and_all_of_them_are_counted(many, adviser):
    assert Chorus.objects.count() == 1
    lines = listed(View.WAITING, adviser).lines
    assert [line.case for line in lines] == [many[0]]
    assert (lines[0].many.people, lines[0].many.waiting, lines[0].many.own) == (7, 7, 1)
    assert counts(adviser)[View.WAITING] == 1


def test_what_one_added_is_shown_in_their_own_words(many):
    found = own(many[0].chorus)
    assert [(each.case, each.passages) for each in found] == [(many[3], [ADDED])]


def test_fewer_than_five_stand_each_for_themselves_yet_know_of_each_other(adviser):
    cases = [sends(number) for number in range(1, 5)]
    look()
    assert {again(each).chorus_id for each in cases} == {Chorus.objects.get().pk}
    assert len(listed(View.WAITING, adviser).lines) == 4


def test_another_letter_stays_out(many, adviser):
    other = sends(
        9,
        "Waarom duurt de uitbetaling van mijn bouwdepot al zes weken? De aannemer dreigt te stoppen, en "
        "ik krijg bij u niemand aan de lijn die mij kan zeggen wanneer het geld er is.",
    )
    look()
    assert again(other).chorus is None
    assert len(listed(View.WAITING, adviser).lines) == 2


def test_when_the_first_was_answered_the_next_that_waits_stands_for_all(many, adviser):
    do_set_state(many[0], State.SOLVED, adviser)
    line = listed(View.WAITING, adviser).lines[0]
    assert (line.case, line.many.people, line.many.waiting) == (many[1], 7, 6)
    assert many[0] not in set(cases_in(View.SOLVED, adviser))


def test_when_all_were_answered_one_line_stands_with_what_is_solved(many, adviser):
    for case in many:
        do_set_state(case, State.SOLVED, adviser)
    assert not listed(View.WAITING, adviser).lines
    assert [line.many.waiting for line in listed(View.SOLVED, adviser).lines] == [0]


def test_what_somebody_took_stands_with_what_is_theirs_though_another_stands_for_all(many, adviser):
    from gehoor.rooms.desk.cases.actions import do_assign

    do_assign(many[4], adviser, adviser)
    assert many[4] in set(cases_in(View.MINE, adviser))


def test_a_case_that_is_taken_out_stands_by_itself_stays_out_and_comes_back_when_that_is_undone(many, adviser):
    act = do_take_out(many[3], adviser)
    look()
    assert again(many[3]).chorus is None
    assert {line.case for line in listed(View.WAITING, adviser).lines} == {many[0], many[3]}
    do_undo(act, adviser)
    assert again(many[3]).chorus == many[0].chorus
    assert len(listed(View.WAITING, adviser).lines) == 1


def test_the_line_in_the_log_that_put_it_there_can_be_undone_too(many, adviser):
    do_undo(Act.objects.get(case=many[5], kind="chorus"), adviser)
    assert again(many[5]).chorus is None


def test_a_group_that_somebody_parted_stands_apart_and_what_comes_later_too_until_that_is_undone(many, adviser):
    chorus = many[0].chorus
    do_dissolve(chorus, adviser)
    sends(9)
    look()
    assert len(listed(View.WAITING, adviser).lines) == 8
    do_dissolve(chorus, adviser, dissolved=False)
    assert len(listed(View.WAITING, adviser).lines) == 1


def test_who_sends_the_same_again_has_one_case_in_which_that_stands_and_that_can_be_undone(adviser):
    person = Person.objects.create(name="Mevr. De Vries")
    first = sends(1, person=person)
    look()
    second = sends(2, person=person)
    look()
    assert (again(second).state, again(second).merged_into) == (State.MERGED, first)
    assert not Chorus.objects.exists()
    do_undo(Act.objects.get(case=first, kind="merge"), adviser)
    assert again(second).state == State.NEW


def test_one_of_many_who_sends_it_again_is_counted_once(many):
    sends(20, person=Person.objects.get(attributions__voice=many[2].voice))
    look()
    assert Case.objects.filter(chorus=many[0].chorus).exclude(state=State.MERGED).count() == 7


def test_when_someone_is_erased_the_group_goes_on_without_them_and_the_last_takes_it_along(many):
    def gone(case):
        erasing.erase(Subject(person=None, voices=[case.voice_id]))

    chorus = many[0].chorus
    gone(many[0])
    assert Case.objects.filter(chorus=chorus).count() == 6
    for case in many[1:]:
        gone(case)
    assert not Chorus.objects.exists()


def test_what_waits_alone_is_forgotten_after_two_months(adviser):
    sends(1)
    look()
    assert CaseSentence.objects.exists()
    CaseSentence.objects.update(until="2026-01-01T00:00:00Z")
    sends(2)
    look()
    assert Chorus.objects.count() == 0
    assert set(CaseSentence.objects.values_list("case__voice__author", flat=True)) == {"Jan Smit"}


@pytest.mark.parametrize("text", ["?", "Help!", "🙂 " * 500, "\n\n\n.\n", LETTER[:60]])
def test_a_text_in_which_little_is_said_is_compared_without_trouble_and_joins_nothing(text):
    cases = [sends(number, text) for number in range(3)]
    look()
    assert all(again(each).compared for each in cases)
    assert not Chorus.objects.exists()
