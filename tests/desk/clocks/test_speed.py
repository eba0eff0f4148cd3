"""Whether speed matters in a case: the rules propose, people correct, and their word stays."""

import pytest

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.desk.clocks.correcting import do_say_speed, do_undo_speed
from gehoor.rooms.desk.clocks.speed import judge
from gehoor.rooms.desk.clocks.speed_panel import context_of, render
from gehoor.rooms.desk.models import Act, Case, CaseVoice
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.models import Understanding, Voice

from .conftest import answer, at, case_of, colleague, say, seen_by, talk

pytestmark = pytest.mark.django_db
NOTARY = "Goedemorgen, met De Vries. Wij moeten morgen bij de notaris zijn. Kunt u bellen?"


def judged(case):
    judge(case)
    return Case.objects.get(pk=case.pk)


def understood(voice, kind="question"):
    Understanding.objects.create(voice=voice, language="nl", kind=kind, lemmas="")
    return voice


def test_a_voice_that_cannot_wait_says_why_in_its_own_sentence():
    case = judged(case_of(understood(say(at(0, 9), NOTARY))))
    assert case.speed == "matters"
    assert [each["sign"] for each in case.speed_why] == ["deadline"]
    (shown,) = context_of(case, colleague("adviser"))["signs"]
    assert shown["quote"] == "Wij moeten morgen bij de notaris zijn."


def test_a_plain_question_can_wait():
    assert judged(case_of(understood(say(at(0, 9), "Hoe hoog is de rente nu?")))).speed == "can_wait"


def test_what_was_answered_does_not_press_any_more():
    case = case_of(understood(say(at(0, 9), NOTARY)), understood(say(at(3, 9), "Dank, en hoe hoog is de rente nu?")))
    assert judged(case).speed == "matters"
    answer(case, at(0, 10))
    assert judged(case).speed == "can_wait"


def test_asking_three_times_without_an_answer_presses_and_three_lines_in_a_minute_do_not():
    words = "Is er al iets bekend over mijn aanvraag?"
    often = case_of(*(understood(say(at(day, 9), words)) for day in range(3)))
    at_once = case_of(*(understood(say(at(0, 9, minute), words)) for minute in range(3)))
    assert judged(often).speed == "matters"
    assert judged(at_once).speed == "can_wait"


def test_an_audience_makes_a_hard_word_a_quarrel():
    conversation = talk("facebook")
    voice = understood(say(at(0, 9), "Wat een waardeloze club.", "facebook", conversation=conversation), "complaint")
    case = case_of(voice)
    assert judged(case).speed == "unsure"
    for _ in range(5):
        say(at(0, 10), "Bij mij ook.", "facebook", conversation=conversation)
    assert judged(case).speed == "matters"


def test_what_a_person_said_stays_whatever_comes_in_and_can_be_taken_back():
    case = judged(case_of(understood(say(at(0, 9), "Hoe hoog is de rente nu?"))))
    ada, bo = colleague("adviser", name="Ada"), colleague("adviser", name="Bo")
    first = do_say_speed(case, "matters", ada)
    CaseVoice.objects.create(case=case, voice=understood(say(at(0, 11), "En over twintig jaar?")))
    case = judged(case)
    assert (case.speed, case.speed_by) == ("matters", ada)
    second = do_say_speed(case, "unsure", bo)
    do_undo_speed(second, ada)
    case.refresh_from_db()
    assert (case.speed, case.speed_by) == ("matters", ada)
    do_undo_speed(first, bo)
    case.refresh_from_db()
    assert (case.speed, case.speed_by) == ("can_wait", None)
    assert do_undo_speed(first, bo) is None
    assert [act.kind for act in case.acts.order_by("id")] == ["speed", "speed", "undo", "undo"]
    assert AuditEntry.objects.filter(action="case.undo_speed").count() == 2


def test_saying_the_same_again_changes_nothing_and_nonsense_is_refused():
    case = judged(case_of(understood(say(at(0, 9), NOTARY))))
    ada = colleague("adviser")
    assert do_say_speed(case, "matters", ada) is not None
    assert do_say_speed(case, "matters", ada) is None
    with pytest.raises(Refused):
        do_say_speed(case, "sometime", ada)
    with pytest.raises(NotAllowed):
        do_say_speed(case, "unsure", colleague("manager"))
    with pytest.raises(Refused):
        do_undo_speed(Act.objects.create(case=case, kind="note", at=at(0, 9)), ada)


def test_a_voice_that_was_erased_leaves_its_sign_without_its_words():
    case = judged(case_of(say(at(0, 8), "Dag."), understood(say(at(0, 9), NOTARY))))
    Voice.objects.filter(text=NOTARY).delete()
    assert [each["quote"] for each in context_of(case, colleague("adviser"))["signs"]] == [""]


def test_the_panel_says_it_and_leads_to_saying_otherwise():
    case = judged(case_of(understood(say(at(0, 9), NOTARY))))
    ada = colleague("adviser")
    html = render(case, ada)
    assert "Wij moeten morgen bij de notaris zijn." in html
    browser = seen_by(ada)
    address = f"/balie/tijden/snelheid/{case.public_id}/"
    assert address in html
    part = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "csrfmiddlewaretoken" in part and "<html" not in part
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"speed": "can_wait"}).status_code == 302
    case.refresh_from_db()
    assert (case.speed, case.speed_by) == ("can_wait", ada)
    act = case.acts.get(kind="speed")
    browser.post(f"/balie/tijden/snelheid/ongedaan/{act.public_id}/")
    case.refresh_from_db()
    assert (case.speed, case.speed_by) == ("matters", None)


@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_who_does_not_work_at_the_desk_cannot_say_it(role):
    case = case_of(say(at(0, 9), NOTARY))
    assert (
        seen_by(colleague(role)).post(f"/balie/tijden/snelheid/{case.public_id}/", {"speed": "matters"}).status_code
        == 403
    )
