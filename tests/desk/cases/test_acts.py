"""Taking, urgency, putting off, wording, notes; and undoing each of them."""

from datetime import timedelta

import pytest

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.desk.cases.actions import do_assign, do_note, do_set_priority, do_snooze, do_word, named_in
from gehoor.rooms.desk.cases.listing import View, cases_in
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.cases.telling import log_of
from gehoor.rooms.desk.cases.undoing import do_undo
from gehoor.rooms.desk.models import Act, Mention, Priority, State
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import NOW, colleague, waits

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)

CHANGES = [
    pytest.param(
        lambda case, who: do_set_priority(case, Priority.URGENT, who), "priority", Priority.URGENT, id="priority"
    ),
    pytest.param(lambda case, who: do_snooze(case, LATER, who), "snoozed_until", LATER, id="snooze"),
    pytest.param(lambda case, who: do_word(case, " Het  bouwdepot ", who), "about", "Het bouwdepot", id="about"),
    pytest.param(lambda case, who: do_set_state(case, State.SOLVED, who), "state", State.SOLVED, id="state"),
]


@pytest.mark.parametrize(("change", "field", "value"), CHANGES)
def test_an_act_can_be_undone_and_done_again_by_a_colleague(adviser, change, field, value):
    case, other = waits(), colleague(name="Bram Smit")
    before = getattr(case, field)
    act = change(case, adviser)
    case.refresh_from_db()
    assert getattr(case, field) == value
    undoing = do_undo(act, other)
    case.refresh_from_db()
    act.refresh_from_db()
    assert getattr(case, field) == before
    assert act.undone
    assert (undoing.by, undoing.at) == (other, NOW)
    do_undo(undoing, adviser)
    case.refresh_from_db()
    act.refresh_from_db()
    assert getattr(case, field) == value
    assert not act.undone


@pytest.mark.parametrize(("change", "field", "value"), CHANGES)
def test_an_act_is_undone_once(adviser, change, field, value):
    case = waits()
    act = change(case, adviser)
    do_undo(act, adviser)
    with pytest.raises(Refused):
        do_undo(act, adviser)


def test_what_was_changed_again_since_is_not_undone_from_below(adviser):
    case = waits()
    first = do_set_priority(case, Priority.HIGH, adviser)
    do_set_priority(case, Priority.URGENT, adviser)
    with pytest.raises(Refused):
        do_undo(first, adviser)
    case.refresh_from_db()
    assert case.priority == Priority.URGENT


def test_who_takes_a_new_case_has_it_and_it_is_open(adviser):
    case = waits()
    act = do_assign(case, adviser, adviser)
    case.refresh_from_db()
    assert (case.assignee, case.state) == (adviser, State.OPEN)
    do_undo(act, adviser)
    case.refresh_from_db()
    assert case.assignee is None


def test_taking_twice_is_taking_once(adviser):
    case = waits()
    do_assign(case, adviser, adviser)
    assert do_assign(case, adviser, adviser) is None


def test_a_case_is_not_given_to_who_does_not_work_at_the_desk(adviser):
    with pytest.raises(Refused):
        do_assign(waits(), colleague("manager"), adviser)


def test_nobody_else_changes_a_case():
    case, manager = waits(), colleague("manager")
    for change in (
        lambda: do_assign(case, None, manager),
        lambda: do_note(case, "x", manager),
        lambda: do_set_priority(case, 4, manager),
        lambda: do_undo(case.acts.get(), manager),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_a_case_is_put_off_only_until_later_and_only_while_someone_waits(adviser):
    case = waits()
    with pytest.raises(Refused):
        do_snooze(case, NOW, adviser)
    do_set_state(case, State.SOLVED, adviser)
    with pytest.raises(Refused):
        do_snooze(case, LATER, adviser)


def test_a_note_tells_the_colleague_who_is_named_in_it(adviser):
    bram, other = colleague(name="Bram Smit"), colleague(name="Carla van Dam")
    case = waits()
    act = do_note(case, "@bram kijk jij? En @carla.van.dam ook. Mail naar x@anneke.nl", adviser)
    assert set(Mention.objects.filter(act=act).values_list("user__name", flat=True)) == {bram.name, other.name}
    assert list(cases_in(View.NAMED, bram)) == [case]
    assert not cases_in(View.NAMED, adviser).exists()


def test_a_first_name_that_two_colleagues_have_names_neither():
    one, other = colleague(name="Bram Smit"), colleague(name="Bram de Wit")
    assert named_in("@Bram", [one, other]) == []
    assert named_in("@bramdewit", [one, other]) == [other]


def test_a_note_that_was_taken_away_stays_in_the_log_as_undone(adviser):
    case = waits()
    act = do_note(case, "Belde net.", adviser)
    do_undo(act, adviser)
    line = next(line for line in log_of(case) if line.act.pk == act.pk)
    assert line.act.undone
    assert not line.undoable


def test_an_empty_note_is_refused(adviser):
    with pytest.raises(Refused):
        do_note(waits(), " \n ", adviser)


def test_the_log_says_who_did_what(adviser):
    case = waits()
    do_assign(case, adviser, adviser)
    do_snooze(case, LATER, adviser)
    said = [(line.says, line.by) for line in log_of(case)]
    assert said[-1] == ("de zaak begon", "")
    assert ("genomen door Anneke Bos", "Anneke Bos") in said
    assert said[0] == ("uitgesteld tot 4 maart 2026 11:00", "Anneke Bos")


def test_every_act_of_a_colleague_stands_in_the_audit_trail(adviser):
    case = waits()
    do_note(case, "Belde net.", adviser)
    do_undo(do_set_state(case, State.SOLVED, adviser), adviser)
    trail = AuditEntry.objects.filter(public_id=case.public_id, actor=adviser).order_by("pk")
    assert list(trail.values_list("action", flat=True)) == ["case.note", "case.state", "case.undo"]


def test_what_befell_a_case_cannot_be_undone(adviser):
    case = waits()
    with pytest.raises(Refused):
        do_undo(Act.objects.get(case=case, kind="begun"), adviser)
