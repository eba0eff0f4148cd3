"""Making, confirming, correcting, settling, agreeing anew; each can be undone."""

from datetime import timedelta

import pytest
from tests.desk.cases.conftest import NOW, colleague, someone, tell
from tests.desk.promises.conftest import later, look

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.desk.models import Promise, PromiseState, PromiseStep
from gehoor.rooms.desk.promises.actions import (
    do_break,
    do_confirm,
    do_correct,
    do_keep,
    do_promise,
    do_renegotiate,
    do_say_none,
    do_undo,
    due_today,
    open_promises,
)
from gehoor.rooms.desk.promises.listing import figures
from gehoor.rooms.desk.promises.standing import Standing, rows, standing_of
from gehoor.rooms.people.models import Addressing
from gehoor.rooms.privacy.models import AuditEntry

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def person(db):
    return someone()


@pytest.fixture
def promise(person, adviser):
    return do_promise(person, "Terugbellen over het depot", TOMORROW, adviser)


@pytest.fixture
def proposed(person):
    tell("U hoort vrijdag van ons.", person=person)
    look()
    return Promise.objects.get()


def again(promise):
    return Promise.objects.get(pk=promise.pk)


def test_a_promise_made_by_hand_is_open_and_its_maker_sees_to_it(promise, person, adviser):
    assert promise.state == PromiseState.OPEN and promise.owner == adviser
    assert open_promises(person.pk) == [promise]
    assert AuditEntry.objects.filter(action="promise.make", public_id=promise.public_id).count() == 1


def test_a_promise_to_nobody_is_refused(adviser):
    with pytest.raises(Refused):
        do_promise(None, "Terugbellen", TOMORROW, adviser)


def test_who_may_not_answer_may_not_promise(person):
    with pytest.raises(NotAllowed):
        do_promise(person, "Terugbellen", TOMORROW, colleague("manager"))


def test_confirming_a_proposal_opens_it_for_whoever_confirms(proposed, adviser, person):
    assert open_promises(person.pk) == []
    do_confirm(proposed, adviser, {"what": "Bellen over de rente"})
    kept = again(proposed)
    assert (kept.state, kept.what, kept.owner) == (PromiseState.OPEN, "Bellen over de rente", adviser)
    do_undo(proposed, adviser)
    kept = again(proposed)
    assert (kept.state, kept.what, kept.owner) == (PromiseState.PROPOSED, "U hoort vrijdag van ons.", None)


def test_a_correction_is_undone_to_the_microsecond(promise, adviser):
    due = promise.due_at
    do_correct(promise, {"due_at": due + timedelta(microseconds=1), "owner": None}, adviser)
    assert again(promise).owner is None
    do_undo(promise, adviser)
    assert (again(promise).due_at, again(promise).owner) == (due, adviser)


@pytest.mark.parametrize(
    ("do", "state"),
    [(do_keep, PromiseState.KEPT), (do_break, PromiseState.BROKEN), (do_say_none, PromiseState.NONE)],
)
def test_each_end_can_be_undone_and_done_again(promise, adviser, do, state):
    do(promise, adviser)
    assert again(promise).state == state
    with pytest.raises(Refused):
        do_keep(promise, adviser)
    do_undo(promise, adviser)
    assert again(promise).state == PromiseState.OPEN and again(promise).settled_at is None
    do(promise, adviser)
    assert again(promise).state == state


def test_kept_after_it_was_due_counts_as_kept_when_it_was_due(promise, adviser):
    with later(48):
        do_keep(promise, adviser)
    assert again(promise).settled_at == TOMORROW


def test_done_later_than_promised_is_not_kept(promise, adviser):
    with later(48), pytest.raises(Refused):
        do_keep(promise, adviser, at=TOMORROW + timedelta(hours=1))


def test_told_before_it_was_due_it_is_agreed_anew_and_told_after_it_is_broken(promise, person, adviser):
    new = do_renegotiate(promise, TOMORROW + timedelta(days=2), adviser, why="De taxateur is ziek")
    assert again(promise).state == PromiseState.RENEGOTIATED
    assert new.instead_of == promise and new.what == promise.what and new.person == person
    with later(24 * 5):
        newer = do_renegotiate(new, TOMORROW + timedelta(days=9), adviser)
    assert again(new).state == PromiseState.BROKEN and newer.state == PromiseState.OPEN


