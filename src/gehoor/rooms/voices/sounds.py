"""The recording that belongs to a voice, wherever it stands: it is the original, or it came along with a transcript."""

from dataclasses import dataclass

from gehoor.channels.call.sound import media_type
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import Original, Voice

_HEAD = 4_096
_MOST = 5
"""Attachments that are looked at."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording, and what its own first bytes say it is."""

    original: Original
    media_type: str


def sound_of(voice: Voice) -> Sound | None:
    """The recording of a voice; None when there is none."""
    found = _as_sound(voice.original)
    if found is None:
        came_along = voice.attachments.select_related("original").order_by("id")[:_MOST]
        found = next(filter(None, (_as_sound(each.original) for each in came_along)), None)
    return found


def _as_sound(original: Original) -> Sound | None:
    with originals.as_document(original, "").open() as stream:
        kind = media_type(stream.read(_HEAD))
    return Sound(original, kind) if kind else None
