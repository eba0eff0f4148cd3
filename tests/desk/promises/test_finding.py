"""What the stage proposes, and what it leaves alone."""

import pytest
from django.utils import timezone
from tests.desk.cases.conftest import NOW, colleague, say, someone, tell, waits
from tests.desk.promises.conftest import look

from gehoor.rooms.desk.models import Answer, Promise, PromiseState
from gehoor.rooms.desk.promises import finding
from gehoor.rooms.desk.promises.actions import do_confirm, do_promise, do_say_none

pytestmark = pytest.mark.django_db
PROMISE = "Beste mevrouw, dank u. U hoort vrijdag van ons."


def test_a_promise_in_a_reply_is_proposed_with_its_day_its_place_and_its_person():
    person = someone()
    reply = tell(PROMISE, person=person)
    look()
    promise = Promise.objects.get()
    assert promise.state == PromiseState.PROPOSED and promise.person == person and promise.by is None
    assert reply.text[promise.start : promise.end] == "U hoort vrijdag van ons."
    assert timezone.localtime(promise.due_at).strftime("%a %d-%m %H:%M") == "Fri 06-03 23:59"


def test_what_was_said_more_than_sixty_days_before_the_newest_reply_is_not_proposed():
    tell(PROMISE, hours=-24 * 61, person=someone())
    tell(PROMISE, hours=-24 * 59, person=someone())
    tell("Dank u wel.")
    assert look() == 3
    assert Promise.objects.count() == 1


def test_a_reply_that_does_not_say_when_it_was_said_proposes_nothing():
    reply = tell(PROMISE, person=someone())
    type(reply).objects.filter(pk=reply.pk).update(said_at=None)
    look()
    assert not Promise.objects.exists()


def test_who_promised_sees_to_it_when_a_colleague_has_that_name():
    anneke = colleague("adviser", name="Anneke Bos")
    tell(PROMISE, adviser="anneke  bos", person=someone())
    tell(PROMISE + " Dank.", adviser="Iemand Anders", person=someone())
    look()
    assert [each.owner for each in Promise.objects.order_by("pk")] == [anneke, None]


def test_of_a_mailing_no_promise_without_a_time_is_proposed():
    for _ in range(3):
        tell("Dank voor uw mening. U hoort van ons.", person=someone())
    tell("Dat komt goed, u hoort van ons.", person=someone())
    look()
    assert [each.what for each in Promise.objects.all()] == ["Dat komt goed, u hoort van ons."]


def test_a_promise_that_was_written_down_while_answering_is_not_proposed_again(adviser):
    person, friday = someone(), NOW.replace(day=6, hour=15)
    do_promise(person, "Uitsluitsel geven", friday, adviser)
    tell(PROMISE, hours=1, person=person)
    tell(PROMISE, hours=1, person=someone("Een ander"))
    look()
    assert Promise.objects.filter(person=person).count() == 1
    assert Promise.objects.filter(state=PromiseState.PROPOSED).count() == 1


def test_forgetting_proposes_anew_and_leaves_what_people_decided(adviser):
    tell(PROMISE, person=someone())
    tell("Ik bel u morgen terug.", person=someone())
    tell("U hoort maandag van ons.", person=someone())
    look()
    confirmed, refused, _ = Promise.objects.order_by("pk")
    do_confirm(confirmed, adviser)
    do_say_none(refused, adviser)
    finding.forget()
    assert look() == 3
    states = sorted(Promise.objects.values_list("state", flat=True))
    assert states == [PromiseState.NONE, PromiseState.OPEN, PromiseState.PROPOSED]


def test_a_promise_belongs_to_the_case_of_the_voice_that_was_answered(adviser):
    from gehoor.rooms.desk.cases.beginning import do_begin_case

    voice = say(person=someone())
    case = do_begin_case(voice, None)
    tell(PROMISE, answers=voice, person=someone())
    look()
    assert Promise.objects.get().case == case


def test_a_promise_written_down_with_its_reply_is_not_proposed_from_it(adviser):
    reply = tell(PROMISE, person=someone())
    do_promise(None, "Uitsluitsel", NOW.replace(day=6), adviser, reply=reply)
    look()
    assert Promise.objects.count() == 1


def test_the_time_that_an_acknowledgement_names_by_itself_is_not_proposed():
    case = waits(person=someone())
    reply = tell(PROMISE, person=someone())
    moments = {"at": NOW, "leaves_at": NOW}
    Answer.objects.create(case=case, channel="email", text=PROMISE, reply=reply, automatic=True, **moments)
    look()
    assert not Promise.objects.exists()
