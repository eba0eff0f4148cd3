"""One answer to everyone who sent the same: each once, with their own name, to be stopped, and nobody forgotten."""

from datetime import timedelta

import pytest
from tests.desk.cases.conftest import NOW, browser_of, colleague

from gehoor.kernel.clock import at as standing_at
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.desk.answering.drafting import do_keep_draft
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.chorus.answering import do_answer_all, do_stop, still_to_tell
from gehoor.rooms.desk.chorus.page import progress
from gehoor.rooms.desk.chorus.staging import STAGE
from gehoor.rooms.desk.models import Answer, Case, ChorusTold, State
from gehoor.rooms.sending.models import Delivery
from gehoor.rooms.voices.models import Understanding

from .conftest import NAMES, again, look, sends

pytestmark = pytest.mark.django_db
TEXT = "De boete blijft bestaan zolang uw rente vaststaat. Wat u zonder boete mag aflossen, staat in uw contract."
LATER = NOW + timedelta(minutes=2)


def told():
    with standing_at(LATER):
        while STAGE.pending():
            assert STAGE.drain(3)


def test_everyone_who_waits_gets_it_once_under_their_own_name_and_their_case_follows(many, adviser):
    do_set_state(many[1], State.SOLVED, adviser)
    made = do_answer_all(many[0].chorus, adviser, text_nl=TEXT)
    told()
    told()
    assert Answer.objects.count() == 6
    assert {delivery.address for delivery in Delivery.objects.all()} == {
        f"klant{n}@example.nl" for n in (1, 3, 4, 5, 6, 7)
    }
    for number in (1, 3, 4):
        answer = Answer.objects.get(case=many[number - 1])
        assert NAMES[number] in answer.text.partition(TEXT)[0]
        assert TEXT in answer.text
        assert answer.text.rstrip().count(adviser.name) == 1
    assert {again(case).state for case in many} == {State.WAITING_CUSTOMER, State.SOLVED}
    made.refresh_from_db()
    assert made.ended_at is not None
    assert progress(many[0].chorus)["told"] == 6


def test_nothing_goes_before_the_minute_is_over_and_stopped_nobody_gets_it(many, adviser):
    made = do_answer_all(many[0].chorus, adviser, text_nl=TEXT)
    assert STAGE.drain(100) == 0
    do_stop(made, adviser)
    told()
    assert not Answer.objects.exists()
    with pytest.raises(Refused):
        do_stop(made, adviser)


def test_stopped_half_way_who_had_it_has_it_and_the_others_wait(many, adviser):
    made = do_answer_all(many[0].chorus, adviser, text_nl=TEXT)
    with standing_at(LATER):
        assert STAGE.drain(3) == 3
        do_stop(made, adviser)
    told()
    assert Answer.objects.count() == 3
    assert still_to_tell(made).count() == 4


def test_a_second_answer_waits_until_the_first_has_ended(many, adviser):
    do_answer_all(many[0].chorus, adviser, text_nl=TEXT)
    with pytest.raises(Refused):
        do_answer_all(many[0].chorus, adviser, text_nl="Iets anders.")
    told()
    sends(9)
    look()
    do_answer_all(many[0].chorus, adviser, text_nl="En nu dit.")
    told()
    assert Answer.objects.count() == 8


def test_who_writes_english_gets_the_english_text_and_without_one_waits_for_their_own(many, adviser):
    Understanding.objects.filter(voice=many[2].voice).update(language="en")
    made = do_answer_all(many[0].chorus, adviser, text_nl=TEXT)
    told()
    assert again(many[2]).state == State.NEW
    assert "English" in ChorusTold.objects.get(of=made, case=many[2]).why[0]
    do_answer_all(many[0].chorus, adviser, text_nl=TEXT, text_en="The fine stays.")
    told()
    assert "The fine stays." in Answer.objects.get(case=many[2]).text


def test_whom_a_colleague_is_writing_to_waits_for_that(many, adviser):
    do_keep_draft(many[4], text="Gecondoleerd met", subject="", way="", revision=0, actor=adviser)
    do_answer_all(many[0].chorus, adviser, text_nl=TEXT)
    told()
    assert not Answer.objects.filter(case=many[4]).exists()
    assert [case for case, _, _ in progress(many[0].chorus)["without"]] == [many[4]]


def test_who_cannot_be_reached_is_named_and_stops_nobody(many, adviser):
    Case.objects.filter(pk=many[2].pk)
    voice = many[2].voice
    voice.identities, voice.channel = [], "survey"
    voice.save()
    do_answer_all(many[0].chorus, adviser, text_nl=TEXT)
    told()
    assert Answer.objects.count() == 6
    assert progress(many[0].chorus)["without_count"] == 1


@pytest.mark.parametrize("given", [{"text_nl": "  "}, {"text_nl": "x" * 30_000}, {"text_nl": TEXT, "then": "spam"}])
def test_what_cannot_be_an_answer_is_refused(many, adviser, given):
    with pytest.raises(Refused):
        do_answer_all(many[0].chorus, adviser, **given)


def test_who_does_not_answer_customers_cannot(many):
    with pytest.raises(NotAllowed):
        do_answer_all(many[0].chorus, colleague("manager", name="Mark Smit"), text_nl=TEXT)


def test_the_screens_lead_from_the_list_to_the_answer_of_all(many, browser, adviser):
    page = browser.get("/balie/").content.decode()
    address = f"/balie/gelijk/{many[0].chorus.public_id}/"
    assert page.count("case-line") == 1
    assert address in page
    page = browser.get(address).content.decode()
    assert "Mijn man is in maart overleden" in page
    seen = browser.post(f"{address}antwoord/", {"tekst": TEXT}).content.decode()
    assert "Visser" in seen
    assert not Answer.objects.exists()
    browser.post(f"{address}antwoord/", {"tekst": TEXT, "verstuur": "1"})
    page = browser.get(address).content.decode()
    assert f"{address}hoever/" in page
    told()
    part = browser.get(f"{address}hoever/").content.decode()
    assert "hx-get" not in part
    assert "7 mensen" in part


def test_the_page_of_one_of_them_says_that_others_sent_the_same_and_takes_it_out(many, browser):
    page = browser.get(f"/balie/{many[3].public_id}/").content.decode()
    assert "Nog 6 anderen" in page
    browser.post(f"/balie/gelijk/zaak/{many[3].public_id}/eruit/")
    assert again(many[3]).chorus is None


@pytest.mark.parametrize("given", [{}, {"tekst": " "}, {"tekst": "x", "daarna": "onzin", "verstuur": "1"}])
def test_a_form_that_makes_no_sense_answers_nobody_and_says_so(many, browser, given):
    address = f"/balie/gelijk/{many[0].chorus.public_id}/antwoord/"
    assert browser.post(address, given, follow=True).status_code == 200
    told()
    assert not Answer.objects.exists()


def test_a_manager_sees_no_such_page(many):
    there = browser_of(colleague("manager", name="Mark Smit"))
    assert there.get(f"/balie/gelijk/{many[0].chorus.public_id}/").status_code == 403
    assert there.post(f"/balie/gelijk/{many[0].chorus.public_id}/los/").status_code == 403
