"""Which voices a session gets: how many fit in the time, a fair draw, and the order in which they are read."""

from dataclasses import dataclass

import numpy as np
from django.db.models import F, QuerySet
from numpy.typing import NDArray

from gehoor.analysis import weight
from gehoor.analysis.sampling import Draw, draw_by_size, draw_equally, inclusion_probabilities
from gehoor.analysis.weight import Table
from gehoor.channels.registry import cards
from gehoor.rooms.listening.models import DrawnBy, Pool
from gehoor.rooms.listening.pace import reading_seconds_of
from gehoor.rooms.listening.queries import never_heard
from gehoor.rooms.voices.models import Voice

MOST_VOICES = 200
Floats = NDArray[np.float64]


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


def pool_of(pool: Pool) -> QuerySet[Voice]:
    """The voices that there is something to read of."""
    voices = never_heard() if pool == Pool.UNHEARD else Voice.objects.all()
    return voices.filter(words__gt=0)


def candidates(pool: Pool, table: Table) -> Candidates:
    """The pool as columns. Being in order of channel and time, a draw in proportion to minutes is spread over both."""
    rows = pool_of(pool).order_by("channel", F("said_at").asc(nulls_first=True), "pk")
    found = list(rows.values_list("pk", "channel", "words", "duration_seconds", "waited_seconds"))
    ids, channels = [row[0] for row in found], [row[1] for row in found]
    words, durations = [row[2] for row in found], [row[3] for row in found]
    sounds, waited = np.array(durations, dtype=np.float64), np.array([row[4] for row in found], dtype=np.float64)
    customer_minutes = weight.minutes(table, channels, np.array(words, dtype=np.int64), sounds, waited)
    return Candidates(ids, channels, customer_minutes, reading_seconds_of(words, durations))


def draw(found: Candidates, drawn_by: DrawnBy, minutes: int, seed: int) -> Draw:
    """As many as are expected to fill the time. How many does not hang on which are drawn, so that the stated
    probabilities are the true ones; a stack can take a little more or less time than was asked for."""
    count = _count(found, drawn_by, minutes * 60.0)
    if drawn_by == DrawnBy.MINUTES:
        return draw_by_size(found.customer_minutes, count, seed)
    return draw_equally(len(found.ids), count, seed)


def _count(found: Candidates, drawn_by: DrawnBy, seconds: float) -> int:
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


def draw_stack(*, pool: Pool, drawn_by: DrawnBy, minutes: int, seed: int, table: Table) -> Stack:
    """The same pool, table and seed give the same stack."""
    found = candidates(pool, table)
    drawn = draw(found, drawn_by, minutes, seed)
    order = sorted(drawn.chosen.tolist(), key=lambda at: (reading_rank(found.channels[at], table), at))
    voices = [found.ids[at] for at in order]
    return Stack(voices, [float(drawn.probability[at]) for at in order], len(found.ids))