def test_agreeing_anew_is_undone_with_what_came_in_its_place(promise, person, adviser):
    new = do_renegotiate(promise, TOMORROW + timedelta(days=2), adviser)
    do_undo(promise, adviser)
    assert again(promise).state == PromiseState.OPEN and again(new).state == PromiseState.NONE
    assert open_promises(person.pk) == [promise]
    assert do_renegotiate(promise, TOMORROW + timedelta(days=3), adviser).instead_of == promise


def test_what_came_in_its_place_and_is_settled_is_undone_first(promise, adviser):
    new = do_renegotiate(promise, TOMORROW + timedelta(days=2), adviser)
    do_keep(new, adviser)
    with pytest.raises(Refused):
        do_undo(promise, adviser)
    assert again(promise).state == PromiseState.RENEGOTIATED


def test_a_new_promise_in_the_place_of_a_found_one_follows_its_person(proposed, person, adviser):
    Addressing.objects.update(person=someone("De echte"))
    new = do_renegotiate(proposed, NOW + timedelta(days=9), adviser)
    assert open_promises(new.person_id) == [new] and new.person.name == "De echte"


def test_a_time_before_the_customer_was_told_is_refused(promise, adviser):
    with pytest.raises(Refused):
        do_renegotiate(promise, NOW - timedelta(days=1), adviser)
    with pytest.raises(Refused):
        do_renegotiate(promise, TOMORROW, adviser, told_at=NOW + timedelta(hours=1))


def test_making_one_can_be_undone_once(promise, person, adviser):
    do_undo(promise, adviser)
    assert open_promises(person.pk) == []
    with pytest.raises(Refused):
        do_undo(promise, adviser)


def test_nothing_is_undone_that_somebody_changed_since(promise, adviser):
    do_correct(promise, {"what": "Anders"}, adviser)
    Promise.objects.filter(pk=promise.pk).update(what="Nog anders")
    with pytest.raises(Refused):
        do_undo(promise, adviser)
    assert not PromiseStep.objects.filter(undone=True).exists()


def test_past_due_and_unsettled_is_not_kept_as_far_as_we_know(promise):
    assert standing_of(promise) == Standing.LATER
    with later(23):
        assert standing_of(promise) == Standing.TODAY
    with later(25):
        assert standing_of(promise) == Standing.LATE


def test_a_reply_between_promising_and_its_time_suggests_that_it_was_kept(promise, person):
    tell("Hoi", person=person, hours=-1)
    (row,) = rows([promise])
    assert row.answered is None
    tell("Hoi", person=someone("Een ander"), hours=3)
    tell("Te laat", person=person, hours=30)
    (row,) = rows([promise])
    assert row.answered is None
    came = tell("Uw depot is in orde.", person=person, hours=3)
    (row,) = rows([promise])
    assert row.answered == came


def test_due_today_are_my_own_and_those_of_nobody(person, adviser):
    other = colleague("adviser", name="Daan Hofman")
    soon = NOW + timedelta(hours=2)
    mine = do_promise(person, "Mijn", soon, adviser)
    do_promise(person, "Van Daan", soon, adviser, owner=other)
    nobodys = do_promise(person, "Van niemand", soon, None)
    do_promise(person, "Morgen", TOMORROW, adviser)
    late = do_promise(person, "Te laat", NOW - timedelta(days=2), adviser)
    assert due_today(adviser) == [late, mine, nobodys]


def test_figures_say_what_became_of_what_was_due(person, adviser):
    for do in (do_keep, do_keep, do_break, do_say_none):
        do(do_promise(person, "Iets", TOMORROW, adviser), adviser)
    do_renegotiate(do_promise(person, "Iets", TOMORROW, adviser), TOMORROW + timedelta(days=1), adviser)
    do_promise(person, "Vergeten", NOW - timedelta(days=1), adviser)
    do_promise(person, "Ooit", None, adviser)
    found = figures()
    assert (found.kept, found.broken, found.renegotiated, found.unsaid, found.open) == (2, 1, 1, 1, 2)
    assert found.due == 5
