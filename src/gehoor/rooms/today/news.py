"""What came in, what to read, and what waits."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, IntegerField, Value, When
from django.utils import timezone

from gehoor.analysis.weight import Table
from gehoor.kernel import clock
from gehoor.rooms.intake.models import Item, Outcome
from gehoor.rooms.listening.drawing import reading_rank
from gehoor.rooms.listening.queries import heard_condition, never_heard
from gehoor.rooms.today.kept import State, forget, kept
from gehoor.rooms.today.periods import Span
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.weight import minutes_expression, minutes_of

NEW_DAYS = 7
_SHORTLIST = 100


@dataclass(frozen=True, slots=True)
class New:
    """Voices of one channel that came in."""

    channel: str
    voices: int


def _new() -> list[New]:
    since = clock.now() - timedelta(days=NEW_DAYS)
    first = Voice.objects.filter(heard_at__gte=since).order_by("pk").values_list("pk", flat=True).first()
    if first is None:
        return []
    rows = Voice.objects.filter(pk__gte=first, heard_at__gte=since).values("channel").annotate(n=Count("pk"))
    return [New(row["channel"], row["n"]) for row in rows.order_by("-n", "channel")]


def new_by_channel(state: State) -> list[New]:
    """What came in during the last seven days, most first."""
    return kept("new", state, timezone.localdate(), make=_new)


@dataclass(frozen=True, slots=True)
class ToRead:
    """A voice that nobody heard yet, and what it cost its customer."""

    voice: Voice
    minutes: float


def _shortlist(table: Table, span: Span) -> list[int]:
    channels = sorted(set(Voice.objects.order_by().values_list("channel", flat=True).distinct()))
    ranks = sorted({reading_rank(channel, table)[0] for channel in channels})
    rank = Case(
        *(When(channel=each, then=Value(ranks.index(reading_rank(each, table)[0]))) for each in channels),
        default=Value(len(ranks)),
        output_field=IntegerField(),
    )
    unheard = never_heard().filter(said_at__gte=span.since_moment) if span.since else never_heard()
    heaviest = unheard.filter(words__gt=0).annotate(rank=rank, weighs=minutes_expression(table))
    return list(heaviest.order_by("rank", "-weighs", "pk").values_list("pk", flat=True)[:_SHORTLIST])


def to_read(state: State, span: Span, most: int = 3) -> list[ToRead]:
    """The heaviest voices of a period that nobody heard yet, letters first, then calls, and so on by the channels'
    cards."""
    depends = ("to-read", state, span.period, span.since)
    found = _unheard(kept(*depends, make=lambda: _shortlist(state.table, span)))
    if len(found) < most:
        forget(*depends)
        found = _unheard(kept(*depends, make=lambda: _shortlist(state.table, span)))
    return [ToRead(voice, minutes_of(voice, state.table)) for voice in found[:most]]


def _unheard(shortlist: list[int]) -> list[Voice]:
    place = {pk: at for at, pk in enumerate(shortlist)}
    left = sorted(
        Voice.objects.filter(~heard_condition(), pk__in=shortlist).values_list("pk", flat=True), key=place.__getitem__
    )[:3]
    return sorted(Voice.objects.filter(pk__in=left), key=lambda voice: place[voice.pk])


@dataclass(frozen=True, slots=True)
class Unread:
    """Items that wait for something, and items that were refused."""

    waiting: int
    refused: int


def unread() -> Unread:
    """How much of what was sent in could not be read yet."""
    counts = dict(
        Item.objects.filter(outcome__in=[Outcome.WAITING, Outcome.REFUSED])
        .values_list("outcome")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return Unread(counts.get(Outcome.WAITING, 0), counts.get(Outcome.REFUSED, 0))
