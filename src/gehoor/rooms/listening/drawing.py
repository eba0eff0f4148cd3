"""Which voices a session gets: how many fit in the time, a fair draw, and the order in which they are read."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db.models import Count, F, Max
from numpy.typing import NDArray

from gehoor.analysis import weight
from gehoor.analysis.sampling import Draw, draw_by_size, draw_equally, inclusion_probabilities
from gehoor.analysis.weight import Table
from gehoor.channels.registry import cards
from gehoor.rooms.listening.models import DrawnBy, Heard, Pool
from gehoor.rooms.listening.pace import reading_seconds_of
from gehoor.rooms.needs.decisions import access_need
from gehoor.rooms.needs.listing import belonging
from gehoor.rooms.voices.models import Transcription, Voice

MOST_VOICES = 200
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Only what is about a need (its public id), of a channel, or what came in since. Given together, all hold."""

    need: UUID | None = None
    channel: str = ""
    since: datetime | None = None


WHOLE = Narrowed()
"""The whole pool."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Every voice that could be drawn, in a fixed order (channel, time said, key); one entry a voice in each field."""

    ids: list[int]
    channels: list[str]
    customer_minutes: Floats
    seconds: Floats


@dataclass(frozen=True, slots=True)
class Stack:
    """What was drawn, in reading order, with the probability of each; and from how many."""

    voices: list[int]
    probabilities: list[float]
    drawn_from: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """All voices that there is something to read of, in order of channel, time and key; one entry a voice."""

    ids: NDArray[np.int64]
    channels: list[str]
    words: NDArray[np.int64]
    durations: Floats
    waited: Floats
    seconds: Floats


@lru_cache(maxsize=2)
def spoken(state: str) -> Spoken:
    """Read once for each state of the voices: going over a hundred thousand takes half a second."""
    del state
    rows = Voice.objects.filter(words__gt=0).order_by("channel", F("said_at").asc(nulls_first=True), "pk")
    found = list(rows.values_list("pk", "channel", "words", "duration_seconds", "waited_seconds"))
    ids, channels, words, durations, waited = zip(*found, strict=True) if found else ((), (), (), (), ())
    return Spoken(
        np.array(ids, dtype=np.int64),
        list(channels),
        np.array(words, dtype=np.int64),
        np.array(durations, dtype=np.float64),
        np.array(waited, dtype=np.float64),
        reading_seconds_of(words, durations),
    )


def state_of_voices(count: int | None = None, newest: int | None = None) -> str:
    """Differs as soon as a voice is added, erased or corrected, in this home. Who counted the voices already gives how
    many there are and the newest one's key: counting a hundred thousand takes longer than the rest of a page."""
    if count is None:
        voices = Voice.objects.aggregate(count=Count("pk"), newest=Max("pk"))
        count, newest = voices["count"], voices["newest"]
    corrected = Transcription.objects.aggregate(newest=Max("pk"))["newest"]
    return f"{settings.HOME.path} {count} {newest} {corrected}"


@lru_cache(maxsize=2)
def channels_of(state: str) -> tuple[str, ...]:
    """The channels of which there is something to read or hear."""
    return tuple(sorted(set(spoken(state).channels)))


def heard_by_someone() -> NDArray[np.int64]:
    """The primary keys of the voices that a human of ours heard."""
    rows = Heard.objects.filter(enough=True, voice__isnull=False).values_list("voice", flat=True).distinct()
    return np.fromiter(rows, np.int64)


def candidates(pool: Pool, table: Table, narrowed: Narrowed = WHOLE) -> Candidates:
    """The pool as columns. Being in order of channel and time, a draw in proportion to minutes is spread over both.
    Raises NotFound when it is narrowed to a need that is not there."""
    all_of_them = spoken(state_of_voices())
    places = np.flatnonzero(_within(all_of_them, pool, narrowed))
    channels = [all_of_them.channels[place] for place in places]
    words, durations = all_of_them.words[places], all_of_them.durations[places]
    minutes = weight.minutes(table, channels, words, durations, all_of_them.waited[places])
    return Candidates(all_of_them.ids[places].tolist(), channels, minutes, all_of_them.seconds[places])


def _within(all_of_them: Spoken, pool: Pool, narrowed: Narrowed) -> NDArray[np.bool_]:
    """(n,) whether each voice is in the pool."""
    within = np.ones(len(all_of_them.ids), dtype=bool)
    if pool == Pool.UNHEARD:
        within &= ~np.isin(all_of_them.ids, heard_by_someone())
    if narrowed.channel:
        within &= np.array([channel == narrowed.channel for channel in all_of_them.channels], dtype=bool)
    if narrowed.need:
        need = access_need(narrowed.need)
        about = belonging(need, need.generation.levels).values_list("voice", flat=True)
        within &= np.isin(all_of_them.ids, np.fromiter(about, np.int64))
    if narrowed.since:
        came = Voice.objects.filter(heard_at__gte=narrowed.since).order_by().values_list("pk", flat=True)
        within &= np.isin(all_of_them.ids, np.fromiter(came, np.int64))
    return within


def draw(found: Candidates, drawn_by: DrawnBy, minutes: int, seed: int) -> Draw:
    """As many as are expected to fill the time. How many does not hang on which are drawn, so that the stated
    probabilities are the true ones; a stack can take a little more or less time than was asked for."""
    return draw_so_many(found, drawn_by, count_for(found, drawn_by, minutes * 60.0), seed)


def draw_so_many(found: Candidates, drawn_by: DrawnBy, count: int, seed: int) -> Draw:
    """Draw ``count`` of them."""
    if drawn_by == DrawnBy.MINUTES:
        return draw_by_size(found.customer_minutes, count, seed)
    return draw_equally(len(found.ids), count, seed)


def count_for(found: Candidates, drawn_by: DrawnBy, seconds: float) -> int:
    """The most voices whose expected reading time still fits; at least one, where there is any."""
    low, high = 1, min(MOST_VOICES, len(found.ids))
    while low < high:
        middle = (low + high + 1) // 2
        if _expected(found, drawn_by, middle) <= seconds:
            low = middle
        else:
            high = middle - 1
    return min(low, len(found.ids))


def _expected(found: Candidates, drawn_by: DrawnBy, count: int) -> float:
    if drawn_by == DrawnBy.MINUTES:
        return float(inclusion_probabilities(found.customer_minutes, count) @ found.seconds)
    return count * float(found.seconds.mean())


def reading_rank(channel: str, table: Table) -> tuple[int, float, str]:
    """Letters and calls first, where one would rather read tweets: by the card's own rank, then by threshold."""
    card = cards().get(channel)
    return (-(card.letters_first if card else 0), -table.rate(channel).threshold_minutes, channel)


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a stack is drawn: from which pool, in proportion to what, for how long."""

    pool: Pool
    drawn_by: DrawnBy
    minutes: int
    narrowed: Narrowed = WHOLE


def draw_stack(wanted: Drawing, *, seed: int, table: Table) -> Stack:
    """The same voices, pool, table and seed give the same stack."""
    return stack_from(candidates(wanted.pool, table, wanted.narrowed), wanted, seed=seed, table=table)


def stack_from(found: Candidates, wanted: Drawing, *, seed: int, table: Table) -> Stack:
    """A stack of these candidates, in reading order."""
    drawn = draw(found, wanted.drawn_by, wanted.minutes, seed)
    order = sorted(drawn.chosen.tolist(), key=lambda at: (reading_rank(found.channels[at], table), at))
    voices = [found.ids[at] for at in order]
    return Stack(voices, [float(drawn.probability[at]) for at in order], len(found.ids))
