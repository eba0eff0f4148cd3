"""Which voices a session gets: how many fit in the time, a fair draw, and the order in which they are read."""

from dataclasses import dataclass
from functools import lru_cache

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
from gehoor.rooms.voices.models import Transcription, Voice

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


@dataclass(frozen=True, slots=True)
class _Spoken:
    """All voices that there is something to read of, in order of channel, time and key; one entry a voice."""

    ids: NDArray[np.int64]
    channels: list[str]
    words: NDArray[np.int64]
    durations: Floats
    waited: Floats
    seconds: Floats


@lru_cache(maxsize=2)
def _spoken(state: str) -> _Spoken:
    """Read once for each state of the voices: going over a hundred thousand takes half a second."""
    del state
    rows = Voice.objects.filter(words__gt=0).order_by("channel", F("said_at").asc(nulls_first=True), "pk")
    found = list(rows.values_list("pk", "channel", "words", "duration_seconds", "waited_seconds"))
    ids, channels, words, durations, waited = zip(*found, strict=True) if found else ((), (), (), (), ())
    return _Spoken(
        np.array(ids, dtype=np.int64),
        list(channels),
        np.array(words, dtype=np.int64),
        np.array(durations, dtype=np.float64),
        np.array(waited, dtype=np.float64),
        reading_seconds_of(words, durations),
    )


def _state() -> str:
    """Differs as soon as a voice is added, erased or corrected, in this home."""
    voices = Voice.objects.aggregate(count=Count("pk"), newest=Max("pk"))
    corrected = Transcription.objects.aggregate(newest=Max("pk"))["newest"]
    return f"{settings.HOME.path} {voices['count']} {voices['newest']} {corrected}"


def candidates(pool: Pool, table: Table) -> Candidates:
    """The pool as columns. Being in order of channel and time, a draw in proportion to minutes is spread over both."""
    spoken = _spoken(_state())
    places = np.arange(len(spoken.ids))
    if pool == Pool.UNHEARD:
        heard = np.fromiter(Heard.objects.filter(enough=True).values_list("voice", flat=True).distinct(), np.int64)
        places = np.flatnonzero(~np.isin(spoken.ids, heard))
    channels = [spoken.channels[place] for place in places]
    minutes = weight.minutes(table, channels, spoken.words[places], spoken.durations[places], spoken.waited[places])
    return Candidates(spoken.ids[places].tolist(), channels, minutes, spoken.seconds[places])


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
