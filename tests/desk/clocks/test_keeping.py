"""Clock rows are what the log of the case says, and can be made again."""

from datetime import date

import pytest

from gehoor.analysis.hours import WorkingHours, standard_hours
from gehoor.kernel.errors import Refused
from gehoor.rooms.desk.clocks.hours import current_hours, current_version, version_of, versions
from gehoor.rooms.desk.clocks.keeping import keep, keep_all
from gehoor.rooms.desk.clocks.setting import do_restore_hours, do_set_hours, do_undo_hours
from gehoor.rooms.desk.models import Act, Case, Clock, Hours
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import answer, at, become, case_of, colleague, kept, reply, say, talk

pytestmark = pytest.mark.django_db


def only(case, kind):
    (clock,) = [clock for (found, _), clock in kept(case).items() if found == kind]
    return clock


def test_a_case_that_waits_is_due_a_working_day_after_its_voice():
    case = case_of(say(at(0, 9)))
    first = only(case, "first")
    assert (first.began_at, first.runs_since, first.ended_at, first.minutes) == (at(0, 9), at(0, 9), None, 0)
    assert first.due_at == at(1, 9)
    case.refresh_from_db()
    assert (case.waits_since, case.due_at) == (at(0, 9), at(1, 9))


def test_our_answer_ends_the_first_clock_and_nobody_waits_any_more():
    case = case_of(say(at(0, 9)))
    answer(case, at(0, 10, 30))
    first = only(case, "first")
    assert (first.ended_at, first.minutes, first.runs_since) == (at(0, 10, 30), 90, None)
    assert case.waits_since is None
    assert only(case, "resolution").runs_since == at(0, 9)


def test_a_note_is_no_answer_and_neither_is_what_says_that_we_received_it():
    case = case_of(say(at(0, 9)))
    Act.objects.create(case=case, kind="note", text="Ik bel hem straks.", at=at(0, 9, 30))
    answer(case, at(0, 9, 1), automatic=True)
    reply(at(0, 9, 1), answers=case.voice, text="Wij hebben uw bericht ontvangen. U hoort binnen twee dagen van ons.")
    assert only(case, "first").ended_at is None


def test_what_was_taken_back_or_did_not_arrive_is_no_answer():
    case = case_of(say(at(0, 9)))
    answer(case, at(0, 10), taken_back=True)
    answer(case, at(0, 11), failed=["That address does not exist.", "", {}])
    assert only(case, "first").ended_at is None


def test_an_answer_that_a_colleague_sent_elsewhere_counts():
    conversation = talk()
    case = case_of(say(at(0, 9), conversation=conversation))
    reply(at(0, 8), conversation=conversation)
    assert only(case, "first").ended_at is None
    reply(at(0, 11), conversation=conversation)
    assert only(case, "first").ended_at == at(0, 11)


def test_an_answer_to_someone_else_in_the_same_conversation_does_not_count():
    conversation = talk("facebook")
    mine, other = (say(at(0, 9), conversation=conversation, channel="facebook") for _ in range(2))
    case = case_of(mine)
    reply(at(0, 10), conversation=conversation, answers=other)
    assert only(case, "first").ended_at is None


def test_an_answer_in_a_thread_belongs_to_the_case_that_began_last():
    conversation = talk()
    old = case_of(say(at(0, 9), conversation=conversation))
    new = case_of(say(at(2, 9), conversation=conversation))
    reply(at(2, 10), conversation=conversation)
    assert only(old, "first").ended_at is None
    assert only(new, "first").ended_at == at(2, 10)


def test_what_this_room_sent_is_counted_once_at_the_moment_it_left():
    case = case_of(say(at(0, 9)))
    copy = reply(at(0, 9, 50), answers=case.voice)
    answer(case, at(0, 10), reply=copy)
    assert only(case, "first").ended_at == at(0, 10)


def test_waiting_on_the_customer_pauses_and_has_no_time_by_which_it_is_due():
    case = case_of(say(at(0, 9)))
    answer(case, at(0, 10))
    act = become(case, "waiting_customer", at(0, 10))
    resolution = only(case, "resolution")
    assert (resolution.paused_at, resolution.due_at, resolution.minutes) == (at(0, 10), None, 60)
    assert (case.due_at, case.waits_since) == (None, None)
    Act.objects.filter(pk=act.pk).update(undone=True)
    assert only(case, "resolution").runs_since == at(0, 9)


