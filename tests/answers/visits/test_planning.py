"""Planning, reporting and taking back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.given import finding, staging
from gehoor.rooms.answers.models import Given, Visit, VisitState
from gehoor.rooms.answers.visits.comparing import Verdict, compare_visit
from gehoor.rooms.answers.visits.forms import VisitForm
from gehoor.rooms.answers.visits.planning import (
    Report,
    do_call_off,
    do_call_on,
    do_change_visit,
    do_plan_visit,
    do_reopen_visit,
    do_report_visit,
)
from gehoor.rooms.answers.visits.views import visits_due

from .conftest import QUESTION

pytestmark = pytest.mark.django_db


def report(*told, minutes_ago=5):
    at = timezone.now() - timedelta(minutes=minutes_ago)
    return Report(at, dict(enumerate(told, start=1)), waited_minutes=3.5)


def again(visit):
    return Visit.objects.get(pk=visit.pk)


def test_questions_are_asked_once_in_order_and_know_their_entry(visit, entry):
    asked = list(visit.answers.order_by("position"))
    assert [each.question for each in asked] == [QUESTION, "Mag het ook in delen?"]
    assert asked[0].answer == entry


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"scenario": ""}, {"questions": ["", " "]}, {"questions": [f"Vraag {n}?" for n in range(9)]},
     {"channel": "duivenpost"}, {"name": "x" * 201}, {"questions": ["?" * 501]}],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused(plan, manager, wrong):
    with pytest.raises(Refused):
        do_plan_visit(plan=replace(plan, **wrong), actor=manager)
    assert not Visit.objects.exists()


def test_only_who_plans_visits_plans_them(plan, adviser):
    with pytest.raises(NotAllowed):
        do_plan_visit(plan=plan, actor=adviser)


def test_what_was_told_is_held_against_the_book_of_that_day(visit, adviser, entry):
    do_report_visit(visit=visit, report=report("U mag 20% per jaar boetevrij aflossen.", None), actor=adviser)
    first, second = compare_visit(again(visit), "nl")
    assert first.verdict is Verdict.CONTRADICT
    assert first.clashes == [("20 % per jaar", "10 % per jaar")] or [a[:4] for a, _ in first.clashes] == ["20 %"]
    assert ("20%", True) in first.told and ("10%", True) in first.book
    assert (second.verdict, second.answer.asked) == (None, False)


def test_the_same_answer_agrees(visit, adviser):
    told = "Elk kalenderjaar tien procent van de oorspronkelijke lening, boetevrij."
    do_report_visit(visit=visit, report=report(told, None), actor=adviser)
    assert compare_visit(again(visit), "nl")[0].verdict in {Verdict.AGREE, Verdict.DIFFER}


def test_a_report_can_be_kept_half_and_ended_later(visit, adviser):
    do_report_visit(visit=visit, report=report("Tien procent.", None), actor=adviser, whole=False)
    assert again(visit).state == VisitState.PLANNED
    assert [each.told for each in visit.answers.order_by("position")] == ["Tien procent.", ""]
    assert finding._visits().count() == 0
    do_report_visit(visit=visit, report=report("Tien procent.", "Ja, dat mag."), actor=adviser)
    assert finding._visits().count() == 2


def test_an_empty_report_one_from_the_future_and_one_by_a_stranger_are_refused(visit, adviser):
    with pytest.raises(Refused):
        do_report_visit(visit=visit, report=report(None, "  "), actor=adviser)
    with pytest.raises(Refused):
        do_report_visit(visit=visit, report=report("Tien", minutes_ago=-60), actor=adviser)
    stranger = User.objects.make(email="daan@delinde.nl", name="Daan", roles=["adviser"], password=None)
    with pytest.raises(NotAllowed):
        do_report_visit(visit=visit, report=report("Tien"), actor=stranger)
    assert again(visit).state == VisitState.PLANNED
    assert not visit.answers.exclude(told="").exists()


def test_reported_twice_at_once_the_second_is_refused(visit, adviser, manager):
    do_report_visit(visit=visit, report=report("Tien procent.", None), actor=adviser)
    with pytest.raises(Refused):
        do_report_visit(visit=visit, report=report("Twintig procent.", None), actor=manager)
    assert visit.answers.get(position=1).told == "Tien procent."


def test_a_report_taken_up_again_leaves_nothing_behind_among_given_answers(visit, adviser):
    do_report_visit(visit=visit, report=report("20% per jaar.", None), actor=adviser)
    assert finding.drain(10) == 1
    assert Given.objects.get().visited.visit == visit
    do_reopen_visit(visit=again(visit), actor=adviser)
    assert not Given.objects.exists()
    assert again(visit).state == VisitState.PLANNED
    do_report_visit(visit=again(visit), report=report("10% per jaar.", None), actor=adviser)
    finding.drain(10)
    assert Given.objects.get().visited.told == "10% per jaar."
    assert staging.waiting() >= 0


def test_a_visit_is_called_off_and_takes_place_after_all(visit, manager, adviser):
    do_call_off(visit=visit, actor=manager)
    with pytest.raises(Refused):
        do_report_visit(visit=visit, report=report("Tien"), actor=adviser)
    do_call_on(visit=again(visit), actor=manager)
    assert again(visit).state == VisitState.PLANNED
    with pytest.raises(NotAllowed):
        do_call_off(visit=visit, actor=adviser)


def test_what_was_begun_is_not_planned_away(visit, plan, manager, adviser):
    do_change_visit(visit=visit, plan=replace(plan, questions=["Wat kost rentemiddeling?"]), actor=manager)
    assert [each.question for each in visit.answers.all()] == ["Wat kost rentemiddeling?"]
    do_report_visit(visit=again(visit), report=report("250 euro."), actor=adviser, whole=False)
    with pytest.raises(Refused):
        do_change_visit(visit=again(visit), plan=plan, actor=manager)


def test_the_visitor_is_told_on_the_day(visit, adviser, manager):
    assert visits_due(adviser) == [visit]
    assert visits_due(manager) == []


def test_a_visit_is_not_planned_on_a_day_that_is_over(plan, visit, manager):
    yesterday = replace(plan, planned_for=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        do_plan_visit(plan=yesterday, actor=manager)
    assert "over" in str(refused.value.fields["why"])
    with pytest.raises(Refused):
        do_change_visit(visit=visit, plan=yesterday, actor=manager)


def test_one_that_was_planned_for_a_day_that_is_over_now_can_be_worded_otherwise(plan, visit, manager):
    day = timezone.localdate() - timedelta(days=1)
    Visit.objects.filter(pk=visit.pk).update(planned_for=day)
    do_change_visit(visit=again(visit), plan=replace(plan, name="Anders", planned_for=day), actor=manager)
    assert again(visit).name == "Anders"


def test_how_someone_goes_is_called_so_and_not_a_mystery_visit(db):
    names = dict(VisitForm().fields["channel"].choices)
    assert "Mysterybezoek" not in names.values()
    assert "mystery_visit" in names
