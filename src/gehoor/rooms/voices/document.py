"""Voices as the command line and the interface give them: the JSON contract, without what the rooms above know."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any, TypedDict

from gehoor.rooms.voices.models import Ask, Voice

_CHUNK = 500
_FIELDS = (
    "id",
    "public_id",
    "channel",
    "said_at",
    "understanding__language",
    "understanding__kind",
    "text",
    "file",
    "item",
    "original__sha256",
)


class Source(TypedDict):
    """From which file it came, and which item in it."""

    file: str
    item: str


class VoiceDocument(TypedDict):
    """One voice. ``said_at`` is ISO 8601 in UTC, null when nothing says when; ``language`` and ``kind`` are null until
    the voice was understood; ``original`` is the SHA-256 of the bytes as they reached us."""

    id: str
    channel: str
    said_at: str | None
    language: str | None
    kind: str | None
    text: str
    source: Source
    original: str


def voice_documents(voices: Sequence[int]) -> Iterator[tuple[int, VoiceDocument, list[Ask]]]:
    """Primary key, document and asks of each voice, in the order of the primary keys; two queries a chunk."""
    for start in range(0, len(voices), _CHUNK):
        part = voices[start : start + _CHUNK]
        documents = {row[0]: _document(*row) for row in Voice.objects.filter(id__in=part).values_list(*_FIELDS)}
        asks = _asks(part)
        yield from ((pk, documents[pk], asks[pk]) for pk in part if pk in documents)


def _asks(voices: Sequence[int]) -> defaultdict[int, list[Ask]]:
    found: defaultdict[int, list[Ask]] = defaultdict(list)
    for ask in Ask.objects.filter(voice__in=voices).order_by("voice", "position"):
        found[ask.voice_id].append(ask)
    return found


def _document(_: int, public_id: Any, channel: str, said_at: Any, *rest: Any) -> VoiceDocument:
    language, kind, text, file, item, sha256 = rest
    return {
        "id": str(public_id),
        "channel": channel,
        "said_at": said_at.astimezone(UTC).isoformat() if said_at else None,
        "language": language,
        "kind": kind,
        "text": text,
        "source": {"file": file, "item": item},
        "original": bytes(sha256).hex(),
    }
