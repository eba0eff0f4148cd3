"""A letter belongs to one job and is told when it is in the post; a call is told when an adviser says so."""

from datetime import timedelta

import pytest
from tests.sending.conftest import by_paper, colleague, merge, run_for, someone, states

from gehoor.channels.registry import senders as kinds
from gehoor.kernel import clock
from gehoor.kernel.errors import CannotDeliver, NotAllowed, Refused
from gehoor.rooms.people import identifying
from gehoor.rooms.sending import jobs, told
from gehoor.rooms.sending.calling import (
    call_sheet,
    calls,
    do_claim,
    do_note_call,
    do_release,
    do_undo_call,
    lists_to_call,
)
from gehoor.rooms.sending.jobs import do_post, do_print, do_take_back_job, do_undo_post, document, next_number
from gehoor.rooms.sending.models import Delivery, PrintJob
from gehoor.rooms.sending.progress import progress
from gehoor.rooms.sending.runs import do_start_run
from gehoor.rooms.voices.models import Original, Reply

pytestmark = pytest.mark.django_db
needs_letters = pytest.mark.skipif("print" not in kinds(), reason="no sender of letters")


def letters(count=3):
    run = run_for(*(someone() for _ in range(count)))
    by_paper(run)
    return run


def test_pressed_twice_there_is_one_job_and_a_letter_stands_in_one():
    run = letters()
    first = do_print(actor=None, run=run, number=1, most=2)
    assert do_print(actor=None, run=run, number=1, most=2) == first
    second = do_print(actor=None, run=run, number=next_number(run), most=2)
    assert [first.letters.count(), second.letters.count()] == [2, 1]
    with pytest.raises(Refused):
        do_print(actor=None, run=run)
    assert PrintJob.objects.count() == 2


def test_posted_is_told_and_stands_on_the_dossier_and_can_be_undone():
    heard_of = []
    run = letters(2)
    told.on_told(lambda run, persons: heard_of.extend(persons))
    told.on_not_told(lambda run, persons: [heard_of.remove(each) for each in persons])
    job = do_print(actor=None, run=run)
    assert progress(run).told == 0
    assert do_post(actor=None, job=job) == 2
    with pytest.raises(Refused):
        do_post(actor=None, job=job)
    identifying.drain(100)
    people = sorted(run.deliveries.values_list("person", flat=True))
    assert sorted(Reply.objects.values_list("addressing__person", flat=True)) == people == sorted(heard_of)
    do_undo_post(actor=None, job=job)
    assert (Reply.objects.count(), heard_of, states(run)) == (0, [], ["printed"] * 2)
    do_post(actor=None, job=job)
    assert Reply.objects.count() == 2 and states(run) == ["sent"] * 2
    run.refresh_from_db()
    assert run.state == "done"


def test_a_job_is_taken_back_only_before_it_is_posted():
    run = letters(1)
    job = do_print(actor=None, run=run)
    do_take_back_job(actor=None, job=job)
    assert states(run) == ["waiting"]
    again = do_print(actor=None, run=run)
    do_post(actor=None, job=again)
    with pytest.raises(Refused):
        do_take_back_job(actor=None, job=again)


@needs_letters
def test_the_document_is_made_once_and_again_only_when_it_is_lost(monkeypatch):
    run = letters(2)
    job = do_print(actor=None, run=run)
    first = document(job)
    assert first.startswith(b"%PDF")
    monkeypatch.setattr(jobs, "printer_for", lambda channel: pytest.fail("it is kept"))
    assert document(job) == first
    assert Original.objects.filter(pk=job.original_id).exists()


class BadPaper:
    """A printer that cannot make one of the letters."""

    kind, title, channel, fields = "print", "Paper", "letter", ()

    def __init__(self, bad):
        self.bad = bad

    def check(self, settings):
        """Always well."""

    def render(self, settings, letterhead, messages):
        for each in messages:
            if each.key == self.bad:
                raise CannotDeliver(why="no address", key=each.key)
        return b"%PDF " + " ".join(each.key for each in messages).encode()


