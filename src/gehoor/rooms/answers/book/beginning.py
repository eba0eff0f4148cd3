"""Beginning an entry: from nothing, from a need with its quotes, or from what one customer asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from gehoor.kernel.ids import key_of
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.book.content import QUESTION_LENGTH
from gehoor.rooms.answers.book.phrasing import PHRASING_LENGTH, do_add_phrasing, plain
from gehoor.rooms.answers.models import Answer
from gehoor.rooms.needs.decisions import access_need
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.one_need import citations
from gehoor.rooms.voices.actions import access_voice
from gehoor.rooms.voices.models import Voice


@dataclass(frozen=True, slots=True)
class Asked:
    """How a customer asked it. ``key`` tells it from the others of the page."""

    key: str
    text: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class Begin:
    """What an entry begins with."""

    question: str = ""
    need: Need | None = None
    asked: tuple[Asked, ...] = ()

    @property
    def needs(self) -> list[UUID]:
        """The needs that it answers."""
        return [self.need.public_id] if self.need is not None else []


def begin_with(*, need: UUID | None = None, voice: UUID | None = None, question: str = "") -> Begin:
    """The need's quotes, or the passages in which a voice asks something. Raises NotFound."""
    if need is not None:
        found = access_need(need)
        quotes, _ = citations(found)
        asked = _asked([(each.text, each.voice) for each in quotes])
        return Begin(plain(question)[:QUESTION_LENGTH], found, asked)
    if voice is not None:
        return Begin(plain(question)[:QUESTION_LENGTH], None, asked_in(access_voice(voice)))
    return Begin(plain(question)[:QUESTION_LENGTH])


def asked_in(voice: Voice) -> tuple[Asked, ...]:
    """What this voice asks, passage by passage."""
    passages = voice.asks.order_by("position").values_list("start", "end")
    return _asked([(voice.text[start:end], voice) for start, end in passages])


def _asked(said: Sequence[tuple[str, Voice]]) -> tuple[Asked, ...]:
    found: dict[str, Asked] = {}
    for text, voice in said:
        short = plain(text)
        if short and len(short) <= PHRASING_LENGTH:
            key = key_of([str(voice.public_id), short]).hex()[:16]
            found.setdefault(short.casefold(), Asked(key, short, voice))
    return tuple(found.values())


def do_take_along(*, answer: Answer, begin: Begin, chosen: Sequence[str], actor: User) -> None:
    """What customers asked, and was chosen, becomes phrasings of the entry."""
    for each in begin.asked:
        if each.key in chosen:
            do_add_phrasing(answer=answer, text=each.text, actor=actor, voice=each.voice)
