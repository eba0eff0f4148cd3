"""Lists of promises, and their figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, F, Q
from django.utils import timezone

from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.models import Promise, PromiseState
from gehoor.rooms.desk.promises.queries import end_of_day, end_of_today, promises


class Which(StrEnum):
    """Which promises a list shows."""

    TODAY = "vandaag"
    LATE = "te-laat"
    WEEK = "deze-week"
    MINE = "mijn"
    PROPOSED = "voorgesteld"
    OPEN = "open"
    SETTLED = "afgehandeld"


WHICH_NAMES: Mapping[Which, str] = {
    Which.TODAY: sentence("Due today"),
    Which.LATE: sentence("Late"),
    Which.WEEK: sentence("This week"),
    Which.MINE: sentence("Mine"),
    Which.PROPOSED: sentence("Proposed"),
    Which.OPEN: sentence("All that stand open"),
    Which.SETTLED: sentence("Settled"),
}


def end_of_week() -> datetime:
    """The last moment of this Sunday."""
    today = timezone.localtime(now())
    return end_of_day(today + timedelta(days=6 - today.weekday()))


def _wanted(which: Which, user: User) -> Q:
    moment, open_ = now(), Q(state=PromiseState.OPEN)
    return {
        Which.TODAY: open_ & Q(due_at__gte=moment, due_at__lte=end_of_today()),
        Which.LATE: open_ & Q(due_at__lt=moment),
        Which.WEEK: open_ & Q(due_at__gte=moment, due_at__lte=end_of_week()),
        Which.MINE: open_ & Q(owner=user),
        Which.PROPOSED: Q(state=PromiseState.PROPOSED),
        Which.OPEN: open_,
        Which.SETTLED: Q(
            state__in=(PromiseState.KEPT, PromiseState.BROKEN, PromiseState.RENEGOTIATED, PromiseState.NONE)
        ),
    }[which]


A_PAGE = 50
EVERYONE = Q()
_NEWEST_FIRST = {Which.SETTLED: "settled_at", Which.PROPOSED: "made_at"}


def page(
    which: Which, user: User, after: Promise | None = None, *, most: int = A_PAGE, only: Q = EVERYONE
) -> tuple[list[Promise], Promise | None]:
    """A page of these promises (of them ``only`` those), what is due first before what is due later and what names no
    time last; of the settled and the proposed the newest first. With the promise after which the next page begins, None
    on the last."""
    found = promises().filter(_wanted(which, user), only)
    newest_first = _NEWEST_FIRST.get(which)
    if newest_first:
        found = found.order_by(f"-{newest_first}", "-pk")
        found = found.filter(_below(newest_first, after)) if after is not None else found
    else:
        found = found.order_by(F("due_at").asc(nulls_last=True), "pk")
        found = found.filter(_beyond(after)) if after is not None else found
    rows = list(found[: most + 1])
    return rows[:most], rows[most - 1] if len(rows) > most else None


def how_many(which: Which, user: User, only: Q) -> int:
    """How many of these there are."""
    return Promise.objects.filter(_wanted(which, user), only).count()


def _below(field: str, after: Promise) -> Q:
    moment = getattr(after, field)
    return Q(**{f"{field}__lt": moment}) | Q(**{field: moment}, pk__lt=after.pk)


def _beyond(after: Promise) -> Q:
    if after.due_at is None:
        return Q(due_at=None, pk__gt=after.pk)
    return Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, pk__gt=after.pk) | Q(due_at=None)


def counts(user: User) -> Mapping[Which, int]:
    """How many there are in each list; one query."""
    found = Promise.objects.aggregate(
        **{which.name.lower(): Count("pk", filter=_wanted(which, user)) for which in Which}
    )
    return {which: found[which.name.lower()] for which in Which}


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the promises that were due in the last ``days`` days. ``unsaid``: past due, and nobody said."""

    days: int
    kept: int
    renegotiated: int
    broken: int
    unsaid: int
    open: int

    @property
    def due(self) -> int:
        """How many were due: the denominator."""
        return self.kept + self.renegotiated + self.broken + self.unsaid


def figures(days: int = 90) -> Figures:
    """Over everyone; one query. Settled in those days, or past due in them without anyone saying what became of it."""
    moment = now()
    since = moment - timedelta(days=days)
    states = {
        state.value: Count("pk", filter=Q(state=state, settled_at__gte=since))
        for state in (PromiseState.KEPT, PromiseState.RENEGOTIATED, PromiseState.BROKEN)
    }
    found = Promise.objects.aggregate(
        **states,
        unsaid=Count("pk", filter=Q(state=PromiseState.OPEN, due_at__lt=moment, due_at__gte=since)),
        still=Count("pk", filter=Q(state=PromiseState.OPEN) & (Q(due_at=None) | Q(due_at__gte=moment))),
    )
    return Figures(days, found["kept"], found["renegotiated"], found["broken"], found["unsaid"], found["still"])
