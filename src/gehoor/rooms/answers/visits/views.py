"""The screens of mystery visits."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.answers.models import Answer, State, Visit, VisitState
from gehoor.rooms.answers.visits.comparing import compare_visit, rows
from gehoor.rooms.answers.visits.forms import ReportForm, VisitForm
from gehoor.rooms.answers.visits.planning import (
    access_visit,
    do_call_off,
    do_call_on,
    do_change_visit,
    do_plan_visit,
    do_reopen_visit,
    do_report_visit,
    may_plan,
    may_report,
)

_SUGGESTED = 300
_SHOWN = 50


@may(May.SEE_ANSWERS)
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """What is planned, and what came of visits before. Who does not plan sees their own, and what was reported."""
    viewer, language = actor(request), get_language() or "nl"
    seen = Visit.objects.select_related("visitor")
    if not may_plan(viewer):
        seen = seen.filter(Q(visitor=viewer) | Q(state=VisitState.REPORTED))
    planned = seen.filter(state=VisitState.PLANNED).order_by("planned_for", "pk")
    reported = seen.filter(state=VisitState.REPORTED).order_by("-visited_at", "-pk")
    context = {
        "planned": rows(planned[:_SHOWN], language),
        "reported": rows(reported[:_SHOWN], language),
        "called_off": seen.filter(state=VisitState.CANCELLED).order_by("-planned_for", "-pk")[:_SHOWN],
        "may_plan": may_plan(viewer),
        "viewer": viewer,
        "today": timezone.localdate(),
    }
    return render(request, "answers/visits/visits.html", context)


@may(May.SEE_ANSWERS, May.PLAN_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a visit. ``?vraag`` fills in the first question."""
    start = {"question_1": request.GET.get("vraag", "")[:500], "visitor": actor(request).pk}
    return _planning(request, VisitForm(request.POST or None, initial=start), None)


@may(May.SEE_ANSWERS, May.PLAN_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Plan it otherwise."""
    visit = access_visit(public_id)
    form = VisitForm(request.POST) if request.method == "POST" else VisitForm.of(visit)
    return _planning(request, form, visit)


def _planning(request: HttpRequest, form: VisitForm, visit: Visit | None) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            if visit is None:
                visit = do_plan_visit(plan=form.plan(), actor=actor(request))
            else:
                do_change_visit(visit=visit, plan=form.plan(), actor=actor(request))
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, gettext("Planned."))
            return redirect("answers:visit", visit.public_id)
    known = Answer.objects.filter(current__state=State.VALIDATED).order_by("current__question")
    context = {
        "form": form,
        "visit": visit,
        "suggested": known.values_list("current__question", flat=True)[:_SUGGESTED],
    }
    return render(request, "answers/visits/plan.html", context, status=422 if form.is_bound else 200)


@may(May.SEE_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One visit: what to ask and a place to write down what was told; afterwards, how it compares with the book."""
    found, viewer = access_visit(public_id), actor(request)
    reports = may_report(found, viewer) and found.state == VisitState.PLANNED
    answers = sorted(found.answers.all(), key=lambda each: each.position)
    form = ReportForm(request.POST, answers=answers) if request.method == "POST" else ReportForm.of(found, answers)
    if request.method == "POST" and form.is_valid():
        whole = "later" not in request.POST
        try:
            do_report_visit(visit=found, report=form.report(), actor=viewer, whole=whole)
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            text = gettext("Reported. Thank you.") if whole else gettext("Kept; you can go on later.")
            messages.success(request, text)
            return redirect("answers:visit", found.public_id)
    context = {
        "visit": found,
        "compared": compare_visit(found, get_language() or "nl"),
        "form": form if reports else None,
        "may_report": may_report(found, viewer),
        "may_plan": may_plan(viewer),
        "today": timezone.localdate(),
    }
    return render(request, "answers/visits/visit.html", context, status=422 if form.is_bound else 200)


@may(May.SEE_ANSWERS)
@require_POST
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the report up again."""
    found = access_visit(public_id)
    do_reopen_visit(visit=found, actor=actor(request))
    messages.success(request, gettext("You can go on with the report."))
    return redirect("answers:visit", found.public_id)


@may(May.SEE_ANSWERS, May.PLAN_VISITS)
@require_POST
def call_off(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The visit does not take place."""
    return _moved(request, public_id, do_call_off, gettext("Called off."), "answers:call_on")


@may(May.SEE_ANSWERS, May.PLAN_VISITS)
@require_POST
def call_on(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It takes place after all."""
    return _moved(request, public_id, do_call_on, gettext("It takes place after all."), "answers:call_off")


def _moved(request: HttpRequest, public_id: UUID, do: Callable[..., None], text: str, back: str) -> HttpResponse:
    found = access_visit(public_id)
    do(visit=found, actor=actor(request))
    messages.success(request, text, extra_tags=f"undo:{reverse(back, args=[found.public_id])}")
    return redirect("answers:visits")


def visits_due(user: User) -> list[Visit]:
    """What this user is to visit today, or should have."""
    due = Visit.objects.filter(visitor=user, state=VisitState.PLANNED, planned_for__lte=timezone.localdate())
    return list(due.order_by("planned_for", "pk"))
