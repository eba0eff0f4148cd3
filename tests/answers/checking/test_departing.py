"""Sent all the same: why, who handles it, and what the check learns."""

import pytest
from tests.answers.checking.conftest import REPAY, colleague, hear, seen_by, tell

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.answers.checking.check import check
from gehoor.rooms.answers.checking.departing import (
    departures,
    do_depart,
    do_handle_departure,
    do_take_back_departure,
    normal,
)
from gehoor.rooms.answers.checking.remarks import Outcome
from gehoor.rooms.answers.erasing import erase, export
from gehoor.rooms.answers.models import Because, Departure
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.privacy.rights import Subject

DRAFT = "U mag elk jaar 10 % boetevrij aflossen."


def remark_on(draft=DRAFT):
    return check(draft, question=REPAY).clashes[0]


def test_a_reason_keeps_both_sides_and_leads_to_the_entry(book, owner):
    made = do_depart(actor=colleague("adviser"), remark=remark_on(), because="book_wrong", why=" Zie brief van mei. ")
    assert (made.answer, made.version) == (book["repay"].answer, book["repay"])
    assert (made.book_says, made.draft_says, made.quote) == (
        "15 % per jaar van het oorspronkelijke bedrag",
        "10 % per jaar",
        DRAFT,
    )
    assert (made.because, made.why, made.handled) == (Because.BOOK_WRONG, "Zie brief van mei.", "")
    assert AuditEntry.objects.filter(action="answer.depart", public_id=made.public_id).exists()
    assert list(departures(answer=book["repay"].answer, open_only=True)) == [made]


def test_saying_it_twice_is_one_departure_with_the_newest_reason(book):
    adviser = colleague("adviser")
    first = do_depart(actor=adviser, remark=remark_on(), because="book_wrong")
    second = do_depart(actor=adviser, remark=remark_on(), because="this_customer")
    assert first.pk == second.pk
    assert Departure.objects.get().because == "this_customer"


def test_no_reason_is_no_departure(book):
    with pytest.raises(Refused):
        do_depart(actor=colleague("adviser"), remark=remark_on(), because="")
    assert not Departure.objects.exists()


def test_who_may_not_propose_cannot_depart(book):
    with pytest.raises(NotAllowed):
        do_depart(actor=colleague("administrator"), remark=remark_on(), because="book_wrong")


@pytest.mark.parametrize("because", ["misread", "other_question"])
def test_the_check_learns_when_two_people_say_that_it_is_no_clash(book, because):
    do_depart(actor=colleague("adviser"), remark=remark_on(), because=because)
    assert check(DRAFT, question=REPAY).outcome is Outcome.CLASHES
    do_depart(actor=colleague("adviser"), remark=remark_on(), because=because)
    learned = check("Beste klant,\n\nu mag elk  jaar 10 % boetevrij aflossen!", question=REPAY)
    assert (learned.clashes, learned.passed_over) == ([], 1)
    assert check("U mag elk jaar 11 % boetevrij aflossen.", question=REPAY).outcome is Outcome.CLASHES


def test_one_person_who_says_it_twice_teaches_nothing(book):
    adviser = colleague("adviser")
    for person in (hear("Vraag een."), hear("Vraag twee.")):
        do_depart(actor=adviser, remark=remark_on(), because="misread", voice=person)
    assert Departure.objects.count() == 2
    assert check(DRAFT, question=REPAY).outcome is Outcome.CLASHES


def test_that_the_book_is_wrong_teaches_the_check_nothing(book):
    for _ in range(3):
        do_depart(actor=colleague("adviser"), remark=remark_on(), because="book_wrong")
    assert check(DRAFT, question=REPAY).outcome is Outcome.CLASHES


def test_the_owner_handles_it_and_can_undo_that(book, owner):
    made = do_depart(actor=colleague("adviser"), remark=remark_on(), because="book_wrong")
    do_handle_departure(actor=owner, departure=made, handled="kept")
    assert not departures(open_only=True).exists()
    assert departures().get().handled_by == owner
    do_handle_departure(actor=owner, departure=made, handled="")
    assert departures(open_only=True).get().handled_by is None


def test_who_neither_edits_nor_owns_cannot_handle_it(book):
    made = do_depart(actor=colleague("adviser"), remark=remark_on(), because="book_wrong")
    with pytest.raises(NotAllowed):
        do_handle_departure(actor=colleague("adviser"), departure=made, handled="kept")


def test_who_said_so_takes_it_back_until_someone_handled_it(book, owner):
    adviser = colleague("adviser")
    made = do_depart(actor=adviser, remark=remark_on(), because="book_wrong")
    with pytest.raises(NotAllowed):
        do_take_back_departure(actor=colleague("adviser"), departure=made)
    do_handle_departure(actor=owner, departure=made, handled="changed")
    with pytest.raises(Refused):
        do_take_back_departure(actor=adviser, departure=made)
    do_handle_departure(actor=owner, departure=made, handled="")
    do_take_back_departure(actor=adviser, departure=made)
    assert not Departure.objects.exists()


def test_what_differs_from_what_a_customer_was_told_can_be_passed_by_too(book, customer):
    tell("U mag 20 % per jaar boetevrij aflossen.", person=customer)
    (remark,) = [each for each in check(book["repay"].text, question=REPAY, person=customer).clashes if each.earlier]
    made = do_depart(actor=colleague("adviser"), remark=remark, because="book_wrong", person=customer)
    assert (made.earlier, made.answer, made.person) == (True, None, customer)


def test_the_list_of_departures_names_no_adviser(book):
    do_depart(actor=colleague("adviser", name="Yusuf Aydin"), remark=remark_on(), because="book_wrong")
    page = seen_by("answer_editor").get("/antwoorden/controle/anders/").content.decode()
    assert DRAFT in page
    assert "Yusuf" not in page


def test_handling_on_screen_offers_undo(book):
    made = do_depart(actor=colleague("adviser"), remark=remark_on(), because="book_wrong")
    browser = seen_by("answer_editor")
    address = f"/antwoorden/controle/anders/{made.public_id}/"
    page = browser.post(address, {"handled": "kept"}, follow=True).content.decode()
    assert f'action="{address}"' in page
    assert departures().get().handled == "kept"
    browser.post(address)
    assert departures().get().handled == ""
    assert seen_by("adviser").post(address, {"handled": "kept"}).status_code == 403


def test_a_sentence_is_the_same_without_capitals_spaces_and_its_stop():
    assert normal("  U mag\n10 %  aflossen. ") == normal("u mag 10 % aflossen") != normal("u mag 11 % aflossen")


def test_erasing_a_customer_takes_what_was_noted_about_answering_them(book, customer):
    adviser = colleague("adviser")
    do_depart(actor=adviser, remark=remark_on(), because="this_customer", person=customer, why="Ans vroeg het")
    subject = Subject(person=customer.pk, voices=[], replies=[])
    assert export(subject)["departures"][0]["why"] == "Ans vroeg het"
    erase(subject)
    assert not Departure.objects.exists()