def test_spam_has_no_clocks():
    case = case_of(say(at(0, 9)))
    keep(case)
    become(case, "spam", at(0, 10))
    assert kept(case) == {}
    assert case.due_at is None


def test_a_letter_that_says_it_was_written_tomorrow_was_said_when_we_heard_it():
    voice = say(at(0, 9))
    type(voice).objects.filter(pk=voice.pk).update(said_at=at(3, 9))
    assert only(case_of(voice), "first").began_at == at(0, 9)


def test_keeping_twice_is_keeping_once():
    case = case_of(say(at(0, 9)), say(at(0, 12)))
    answer(case, at(0, 10))
    before = [clock.pk for clock in kept(case).values()]
    assert [clock.pk for clock in kept(case).values()] == before
    Clock.objects.all().delete()
    assert len(kept(case)) == len(before)


@pytest.mark.parametrize("many", [1, 7])
def test_many_cases_take_a_fixed_number_of_queries(django_assert_num_queries, many):
    cases = [case_of(say(at(0, 9), conversation=talk())) for _ in range(many)]
    with django_assert_num_queries(12):
        keep_all(cases)
    assert Clock.objects.count() == 2 * many


def mornings():
    return WorkingHours(week=(((540, 720),),) * 5 + ((), ()))


def test_other_hours_count_for_what_runs_and_change_nothing_that_was_measured():
    done, runs = case_of(say(at(0, 9))), case_of(say(at(0, 9)))
    answer(done, at(0, 12))
    keep_all([done, runs])
    admin = colleague("administrator")
    first = do_set_hours(hours=standard_hours(), aims={"first": 510}, actor=admin)
    Hours.objects.filter(pk=first.pk).update(at=at(-10, 9))
    do_set_hours(hours=mornings(), aims={"first": 180}, actor=admin)
    keep_all([done])
    assert only(done, "first").minutes == 180
    assert only(runs, "first").due_at == at(1, 9)
    assert only(runs, "resolution").due_at is None
    assert AuditEntry.objects.filter(action="hours.set").count() == 2


def test_a_version_that_is_taken_back_never_counted_and_can_stand_again():
    runs = case_of(say(at(0, 9)))
    keep(runs)
    admin = colleague("administrator")
    version = do_set_hours(hours=mornings(), aims={"first": 60}, actor=admin)
    assert current_hours() == mornings()
    assert Case.objects.get(pk=runs.pk).due_at == at(0, 10)
    do_undo_hours(version=version, actor=admin)
    assert current_hours() == standard_hours()
    assert Case.objects.get(pk=runs.pk).due_at == at(1, 9)
    do_restore_hours(version=version, actor=admin)
    assert current_hours() == mornings()
    assert Hours.objects.count() == 1


def test_what_was_before_the_first_version_goes_by_the_first():
    admin = colleague("administrator")
    do_set_hours(hours=mornings(), aims={}, actor=admin)
    do_set_hours(hours=standard_hours(), aims={}, actor=admin)
    known = versions()
    assert version_of(known, at(-900, 0)).hours == mornings()
    assert version_of(known, None).hours == standard_hours()


def test_a_version_is_kept_whole():
    hours = WorkingHours(
        week=(((540, 750), (780, 1050)),) * 5 + (((600, 1440),), ()),
        closed=frozenset({date(2026, 12, 24)}),
        worked=frozenset({"Good Friday"}),
    )
    do_set_hours(hours=hours, aims={"next": 30}, actor=colleague("administrator"))
    assert current_hours() == hours
    assert current_version().aims == {"next": 30}


def test_an_aim_that_cannot_be_is_refused():
    with pytest.raises(Refused):
        do_set_hours(hours=standard_hours(), aims={"first": 0}, actor=colleague("administrator"))
    hours = WorkingHours(week=standard_hours().week, worked=frozenset({"Queen's Day"}))
    with pytest.raises(Refused):
        do_set_hours(hours=hours, aims={}, actor=colleague("administrator"))
