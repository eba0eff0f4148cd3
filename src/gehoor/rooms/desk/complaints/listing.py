"""The register as a list, and its figures of a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gehoor.kernel.language import sentence
from gehoor.rooms.desk.complaints.terms import Nearness, in_time, nearness_of, today
from gehoor.rooms.desk.models import Complaint, Outcome

A_PAGE = 50
UNKNOWN = "none"

OUTCOME_NAMES: Mapping[str, str] = {
    Outcome.UPHELD: sentence("upheld"),
    Outcome.PARTLY: sentence("upheld in part"),
    Outcome.NOT_UPHELD: sentence("not upheld"),
    Outcome.GOODWILL: sentence("settled out of goodwill"),
    Outcome.WITHDRAWN: sentence("withdrawn"),
}
OUTCOME_TONES: Mapping[str, str] = {Outcome.UPHELD: "care", Outcome.PARTLY: "care", Outcome.GOODWILL: "good"}

BEGUN_WITH = (
    sentence("We let it wait too long"),
    sentence("We gave wrong information"),
    sentence("We did not do what we promised"),
    sentence("A mistake in handling"),
    sentence("How we treated someone"),
    sentence("What we offer, or what it costs"),
    sentence("Something of ours that did not work"),
)
"""Root causes to begin with; what people write becomes part of the list."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which complaints a list shows. ``stand``: "open", "soon" (two weeks or less), "answered", "removed"."""

    year: int | None = None
    stand: str = ""
    outcome: str = ""
    cause: str = ""


def filtered(filters: Filters) -> QuerySet[Complaint]:
    """The lines of the register, newest first."""
    found = Complaint.objects.select_related("person__merged_into", "case", "voice").order_by("-received_at", "-pk")
    if filters.year is not None:
        found = found.filter(in_year(filters.year))
    if filters.outcome:
        found = found.filter(outcome="" if filters.outcome == UNKNOWN else filters.outcome)
    if filters.cause:
        found = found.filter(cause="" if filters.cause == UNKNOWN else filters.cause)
    return found.filter(_stand(filters.stand))


def _stand(stand: str) -> Q:
    open_ = Q(answered_at=None, removed=False)
    return {
        "open": open_,
        "soon": open_ & Q(final_by__lte=today() + timedelta(days=14)),
        "answered": ~Q(answered_at=None) & Q(removed=False),
        "removed": Q(removed=True),
    }.get(stand, Q())


def in_year(year: int) -> Q:
    """What came in in this year, here."""
    first, after = (timezone.make_aware(datetime(each, 1, 1)) for each in (year, year + 1))
    return Q(received_at__gte=first, received_at__lt=after)


def page(filters: Filters, after: UUID | None = None) -> tuple[list[Complaint], UUID | None]:
    """A page of the list, and after which line the next begins."""
    last = Complaint.objects.filter(public_id=after).first() if after is not None else None
    rows = list(beyond(filters, (last.received_at, last.pk) if last is not None else None)[: A_PAGE + 1])
    return rows[:A_PAGE], rows[A_PAGE - 1].public_id if len(rows) > A_PAGE else None


def beyond(filters: Filters, place: tuple[datetime, int] | None) -> QuerySet[Complaint]:
    """The lines after a place: when the last one came in, and its primary key; all for None."""
    found = filtered(filters)
    if place is None:
        return found
    received, pk = place
    return found.filter(Q(received_at__lt=received) | Q(received_at=received, pk__lt=pk))


def causes() -> list[str]:
    """The root causes in use, most used first."""
    used = Complaint.objects.exclude(cause="").values("cause").annotate(count=Count("pk")).order_by("-count", "cause")
    return [row["cause"] for row in used]


def years() -> list[int]:
    """The years in which complaints came in, newest first."""
    return [moment.year for moment in Complaint.objects.datetimes("received_at", "year", order="DESC")]


@dataclass(frozen=True, slots=True)
class Now:
    """How many stand open, of these how many are due within two weeks or past, and past."""

    open: int
    soon: int
    passed: int


def stand_of_now() -> Now:
    """Over everyone; one query."""
    open_ = _stand("open")
    found = Complaint.objects.aggregate(
        open=Count("pk", filter=open_),
        soon=Count("pk", filter=_stand("soon")),
        passed=Count("pk", filter=open_ & Q(final_by__lt=today())),
    )
    return Now(found["open"], found["soon"], found["passed"])


@dataclass(frozen=True, slots=True)
class Share:
    """So many of a kind, with how often they were answered in time and in how many days, where that is known."""

    name: str
    count: int
    in_time: int
    late: int
    median_days: float | None


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of one year, removed lines left out. ``all_`` is everything; medians are in days."""

    year: int
    all_: Share
    open: int
    passed: int
    removed: int
    median_acknowledged: float | None
    acknowledged: int
    outcomes: Sequence[Share]
    causes: Sequence[Share]


def figures(year: int) -> Year:
    """Figures of what came in in a year; two queries, whatever their number."""
    fields = ("received_at", "answered_at", "acknowledged_at", "final_by", "outcome", "cause", "removed")
    lines = list(Complaint.objects.filter(in_year(year), removed=False).only(*fields))
    removed = Complaint.objects.filter(in_year(year), removed=True).count()
    told = [_days(each.received_at, each.acknowledged_at) for each in lines if each.acknowledged_at]
    named = sorted({each.cause for each in lines}, key=lambda cause: (cause == "", cause))
    shares = [_share(cause, [each for each in lines if each.cause == cause]) for cause in named]
    outcomes = [_share(each, [line for line in lines if line.outcome == each]) for each in Outcome.values]
    return Year(
        year=year,
        all_=_share("", lines),
        open=sum(each.answered_at is None for each in lines),
        passed=sum(nearness_of(each) == Nearness.PASSED for each in lines),
        removed=removed,
        median_acknowledged=median(told) if told else None,
        acknowledged=len(told),
        outcomes=[share for share in outcomes if share.count],
        causes=sorted(shares, key=lambda share: (share.name == "", -share.count, share.name)),
    )


def _share(name: str, lines: Sequence[Complaint]) -> Share:
    days = [_days(each.received_at, each.answered_at) for each in lines if each.answered_at]
    judged = [in_time(each) for each in lines]
    return Share(name, len(lines), judged.count(True), judged.count(False), median(days) if days else None)


def _days(since: datetime, until: datetime) -> int:
    return max(0, (timezone.localdate(until) - timezone.localdate(since)).days)
