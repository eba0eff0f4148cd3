"""Which voices begin a case, which join one, and which are left alone."""

from datetime import timedelta

import pytest

from gehoor.kernel.errors import Refused
from gehoor.kernel.ids import content_hash
from gehoor.rooms.desk.cases.actions import do_snooze
from gehoor.rooms.desk.cases.beginning import do_begin_case
from gehoor.rooms.desk.cases.queries import case_of, cases_of, person_of, replies_of, title_of, voices_of
from gehoor.rooms.desk.cases.staging import STAGE
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.models import Act, Answer, Case, State
from gehoor.rooms.voices.models import Original, Reply, Voice

from .conftest import NOW, conversation, look, say, someone, tell, waits

pytestmark = pytest.mark.django_db


def test_who_asks_something_that_nobody_answered_waits():
    person = someone()
    voice = say(person=person)
    look()
    case = case_of(voice.pk)
    assert case is not None
    assert (case.state, case.begun_at, case.waits_since) == (State.NEW, voice.said_at, voice.said_at)
    assert person_of(case) == person
    assert cases_of(person.pk) == [case]
    assert Act.objects.get().kind == "begun"


@pytest.mark.parametrize("kind", ["question", "complaint", "wish"])
def test_questions_complaints_and_wishes_wait(kind):
    say(kind=kind)
    look()
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "compliment"},
        {"channel": "survey"},
        {"channel": "review"},
        {"channel": "x", "kind": "remark"},
        {"kind": "remark", "identities": [("email", "nieuwsbrief-noreply@winkel.nl", "")]},
    ],
)
def test_nobody_waits_for_an_answer_to_a_compliment_or_a_survey(more):
    say(**more)
    look()
    assert not Case.objects.exists()


@pytest.mark.parametrize("channel", ["email", "letter", "form", "chat"])
@pytest.mark.parametrize("kind", ["remark", "unsure"])
def test_who_writes_to_us_waits_though_nobody_could_say_what_kind_it_is(channel, kind):
    say("Met deze brief verzoek ik u de boete te schrappen.", channel=channel, kind=kind)
    look()
    assert Case.objects.count() == 1


def test_nobody_waits_behind_a_mail_to_many(db):
    headers = b"From: winkel@winkel.nl\nList-Unsubscribe: <https://winkel.nl/uit>\n\nKoop nu!"
    stored = Original.objects.create(
        sha256=content_hash(headers), media_type="message/rfc822", size=len(headers), data=headers
    )
    voice = say("Koop nu!", kind="remark", identities=[("email", "winkel@winkel.nl", "")])
    Voice.objects.filter(pk=voice.pk).update(original=stored)
    look()
    assert not Case.objects.exists()


def test_what_is_answered_already_waits_for_nothing():
    thread = conversation()
    say(conversation=thread, hours=-5)
    tell(conversation=thread, hours=-4)
    answered = say(hours=-5)
    tell(answers=answered, hours=-4)
    look()
    assert not Case.objects.exists()


def test_a_reply_from_before_a_voice_does_not_answer_it():
    thread = conversation()
    tell(conversation=thread, hours=-6)
    say(conversation=thread, hours=-5)
    look()
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("seconds", "knew_before", "waits"), [(1, True, True), (1, False, False), (600, True, False)])
def test_who_writes_back_at_once_by_a_slow_clock_waits(seconds, knew_before, waits):
    thread = conversation()
    reply = tell(conversation=thread, hours=0)
    Reply.objects.filter(pk=reply.pk).update(heard_at=NOW - timedelta(seconds=1) if knew_before else NOW)
    voice = say(conversation=thread, said_at=NOW - timedelta(seconds=seconds))
    look()
    assert (case_of(voice.pk) is not None) is waits


def test_that_something_came_in_is_no_answer():
    thread = conversation()
    voice = say(conversation=thread, hours=-5)
    ours = tell(conversation=thread, hours=-5)
    case = do_begin_case(say(hours=-9), None)
    Answer.objects.create(
        case=case, channel="email", text="Ontvangen", automatic=True, reply=ours, at=NOW, leaves_at=NOW
    )
    look()
    assert case_of(voice.pk) is not None


def test_a_call_in_which_our_side_spoke_is_answered_and_a_message_left_is_not():
    say("Klant: Waar blijft mijn geld?\nAdviseur: Dat staat er morgen op.", channel="call")
    left = say("Wilt u mij terugbellen over mijn bouwdepot?", channel="call")
    look()
    assert [case.voice for case in Case.objects.all()] == [left]


def test_what_was_said_long_ago_is_history_and_an_old_letter_that_comes_now_is_not():
    say(hours=-61 * 24)
    recent = say(hours=-59 * 24)
    undated = say(said_at=None)
    look()
    assert {case.voice for case in Case.objects.all()} == {recent, undated}


