"""Which voices people did something with that is not undone lightly: corrected, moved, listened to.

The rooms above know; each registers in the ``ready`` of its app how it tells.
"""

from collections.abc import Callable, Collection, Iterable

from gehoor.rooms.voices.models import KindCorrection, Transcription

Judged = Callable[[Collection[int]], Iterable[int | None]]
"""Of these voices (at most some thousands of primary keys), those that people judged."""

_AT_ONCE = 2_000


def corrected(voices: Collection[int]) -> set[int | None]:
    """Voices of which someone said what kind they are, or what they really say."""
    by_hand = Transcription.objects.filter(voice__in=voices, actor__isnull=False).values_list("voice_id", flat=True)
    return {*KindCorrection.objects.filter(voice__in=voices).values_list("voice_id", flat=True), *by_hand}


_judged: list[Judged] = [corrected]


def register(judged: Judged) -> None:
    """Say how a room tells which voices people judged in it."""
    _judged.append(judged)


def judged(voices: Collection[int]) -> set[int]:
    """Of these voices, those that people judged in any room."""
    keys = list(voices)
    found: set[int] = set()
    for start in range(0, len(keys), _AT_ONCE):
        for room in _judged:
            found.update(voice for voice in room(keys[start : start + _AT_ONCE]) if voice is not None)
    return found
