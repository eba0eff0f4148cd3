"""The screen of the check, what is at hand beside a voice, and the words of a run."""

import pytest
from django.test import Client
from tests.answers.checking.conftest import DEPOSIT, REPAY, REPAY_SAYS, colleague, hear, seen_by, someone, tell

from gehoor.rooms.answers.models import Departure
from gehoor.rooms.sending.runs import do_make_run, do_word, objections

CHECK = "/antwoorden/controle/"
DRAFT = "U mag elk jaar 10 % boetevrij aflossen."


def page_of(answer):
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def test_a_stranger_and_who_may_not_see_answers_stay_out(db):
    assert Client().get(CHECK).status_code == 302
    assert seen_by("administrator").get(CHECK).status_code == 403


def test_the_screen_marks_the_sentence_and_names_the_source(book):
    page = page_of(seen_by("adviser").post(CHECK, {"draft": f"Beste klant,\n\n{DRAFT}", "question": REPAY}))
    assert "<mark>U mag elk jaar <strong>10 %</strong> boetevrij aflossen.</mark>" in page
    assert "15 % per jaar" in page
    assert REPAY in page
    assert "Olga Visser" in page
    assert 'href="#remark-1"' in page


def test_nothing_to_compare_is_said_otherwise_than_agreement(book):
    browser = seen_by("adviser")
    nothing = page_of(browser.post(CHECK, {"draft": "De parkeerplaats is dicht.", "question": "Waar kan ik parkeren?"}))
    agrees = page_of(browser.post(CHECK, {"draft": REPAY_SAYS, "question": REPAY}))
    assert "niets om mee te vergelijken" in nothing.lower()
    assert "niets om mee te vergelijken" not in agrees.lower()


def test_hostile_markup_in_a_draft_is_shown_as_text(book):
    page = page_of(seen_by("adviser").post(CHECK, {"draft": f"<script>alert(1)</script>{DRAFT}", "question": REPAY}))
    assert "<script>alert(1)" not in page


def test_a_draft_of_a_megabyte_is_read_in_part_and_says_so(book):
    page = page_of(seen_by("adviser").post(CHECK, {"draft": DRAFT + " Dank u wel." * 90_000, "question": REPAY}))
    assert "20.000" in page


def test_without_a_draft_the_form_says_so(book):
    assert seen_by("adviser").post(CHECK, {"draft": "  "}).status_code == 200
    assert seen_by("adviser").post(CHECK, {"draft": ""}).status_code == 422


def test_a_customer_by_name_brings_in_what_was_told(book, customer):
    asked = hear("Hoeveel mag ik boetevrij aflossen?", person=customer)
    tell("U mag 20 % per jaar boetevrij aflossen.", person=customer, answers=asked, adviser="Karin Bos")
    given = {"draft": REPAY_SAYS, "question": REPAY, "customer": "De Vries"}
    assert "Karin Bos" in page_of(seen_by("adviser").post(CHECK, given))
    # a manager sees no people: the field is not there, and typing its name does not help
    assert "Karin Bos" not in page_of(seen_by("manager").post(CHECK, given))


def test_two_customers_of_one_name_are_asked_which(book, customer):
    other = someone()
    for person in (customer, other):
        hear("Hallo.", person=person)
    page = page_of(seen_by("adviser").post(CHECK, {"draft": REPAY_SAYS, "question": REPAY, "customer": "De Vries"}))
    assert str(other.public_id) in page
    assert str(customer.public_id) in page


def test_sending_it_all_the_same_asks_why_and_can_be_taken_back(book):
    browser = seen_by("adviser")
    given = {"draft": DRAFT, "question": REPAY}
    page = page_of(browser.post(CHECK, given))
    key = page.split('name="depart" value="')[1].split('"')[0]
    page_of(browser.post(CHECK, given | {"depart": key}))
    assert not Departure.objects.exists()
    page = page_of(browser.post(CHECK, given | {"depart": key, f"because-{key}": "this_customer", f"why-{key}": "Oud"}))
    made = Departure.objects.get()
    assert (made.because, made.why) == ("this_customer", "Oud")
    assert "Oud" in page
    page_of(browser.post(CHECK, given | {"take_back": str(made.public_id)}))
    assert not Departure.objects.exists()


def test_a_remark_on_a_draft_that_changed_since_is_not_noted(book):
    browser = seen_by("adviser")
    key = page_of(browser.post(CHECK, {"draft": DRAFT, "question": REPAY})).split('name="depart" value="')[1][:24]
    given = {"draft": REPAY_SAYS, "question": REPAY, "depart": key, f"because-{key}": "misread"}
    page_of(browser.post(CHECK, given))
    assert not Departure.objects.exists()


def test_nobody_takes_back_what_a_colleague_noted(book):
    browser = seen_by("adviser")
    key = page_of(browser.post(CHECK, {"draft": DRAFT, "question": REPAY})).split('name="depart" value="')[1][:24]
    browser.post(CHECK, {"draft": DRAFT, "question": REPAY, "depart": key, f"because-{key}": "misread"})
    made = Departure.objects.get()
    given = {"draft": DRAFT, "question": REPAY, "take_back": str(made.public_id)}
    assert seen_by("adviser").post(CHECK, given).status_code == 403
    assert browser.post(CHECK, given | {"take_back": "niets"}).status_code == 404


@pytest.fixture
def voice(book, customer):
    return hear(f"Geachte bank,\n\n{REPAY}\n\nDank u.", person=customer, channel="letter")


