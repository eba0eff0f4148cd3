"""Planning a visit, reporting what was told, and taking either back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from gehoor.channels.registry import cards
from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.index import find_answers
from gehoor.rooms.answers.checking.judging import SURE
from gehoor.rooms.answers.given.following import do_judge_again
from gehoor.rooms.answers.models import Answer, Given, Visit, VisitAnswer, VisitState
from gehoor.rooms.privacy.audit import do_log

NAME_LENGTH, PLACE_LENGTH, QUESTION_LENGTH = 200, 200, 500
SCENARIO_LENGTH, TOLD_LENGTH, REMARKS_LENGTH = 4_000, 10_000, 4_000
MOST_QUESTIONS = 8
"""More does not fit one conversation without being noticed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a visit is to find out. ``questions`` in the order in which they are asked."""

    name: str
    scenario: str
    channel: str
    planned_for: date
    visitor: User
    questions: Sequence[str]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What happened. ``told`` holds for each position what the visitor was told, None where it was not asked."""

    visited_at: datetime
    told: Mapping[int, str | None]
    waited_minutes: float | None = None
    remarks: str = ""


def check_plan(plan: Plan) -> Plan:
    """The same, tidied. Raises Refused when it cannot be."""
    questions = [" ".join(each.split()) for each in plan.questions]
    questions = list(dict.fromkeys(each for each in questions if each))
    name, place, scenario = " ".join(plan.name.split()), " ".join(plan.place.split()), plan.scenario.strip()
    if not name or len(name) > NAME_LENGTH or len(place) > PLACE_LENGTH:
        raise Refused(why=sentence("a visit has a name of at most 200 characters"))
    if not scenario or len(scenario) > SCENARIO_LENGTH:
        raise Refused(why=sentence("tell the visitor who to be, in at most 4,000 characters"))
    if not 1 <= len(questions) <= MOST_QUESTIONS or any(len(each) > QUESTION_LENGTH for each in questions):
        raise Refused(why=sentence("a visit asks one to eight questions of at most 500 characters"))
    if plan.channel not in cards():
        raise Refused(why=sentence("there is no such channel"))
    if not plan.visitor.is_active:
        raise Refused(why=sentence("this visitor does not work here any more"))
    return Plan(name, scenario, plan.channel, plan.planned_for, plan.visitor, questions, place)


def _check_day(plan: Plan) -> None:
    if plan.planned_for < localtime(now()).date():
        raise Refused(why=sentence("a visit cannot be planned on a day that is over; choose today or a later day"))


def do_plan_visit(*, plan: Plan, actor: User | None) -> Visit:
    """Plan a visit; what the book says to each question is looked up. Raises Refused, NotAllowed."""
    check_may_plan(actor)
    plan = check_plan(plan)
    _check_day(plan)
    entries = [_entry_for(each) for each in plan.questions]
    with transaction.atomic():
        visit = Visit.objects.create(by=actor, **_fields(plan))
        _ask(visit, plan.questions, entries)
        do_log(actor=actor, action="visit.plan", what="visit", public_id=visit.public_id)
    return visit


def do_change_visit(*, visit: Visit, plan: Plan, actor: User | None) -> None:
    """Plan it otherwise, as long as nobody reported on it. Raises Refused, NotAllowed."""
    check_may_plan(actor)
    plan = check_plan(plan)
    if plan.planned_for != visit.planned_for:
        _check_day(plan)
    entries = [_entry_for(each) for each in plan.questions]
    with transaction.atomic():
        held = _held(visit, VisitState.PLANNED)
        if held.answers.exclude(told="").exists():
            raise Refused(why=sentence("the visitor has begun to write down what was told"))
        Visit.objects.filter(pk=held.pk).update(**_fields(plan))
        held.answers.all().delete()
        _ask(held, plan.questions, entries)
        do_log(actor=actor, action="visit.change", what="visit", public_id=visit.public_id)


