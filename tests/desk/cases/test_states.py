"""What may follow what, held to a model that was written down apart from the table."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.desk.cases.states import do_set_state, may_become
from gehoor.rooms.desk.cases.undoing import do_undo
from gehoor.rooms.desk.models import Act, State

from .conftest import NOW, colleague, waits

_NAMES = ["new", "open", "waiting_customer", "waiting_us", "solved", "closed", "merged", "spam"]


def _may(was, is_):
    """The rules as people say them, one after another."""
    if was == is_ or is_ == "new":
        return False
    if was in {"closed", "merged"}:
        return False  # What is closed stays closed, and what went on elsewhere goes on there.
    if was == "spam":
        return is_ == "open"  # Not spam after all.
    if was == "solved":
        return is_ in {"open", "closed", "merged"}
    return is_ != "closed"  # Nothing is closed that was not solved.


@given(was=st.sampled_from(_NAMES), is_=st.sampled_from(_NAMES))
def test_the_table_says_what_people_say(was, is_):
    assert may_become(was, is_) == _may(was, is_)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.one_of(st.sampled_from(_NAMES), st.just("undo")), max_size=12))
def test_whatever_people_press_a_case_goes_only_where_the_rules_lead(adviser, wanted):
    case = waits()
    state, done = "new", []
    for each in wanted:
        if each == "undo":
            last = Act.objects.filter(case=case, undone=False, kind__in=["state", "spam"]).order_by("-pk").first()
            if last is None:
                continue
            do_undo(last, adviser)
            state = done.pop()
        elif each == state:
            assert do_set_state(case, each, adviser) is None or each == "merged"
        elif _may(state, each) and each != "merged":
            do_set_state(case, each, adviser)
            done.append(state)
            state = each
        else:
            with pytest.raises(Refused):
                do_set_state(case, each, adviser)
        case.refresh_from_db()
        assert case.state == state


@pytest.mark.django_db
def test_a_state_remembers_since_when_and_who():
    someone_else = colleague(name="Bram Smit")
    case = waits()
    act = do_set_state(case, State.SOLVED, someone_else)
    assert (act.by, act.at, act.values) == (someone_else, NOW, {"was": "new", "is": "solved"})
    assert case.state_since == NOW


@pytest.mark.django_db
def test_only_who_works_at_the_desk_says_how_far_it_is():
    case = waits()
    with pytest.raises(NotAllowed):
        do_set_state(case, State.SOLVED, colleague("manager"))
    case.refresh_from_db()
    assert case.state == State.NEW


@pytest.mark.django_db
def test_every_change_of_any_case_has_the_next_number(adviser):
    first, second = waits(), waits()
    do_set_state(first, State.OPEN, adviser)
    do_set_state(second, State.OPEN, adviser)
    do_set_state(first, State.SOLVED, adviser)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.moved == second.moved + 1
    assert NOW - timedelta(hours=1) == first.begun_at
