"""Answering for programs: the draft, sending once, taking back in time, what became of it, letters."""

import pytest
from tests.desk.answering.conftest import colleague, mail, post, the_answer, the_case
from tests.desk.answering.test_composing import lives, waits
from tests.desk.asking import Program, refused

from gehoor.kernel.ids import new_id
from gehoor.rooms.desk.models import Act, Answer, Case, Draft, State
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.models import Reply

pytestmark = pytest.mark.django_db
TEXT = "Beste Jan de Vries,\n\nVrijdag staat het erop."


@pytest.fixture
def program(adviser):
    return Program(adviser)


@pytest.fixture
def case(server, come_in):
    come_in(mail())
    return the_case()


def given(**more):
    return {"key": "antwoord-1", "text": TEXT, "subject": "Re: Bouwdepot", "way": "email:back"} | more


def told(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_answer_begins_with_its_greeting_and_the_ways_the_best_first(program, case):
    begun = told(program.get(f"cases/{case.public_id}/draft"))
    assert begun["text"].startswith("Beste Jan de Vries,") and begun["subject"] == "Re: Bouwdepot"
    assert (begun["way"], begun["revision"], begun["by"]) == ("email:back", 0, None)
    assert (begun["voice"], begun["answered_by"], begun["ended"]) == (str(case.voice.public_id), None, False)
    first = begun["ways"][0]
    assert (first["way"], first["how"], first["to"]) == ("email:back", "sent", "jan@x.example")
    assert first["why"] and "Anneke Bos" in first["closing"]


def test_what_is_written_is_kept_and_nobody_overwrites_it_unseen(program, case):
    path, other = f"cases/{case.public_id}/draft", Program(colleague("Bert Smit"))
    kept = told(program.put(path, text="U hoort vrijdag van ons.", subject="Re: Bouwdepot", way="email:back"))
    assert kept["revision"] == 1 and "vrijdag" in kept["promises"][0]
    assert told(other.put(path, text="Van Bert.", revision=1))["revision"] == 2
    assert refused(program.put(path, text="Van mij.", revision=1)) == (409, "draft_moved")
    assert refused(program.put(path, text="Van mij.")) == (409, "draft_moved")
    begun = told(program.get(path))
    assert (begun["text"], begun["by"], begun["revision"]) == ("Van Bert.", "Bert Smit", 2)
    for _ in range(2):
        assert program.delete(path).status_code == 204
    assert not Draft.objects.exists()
    assert refused(program.put(path, text="Van mij.", revision=2)) == (409, "draft_moved")


def test_an_answer_that_is_asked_again_goes_out_once(program, adviser, case, server):
    path = f"cases/{case.public_id}/answers"
    first, again = told(program.post(path, **given())), told(program.post(path, **given()))
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert first["answer"] == again["answer"]
    assert (first["answer"]["state"], first["answer"]["may_be_taken_back"]) == ("leaves", True)
    post()
    assert told(program.post(path, **given()))["answer"]["state"] == "went"
    post()
    assert [each.recipients for each in server.stored] == [("jan@x.example",)]
    assert Answer.objects.count() == 1
    assert AuditEntry.objects.filter(action="case.answer", actor=adviser, public_id=case.public_id).count() == 1
    assert the_case().state == State.WAITING_CUSTOMER


def test_a_key_is_of_one_answer_of_one_user(program, case):
    path = f"cases/{case.public_id}/answers"
    told(program.post(path, **given()))
    assert refused(program.post(path, **given(text="Iets anders."))) == (409, "key_used")
    assert refused(program.post(path, **given(then="solved"))) == (409, "key_used")
    other = Program(colleague("Bert Smit"))
    assert refused(other.post(path, **given())) == (409, "answered_already")
    assert Answer.objects.count() == 1


def test_a_request_that_was_refused_did_not_use_its_key(program, case):
    path = f"cases/{case.public_id}/answers"
    assert refused(program.post(path, **given(way="letter"))) == (409, "refused")
    assert refused(program.post(path, **given(text="  \n "))) == (409, "refused")
    assert told(program.post(path, **given()))["repeated"] is False


def test_of_two_who_answer_the_same_one_does_and_the_other_can_come_on_top(program, case, server):
    path, other = f"cases/{case.public_id}/answers", Program(colleague("Bert Smit"))
    first = told(other.post(path, **given(text="Eerste antwoord.")))["answer"]
    assert refused(program.post(path, **given())) == (409, "answered_already")
    assert told(program.get(f"cases/{case.public_id}/draft"))["answered_by"] == first["id"]
    told(program.post(path, **given(over=first["id"])))
    post()
    assert len(server.stored) == 2
    assert [each["by"] for each in told(program.get(path))["answers"]] == ["Anneke Bos", "Bert Smit"]


def test_who_answers_past_what_the_customer_said_meanwhile_is_told_so(program, case, come_in, server):
    seen = str(case.voice.public_id)
    come_in(mail("En de rente?", seconds=-100, In_Reply_To=case.voice.native_id, References=case.voice.native_id))
    path = f"cases/{case.public_id}/answers"
    assert refused(program.post(path, **given(voice=seen))) == (409, "said_more")
    last = told(program.get(f"cases/{case.public_id}/draft"))["voice"]
    assert last != seen
    assert told(program.post(path, **given(voice=last)))["answer"]["voice"] == last


def test_taken_back_in_time_nothing_goes_out_and_the_text_is_a_draft_again(program, case, server):
    made = told(program.post(f"cases/{case.public_id}/answers", **given(then="solved")))["answer"]
    assert the_case().state == State.SOLVED
    back = told(program.post(f"answers/{made['id']}/take_back"))
    assert (back["state"], back["may_be_taken_back"]) == ("taken_back", False)
    assert told(program.get(f"cases/{case.public_id}/draft"))["text"] == TEXT
    assert refused(program.post(f"answers/{made['id']}/take_back")) == (409, "refused")
    again = told(program.post(f"cases/{case.public_id}/answers", **given(then="solved")))
    assert (again["repeated"], again["answer"]["state"]) == (True, "taken_back")
    post()
    assert server.stored == [] and the_case().state == State.NEW


def test_what_went_cannot_be_taken_back(program, case, server):
    made = told(program.post(f"cases/{case.public_id}/answers", **given()))["answer"]
    post()
    assert refused(program.post(f"answers/{made['id']}/take_back")) == (409, "refused")
    line = told(program.get(f"answers/{made['id']}"))
    assert line["state"] == "went" and line["went"] is not None


def test_what_could_not_be_delivered_says_why_and_goes_another_way(program, case, server):
    server.behaviour.answers["jan@x.example"] = "550 5.1.1 no such user"
    made = told(program.post(f"cases/{case.public_id}/answers", **given()))["answer"]
    post()
    line = told(program.get(f"answers/{made['id']}"))
    assert line["state"] == "failed" and line["why"] and line["remedy"]
    assert the_case().state == State.OPEN
    assert refused(program.post(f"answers/{made['id']}/otherwise", way="nergens")) == (409, "refused")
    assert refused(program.post(f"answers/{made['id']}/settle", arrived=True)) == (409, "refused")
    assert program.get(f"cases/{case.public_id}/answers").json()["answers"] == [line]


def test_said_by_telephone_just_now_went_at_once(program, db):
    case = waits(("phone", "0612345678"), channel="call", author="Jan")
    made = told(program.post(f"cases/{case.public_id}/answers", **given(way="call:said", then="solved")))["answer"]
    assert made["state"] == "went" and Reply.objects.get().adviser == "Anneke Bos"
    waiting = waits(("phone", "0612345679"), channel="call", author="Piet")
    told(program.post(f"cases/{waiting.public_id}/answers", **given(way="call:back", key="antwoord-2")))
    assert the_answer(case=waiting).went_at is None
    assert told(program.get(f"cases/{waiting.public_id}/answers"))["answers"][0]["state"] == "call"


def test_letters_are_printed_together_and_count_when_they_are_in_the_post(program, db):
    case = waits(("customer_number", "KL100200"), channel="letter", author="Mevrouw J. de Vries", native_id="b1")
    lives(case)
    made = told(program.post(f"cases/{case.public_id}/answers", **given(way="letter")))["answer"]
    assert made["state"] == "letter"
    assert told(program.get("letters")) == {"waiting": 1, "printed": 0}
    assert refused(program.get("letters/stack")) == (409, "refused")
    assert [told(program.post("letters/print"))["done"] for _ in range(2)] == [1, 0]
    stack = program.get("letters/stack")
    assert stack["Content-Type"] == "application/pdf" and stack.content.startswith(b"%PDF")
    assert told(program.get("letters")) == {"waiting": 0, "printed": 1}
    assert [told(program.post("letters/posted"))["done"] for _ in range(2)] == [1, 0]
    assert told(program.get(f"answers/{made['id']}"))["state"] == "went"


def test_what_fits_in_the_book_is_asked_with_the_scope_of_the_book(program, adviser, case):
    assert told(program.get(f"cases/{case.public_id}/fitting", q="bouwdepot")) == {"answers": []}
    little = Program(adviser, "desk:read", "people:read")
    assert refused(little.get(f"cases/{case.public_id}/fitting")) == (403, "scope_missing")


def test_sending_takes_a_scope_of_its_own(adviser, case):
    path = f"cases/{case.public_id}/answers"
    writes = Program(adviser, "desk:read", "desk:write", "people:read")
    assert refused(writes.post(path, **given())) == (403, "scope_missing")
    sends = Program(adviser, "desk:read", "desk:send", "people:read")
    assert refused(sends.put(f"cases/{case.public_id}/draft", text="x")) == (403, "scope_missing")
    assert refused(Program(adviser, "desk:send").post(path, **given())) == (403, "scope_missing")
    assert not Answer.objects.exists() and not Draft.objects.exists()
    assert sends.post(path, **given()).status_code == 200


@pytest.mark.parametrize("role", ["manager", "answer_editor", "privacy_officer"])
def test_who_does_not_work_at_the_desk_sends_nothing(role, case):
    program = Program(colleague("Karel", role))
    assert refused(program.post(f"cases/{case.public_id}/answers", **given())) == (403, "not_allowed")
    assert refused(program.get(f"cases/{case.public_id}/answers")) == (403, "not_allowed")
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": ""},
        {"key": "kort"},
        {"key": "met een spatie"},
        {"key": None},
        {"text": ""},
        {"text": "x" * 20_001},
        {"text": None},
        {"way": ""},
        {"then": "closed"},
        {"voice": "x"},
        {"over": 3},
        {"subject": "x" * 201},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_goes(program, case, wrong):
    assert refused(program.post(f"cases/{case.public_id}/answers", **given(**wrong))) == (422, "not_understood")
    assert not Answer.objects.exists()
    assert not Act.objects.filter(kind="answered").exists()


def test_without_a_key_nothing_is_sent(program, case):
    without = {name: value for name, value in given().items() if name != "key"}
    answer = program.post(f"cases/{case.public_id}/answers", **without)
    assert refused(answer) == (422, "not_understood")
    assert answer.json()["errors"][0]["where"] == "body.key"


@pytest.mark.parametrize("wrong", [{"text": "x" * 40_001}, {"revision": -1}, {"revision": True}, {"revision": 2**31}])
def test_a_draft_that_makes_no_sense_is_refused(program, case, wrong):
    assert refused(program.put(f"cases/{case.public_id}/draft", **({"text": "x"} | wrong))) == (422, "not_understood")


def test_nothing_is_done_with_what_is_not_there(program):
    for path in (f"cases/{new_id()}/draft", f"cases/{new_id()}/answers", f"answers/{new_id()}"):
        assert refused(program.get(path)) == (404, "not_found")
    assert refused(program.post(f"cases/{new_id()}/answers", **given())) == (404, "not_found")
    assert refused(program.put(f"cases/{new_id()}/draft", text="x")) == (404, "not_found")
    assert refused(program.delete(f"cases/{new_id()}/draft")) == (404, "not_found")
    assert refused(program.post(f"answers/{new_id()}/take_back")) == (404, "not_found")
    assert refused(program.post(f"answers/{new_id()}/otherwise", way="x")) == (404, "not_found")
    assert refused(program.post(f"answers/{new_id()}/settle", arrived=True)) == (404, "not_found")


def test_a_case_that_was_closed_is_not_answered(program, case):
    Case.objects.update(state=State.CLOSED)
    assert refused(program.post(f"cases/{case.public_id}/answers", **given())) == (409, "refused")


def test_what_a_null_byte_stood_in_is_a_space(program, case):
    told(program.put(f"cases/{case.public_id}/draft", text="voor\0na"))
    assert Draft.objects.get().text == "voor na"
