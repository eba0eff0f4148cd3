"""Cases made one: promises and complaints of the part are seen on the case that goes on, and go back with it."""

import pytest

from gehoor.rooms.desk.cases.merging import do_merge, do_part
from gehoor.rooms.desk.cases.undoing import do_undo
from gehoor.rooms.desk.complaints.actions import do_register
from gehoor.rooms.desk.complaints.panel import beside_case as complaints_of
from gehoor.rooms.desk.models import CaseVoice, Complaint, Promise
from gehoor.rooms.desk.promises.actions import do_promise
from gehoor.rooms.desk.promises.panel import beside_case as promises_of

from .conftest import colleague, say, someone, tell, waits

pytestmark = pytest.mark.django_db
FINAL = "28 april 2026"


@pytest.fixture
def two(db):
    """Of two persons, so that nothing is seen through the person."""
    first = waits("Mijn depot?", person=someone(), hours=-9)
    return first, waits("Schande!", person=someone("Jan Bos"), kind="complaint", hours=-8)


@pytest.fixture
def officer(db):
    return colleague("complaints_officer", name="Karin Bos")


def test_a_promise_of_the_part_is_seen_where_it_goes_on_and_goes_back(two, adviser):
    first, second = two
    do_promise(None, "Terugbellen over de nota", None, adviser, case=second)
    assert "de nota" not in promises_of(first, adviser)
    act = do_merge(second, first, adviser)
    assert "de nota" in promises_of(first, adviser)
    do_undo(act, adviser)
    second.refresh_from_db()
    assert "de nota" not in promises_of(first, adviser) and "de nota" in promises_of(second, adviser)


def test_also_of_a_part_of_a_part(two, adviser):
    first, second = two
    third = waits("En nog iets.", hours=-7)
    do_promise(None, "De nota nakijken", None, adviser, case=third)
    do_merge(third, second, adviser)
    do_merge(second, first, adviser)
    assert "De nota nakijken" in promises_of(first, adviser)


def test_what_was_promised_to_the_part_while_it_was_one_goes_back_with_it(two, adviser):
    first, second = two
    act = do_merge(second, first, adviser)
    reply = tell("U hoort vrijdag van ons.", answers=second.voice)
    promise = do_promise(None, "Vrijdag laten horen", None, adviser, case=first, reply=reply)
    do_undo(act, adviser)
    promise.refresh_from_db()
    assert promise.case == second
    second.refresh_from_db()
    assert "Vrijdag laten" in promises_of(second, adviser) and "Vrijdag laten" not in promises_of(first, adviser)


def test_a_complaint_of_the_part_is_seen_where_it_goes_on_and_goes_back(two, officer, adviser):
    first, second = two
    do_register(second.voice, officer)
    act = do_merge(second, first, adviser)
    assert FINAL in complaints_of(first, officer)
    do_undo(act, adviser)
    second.refresh_from_db()
    assert complaints_of(first, officer) == "" and FINAL in complaints_of(second, officer)


def test_a_complaint_registered_while_it_was_one_goes_back_with_its_voice(two, officer, adviser):
    first, second = two
    act = do_merge(second, first, adviser)
    do_register(second.voice, officer)
    assert Complaint.objects.get().case == first
    do_undo(act, adviser)
    assert Complaint.objects.get().case == second


def test_a_second_complaint_that_came_with_the_part_is_still_proposed(two, officer, adviser):
    _, second = two
    public = waits("Wat een drama", channel="x", kind="complaint", hours=-6)
    assert complaints_of(public, officer) == ""
    do_merge(second, public, adviser)
    assert str(second.voice.public_id) in complaints_of(public, officer)
    do_register(second.voice, officer)
    assert "/voorgesteld/" not in complaints_of(public, officer)
    third = waits("Ook hierover een klacht", kind="complaint", hours=-5)
    do_merge(third, public, adviser)
    shown = complaints_of(public, officer)
    assert FINAL in shown and str(third.voice.public_id) in shown


def test_what_is_parted_off_takes_its_promise_and_its_complaint_along(two, officer, adviser):
    first, second = two
    do_merge(second, first, adviser)
    later = say("Nog een klacht", kind="complaint")
    CaseVoice.objects.create(case=first, voice=later)
    do_register(later, officer)
    do_promise(None, "Uitzoeken", None, adviser, case=first, reply=tell(answers=later))
    _, own = do_part(first, later, adviser)
    assert Complaint.objects.get().case == own and Promise.objects.get().case == own
