"""How this room erases and exports what it keeps around a person's voices."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from gehoor.rooms.listening.models import Drawn, Heard
from gehoor.rooms.privacy.rights import Subject

_AT_ONCE = 5_000


def erase(subject: Subject) -> None:
    """Take the voices out of every stack; the seconds that we listened stay, without the voice."""
    for at in range(0, len(subject.voices), _AT_ONCE):
        some = subject.voices[at : at + _AT_ONCE]
        Drawn.objects.filter(voice__in=some).delete()
        Heard.objects.filter(voice__in=some).update(voice=None)


def judged(voices: Collection[int]) -> Iterable[int | None]:
    """Voices that someone listened to, long enough to have heard them."""
    return Heard.objects.filter(voice__in=voices, enough=True).values_list("voice_id", flat=True).distinct()


def export(subject: Subject) -> Mapping[str, Any]:
    """When and how long each voice was listened to; by whom is about those who work here, and stays out."""
    rows = [
        row
        for at in range(0, len(subject.voices), _AT_ONCE)
        for row in Heard.objects.filter(voice__in=subject.voices[at : at + _AT_ONCE])
        .order_by("voice__said_at", "voice_id", "first_at")
        .values_list("voice__public_id", "first_at", "last_at", "seconds")
    ]
    return {
        "listened_to": [
            {"voice": str(voice), "first": first.isoformat(), "last": last.isoformat(), "seconds": round(seconds)}
            for voice, first, last, seconds in rows
        ]
    }
