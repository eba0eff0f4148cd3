"""Transcripts that a platform or a person made: WebVTT, SubRip, plain text with speakers, and two platforms' JSON."""

from collections.abc import Callable

from gehoor.channels.base import Document
from gehoor.channels.call.talk import Talk
from gehoor.channels.call.transcripts import contact_lens, genesys, plain, subrip, webvtt
from gehoor.channels.call.transcripts.json_values import parsed
from gehoor.channels.email.charset import clean
from gehoor.channels.table.encoding import decoded, legible
from gehoor.kernel.errors import Damaged, TooLarge
from gehoor.kernel.language import sentence

LARGEST = 8 << 20
"""Bytes; twelve hours of talk take a fifth of it."""
SUFFIXES = (".json", ".vtt", ".srt", ".txt")
"""How transcripts are called; the first that stands beside a recording is taken."""
MEDIA_TYPES = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".json": "application/json",
    ".txt": "text/plain",
}


def bytes_of(document: Document) -> bytes:
    """All of a transcript. Raises :class:`TooLarge`, before anything is read where its size tells."""
    too_large = TooLarge(what=sentence("transcript"), limit=sentence("8 MiB"))
    if document.size > LARGEST:
        raise too_large
    with document.open() as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise too_large
    return data


def kind_of(name: str, head: bytes) -> str:
    """Which suffix of ``SUFFIXES`` this is read as: by what it begins with, else by its name; "" for none."""
    start = _text(head[:4096]).lstrip("﻿ \t\n")
    if start.startswith("WEBVTT"):
        return ".vtt"
    if subrip.begins(start):
        return ".srt"
    suffix = next((each for each in (*SUFFIXES, ".text") if name.lower().endswith(each)), "")
    if suffix == ".text":
        return ".txt"
    return ".json" if not suffix and start.startswith("{") else suffix


def talk_in(data: bytes, kind: str) -> Talk:
    """What is said in a transcript of this kind. Raises :class:`Damaged`."""
    talk = _json(data) if kind == ".json" else _READ[kind](_text(data))
    if not talk.turns:
        raise Damaged(what=sentence("transcript"), why=sentence("no spoken words stand in it where they should"))
    return talk


def is_known(kind: str, head: bytes) -> float:
    """How sure it is that a document of this kind is the transcript of a call, by its first bytes: 0 to 1."""
    text = _text(head)
    if kind == ".json":
        return max(contact_lens.likeness(text), genesys.likeness(text))
    if kind == ".txt":
        return plain.likeness(text)
    return 0.95 if kind else 0.0


def _text(data: bytes) -> str:
    return clean(legible(decoded(data)))


def _json(data: bytes) -> Talk:
    held = parsed(_text(data))
    if (talk := contact_lens.read(held) or genesys.read(held)) is not None:
        return talk
    raise Damaged(what=sentence("transcript"), why=sentence("it has not the shape of a platform that Gehoor knows"))


_READ: dict[str, Callable[[str], Talk]] = {".vtt": webvtt.read, ".srt": subrip.read, ".txt": plain.read}
