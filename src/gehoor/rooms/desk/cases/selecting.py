"""Cases for programs: those of a view of the list, narrowed, from a place on; and those that moved since a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.listing import BY_DUE, View, cases_in
from gehoor.rooms.desk.models import Case
from gehoor.rooms.people.models import Person


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases: of a view as ``viewer`` has it, and of these only those with this state, priority and so on."""

    view: View
    viewer: User
    state: str = ""
    priority: int = 0
    speed: str = ""
    channel: str = ""
    person: Person | None = None

    @property
    def by_due(self) -> bool:
        """Whether who is due first stands first; else what moved last does."""
        return self.view in BY_DUE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of the list ended; the case that stood there may be elsewhere or gone by now."""

    pk: int
    due_at: datetime | None
    moved: int


def wanted_cases(wanted: Wanted) -> QuerySet[Case]:
    """All of them, unordered."""
    found = cases_in(wanted.view, wanted.viewer)
    given = {"state": wanted.state, "priority": wanted.priority, "speed": wanted.speed, "channel": wanted.channel}
    found = found.filter(**{field: value for field, value in given.items() if value})
    if wanted.person is not None:
        mine = Q(voice__attribution__person=wanted.person) | Q(voice__attribution__person__merged_into=wanted.person)
        found = found.filter(mine)
    return found


def select(wanted: Wanted, after: Place | None, most: int) -> list[Case]:
    """At most so many, from a place on. Who has no time by which it is due comes after all who have."""
    rows = wanted_cases(wanted).select_related("assignee", "merged_into")
    if not wanted.by_due:
        beyond = Q(moved__lt=after.moved) | Q(moved=after.moved, pk__lt=after.pk) if after is not None else Q()
        return list(rows.filter(beyond).order_by("-moved", "-pk")[:most])
    found: list[Case] = []
    if after is None or after.due_at is not None:
        due = rows.filter(due_at__isnull=False).order_by("due_at", "pk")
        found = list(due.filter(_later(after))[:most])
    if len(found) < most:
        beyond = Q(pk__gt=after.pk) if after is not None and after.due_at is None else Q()
        found += list(rows.filter(beyond, due_at=None).order_by("pk")[: most - len(found)])
    return found


def _later(after: Place | None) -> Q:
    if after is None:
        return Q()
    return Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, pk__gt=after.pk)


def moved_since(number: int, most: int) -> Sequence[Case]:
    """What moved after a number, in that order, whatever state it is in now; at most so many."""
    found = Case.objects.filter(moved__gt=number).select_related("assignee", "merged_into")
    return list(found.order_by("moved")[:most])
