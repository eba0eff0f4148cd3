"""What no human of ours heard: how much, of which channels, since when, and whether it grows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np
from django.conf import settings
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone
from numpy.typing import NDArray

from gehoor.analysis import weight
from gehoor.analysis.weight import Table
from gehoor.kernel import clock
from gehoor.rooms.listening.drawing import reading_rank, spoken, state_of_voices
from gehoor.rooms.listening.models import Heard
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.weight import current_table

MONTHS = 12
RECENT = timedelta(days=30)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Left:
    """Of one channel: how many voices nobody heard, what they cost to say, how long it takes to read or hear them."""

    channel: str
    voices: int
    minutes: float
    seconds: float


@dataclass(frozen=True, slots=True)
class MonthLeft:
    """How many voices nobody had heard yet when a month (its first day) ended; for the running month: now."""

    month: date
    left: int


@dataclass(frozen=True, slots=True)
class Unheard:
    """All that nobody heard, of ``of`` voices. ``channels``: what one would rather put off first. ``came`` and
    ``heard``: what came in, and what was heard for the first time, in the last thirty days. ``oldest``: when the one
    that waits longest was said, None when none says when."""

    voices: int
    of: int
    minutes: float
    seconds: float
    channels: tuple[Left, ...]
    oldest: datetime | None
    months: tuple[MonthLeft, ...]
    came: int
    heard: int


@dataclass(frozen=True, slots=True)
class State:
    """Of the voices, of what was heard, and the name of the threshold table: found once for a page."""

    voices: str
    hearing: str
    table: str


def state_now(voices: str | None = None) -> State:
    """The state now; ``voices`` is that of the voices where it is known."""
    return State(voices or state_of_voices(), _state_of_hearing(), current_table().name)


def state_given(voices: int, newest: int | None) -> State:
    """The state now, for who counted the voices already and knows the newest one's key."""
    return state_now(state_of_voices(voices, newest))


def _state_of_hearing() -> str:
    """Differs as soon as a voice is heard for the first time, or is heard no longer."""
    found = Heard.objects.filter(enough=True).aggregate(rows=Count("pk"), voices=Sum("voice"), last=Max("pk"))
    return f"{settings.HOME.path} {found['rows']} {found['voices']} {found['last']}"


def unheard(state: State | None = None) -> Unheard:
    """As things stand now; kept until a voice comes, goes or is heard, or the day is over."""
    return _unheard(state or state_now(), timezone.localdate(clock.now()))


@lru_cache(maxsize=2)
def _unheard(state: State, today: date) -> Unheard:
    all_of_them = spoken(state.voices)
    came = _came(all_of_them.ids)
    first = _first_heard(all_of_them.ids)
    left = np.isnan(first)
    channels = tuple(_by_channel(state.voices, current_table(), left))
    ends = _ends_of_months(today)
    recent = (clock.now() - RECENT).timestamp()
    return Unheard(
        voices=int(left.sum()),
        of=len(all_of_them.ids),
        minutes=sum(each.minutes for each in channels),
        seconds=sum(each.seconds for each in channels),
        channels=channels,
        oldest=_oldest(all_of_them.ids[left]),
        months=tuple(MonthLeft(month, _left_at(came, first, end)) for month, end in ends if (came < end).any()),
        came=int((came >= recent).sum()),
        heard=int((first >= recent).sum()),
    )


def _by_channel(voices: str, table: Table, left: NDArray[np.bool_]) -> list[Left]:
    found = spoken(voices)
    channels = np.array(found.channels, dtype=object)
    rows = []
    for channel in sorted(set(channels[left].tolist()), key=lambda each: reading_rank(each, table)):
        at = np.flatnonzero(left & (channels == channel))
        minutes = weight.minutes(table, [channel] * len(at), found.words[at], found.durations[at], found.waited[at])
        rows.append(Left(channel, len(at), float(minutes.sum()), float(found.seconds[at].sum())))
    return rows


def _came(ids: NDArray[np.int64]) -> Floats:
    """(n,) when each voice came in, as seconds since 1970, in the order of ``ids``."""
    rows = Voice.objects.filter(words__gt=0).order_by("pk").values_list("pk", "heard_at")
    keys, moments = zip(*rows.iterator(10_000), strict=True) if len(ids) else ((), ())
    stamps = np.array([moment.timestamp() for moment in moments], dtype=np.float64)
    return stamps[np.searchsorted(np.array(keys, dtype=np.int64), ids)]


def _first_heard(ids: NDArray[np.int64]) -> Floats:
    """(n,) since when each voice counts as heard, as seconds since 1970; not a number for what nobody heard."""
    rows = Heard.objects.filter(enough=True, voice__isnull=False).values("voice").annotate(first=Min("first_at"))
    by_voice = {row["voice"]: row["first"].timestamp() for row in rows.order_by()}
    return np.array([by_voice.get(voice, np.nan) for voice in ids.tolist()], dtype=np.float64)


def _oldest(ids: NDArray[np.int64]) -> datetime | None:
    """When the first of these was said. Walks the index on time from its beginning, which is where they lie."""
    left = set(ids.tolist())
    rows = Voice.objects.filter(said_at__isnull=False).order_by("said_at", "pk").values_list("pk", "said_at")
    return next((said_at for pk, said_at in rows.iterator(1_000) if pk in left), None)


def _ends_of_months(today: date) -> list[tuple[date, float]]:
    """The last so many months and when each ends, as seconds since 1970."""
    first = today.replace(day=1)
    found = []
    for _ in range(MONTHS):
        following = (first + timedelta(days=31)).replace(day=1)
        end = timezone.make_aware(datetime.combine(following, datetime.min.time()))
        found.append((first, end.timestamp()))
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def _left_at(came: Floats, first: Floats, moment: float) -> int:
    return int(((came < moment) & ~(first < moment)).sum())
