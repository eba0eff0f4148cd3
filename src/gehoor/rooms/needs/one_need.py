"""What the page of one need shows besides its counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload

from django.db.models import QuerySet
from django.utils import timezone

from gehoor.rooms.needs.listing import Ranked, rank, shown
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.needs.queries import cited_texts
from gehoor.rooms.voices.models import Voice


@dataclass(frozen=True, slots=True)
class Cited:
    """A customer's own words, and the voice they come from."""

    voice: Voice
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A need among those of its level: None when it is not shown there (set aside)."""

    row: Ranked | None
    of: int


def citations(need: Need) -> tuple[list[Cited], list[Cited]]:
    """Its quotes and its counter-voices."""
    asks = cited_texts([need])

    def cited(citation: list[int]) -> Iterator[Cited]:
        ask, start, end = citation
        if ask in asks:
            yield Cited(asks[ask].voice, asks[ask].voice.text[start:end])

    quotes = [each for citation in need.quotes for each in cited(citation)]
    return quotes, [each for citation in need.counter for each in cited(citation)]


def place(need: Need, level: list[Ranked]) -> Standing:
    """Where the need stands among those of its level."""
    return Standing(next((row for row in level if row.need.pk == need.pk), None), len(level))


def trend(need: Need, generation: Generation) -> list[dict[str, Any]]:
    """Voices and customer minutes a month, over the period in which voices were heard without a long silence; a month
    without any is zero."""
    known = {date.fromisoformat(f"{month}-01"): (voices, spent) for month, voices, spent in need.months}
    first, last = _month(generation.totals.get("first")), _month(generation.totals.get("last"))
    first = _record_begins(generation) or first
    if first is None or last is None or not known:
        return []
    nothing = (0, 0.0)
    return [
        {"month": month, "voices": known.get(month, nothing)[0], "customer_minutes": known.get(month, nothing)[1]}
        for month in _months(first, last)
    ]


def _record_begins(generation: Generation) -> date | None:
    """The month in which the record begins that runs on; None where nobody counted it yet."""
    day = generation.totals.get("begins")
    return None if day is None else date.fromisoformat(day).replace(day=1)


def earlier(need: Need, generation: Generation) -> int:
    """Voices from before the record that runs on: they belong to the need and stand in no month of the trend."""
    first = _record_begins(generation)
    if first is None:
        return 0
    return sum(voices for month, voices, _ in need.months if date.fromisoformat(f"{month}-01") < first)


def moment(written: str | None) -> datetime | None:
    """A moment as the totals hold it, in local time."""
    return None if written is None else timezone.localtime(datetime.fromisoformat(written))


def _month(written: str | None) -> date | None:
    at = moment(written)
    return None if at is None else at.date().replace(day=1)


def _months(first: date, last: date) -> Iterator[date]:
    at = first
    while at <= last:
        yield at
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)


def channels(need: Need) -> list[dict[str, Any]]:
    """Through which channels it comes: voices and minutes, most minutes first."""
    return [
        {"channel": channel, "voices": voices, "customer_minutes": spent} for channel, voices, spent in need.channels
    ]


def finer(need: Need, generation: Generation) -> list[Ranked]:
    """The needs just below it, most minutes first, ranked among each other."""
    if need.level >= generation.levels:
        return []
    below = Need.objects.filter(parent=need, merged_into=None, aside=False, voices__gt=0)
    return rank(list(below.order_by("-customer_minutes", "pk")))


@dataclass(frozen=True, slots=True)
class Passages(Sequence[AskNeed]):
    """Asks of a need, newest first, with their voices: sorted by keys alone, and only what is shown is read whole."""

    rows: QuerySet[AskNeed]

    def __len__(self) -> int:
        return self.rows.count()

    @overload
    def __getitem__(self, at: int) -> AskNeed: ...
    @overload
    def __getitem__(self, at: slice) -> list[AskNeed]: ...
    def __getitem__(self, at: int | slice) -> AskNeed | list[AskNeed]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        keys = list(self.rows.order_by("-voice__said_at", "-voice", "start").values_list("pk", flat=True)[at])
        found = AskNeed.objects.select_related("ask", "voice").in_bulk(keys)
        return [found[key] for key in keys if key in found]


def passages(rows: QuerySet[AskNeed]) -> Passages:
    """Its asks, newest first, with their voices."""
    return Passages(rows.exclude(ask=None))


def set_aside(generation: Generation) -> list[Need]:
    """What was set aside, what cost most first."""
    needs = Need.objects.filter(generation=generation, aside=True, merged_into=None)
    return list(needs.select_related("parent").order_by("-customer_minutes", "pk"))


def alternatives(generation: Generation, level: int) -> list[Need]:
    """The needs of a level by name, to choose from."""
    return sorted(shown(generation, level), key=lambda need: str(need).casefold())
