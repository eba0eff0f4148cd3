"""The stage that reads a voice: language, kind, lemmas and asks.

Pure functions of the text, done outside any transaction, then written a batch at a time. A kind that a person corrected
stays, and so do the asks of a voice whose text was corrected: they moved along with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from gehoor.analysis import kind as kinds
from gehoor.analysis.understanding import Reading, read_many
from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.rooms.voices import rows
from gehoor.rooms.voices.models import Ask, KindCorrection, Understanding, Voice
from gehoor.rooms.voices.search.query import folded

STAGE_NAME = "understand"
STAGE_TITLE = sentence("Reading: language, kind, what is asked")
_MOST_INDEXED = 250_000
"""Characters; PostgreSQL indexes no more than a megabyte of one text, its lemmas included."""

_WRITTEN_AT_ONCE = 500
"""Voices a transaction; the next ones are being read meanwhile."""


def pending() -> int:
    """How many voices nobody understood yet."""
    return Voice.objects.count() - Understanding.objects.count()


def drain(limit: int) -> int:
    """Understand at most ``limit`` voices; returns how many."""
    waiting = Voice.objects.filter(understanding=None).order_by("id").only("id", "text", "subject")[:limit]
    voices = list(waiting)
    if not voices:
        return 0
    readings = read_many([(voice.subject[:_MOST_INDEXED], voice.text) for voice in voices], learned_cues())
    for start in range(0, len(voices), _WRITTEN_AT_ONCE):
        part = [voice.pk for voice in voices[start : start + _WRITTEN_AT_ONCE]]
        _keep(list(zip(part, readings, strict=False)))
    return len(voices)


def _keep(found: Sequence[tuple[int, Reading]]) -> None:
    """Write what was read in these voices."""
    corrected = _corrections([pk for pk, _ in found])
    with transaction.atomic():
        here = _still_waiting([pk for pk, _ in found])
        read = [(pk, reading) for pk, reading in found if pk in here]
        rows.insert(Understanding, [_row(pk, reading, corrected.get(pk, "")) for pk, reading in read])
        cut = set(Ask.objects.filter(voice__in=here).values_list("voice_id", flat=True))
        rows.insert(Ask, [row for pk, reading in read if pk not in cut for row in _asks(pk, reading)])


def _still_waiting(voices: Sequence[int]) -> set[int]:
    """Those that were neither erased nor understood by someone else meanwhile."""
    return set(Voice.objects.filter(id__in=voices, understanding=None).values_list("id", flat=True))


def _row(voice: int, reading: Reading, right: str) -> dict[str, Any]:
    return {
        "voice": voice,
        "language": reading.language,
        "kind": right or reading.judged.kind,
        "kind_by_person": bool(right),
        "cues": [[cue.phrase, cue.kind, cue.weight] for cue in reading.judged.cues],
        "lemmas": folded(reading.terms[:_MOST_INDEXED]),
    }


def _asks(voice: int, reading: Reading) -> Iterable[dict[str, Any]]:
    for position, ask in enumerate(reading.asks):
        yield {
            "public_id": new_id(),
            "voice": voice,
            "position": position,
            "start": ask.start,
            "end": ask.end,
            "words": ask.words,
        }


def _corrections(voices: Sequence[int]) -> dict[int, str]:
    """The newest correction of each voice; an empty kind is a correction taken back."""
    rows = KindCorrection.objects.filter(voice_id__in=voices).order_by("id").values_list("voice_id", "kind")
    return dict(rows)


def learned_cues() -> Mapping[str, tuple[str, float]]:
    """What was learned from every correction that still stands."""
    newest: dict[int, tuple[str, str]] = {}
    rows = KindCorrection.objects.order_by("id").values_list("voice_id", "kind", "voice__text")
    for voice, kind, text in rows.iterator():
        newest[voice] = (kind, text)
    if len(newest) < kinds.FEWEST_PERSONS:
        return {}
    persons = _persons(list(newest))
    return kinds.learn((text, kind, persons[voice]) for voice, (kind, text) in newest.items() if kind)


def _persons(voices: Sequence[int]) -> dict[int, int]:
    """A number for whoever said each voice: equal identities share one, an anonymous voice has its own."""
    numbers: dict[str, int] = {}
    found: dict[int, int] = {}
    for pk, identities in Voice.objects.filter(id__in=voices).values_list("id", "identities"):
        who = str(identities[0]) if identities else f"voice {pk}"
        found[pk] = numbers.setdefault(who, len(numbers))
    return found


def forget_all() -> None:
    """Throw away everything that was derived here, so that the stage makes it again."""
    with transaction.atomic():
        Ask.objects.all().delete()
        Understanding.objects.all().delete()
