"""From a talk to what was heard: the customer's words are the voice, the adviser's words the reply to it.

Where nobody knows who is who, all words are the voice. Both share the original, and each has its own words with their
times, so that a screen can put them in order again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from gehoor.channels.base import (
    Attachment,
    Direction,
    Heard,
    NothingSaid,
    Outcome,
    ReadWord,
    Transcription,
)
from gehoor.channels.call.facts import Facts
from gehoor.channels.call.roles import Role, person_named, roles_of
from gehoor.channels.call.talk import Piece, Talk, Turn
from gehoor.kernel.ids import content_hash
from gehoor.kernel.language import sentence

POSITION = "1"
SILENT = sentence("Nobody speaks in this recording.")


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes that a call is known by, and what came with them."""

    original: bytes
    media_type: str
    channel: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class _Side:
    """The turns of one side; ``breaks`` says before which of them someone else spoke."""

    turns: tuple[Turn, ...]
    breaks: tuple[bool, ...]


def tell(talk: Talk, facts: Facts, source: Source) -> Iterator[Outcome]:
    """The voice and the reply to it; :class:`NothingSaid` when neither says anything."""
    customer, adviser = _sides(talk)
    facts = facts.over(Facts(author=_person(talk, customer), adviser=_person(talk, adviser)))
    if not customer.turns and not adviser.turns:
        yield NothingSaid(POSITION, source.original, source.media_type, SILENT)
        return
    native_id = content_hash(source.original).hex()
    if customer.turns:
        yield _heard(talk, facts, source, customer, native_id)
    if adviser.turns:
        yield _answer(talk, facts, source, adviser, native_id)


def _heard(talk: Talk, facts: Facts, source: Source, side: _Side, native_id: str) -> Heard:
    text, transcription = _written(talk.engine, side)
    return Heard(
        channel=source.channel,
        text=text,
        position=POSITION,
        original=source.original,
        media_type=source.media_type,
        direction=Direction.FROM_CUSTOMER,
        said_at=facts.said_at or talk.said_at,
        author=facts.author,
        identities=facts.identities or talk.identities,
        subject=facts.subject,
        native_id=native_id,
        conversation=talk.conversation or native_id,
        duration_seconds=facts.duration_seconds if facts.duration_seconds is not None else talk.duration_seconds,
        waited_seconds=facts.waited_seconds,
        adviser=facts.adviser,
        attachments=source.attachments,
        transcription=transcription,
    )


def _answer(talk: Talk, facts: Facts, source: Source, side: _Side, native_id: str) -> Heard:
    text, transcription = _written(talk.engine, side)
    return Heard(
        channel=source.channel,
        text=text,
        position=POSITION,
        original=source.original,
        media_type=source.media_type,
        direction=Direction.TO_CUSTOMER,
        said_at=facts.said_at or talk.said_at,
        recipients=facts.identities or talk.identities,
        subject=facts.subject,
        native_id=f"{native_id}#answer",
        thread=(native_id,),
        conversation=talk.conversation or native_id,
        adviser=facts.adviser,
        transcription=transcription,
    )


def _sides(talk: Talk) -> tuple[_Side, _Side]:
    """The customer's side and the adviser's, each in order of time."""
    roles = roles_of(talk.turns, talk.roles)
    turns = [turn for turn in _in_order(talk.turns) if roles[turn.speaker] is not Role.SYSTEM and turn.text.strip()]
    is_reply = [roles[turn.speaker] is Role.ADVISER for turn in turns]
    breaks = [
        number > 0 and turn.speaker != turns[number - 1].speaker for number, turn in enumerate(turns)
    ]  # someone else spoke in between
    return _side(turns, breaks, [not each for each in is_reply]), _side(turns, breaks, is_reply)


def _person(talk: Talk, side: _Side) -> str:
    """The name of the first person on a side, where the transcript gives one."""
    names = (person_named(turn.speaker) for turn in side.turns)
    return next((name for name in names if name), "")


def _side(turns: Sequence[Turn], breaks: Sequence[bool], ours: Sequence[bool]) -> _Side:
    places = [number for number, own in enumerate(ours) if own]
    return _Side(tuple(turns[place] for place in places), tuple(breaks[place] for place in places))


def _in_order(turns: Sequence[Turn]) -> list[Turn]:
    """By the time that each begins; what has none stays behind what it followed."""
    keyed, last = [], 0.0
    for number, turn in enumerate(turns):
        last = last if turn.begins is None else turn.begins
        keyed.append((last, number, turn))
    return [turn for _, _, turn in sorted(keyed, key=lambda each: each[:2])]


def _written(engine: str, side: _Side) -> tuple[str, Transcription]:
    """The text of one side, a line for each time that it had the floor, with where in it each word stands."""
    parts: list[str] = []
    words: list[ReadWord] = []
    length = 0
    for turn, breaks in zip(side.turns, side.breaks, strict=True):
        gap = "\n" if breaks else " "
        for piece in turn.pieces:
            joint = gap if parts else ""
            start = length + len(joint)
            parts.append(joint + piece.text)
            length = start + len(piece.text)
            if piece.begins is not None:
                words.append(_word(piece, start, length))
            gap = " "
    sure = [piece.confidence for turn in side.turns for piece in turn.pieces if piece.confidence is not None]
    return "".join(parts), Transcription(engine, tuple(words), fmean(sure) if sure else None)


def _word(piece: Piece, start: int, end: int) -> ReadWord:
    confidence = 1.0 if piece.confidence is None else min(1.0, max(0.0, piece.confidence))
    return ReadWord(start, end, confidence, begins=piece.begins, ends=piece.ends)