def test_beside_a_voice_stands_where_its_answers_are_asked_for(voice):
    page = page_of(seen_by("adviser").get(f"/stemmen/{voice.public_id}/"))
    assert f'hx-get="/antwoorden/controle/stem/{voice.public_id}/"' in page
    assert f'href="/antwoorden/controle/stem/{voice.public_id}/"' in page
    assert REPAY_SAYS not in page
    assert "/antwoorden/controle/stem/" not in page_of(seen_by("privacy_officer").get(f"/stemmen/{voice.public_id}/"))


def test_at_hand_is_the_answer_with_the_place_that_it_fits(voice):
    address = f"/antwoorden/controle/stem/{voice.public_id}/"
    part = page_of(seen_by("adviser").get(address, HTTP_HX_REQUEST="true"))
    assert "<html" not in part
    assert REPAY_SAYS in part
    place = part.split("?plek=")[1].split('"')[0]
    start, end = map(int, place.split("-"))
    assert REPAY in voice.text[start:end]
    marked = page_of(seen_by("adviser").get(f"/stemmen/{voice.public_id}/?plek={place}"))
    assert f"<mark>{REPAY}</mark>" in marked
    assert "<html" in page_of(seen_by("adviser").get(address))


@pytest.mark.parametrize("place", ["9-4", "0-99999", "x", "-", "1-2-3"])
def test_a_place_that_is_none_marks_nothing(voice, place):
    assert "<mark>" not in page_of(seen_by("adviser").get(f"/stemmen/{voice.public_id}/?plek={place}"))


def test_without_an_answer_who_may_is_led_to_making_one(book, customer):
    voice = hear("De koffie in uw kantoor was koud.", person=customer)
    page = page_of(seen_by("adviser").get(f"/antwoorden/controle/stem/{voice.public_id}/"))
    assert f"/antwoorden/stem/{voice.public_id}/" in page


def test_what_was_told_before_stands_beside_it_with_what_clashes_marked(voice, customer):
    asked = hear("Hoeveel mag ik boetevrij aflossen?", person=customer, day=1)
    tell("U mag 20 % per jaar boetevrij aflossen.", person=customer, answers=asked, adviser="Karin Bos", day=2)
    address = f"/antwoorden/controle/stem/{voice.public_id}/"
    page = page_of(seen_by("adviser").get(address))
    assert "Karin Bos" in page
    assert "20 % per jaar" in page
    assert "Karin Bos" not in page_of(seen_by("manager").get(address))


def test_the_number_of_queries_of_a_panel_does_not_grow_with_the_past(voice, customer, django_assert_max_num_queries):
    for day in range(12):
        tell(f"U mag {day + 1} % per jaar boetevrij aflossen.", person=customer, day=day)
    browser = seen_by("adviser")
    browser.get(f"/antwoorden/controle/stem/{voice.public_id}/")
    with django_assert_max_num_queries(30):
        browser.get(f"/antwoorden/controle/stem/{voice.public_id}/")


@pytest.fixture
def run(book, customer):
    hear("Hoeveel mag ik aflossen?", person=customer)
    words = {"subject_nl": "Aflossen", "text_nl": f"{{aanhef}},\n\nU vroeg naar boetevrij aflossen. {DRAFT}"}
    wording = do_word(actor=None, texts=words)
    return do_make_run(actor=None, name="Aflossen", wording=wording, persons=[customer.pk])


def objection(run):
    return [each for each in objections(run) if each.code == "otherwise_than_the_book"]


def test_the_words_of_a_run_are_held_against_the_book_before_they_leave(run):
    (found,) = objection(run)
    assert (found.severity, found.said.values["book"], found.said.values["text"]) == (
        "look",
        "15 % per jaar van het oorspronkelijke bedrag",
        "10 % per jaar",
    )
    assert run.state == "ready"
    page = page_of(seen_by("answer_editor").get(f"/versturen/{run.public_id}/tekst/"))
    assert found.href in page


def test_the_reason_for_the_words_of_a_run_stands_with_the_objection(run):
    (found,) = objection(run)
    browser = seen_by("answer_editor")
    key = page_of(browser.get(found.href)).split('name="depart" value="')[1].split('"')[0]
    browser.post(found.href, {"depart": key, f"because-{key}": "book_wrong"})
    (after,) = objection(run)
    assert after.severity == "hint"
    assert "book is wrong" in str(after.said)


def test_what_has_begun_is_not_looked_up_any_more(run):
    type(run).objects.filter(pk=run.pk).update(state="sending")
    run.refresh_from_db()
    assert objection(run) == []


def test_two_things_in_one_draft_are_each_held_against_their_own_entry(book):
    draft = f"{DRAFT} Uw declaratie uit het bouwdepot betalen wij binnen 20 werkdagen uit."
    page = page_of(seen_by("adviser").post(CHECK, {"draft": draft, "question": f"{REPAY} {DEPOSIT}"}))
    assert "hoogstens 20 werkdagen" in page
    assert "10 % per jaar" in page


def test_a_colleague_without_people_gets_no_hidden_customer(book, customer):
    tell("U mag 20 % per jaar boetevrij aflossen.", person=customer, adviser="Karin Bos")
    given = {"draft": REPAY_SAYS, "question": REPAY, "person": str(customer.public_id)}
    browser = Client()
    browser.force_login(colleague("manager"))
    assert "Karin Bos" not in page_of(browser.post(CHECK, given))
