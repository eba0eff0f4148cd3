"""What customers spent to tell us, and what we spent on listening."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from gehoor.analysis.weight import Table
from gehoor.rooms.listening.queries import listened_seconds, listeners
from gehoor.rooms.today.kept import State, kept
from gehoor.rooms.today.periods import Span
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.weight import STANDARD, total_minutes


@dataclass(frozen=True, slots=True)
class Spent:
    """Customers' side: minutes of so many voices, said between two moments; ``undated`` of them say no date and stand
    under all time only. ``table`` names the thresholds; ``standard`` when these are the channels' own."""

    minutes: float
    voices: int
    undated: int
    first: datetime | None
    last: datetime | None
    table: str
    standard: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """Both sides, for one period. ``share`` is listening minutes by customer minutes, None where there are none."""

    spent: Spent
    listened_seconds: float
    listeners: int

    @property
    def share(self) -> float | None:
        """Our minutes for each of theirs."""
        return self.listened_seconds / 60 / self.spent.minutes if self.spent.minutes else None


def _spent(span: Span, table: Table) -> Spent:
    voices = Voice.objects.filter(said_at__gte=span.since_moment) if span.since else Voice.objects.all()
    counts = voices.aggregate(
        all=Count("pk"), undated=Count("pk", filter=Q(said_at=None)), first=Min("said_at"), last=Max("said_at")
    )
    return Spent(
        minutes=total_minutes(voices, table),
        voices=counts["all"],
        undated=counts["undated"],
        first=counts["first"],
        last=counts["last"],
        table=table.name,
        standard=table.name == STANDARD,
    )


def opening_of(span: Span, state: State) -> Opening:
    """The figures of the opening sentence; ``state`` is that of the voices."""
    spent = kept("spent", state, span.period, span.since, make=lambda: _spent(span, state.table))
    return Opening(spent, listened_seconds(span.since), listeners(span.since))
