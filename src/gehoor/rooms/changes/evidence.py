"""What the page of a change shows of who asked: their own words, and the words of who says otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gehoor.rooms.changes.asked import bases, said_for
from gehoor.rooms.changes.models import Change, ChangeNeed, ChangeVoice
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.one_need import Cited
from gehoor.rooms.needs.queries import cited_texts
from gehoor.rooms.voices.models import Voice

_MOST = 4
_WORDS = 600


@dataclass(frozen=True, slots=True)
class Rests:
    """A need that a change rests on; None when it is no longer there (or was computed away). ``said`` is the row."""

    said: ChangeNeed
    need: Need | None


def needs_of(change: Change) -> list[Rests]:
    """The needs that a change rests on, in the order in which they were named; a merged one as what stands for it."""
    said = list(change.needs.select_related("by").order_by("pk"))
    named = {each.need for each in said}
    found = Need.objects.filter(generation__current=True, public_id__in=named).select_related("merged_into")
    needs: dict[UUID, Need] = {need.public_id: need.merged_into or need for need in found}
    return [Rests(each, needs.get(each.need)) for each in said]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Quotes of those who ask, and of those who say otherwise. ``not_asking``: set apart by someone of ours."""

    quotes: list[Cited]
    counter: list[Cited]
    not_asking: int


def evidence_of(change: Change, rests: Sequence[Rests]) -> Evidence:
    """The strongest words on both sides: those of its needs in turn, and of the voices that someone named."""
    needs = list({each.need.pk: each.need for each in rests if each.need is not None}.values())
    texts = cited_texts(needs)
    named = list(ChangeVoice.objects.filter(change=change).select_related("voice").order_by("-pk"))
    apart = {each.voice_id for each in named if not each.asks}

    def cited(lists: list[list[list[int]]]) -> Iterator[Cited]:
        for citation in _in_turn(lists):
            ask, start, end = citation
            if ask in texts and texts[ask].voice_id not in apart:
                yield Cited(texts[ask].voice, texts[ask].voice.text[start:end])

    by_hand = [Cited(each.voice, _beginning(each.voice)) for each in named if each.asks]
    quotes = [*by_hand[:_MOST], *cited([need.quotes for need in needs])]
    return Evidence(quotes[: 2 * _MOST], list(cited([need.counter for need in needs]))[:_MOST], len(apart))


def _in_turn(lists: Sequence[list[list[int]]]) -> Iterator[list[int]]:
    """The first of each, the second of each, and so on."""
    for place in range(max(map(len, lists), default=0)):
        yield from (each[place] for each in lists if place < len(each))


def _beginning(voice: Voice) -> str:
    text = " ".join(voice.text.split())
    return text if len(text) <= _WORDS else f"{text[:_WORDS].rsplit(' ', 1)[0]} …"


def voices_of(change: Change) -> list[int]:
    """Every voice that asks for it, newest first; those that do not say when come last."""
    said = said_for(bases([change.pk]))[change.pk]
    return [each.voice for each in sorted(said, key=lambda each: (each.at is None, -_stamp(each.at), -each.voice))]


def _stamp(at: datetime | None) -> float:
    return 0.0 if at is None else at.timestamp()
