"""Needs and asks of a generation as arrays: read once, a column at a time, nothing made for each row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from gehoor.analysis import weight
from gehoor.rooms.needs.counting import Asks, Tree
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.voices.models import Ask, Voice
from gehoor.rooms.voices.weight import current_table

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

_CHUNK = 20_000


def columns(rows: Iterable[tuple[int | None, ...]], width: int) -> list[Integers]:
    """Rows of integers into ``width`` columns; None becomes -1."""
    flat = (-1 if value is None else value for row in rows for value in row)
    table = np.fromiter(flat, np.int64).reshape(-1, width)
    return [np.ascontiguousarray(table[:, column]) for column in range(width)]


def numbers(values: Iterable[float | None]) -> Floats:
    """A column of floats; None becomes nan."""
    return np.fromiter((np.nan if value is None else value for value in values), np.float64)


@dataclass(frozen=True, slots=True)
class Woods:
    """The needs of a generation: ``pks`` in ascending order, so that a need's number is its place, and the tree."""

    pks: Integers
    tree: Tree

    def number(self, pks: Integers) -> Integers:
        """Primary keys to numbers; -1 for one that is not here."""
        if not len(self.pks):
            return np.full(len(pks), -1, np.int64)
        at = np.minimum(np.searchsorted(self.pks, pks), len(self.pks) - 1)
        return np.where(self.pks[at] == pks, at, -1)


def read_woods(generation: Generation) -> Woods:
    """The tree as it stands: after merging, with what is set aside."""
    rows = Need.objects.filter(generation=generation).order_by("pk").values_list("pk", "level", "parent_id", "aside")
    pks, level, parent, aside = columns(rows.iterator(chunk_size=_CHUNK), 4)
    woods = Woods(pks, Tree(level, np.zeros(0, np.int64), aside == 1))
    return Woods(pks, Tree(level, woods.number(parent), aside == 1))


def read_asks(woods: Woods, rows: QuerySet[AskNeed]) -> Asks:
    """The asks of these rows, with who said them and their minutes."""
    values = rows.values_list("need_id", "voice_id", "voice__attribution__person_id", "minutes")
    need, voice, person, minutes = [], [], [], []
    for a, b, c, d in values.iterator(chunk_size=_CHUNK):
        need.append(-1 if a is None else a)
        voice.append(b)
        person.append(-1 if c is None else c)
        minutes.append(d)
    number = woods.number(np.array(need, np.int64))
    return Asks(number, np.array(voice, np.int64), np.array(person, np.int64), np.array(minutes, np.float64))


@dataclass(frozen=True, slots=True)
class Spoken:
    """Voices by primary key, ascending, and the customer minutes of each under the current table."""

    pks: Integers
    minutes: Floats


def read_voices(voices: QuerySet[Voice]) -> Spoken:
    """The customer minutes of these voices."""
    rows = voices.order_by("pk").values_list("pk", "channel", "words", "duration_seconds", "waited_seconds")
    found = list(zip(*rows.iterator(chunk_size=_CHUNK), strict=True)) or [(), (), (), (), ()]
    pks, channels, words, duration, waited = found
    minutes = weight.minutes(current_table(), channels, np.array(words, np.int64), numbers(duration), numbers(waited))
    return Spoken(np.array(pks, np.int64), np.asarray(minutes, np.float64))


def minutes_of_asks(asks: Integers) -> Floats:
    """The part of its voice's customer minutes that each ask carries. ``asks`` primary keys; 0 for an unknown one."""
    pks, voice, words = columns(Ask.objects.order_by("pk").values_list("pk", "voice_id", "words").iterator(), 3)
    spoken = read_voices(Voice.objects.all())
    return _shared_out(pks, voice, words, spoken, asks)


def minutes_of_few_asks(asks: Sequence[int]) -> dict[int, float]:
    """The same for a few asks, reading only their voices."""
    voices = Voice.objects.filter(asks__in=asks)
    rows = Ask.objects.filter(voice__in=voices).order_by("pk").values_list("pk", "voice_id", "words")
    pks, voice, words = columns(rows.iterator(), 3)
    spoken = read_voices(Voice.objects.filter(pk__in=np.unique(voice).tolist()))
    found = _shared_out(pks, voice, words, spoken, np.array(asks, np.int64))
    return dict(zip(asks, found.tolist(), strict=True))


def _shared_out(pks: Integers, voice: Integers, words: Integers, spoken: Spoken, asks: Integers) -> Floats:
    if not len(pks) or not len(spoken.pks):
        return np.zeros(len(asks))
    _, number = np.unique(voice, return_inverse=True)
    at = np.minimum(np.searchsorted(spoken.pks, voice), len(spoken.pks) - 1)
    whole = np.where(spoken.pks[at] == voice, spoken.minutes[at], 0.0)
    each = whole * weight.shares(words, number)
    place = np.minimum(np.searchsorted(pks, asks), len(pks) - 1)
    return np.where(pks[place] == asks, each[place], 0.0)


def persons_of(voices: Integers) -> Integers:
    """Who said each voice; -1 anonymous."""
    rows = Attribution.objects.exclude(person=None).order_by("voice_id").values_list("voice_id", "person_id")
    voice, person = columns(rows.iterator(chunk_size=_CHUNK), 2)
    if not len(voice):
        return np.full(len(voices), -1, np.int64)
    at = np.minimum(np.searchsorted(voice, voices), len(voice) - 1)
    return np.where(voice[at] == voices, person[at], -1)


def places_of(asks: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Voice and start of those of these asks that are there, which then stay until the transaction ends."""
    rows = Ask.objects.select_for_update().filter(pk__in=asks).values_list("pk", "voice_id", "start")
    return {pk: (voice, start) for pk, voice, start in rows}