def test_a_letter_that_cannot_be_made_fails_alone(monkeypatch):
    run = letters(2)
    bad = run.deliveries.order_by("id").first()
    monkeypatch.setattr(jobs, "printer_for", lambda channel: (BadPaper(f"{bad.public_id.hex}-0"), {}))
    job = do_print(actor=None, run=run)
    made = document(job)
    assert bad.public_id.hex.encode() not in made and states(run) == ["failed", "printed"]
    do_post(actor=None, job=job)
    assert states(run) == ["failed", "sent"]


def test_people_who_turned_out_to_be_one_get_one_letter():
    run = letters(2)
    one, other = run.deliveries.order_by("id")
    merge(other.person_id, one.person_id)
    assert do_print(actor=None, run=run).letters.count() == 1
    assert states(run) == ["printed", "not_wanted"]


def test_two_advisers_do_not_call_the_same_person():
    run = run_for(someone("call"))
    delivery, one, other = run.deliveries.get(), colleague("adviser"), colleague("adviser")
    do_claim(actor=one, delivery=delivery)
    for act in (do_claim, lambda **who: do_note_call(outcome="told", **who)):
        with pytest.raises(Refused):
            act(actor=other, delivery=delivery)
    Delivery.objects.update(claimed_at=clock.now() - timedelta(hours=1))
    do_claim(actor=other, delivery=delivery)
    do_release(actor=other, delivery=delivery)
    do_claim(actor=one, delivery=delivery)
    with pytest.raises(NotAllowed):
        do_claim(actor=colleague("manager"), delivery=delivery)


def test_only_told_is_told():
    run = run_for(*(someone("call") for _ in range(5)))
    adviser, found = colleague("adviser"), list(run.deliveries.order_by("id"))
    later = clock.now() + timedelta(days=1)
    for delivery, outcome in zip(
        found, ["told", "not_reached", "call_back", "not_wanted", "wrong_number"], strict=True
    ):
        do_note_call(
            actor=adviser, delivery=delivery, outcome=outcome, call_at=later if outcome == "call_back" else None
        )
    assert states(run) == ["sent", "waiting", "waiting", "not_wanted", "failed"]
    reply = Reply.objects.get()
    assert reply.channel == "call" and reply.adviser == adviser.name and "binnen drie dagen" in reply.text
    assert found[1].attempts == 1
    assert calls(run).filter(state="waiting").first().pk in {found[1].pk, found[2].pk}
    with pytest.raises(Refused):
        do_note_call(actor=adviser, delivery=found[0], outcome="told")


@pytest.mark.parametrize("outcome", ["told", "not_reached", "not_wanted", "wrong_number"])
def test_what_was_noted_can_be_undone(outcome):
    run = run_for(someone("call"))
    adviser, delivery = colleague("adviser"), run.deliveries.get()
    tried = do_note_call(actor=adviser, delivery=delivery, outcome=outcome)
    do_undo_call(actor=adviser, tried=tried)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, Reply.objects.count()) == ("waiting", 0, 0)
    with pytest.raises(Refused):
        do_undo_call(actor=adviser, tried=tried)
    do_note_call(actor=adviser, delivery=delivery, outcome="told")
    assert Reply.objects.count() == 1


@pytest.mark.skipif("call_list" not in kinds(), reason="no sender of call lists")
def test_the_list_is_on_paper_too():
    assert call_sheet(run_for(someone("call"))).startswith(b"%PDF")


def test_a_run_that_goes_on_is_on_the_list_to_call_until_everyone_was_called():
    run = run_for(someone("call"), someone("call"), start=False)
    assert lists_to_call() == []
    do_start_run(actor=None, run=run)
    assert [(each.pk, count) for each, count in lists_to_call()] == [(run.pk, 2)]
    adviser = colleague("adviser")
    for delivery in calls(run):
        do_claim(actor=adviser, delivery=delivery)
        do_note_call(actor=adviser, delivery=delivery, outcome="told")
    assert lists_to_call() == []
