"""What belongs together: a recording, its transcript of the same name beside it, and a list that tells about both."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from gehoor.channels.base import Attachment, Document
from gehoor.channels.call import transcripts
from gehoor.channels.call.facts import Facts, facts_in_name
from gehoor.channels.call.listing import could_be_list, facts_of, files_named
from gehoor.channels.call.recording import LARGEST
from gehoor.channels.call.sound import MEDIA_TYPES
from gehoor.channels.call.talk import Talk
from gehoor.kernel.errors import CannotRead


def facts_about(document: Document) -> Facts:
    """What its name and the lists beside it tell. A list knows better than a name."""
    facts = facts_in_name(document.name)
    for beside in _lists(document):
        facts = facts_of(beside, file_name(document.name)).over(facts)
    return facts


def _lists(document: Document) -> Iterator[Document]:
    neighbours = document.beside()
    for name in neighbours:
        if could_be_list(name):
            yield neighbours[name]


def file_name(name: str) -> str:
    """The last part of a document's name."""
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def transcripts_of(recording: Document) -> Iterator[Document]:
    """The transcripts of the same name that stand beside a recording, the one to take first."""
    stem, neighbours = PurePosixPath(file_name(recording.name)).stem, recording.beside()
    for suffix in transcripts.SUFFIXES:
        if (name := stem + suffix) in neighbours:
            yield neighbours[name]


def has_recording(transcript: Document) -> bool:
    """Whether the recording of a transcript stands beside it, and is small enough to be kept."""
    stem, neighbours = PurePosixPath(file_name(transcript.name)).stem, transcript.beside()
    names = (stem + suffix for suffix in MEDIA_TYPES)
    return any(neighbours[name].size <= LARGEST for name in names if name in neighbours)


def is_list(document: Document) -> bool:
    """Whether a document is a list that tells about the recordings and transcripts beside it."""
    if not could_be_list(document.name):
        return False
    neighbours = document.beside()
    return len(neighbours) > 1 and any(name in neighbours for name in files_named(document))


def talk_beside(recording: Document) -> tuple[Talk, tuple[Attachment, ...]] | None:
    """What the first transcript that can be read says, and every one that can be, kept as it is."""
    talk: Talk | None = None
    kept: list[Attachment] = []
    for document in transcripts_of(recording):
        try:
            data = transcripts.bytes_of(document)
            kind = transcripts.kind_of(document.name, data)
            read = transcripts.talk_in(data, kind)
        except (CannotRead, OSError):
            continue  # it is listed when it is visited itself
        talk = talk or read
        kept.append(Attachment(file_name(document.name), transcripts.MEDIA_TYPES[kind], data))
    return (talk, tuple(kept)) if talk else None
