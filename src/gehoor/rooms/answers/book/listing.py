"""Entries in a list: filtered, searched, in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils import timezone

from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.models import Answer, Phrasing, Proposal, State, Version

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries: by state ("" for all but the archived), subject, language; mine; those that soon end."""

    state: str = ""
    subject: str = ""
    mine: bool = False
    language: str = ""
    ending: bool = False


def entries() -> QuerySet[Answer]:
    """Every entry with what holds of it."""
    return Answer.objects.filter(current__isnull=False).select_related("current__owner")


def in_order(*, archived: bool = False) -> QuerySet[Answer]:
    """The book from beginning to end: by subject and question."""
    rows = entries() if archived else entries().exclude(current__state=State.ARCHIVED)
    return rows.order_by(*_IN_ORDER)


_IN_ORDER = (Case(When(current__subject="", then=1), default=0), "current__subject", "current__question", "pk")
"""By subject and question; what has no subject comes last."""


def filtered(filters: Filters, viewer: User | None = None) -> QuerySet[Answer]:
    """The entries that fit, by subject and question."""
    rows = entries()
    rows = rows.filter(current__state=filters.state) if filters.state else rows.exclude(current__state=State.ARCHIVED)
    if filters.subject:
        rows = rows.filter(current__subject=filters.subject)
    if filters.mine and viewer is not None:
        rows = rows.filter(Q(current__owner=viewer) | Q(by=viewer))
    if filters.language:
        rows = rows.filter(current__language=filters.language)
    if filters.ending:
        rows = rows.filter(current__valid_to__lte=timezone.localdate() + SOON)
    return rows.order_by(*_IN_ORDER)


def counts_by_state() -> dict[str, int]:
    """How many entries there are in each state."""
    rows = Answer.objects.filter(current__isnull=False).values("current__state").annotate(n=Count("pk")).order_by()
    return {row["current__state"]: row["n"] for row in rows}


def subjects() -> list[str]:
    """The subjects that entries have, in order."""
    rows = Answer.objects.exclude(current__subject="").filter(current__isnull=False)
    found = rows.exclude(current__state=State.ARCHIVED).order_by(F("current__subject")).distinct()
    return [str(each) for each in found.values_list("current__subject", flat=True)]


def open_proposals() -> QuerySet[Version]:
    """Proposals that wait for who keeps the book, oldest first."""
    rows = Version.objects.filter(proposal=Proposal.OPEN, answer__current__isnull=False)
    return rows.select_related("answer__current", "by").order_by("at", "pk")


def phrasings_by_answer(answers: Sequence[int]) -> dict[int, list[str]]:
    """The phrasings of entries that count, in the order in which they came."""
    found: dict[int, list[str]] = {}
    rows = Phrasing.objects.filter(answer__in=answers, removed=False).order_by("pk")
    for answer, text in rows.values_list("answer_id", "text"):
        found.setdefault(answer, []).append(text)
    return found


def valid_on(rows: QuerySet[Answer], day: date) -> QuerySet[Answer]:
    """Of these the ones that hold on a day."""
    begun = Q(current__valid_from=None) | Q(current__valid_from__lte=day)
    return rows.filter(begun, Q(current__valid_to=None) | Q(current__valid_to__gte=day))


def first_line(text: str, most: int = 160) -> str:
    """The beginning of an answer on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rsplit(' ', 1)[0]}…"


def by_subject(rows: Iterable[Answer]) -> dict[str, list[Answer]]:
    """Entries under their subjects, in order; those without one come last."""
    found: dict[str, list[Answer]] = {}
    for each in rows:
        if each.current is not None:
            found.setdefault(each.current.subject, []).append(each)
    return dict(sorted(found.items(), key=lambda pair: (not pair[0], pair[0].casefold())))
