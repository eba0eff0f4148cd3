"""The log of decisions, read as the pure functions of ``standing`` want it."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from gehoor.rooms.needs.models import Decision
from gehoor.rooms.needs.standing import Line
from gehoor.rooms.voices.models import Ask

Passage = tuple[int, int, int]
"""Voice, start, end."""

_AT_ONCE = 5_000


def read_lines() -> list[Line]:
    """Every decision, oldest first; a move names the ask in which its passage stands now."""
    rows = list(
        Decision.objects.order_by("id").values_list(
            "id", "kind", "need", "other", "voice_id", "start", "end", "name", "undoes_id"
        )
    )
    passages = {pk: _passage(voice, start, end) for pk, _, _, _, voice, start, end, _, _ in rows}
    asks = asks_at(passage for passage in passages.values() if passage is not None)
    return [
        Line(pk, kind, need, other, None if (passage := passages[pk]) is None else asks.get(passage), name, undoes)
        for pk, kind, need, other, _, _, _, name, undoes in rows
    ]


def _passage(voice: int | None, start: int | None, end: int | None) -> Passage | None:
    return None if voice is None or start is None or end is None else (voice, start, end)


def asks_at(passages: Iterable[Passage]) -> dict[Passage, int]:
    """The ask that holds the middle of each passage. Asks are derived, and may have been cut anew since."""
    wanted = list(set(passages))
    found: dict[Passage, int] = {}
    voices = sorted({voice for voice, _, _ in wanted})
    standing: dict[int, list[tuple[int, int, int]]] = {}
    for at in range(0, len(voices), _AT_ONCE):
        rows = Ask.objects.filter(voice__in=voices[at : at + _AT_ONCE]).order_by("voice_id", "start")
        for voice, start, end, pk in rows.values_list("voice_id", "start", "end", "pk"):
            standing.setdefault(voice, []).append((start, end, pk))
    for voice, start, end in wanted:
        ask = _holding(standing.get(voice, []), (start + end) // 2)
        if ask is not None:
            found[voice, start, end] = ask
    return found


def _holding(asks: Sequence[tuple[int, int, int]], position: int) -> int | None:
    place = bisect_right([start for start, _, _ in asks], position) - 1
    return asks[place][2] if place >= 0 and position < asks[place][1] else None
