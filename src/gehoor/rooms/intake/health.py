"""How a source is doing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from gehoor.analysis.silence import Silence
from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.intake.models import Arrival, Item, Outcome, Source
from gehoor.rooms.intake.not_heard import NAMES
from gehoor.rooms.intake.quiet import days_heard, quiet_among
from gehoor.rooms.intake.watching import ArrivalRow, UnreadItem, arrival_rows

STATES: Mapping[str, str] = {
    "well": sentence("well"),
    "paused": sentence("paused"),
    "trouble": sentence("cannot be reached"),
    "silent": sentence("silent against its habit"),
    "new": sentence("not tried yet"),
}
TONES: Mapping[str, str] = {"well": "good", "paused": "", "trouble": "stop", "silent": "care", "new": ""}
_DAYS = 30
_SHOWN = 10
_SHOWN_UNREAD = 5


@dataclass(frozen=True, slots=True)
class Health:
    """All that is known of how a source is doing; ``unread`` counts its items that wait or were refused."""

    source: Source
    state: str
    unread: int
    silence: Silence | None

    @property
    def name(self) -> str:
        """What its state is called."""
        return STATES[self.state]

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        return TONES[self.state]

    @property
    def reason(self) -> Sentence | None:
        """What went wrong the last time."""
        return Sentence(self.source.trouble[0], self.source.trouble[2]) if self.source.trouble else None

    @property
    def advice(self) -> Sentence | None:
        """What to do about it."""
        return Sentence(self.source.trouble[1], self.source.trouble[2]) if self.source.trouble else None


@dataclass(frozen=True, slots=True)
class WholeHealth:
    """What the page of one source shows."""

    health: Health
    days: list[tuple[date, int]]
    month: int
    arrivals: list[ArrivalRow]
    unread: list[UnreadItem]
    not_heard: list[tuple[object, str]]


def healths(found: Iterable[Source]) -> list[Health]:
    """How each of them is doing, in a fixed number of queries."""
    known = list(found)
    silences = {quiet.source.pk: quiet.silence for quiet in quiet_among(known)}
    unread = Item.objects.filter(arrival__source__in=known, outcome__in=[Outcome.WAITING, Outcome.REFUSED])
    counts: dict[int, int] = {}
    for source in unread.values_list("arrival__source", flat=True):
        counts[source] = counts.get(source, 0) + 1
    return [_health(source, counts.get(source.pk, 0), silences.get(source.pk)) for source in known]


def _health(source: Source, unread: int, silence: Silence | None) -> Health:
    if source.paused:
        state = "paused"
    elif source.trouble:
        state = "trouble"
    elif silence is not None:
        state = "silent"
    else:
        state = "well" if source.tried_at else "new"
    return Health(source, state, unread, silence)


def health_of(source: Source) -> WholeHealth:
    """All about one source."""
    (health,) = healths([source])
    today = timezone.localdate()
    heard = days_heard([source], today).get(source.pk, {})
    days = [(today - timedelta(days=back), heard.get(today - timedelta(days=back), 0)) for back in range(_DAYS)]
    items = Item.objects.filter(arrival__source=source, outcome__in=[Outcome.WAITING, Outcome.REFUSED])
    unread = items.select_related("original", "arrival").order_by("-id")[:_SHOWN_UNREAD]
    arrivals = Arrival.objects.filter(source=source).select_related("by").order_by("-id")[:_SHOWN]
    entries = source.not_heard.filter(removed=False).order_by("-until")[:_SHOWN]
    return WholeHealth(
        health=health,
        days=days[::-1],
        month=sum(count for _, count in days),
        arrivals=arrival_rows(arrivals),
        unread=[UnreadItem.of(item) for item in unread],
        not_heard=[(entry, NAMES[entry.what]) for entry in entries],
    )