def do_report_visit(*, visit: Visit, report: Report, actor: User | None, whole: bool = True) -> None:
    """Write down what was told; ``whole`` ends the report, else more follows. Raises Refused, NotAllowed."""
    check_may_report(visit, actor)
    if report.visited_at > now():
        raise Refused(why=sentence("a visit is reported when it is over"))
    if len(report.remarks) > REMARKS_LENGTH or any(len(each or "") > TOLD_LENGTH for each in report.told.values()):
        raise Refused(why=sentence("what was told has at most 10,000 characters, a remark 4,000"))
    with transaction.atomic():
        held = _held(visit, VisitState.PLANNED)
        for each in held.answers.all():
            told = report.told.get(each.position)
            each.told, each.asked = (told or "").strip(), None if told is None and not whole else bool(told)
            each.save(update_fields=["told", "asked"])
        if whole and not held.answers.exclude(told="").exists():
            raise Refused(why=sentence("nothing was written down yet; a visit that did not take place is called off"))
        held.visited_at, held.waited_minutes = report.visited_at, report.waited_minutes
        held.remarks, held.state = report.remarks.strip(), VisitState.REPORTED if whole else VisitState.PLANNED
        held.save(update_fields=["visited_at", "waited_minutes", "remarks", "state"])
        if whole:
            do_log(actor=actor, action="visit.report", what="visit", public_id=visit.public_id)


def do_reopen_visit(*, visit: Visit, actor: User | None) -> None:
    """Take the report up again; what was compared by it is compared anew afterwards. Raises Refused, NotAllowed."""
    check_may_report(visit, actor)
    with transaction.atomic():
        held = _held(visit, VisitState.REPORTED)
        told = Q(visited__visit=held)
        do_judge_again(told)
        Given.objects.filter(told).delete()
        Visit.objects.filter(pk=held.pk).update(state=VisitState.PLANNED)
        do_log(actor=actor, action="visit.reopen", what="visit", public_id=visit.public_id)


def do_call_off(*, visit: Visit, actor: User | None) -> None:
    """The visit does not take place. Raises Refused, NotAllowed."""
    _move(visit, VisitState.PLANNED, VisitState.CANCELLED, "visit.call_off", actor)


def do_call_on(*, visit: Visit, actor: User | None) -> None:
    """It takes place after all. Raises Refused, NotAllowed."""
    _move(visit, VisitState.CANCELLED, VisitState.PLANNED, "visit.call_on", actor)


def _move(visit: Visit, before: VisitState, after: VisitState, action: str, actor: User | None) -> None:
    check_may_plan(actor)
    with transaction.atomic():
        held = _held(visit, before)
        Visit.objects.filter(pk=held.pk).update(state=after)
        do_log(actor=actor, action=action, what="visit", public_id=visit.public_id)


def _held(visit: Visit, state: VisitState) -> Visit:
    held = Visit.objects.select_for_update().get(pk=visit.pk)
    if held.state != state:
        raise Refused(why=sentence("somebody else was first; look at how the visit stands now"))
    return held


def _fields(plan: Plan) -> dict[str, object]:
    return {
        "name": plan.name,
        "scenario": plan.scenario,
        "channel": plan.channel,
        "place": plan.place,
        "planned_for": plan.planned_for,
        "visitor": plan.visitor,
    }


def _entry_for(question: str) -> Answer | None:
    """The entry of the book that surely answers it."""
    hits = find_answers(question, 1)
    return hits[0].answer if hits and hits[0].probability >= SURE else None


def _ask(visit: Visit, questions: Sequence[str], entries: Sequence[Answer | None]) -> None:
    VisitAnswer.objects.bulk_create(
        VisitAnswer(visit=visit, position=at, question=question, answer=entry)
        for at, (question, entry) in enumerate(zip(questions, entries, strict=True), start=1)
    )


def may_plan(user: User | None) -> bool:
    """Whether this user plans visits; the command line always may."""
    return user is None or user.may(May.PLAN_VISITS)


def may_report(visit: Visit, user: User | None) -> bool:
    """Whether this user writes down what was told: the visitor, and who plans."""
    return may_plan(user) or (user is not None and visit.visitor_id == user.pk)


def check_may_plan(user: User | None) -> None:
    """Pass, or raise NotAllowed."""
    if not may_plan(user):
        raise NotAllowed()


def check_may_report(visit: Visit, user: User | None) -> None:
    """Pass, or raise NotAllowed."""
    if not may_report(visit, user):
        raise NotAllowed()


def access_visit(public_id: UUID) -> Visit:
    """One visit; raises NotFound."""
    found = Visit.objects.select_related("visitor", "by").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("visit"))
    return found
