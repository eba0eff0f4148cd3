"""What people do with changes, what the state of things refuses, and what stays when it is undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.rooms.changes import askers
from gehoor.rooms.changes.actions import (
    access_change,
    do_add_need,
    do_decide,
    do_doing,
    do_done,
    do_remove_change,
    do_remove_need,
    do_restore_change,
    do_say_voice_asks,
    do_start_change,
    do_undo_step,
    do_word_change,
)
from gehoor.rooms.changes.asked import asked_for, state_of_asks
from gehoor.rooms.changes.log import history, standing_of
from gehoor.rooms.changes.models import Asker, Step, StepKind
from gehoor.rooms.changes.standing import Stage
from gehoor.rooms.needs.recount import do_recount
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import colleague, say, someone

TODAY = timezone.localdate()


@pytest.fixture
def change(heard, deposit, marketer):
    return do_start_change(name="Bouwdepot binnen een week", needs=[deposit.public_id], actor=marketer)


def written(change):
    return {person.name for person in Person.objects.filter(pk__in=askers.askers_of(change))}


def test_a_change_begins_asked_and_says_who_began_it(change, marketer):
    assert standing_of(change).stage == Stage.ASKED
    assert change.by == marketer
    assert AuditEntry.objects.filter(action="change.start", public_id=change.public_id, actor=marketer).exists()


def test_only_who_may_decide_does_anything(change, deposit, heard):
    adviser = colleague("adviser")
    step = do_decide(change=change, kind=StepKind.YES, actor=colleague("manager"))
    voice = say("Stem", need=deposit)
    for deed in (
        lambda: do_start_change(name="x", actor=adviser),
        lambda: do_word_change(change=change, name="x", idea="", actor=adviser),
        lambda: do_decide(change=change, kind=StepKind.NO, reason="x", actor=adviser),
        lambda: do_doing(change=change, actor=adviser),
        lambda: do_done(change=change, day=TODAY, actor=adviser),
        lambda: do_undo_step(step=step, actor=adviser),
        lambda: do_add_need(change=change, need=deposit, actor=adviser),
        lambda: do_remove_need(change=change, need=deposit.public_id, actor=adviser),
        lambda: do_say_voice_asks(change=change, voice=voice, asks=False, actor=adviser),
        lambda: do_remove_change(change=change, actor=adviser),
        lambda: do_restore_change(change=change, actor=adviser),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert Step.objects.count() == 1


def test_a_no_needs_a_reason_and_a_later_a_day_to_come(change, marketer):
    for kind, more in [
        (StepKind.NO, {"reason": "  "}),
        (StepKind.LATER, {}),
        (StepKind.LATER, {"day": TODAY}),
        (StepKind.YES, {"fewer": 0}),
        (StepKind.YES, {"fewer": 1.5}),
        (StepKind.DOING, {}),
    ]:
        with pytest.raises(Refused):
            do_decide(change=change, kind=kind, actor=marketer, **more)
    assert not Step.objects.exists()


def test_done_is_not_a_day_to_come_and_nothing_is_done_before_a_yes(change, marketer):
    with pytest.raises(Refused):
        do_doing(change=change, actor=marketer)
    with pytest.raises(Refused):
        do_done(change=change, day=TODAY, actor=marketer)
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    with pytest.raises(Refused):
        do_done(change=change, day=TODAY + timedelta(days=1), actor=marketer)
    do_done(change=change, day=TODAY, actor=marketer)
    with pytest.raises(Refused):
        do_decide(change=change, kind=StepKind.NO, reason="Toch niet", actor=marketer)


def test_every_step_can_be_undone_and_the_undoing_too(change, marketer):
    yes = do_decide(change=change, kind=StepKind.YES, actor=marketer)
    undoing = do_undo_step(step=yes, actor=marketer)
    assert standing_of(change).stage == Stage.ASKED
    with pytest.raises(Refused):
        do_undo_step(step=yes, actor=marketer)
    do_undo_step(step=undoing, actor=marketer)
    assert standing_of(change).stage == Stage.YES
    do_undo_step(step=yes, actor=marketer)
    assert standing_of(change).stage == Stage.ASKED


def test_the_log_says_who_did_and_undid_what(change, marketer):
    manager = colleague("manager")
    yes = do_decide(change=change, kind=StepKind.YES, fewer=0.5, actor=marketer)
    do_undo_step(step=yes, actor=manager)
    (entry,) = history(change)
    assert (entry.step.by, entry.undone_by.by, entry.counts, entry.holds) == (marketer, manager, False, False)


def test_what_was_decided_is_not_taken_away_but_what_was_only_asked_is(change, marketer):
    no = do_decide(change=change, kind=StepKind.NO, reason="Te duur", actor=marketer)
    with pytest.raises(Refused):
        do_remove_change(change=change, actor=marketer)
    do_undo_step(step=no, actor=marketer)
    do_remove_change(change=change, actor=marketer)
    with pytest.raises(NotFound):
        access_change(change.public_id)
    do_restore_change(change=change, actor=marketer)
    assert access_change(change.public_id) == change


def test_a_change_has_a_name_that_fits(marketer):
    for name in ("  ", "x" * 201):
        with pytest.raises(Refused):
            do_start_change(name=name, actor=marketer)


def test_nobody_is_written_down_before_a_decision(change):
    askers.do_note_askers(change=change)
    assert not Asker.objects.exists()


def test_on_a_decision_everyone_who_asked_is_written_down_once(change, marketer):
    do_decide(change=change, kind=StepKind.NO, reason="Mag niet van de wet", actor=marketer)
    assert written(change) == {"Ans", "Bert"}
    assert Asker.objects.count() == 2


def test_who_asks_later_is_added_by_the_stage(change, deposit, marketer):
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    assert askers.pending() == 0
    say("Ik wacht ook op mijn depot", person=someone("Dirk"), need=deposit)
    do_recount(generation=deposit.generation)
    assert askers.pending() == 1
    assert askers.drain(10) == 1
    assert written(change) == {"Ans", "Bert", "Dirk"}
    assert askers.pending() == 0


def test_who_asked_stays_when_needs_are_grouped_anew(change, deposit, marketer):
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    deposit.belonging.all().delete()
    do_recount(generation=deposit.generation)
    askers.forget()
    askers.drain(10)
    assert written(change) == {"Ans", "Bert"}


def test_taking_off_a_need_takes_off_who_asked_only_through_it(change, needs, marketer):
    do_add_need(change=change, need=needs[4], actor=marketer)
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    assert written(change) == {"Ans", "Bert", "Cor"}
    do_remove_need(change=change, need=needs[4].public_id, actor=marketer)
    assert written(change) == {"Ans", "Bert"}
    with pytest.raises(Refused):
        do_remove_need(change=change, need=needs[4].public_id, actor=marketer)


def test_undoing_the_decision_takes_everyone_off_again(change, marketer):
    yes = do_decide(change=change, kind=StepKind.YES, actor=marketer)
    do_undo_step(step=yes, actor=marketer)
    assert written(change) == set()


def test_a_voice_that_does_not_ask_takes_its_person_off_and_one_that_does_puts_on(change, heard, deposit, marketer):
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    bert = deposit.belonging.get(voice__attribution__person=heard["bert"]).voice
    do_say_voice_asks(change=change, voice=bert, asks=False, actor=marketer)
    assert written(change) == {"Ans"}
    do_say_voice_asks(change=change, voice=say("Ook ik", person=heard["cor"]), asks=True, actor=marketer)
    assert written(change) == {"Ans", "Cor"}
    do_say_voice_asks(change=change, voice=bert, asks=None, actor=marketer)
    assert written(change) == {"Ans", "Bert", "Cor"}


def test_two_who_turn_out_to_be_one_are_written_down_once(change, heard, marketer):
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    Person.objects.filter(pk=heard["bert"].pk).update(merged_into=heard["ans"])
    assert written(change) == {"Ans"}
    askers.forget()
    askers.drain(10)
    assert askers.askers_of(change) == {heard["ans"].pk}


def test_the_state_of_asks_changes_with_a_new_voice(change, deposit):
    before = state_of_asks()
    say("Nog een", need=deposit)
    assert state_of_asks() != before
    assert asked_for([change.pk])[change.pk].voices == 5
