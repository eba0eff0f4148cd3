"""What the command line and other rooms ask about needs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gehoor.rooms.needs.listing import Ranked, ranked
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.needs.recount import current_generation, totals_now
from gehoor.rooms.voices.models import Ask
from gehoor.rooms.voices.weight import current_table

_AT_ONCE = 5_000


def needs_document(level: int | None = None) -> dict[str, Any]:
    """The needs of a level (from 1, the default one when None), first what cost most customer minutes; ready for JSON.

    A level beyond the finest or broadest gives the nearest that there is.
    """
    generation = current_generation()
    if generation is None:
        return _nothing_yet()
    chosen = min(max(level or generation.default_level, 1), max(1, generation.levels))
    rows = ranked(generation, chosen)
    cited = cited_texts(row.need for row in rows)
    totals = generation.totals
    found = sum(row.need.customer_minutes for row in rows)
    return {
        "table": generation.table,
        "level": chosen,
        "levels": generation.levels,
        "total": {key: totals[key] for key in ("voices", "persons", "anonymous", "customer_minutes")},
        "period": {"first": totals["first"], "last": totals["last"]},
        "unassigned": totals["unassigned"],
        "unassigned_customer_minutes": max(0.0, totals["customer_minutes"] - found),
        "needs": [_need(row, cited) for row in rows],
    }


def _nothing_yet() -> dict[str, Any]:
    totals = totals_now()
    return {
        "table": current_table().name,
        "level": 1,
        "levels": 0,
        "total": {key: totals[key] for key in ("voices", "persons", "anonymous", "customer_minutes")},
        "period": {"first": totals["first"], "last": totals["last"]},
        "unassigned": Ask.objects.count(),
        "unassigned_customer_minutes": totals["customer_minutes"],
        "needs": [],
    }


def _need(row: Ranked, cited: Mapping[int, Ask]) -> dict[str, Any]:
    need = row.need
    return {
        "id": str(need.public_id),
        "name": str(need),
        "voices": need.voices,
        "persons": need.persons,
        "anonymous": need.anonymous,
        "customer_minutes": need.customer_minutes,
        "rank": {"voices": row.by_voices, "persons": row.by_persons, "customer_minutes": row.by_minutes},
        "loudness": row.loudness,
        "quotes": [_quote(each, cited) for each in need.quotes if each[0] in cited],
        "counter": [_quote(each, cited) for each in need.counter if each[0] in cited],
    }


def _quote(citation: Sequence[int], cited: Mapping[int, Ask]) -> dict[str, str]:
    ask, start, end = citation
    voice = cited[ask].voice
    return {"voice": str(voice.public_id), "text": voice.text[start:end]}


def cited_texts(needs: Iterable[Need]) -> dict[int, Ask]:
    """The asks that these needs cite, with their voices, by primary key."""
    wanted = sorted({citation[0] for need in needs for citation in [*need.quotes, *need.counter]})
    found: dict[int, Ask] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        some = Ask.objects.filter(pk__in=wanted[at : at + _AT_ONCE]).select_related("voice")
        found |= {ask.pk: ask for ask in some}
    return found


def need_of_voices(voices: Sequence[int]) -> dict[int, list[tuple[int, Need]]]:
    """For voices by primary key: their asks with the need of each on the default level, the ask with most words first.

    A voice without any such ask is not in it.
    """
    generation = current_generation()
    found: dict[int, list[tuple[int, Need]]] = {}
    if generation is None:
        return found
    for at in range(0, len(voices), _AT_ONCE):
        rows = (
            AskNeed.objects.filter(generation=generation, voice__in=voices[at : at + _AT_ONCE])
            .exclude(need=None)
            .exclude(ask=None)
            .order_by("-ask__words", "ask__position")
            .values_list("ask_id", "voice_id", "need_id")
        )
        asks = list(rows)
        needs = _on_default_level(generation, {need for _, _, need in asks if need is not None})
        for ask, voice, need in asks:
            if need in needs:
                found.setdefault(voice, []).append((ask, needs[need]))
    return found


def need_of_asks(asks: Sequence[int]) -> dict[int, str]:
    """For asks by primary key the public id of the need on the default level; without those that have none."""
    generation = current_generation()
    found: dict[int, str] = {}
    if generation is None:
        return found
    for at in range(0, len(asks), _AT_ONCE):
        rows = AskNeed.objects.filter(generation=generation, ask__in=asks[at : at + _AT_ONCE]).exclude(need=None)
        pairs = list(rows.values_list("ask_id", "need_id"))
        needs = _on_default_level(generation, {need for _, need in pairs if need is not None})
        found |= {ask: str(needs[need].public_id) for ask, need in pairs if ask is not None and need in needs}
    return found


def _on_default_level(generation: Generation, finest: Iterable[int]) -> dict[int, Need]:
    """For finest needs what they are under on the default level; without those that were set aside."""
    up = generation.levels - generation.default_level
    chain = "__".join(["parent"] * max(1, generation.levels - 1))
    found: dict[int, Need] = {}
    for need in Need.objects.filter(pk__in=list(finest)).select_related(chain):
        path = [need]
        while path[-1].parent is not None:
            path.append(path[-1].parent)
        if not any(each.aside for each in path):
            found[need.pk] = path[up]
    return found
