"""Voices as the command line and the interface for programs give them: the JSON contract.

What the rooms above know of a voice (who said it, which need it is about) they add by registering, in the ``ready`` of
their app.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Addition:
    """What a room above adds to documents under ``name``: a public id for the primary keys that it is given, of voices
    or (``of_asks``) of asks, in a fixed number of queries. A voice is about what its weightiest ask is about.

    ``scope`` is what a program's token needs to see it.
    """

    name: str
    scope: str
    of: Callable[[Sequence[int]], Mapping[int, str]]
    of_asks: bool = False


SOURCE_SCOPE = "people:read"
"""Where a voice came from (file names, Message-IDs) can say who said it."""
_additions: dict[str, Addition] = {}


def register(addition: Addition) -> None:
    """Add what another room knows, under its name."""
    _additions[addition.name] = addition


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


def documents(voices: Sequence[int], seen: Collection[str] | None = None) -> Iterator[dict[str, Any]]:
    """Whole documents of voices by primary key, in that order, each with its asks and what other rooms add.

    ``seen`` are the scopes of who looks: what lies outside them is left out, which is something else than ``null``,
    unknown. None sees everything.
    """
    added = [each for each in _additions.values() if seen is None or each.scope in seen]
    sourced = seen is None or SOURCE_SCOPE in seen
    for start in range(0, len(voices), _CHUNK):
        part = list(voice_documents(voices[start : start + _CHUNK]))
        keys = {True: [ask.pk for _, _, asks in part for ask in asks], False: [pk for pk, _, _ in part]}
        known = [(each, each.of(keys[each.of_asks])) for each in added]
        for pk, document, asks in part:
            yield _whole(pk, document, asks, known, sourced=sourced)


Known = Sequence[tuple[Addition, Mapping[int, str]]]


def _whole(pk: int, document: VoiceDocument, asks: Sequence[Ask], known: Known, *, sourced: bool) -> dict[str, Any]:
    heaviest = max(asks, key=lambda ask: ask.words, default=None)
    told = {name: value for name, value in document.items() if sourced or name not in ("source", "original")}
    for addition, values in known:
        key = (heaviest.pk if heaviest else None) if addition.of_asks else pk
        told[addition.name] = None if key is None else values.get(key)
    of_asks = [(addition.name, values) for addition, values in known if addition.of_asks]
    told["asks"] = [
        {
            "id": str(ask.public_id),
            "text": document["text"][ask.start : ask.end],
            **{name: values.get(ask.pk) for name, values in of_asks},
        }
        for ask in asks
    ]
    return told


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
