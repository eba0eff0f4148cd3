"""The list of the desk: who waits for us, in saved views, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.naming import titles
from gehoor.rooms.desk.cases.presence import There, there
from gehoor.rooms.desk.cases.waiting import said_at
from gehoor.rooms.desk.cases.words import moment
from gehoor.rooms.desk.chorus.counting import Many, many_of
from gehoor.rooms.desk.models import WAITS_FOR_US, Case, Mention, Speed, State
from gehoor.rooms.voices.models import Voice

A_PAGE = 40
_SNIPPET = 400


class View(StrEnum):
    """A view of the list, as it stands in the address."""

    WAITING = "wachtend"
    MINE = "van-mij"
    NOBODY = "van-niemand"
    SPEED = "spoed"
    NAMED = "genoemd"
    CUSTOMER = "klant"
    SNOOZED = "later"
    SOLVED = "opgelost"
    ALL = "alles"
    SPAM = "spam"


VIEW_NAMES: Mapping[View, str] = {
    View.WAITING: sentence("Waits for us"),
    View.MINE: sentence("Mine"),
    View.NOBODY: sentence("Nobody's yet"),
    View.SPEED: sentence("Speed matters"),
    View.NAMED: sentence("I was named"),
    View.CUSTOMER: sentence("Waits for the customer"),
    View.SNOOZED: sentence("Put off"),
    View.SOLVED: sentence("Solved"),
    View.ALL: sentence("Everything"),
    View.SPAM: sentence("Spam"),
}
COUNTED = (View.WAITING, View.MINE, View.NOBODY, View.NAMED)
BY_DUE = frozenset({View.WAITING, View.MINE, View.NOBODY, View.SPEED})
"""Views in which who is due first stands first; in the others what moved last does."""


def view_of(given: str) -> View:
    """The view with this name; the first where there is none."""
    return View(given) if given in set(View) else View.WAITING


def cases_in(view: View, viewer: User | None) -> QuerySet[Case]:
    """The cases of a view, unordered."""
    return Case.objects.filter(condition(view, viewer))


def condition(view: View, viewer: User | None) -> Q:
    """What holds for the cases of a view. Of many who sent the same one stands for all; what somebody took or is named
    in stands by itself."""
    alone = Q(behind=False)
    awake = Q(state__in=WAITS_FOR_US) & (Q(snoozed_until=None) | Q(snoozed_until__lte=now()))
    named = Mention.objects.filter(user=viewer, seen_at=None).values("act__case")
    return {
        View.WAITING: awake & alone,
        View.MINE: awake & Q(assignee=viewer),
        View.NOBODY: awake & alone & Q(assignee=None),
        View.SPEED: awake & alone & Q(speed=Speed.MATTERS),
        View.NAMED: Q(pk__in=named),
        View.CUSTOMER: Q(state=State.WAITING_CUSTOMER) & alone,
        View.SNOOZED: Q(snoozed_until__gt=now()) & alone,
        View.SOLVED: Q(state__in=(State.SOLVED, State.CLOSED)) & alone,
        View.ALL: ~Q(state__in=(State.SPAM, State.MERGED)) & alone,
        View.SPAM: Q(state=State.SPAM) & alone,
    }[view]


@dataclass(frozen=True, slots=True)
class Line:
    """One case as it stands in the list. ``words``: the last that the customer said; ``voices``: how many times."""

    case: Case
    title: str
    words: str
    voices: int
    there: Sequence[There]
    late: bool
    here: bool = True
    """Whether it is still in the view."""
    many: Many | None = None
    """Everyone for whom it stands, who sent the same."""

    @property
    def due(self) -> str:
        """By when someone should hear from us; empty where nothing says so."""
        return moment(self.case.due_at) if self.case.due_at is not None and self.case.state in WAITS_FOR_US else ""

    @property
    def since(self) -> str:
        """Since when they wait for us; empty where nobody does."""
        return moment(self.case.waits_since) if self.case.waits_since is not None else ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page. ``after`` is the case after which the next page begins; None on the last."""

    lines: list[Line]
    after: Case | None


