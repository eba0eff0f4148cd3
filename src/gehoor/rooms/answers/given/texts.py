"""What was asked and answered, in words: cut from voices, replies and reports when it is needed, kept nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from gehoor.rooms.answers.models import Given

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Passage:
    """One given answer in words. ``place`` is where ``text`` begins in the reply, voice or report."""

    given: int
    voice: int | None
    person: int | None
    asked: str
    text: str
    place: int
    adviser: str
    channel: str


_COLUMNS = (
    *("pk", "voice_id", "voice__attribution__person_id", "ask_start", "ask_end", "start", "end", "adviser", "channel"),
    *("voice__text", "reply_id", "reply__text", "visited_id", "visited__question", "visited__told"),
)


def passages(given: QuerySet[Given]) -> list[Passage]:
    """These answers in words, in the order asked for."""
    return [_passage(row) for row in given.values_list(*_COLUMNS).iterator(chunk_size=_AT_ONCE)]


def _passage(row: Sequence[object]) -> Passage:
    pk, voice, person, ask_start, ask_end, start, end, adviser, channel, said, reply, replied, visit, asked, told = row
    whole = str(said or "")
    source = str(replied or "") if reply is not None else str(told or "") if visit is not None else whole
    return Passage(
        given=_number(pk),
        voice=None if voice is None else _number(voice),
        person=None if person is None else _number(person),
        asked=str(asked or "") if visit is not None else whole[_number(ask_start) : _number(ask_end)],
        text=source[_number(start) : _number(end)],
        place=_number(start),
        adviser=str(adviser),
        channel=str(channel),
    )


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(type(value).__name__)
    return value
