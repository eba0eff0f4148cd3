"""How many sent the same, and how many of them wait."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from gehoor.rooms.desk.chorus.leading import SMALLEST
from gehoor.rooms.desk.models import WAITS_FOR_US, Case, State


@dataclass(frozen=True, slots=True)
class Many:
    """A chorus as a line of the list tells it. ``own``: so many added words of their own."""

    public_id: UUID
    people: int
    waiting: int
    own: int


def many_of(cases: Collection[Case]) -> Mapping[int, Many]:
    """For whom these cases stand, by the case's primary key; only where they stand for several. At most one query."""
    leads = {case.chorus_id: case.pk for case in cases if case.chorus_id is not None and not case.behind}
    if not leads:
        return {}
    rows = (
        Case.objects.filter(chorus__in=leads, chorus__dissolved=False)
        .exclude(state=State.MERGED)
        .values("chorus", "chorus__public_id")
        .annotate(
            people=Count("pk"),
            waiting=Count("pk", filter=Q(state__in=WAITS_FOR_US)),
            own=Count("pk", filter=Q(own_words__gt=0)),
        )
    )
    return {
        leads[row["chorus"]]: Many(row["chorus__public_id"], row["people"], row["waiting"], row["own"])
        for row in rows
        if row["people"] >= SMALLEST
    }