def listed(view: View, viewer: User, after: Case | None = None) -> Listed:
    """A page of a view, after a case of it; a fixed number of queries."""
    cases = _page(view, viewer, after)
    return Listed(lines_of(cases[:A_PAGE], viewer), cases[A_PAGE - 1] if len(cases) > A_PAGE else None)


def _page(view: View, viewer: User, after: Case | None) -> list[Case]:
    """At most one more than a page. Who has no time by which it is due comes after all who have."""
    rows = cases_in(view, viewer).select_related("assignee")
    if view not in BY_DUE:
        ordered = rows.order_by("-moved", "-pk")
        return list(ordered.filter(_before(after) if after is not None else Q())[: A_PAGE + 1])
    found: list[Case] = []
    if after is None or after.due_at is not None:
        due = rows.filter(due_at__isnull=False).order_by("due_at", "pk")
        found = list(due.filter(_later(after) if after is not None else Q())[: A_PAGE + 1])
    if len(found) <= A_PAGE:
        rest = rows.filter(due_at=None).order_by("pk")
        beyond = Q(pk__gt=after.pk) if after is not None and after.due_at is None else Q()
        found += list(rest.filter(beyond)[: A_PAGE + 1 - len(found)])
    return found


def _later(after: Case) -> Q:
    return Q(due_at__gte=after.due_at) & (Q(due_at__gt=after.due_at) | Q(pk__gt=after.pk))


def _before(after: Case) -> Q:
    return Q(moved__lte=after.moved) & (Q(moved__lt=after.moved) | Q(pk__lt=after.pk))


def lines_of(cases: Sequence[Case], viewer: User | None = None) -> list[Line]:
    """These cases as lines, in the same order; with the colleagues of this viewer who are at them."""
    called, said, many = titles(cases), _said(cases), many_of(cases)
    present = there(cases, viewer) if viewer is not None else {}
    today = now()
    return [
        Line(
            case=case,
            title=called[case.pk],
            words=said.get(case.pk, (0, ""))[1],
            voices=said.get(case.pk, (0, ""))[0],
            there=present.get(case.pk, []),
            late=is_late(case, today),
            many=many.get(case.pk),
        )
        for case in cases
    ]


def is_late(case: Case, today: datetime) -> bool:
    """Whether someone should have heard from us by now."""
    return case.due_at is not None and case.due_at < today and case.state in WAITS_FOR_US


def _said(cases: Sequence[Case]) -> Mapping[int, tuple[int, str]]:
    """How many times the customer spoke in each case, and the beginning of the last of it; one query."""
    rows = (
        Voice.objects.filter(in_case__case__in=cases)
        .select_related("in_case")
        .annotate(beginning=Substr("text", 1, _SNIPPET))
        .only("said_at", "heard_at", "in_case__case")
    )
    found: dict[int, tuple[int, str]] = {}
    for voice in sorted(rows, key=lambda each: (said_at(each), each.pk)):
        count = found.get(voice.in_case.case_id, (0, ""))[0]
        found[voice.in_case.case_id] = (count + 1, " ".join(voice.beginning.split()))
    return found


def counts(viewer: User) -> Mapping[View, int]:
    """How many cases are in the views that are counted; two queries."""
    together = {view: Count("pk", filter=_whose(view, viewer)) for view in COUNTED if view is not View.NAMED}
    found = cases_in(View.WAITING, viewer).aggregate(**{view.name: count for view, count in together.items()})
    return {view: found[view.name] for view in together} | {View.NAMED: cases_in(View.NAMED, viewer).count()}


def _whose(view: View, viewer: User) -> Q:
    """Of the cases that wait, those of a counted view."""
    return {View.WAITING: Q(), View.MINE: Q(assignee=viewer), View.NOBODY: Q(assignee=None)}[view]
