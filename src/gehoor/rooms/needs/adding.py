"""New asks to needs that exist, without grouping anew."""

from functools import lru_cache

import numpy as np
from django.db import transaction

from gehoor.analysis.needs.aligning import Alignment, alignment
from gehoor.analysis.needs.assigning import Known, assign, know
from gehoor.rooms.needs.applying import do_apply
from gehoor.rooms.needs.models import AskNeed, AskVector, Generation, Need
from gehoor.rooms.needs.recount import do_count_needs, do_count_totals, fingerprint
from gehoor.rooms.needs.rows import columns, minutes_of_few_asks, places_of
from gehoor.rooms.needs.texts import languages_of
from gehoor.rooms.needs.vectors import store_of

_A_NEED = 30
_IN_ALL = 20_000
"""Known asks that vote: at most so many of one need, and so many together."""
_BATCH = 2_000


def do_add(*, generation: Generation, asks: list[int]) -> None:
    """Assign these asks to the finest needs of the generation, or to none where nothing is near; then count.

    Only asks that were grouped together have a vote, so it does not matter in which portions new ones arrive.
    """
    seen = fingerprint()
    for at in range(0, len(asks), _BATCH):
        some = asks[at : at + _BATCH]
        found = _assigned(generation, some)
        minutes = minutes_of_few_asks(some)
        with transaction.atomic():
            _write(generation, some, found, minutes)
    with transaction.atomic():
        touched = do_apply(generation=generation) | _needs_of(generation, asks)
        do_count_needs(generation=generation, needs=touched)
        do_count_totals(generation=generation)
        Generation.objects.filter(pk=generation.pk).update(counted=seen)


def _needs_of(generation: Generation, asks: list[int]) -> frozenset[int]:
    """Every need on the path of these asks."""
    rows = AskNeed.objects.filter(generation=generation, ask__in=asks).exclude(need=None)
    above = dict(Need.objects.filter(generation=generation).values_list("pk", "parent_id"))
    found: set[int] = set()
    at: set[int | None] = set(rows.values_list("need_id", flat=True))
    while at - {None}:
        found |= {need for need in at if need is not None}
        at = {above[need] for need in at if need is not None}
    return frozenset(found)


def _assigned(generation: Generation, asks: list[int]) -> list[int | None]:
    model = generation.model
    if model is None:
        return [None] * len(asks)
    pks, known, footing = _known(generation.pk)
    rows = dict(AskVector.objects.filter(model=model, ask__in=asks).values_list("ask_id", "row"))
    there = [ask for ask in asks if ask in rows]
    vectors = footing.apply(store_of(model).read([rows[ask] for ask in there]), languages_of(there))
    labels = assign(vectors, known).labels
    found = {ask: pks[label] if label >= 0 else None for ask, label in zip(there, labels.tolist(), strict=True)}
    return [found.get(ask) for ask in asks]


@lru_cache(maxsize=1)
def _known(generation: int) -> tuple[list[int], Known, Alignment]:
    """Primary keys of the finest needs by label, what they are known by, and how languages were brought together.

    What was grouped never changes.
    """
    grouped = AskNeed.objects.filter(generation=generation, added=False).exclude(computed=None).order_by("ask_id")
    need, row, ask = columns(grouped.values_list("computed_id", "ask__vector__row", "ask_id").iterator(), 3)
    pks, labels = np.unique(need, return_inverse=True)
    chosen = np.concatenate([_spread(np.flatnonzero(labels == label)) for label in range(len(pks))] or [need])
    chosen = np.sort(chosen[row[chosen] >= 0])
    if len(chosen) > _IN_ALL:
        chosen = chosen[np.linspace(0, len(chosen) - 1, _IN_ALL).astype(np.int64)]
    model = Generation.objects.select_related("model").get(pk=generation).model
    if model is None:
        raise Generation.DoesNotExist
    vectors, languages = store_of(model).read(row[chosen]), languages_of(ask[chosen].tolist())
    footing = alignment(vectors, languages)
    return pks.tolist(), know(footing.apply(vectors, languages), labels[chosen]), footing


def _spread(rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return rows if len(rows) <= _A_NEED else rows[np.linspace(0, len(rows) - 1, _A_NEED).astype(np.int64)]


def _write(generation: Generation, asks: list[int], found: list[int | None], minutes: dict[int, float]) -> None:
    there = places_of(asks)
    roots = dict(
        Need.objects.filter(generation=generation, level=generation.levels)
        .exclude(merged_into=None)
        .values_list("pk", "merged_into_id")
    )
    AskNeed.objects.bulk_create(
        [
            AskNeed(
                ask_id=ask,
                voice_id=there[ask][0],
                start=there[ask][1],
                generation=generation,
                computed_id=need,
                need_id=None if need is None else roots.get(need, need),
                added=True,
                minutes=minutes[ask],
            )
            for ask, need in zip(asks, found, strict=True)
            if ask in there
        ],
        ignore_conflicts=True,
    )