def test_nobody_known_waits_too():
    look_at = say("Hoe lang duurt zo'n bouwdepot nou eigenlijk?", channel="forum", author="klusser72")
    look()
    case = case_of(look_at.pk)
    assert person_of(case) is None
    assert title_of(case).startswith("klusser72")


def test_looking_again_at_everything_makes_nothing_twice():
    say()
    look()
    STAGE.forget()
    assert STAGE.pending()
    look()
    assert Case.objects.count() == 1


def test_a_new_voice_of_the_same_conversation_joins_its_case():
    thread = conversation()
    say(conversation=thread, hours=-9)
    look()
    second = say("En, weet u al iets?", conversation=thread, hours=-1)
    look()
    case = Case.objects.get()
    assert voices_of(case)[1] == second
    assert list(case.acts.order_by("pk").values_list("kind", flat=True)) == ["begun", "voice"]


@pytest.mark.parametrize("state", [State.WAITING_CUSTOMER, State.SOLVED])
def test_a_voice_opens_a_case_again_that_waited_for_the_customer_or_was_solved(state):
    thread = conversation()
    case = waits(conversation=thread, hours=-9)
    do_set_state(case, state, None)
    say("Het is er nog steeds niet.", conversation=thread, kind="complaint")
    look()
    case.refresh_from_db()
    assert case.state == State.OPEN


def test_thanks_do_not_open_what_was_solved():
    thread = conversation()
    case = waits(conversation=thread, hours=-9)
    do_set_state(case, State.SOLVED, None)
    thanks = say("Dank u wel, heel fijn geholpen!", conversation=thread, kind="compliment")
    look()
    case.refresh_from_db()
    assert case.state == State.SOLVED
    assert case_of(thanks.pk) == case


def test_after_a_closed_case_a_new_one_begins_that_names_the_old():
    thread = conversation()
    old = waits(conversation=thread, hours=-9)
    do_set_state(old, State.SOLVED, None)
    do_set_state(old, State.CLOSED, None)
    voice = say("Nu is het weer mis.", conversation=thread, kind="complaint")
    look()
    new = case_of(voice.pk)
    assert new != old
    assert new.acts.get(kind="begun").values["after"] == str(old.public_id)


def test_a_voice_brings_back_what_was_put_off(adviser):
    thread = conversation()
    case = waits(conversation=thread, hours=-9)
    do_snooze(case, NOW + timedelta(days=2), adviser)
    say("Kan het toch sneller?", conversation=thread)
    look()
    case.refresh_from_db()
    assert case.snoozed_until is None


def test_what_was_spam_stays_spam():
    thread = conversation()
    case = waits(conversation=thread, hours=-9)
    do_set_state(case, State.SPAM, None)
    say(conversation=thread)
    look()
    case.refresh_from_db()
    assert case.state == State.SPAM


def test_what_we_answered_elsewhere_ends_the_waiting():
    thread = conversation()
    case = waits(conversation=thread, hours=-9)
    look()
    reply = tell(conversation=thread, hours=-1)
    look()
    case.refresh_from_db()
    assert case.state == State.WAITING_CUSTOMER
    assert case.acts.get(kind="answered").at == reply.said_at
    assert replies_of(case) == [reply]


def test_an_answer_of_the_desk_itself_is_not_written_down_twice():
    thread = conversation()
    case = waits(conversation=thread, hours=-9)
    reply = tell(conversation=thread, hours=-1)
    Answer.objects.create(case=case, channel="email", text="Vrijdag", reply=reply, at=NOW, leaves_at=NOW)
    look()
    assert not case.acts.filter(kind="answered").exists()


def test_a_voice_is_in_one_case_at_most():
    case = waits()
    with pytest.raises(Refused):
        do_begin_case(case.voice, None)


def test_what_was_put_off_comes_back_by_itself(adviser):
    case = waits()
    do_snooze(case, NOW + timedelta(hours=1), adviser)
    Case.objects.update(snoozed_until=NOW - timedelta(minutes=1))
    look()
    case.refresh_from_db()
    assert case.snoozed_until is None
    assert case.acts.filter(kind="snooze", by=None).count() == 1


def test_what_stayed_solved_for_two_weeks_is_closed():
    young, old = waits(), waits()
    do_set_state(young, State.SOLVED, None)
    do_set_state(old, State.SOLVED, None)
    Case.objects.filter(pk=old.pk).update(state_since=NOW - timedelta(days=15))
    look()
    assert {case.pk: case.state for case in Case.objects.all()} == {young.pk: State.SOLVED, old.pk: State.CLOSED}


def test_a_case_is_called_by_who_and_what():
    case = waits("Beste mensen,\n\nMijn huis is bijna klaar. Wanneer krijg ik mijn bouwdepot?", person=someone())
    assert title_of(case) == "Mevrouw De Vries over “Wanneer krijg ik mijn bouwdepot?”"
    named = waits("Zie onderwerp", subject="Re: FW: Hypotheek oversluiten", person=someone("Jan Bakker"))
    assert title_of(named) == "Jan Bakker over “Hypotheek oversluiten”"
