"""Writing a generation so that the screens see the old one until the new one is whole.

Rows are written in batches under a generation that is not current. The last, short transaction makes it current. Killed
before that, nothing has changed, and what was written is removed at the next run.
"""

import numpy as np
from django.db import transaction

from gehoor.rooms.needs.applying import do_apply
from gehoor.rooms.needs.models import AskNeed, Decision, Generation, Need
from gehoor.rooms.needs.proposing import Proposal
from gehoor.rooms.needs.quoting import do_renew_quotes
from gehoor.rooms.needs.recount import (
    current_generation,
    do_count_needs,
    do_count_totals,
    do_count_unassigned,
    fingerprint,
)
from gehoor.rooms.needs.rows import minutes_of_asks, places_of
from gehoor.rooms.voices.rows import insert

_BATCH = 5_000


def do_write_generation(*, proposal: Proposal) -> Generation:
    """Keep what was proposed, with people's decisions laid over it, and make it the current generation."""
    seen = fingerprint()
    generation = Generation.objects.create(
        model=proposal.model,
        asks=len(proposal.asks),
        grouped=len(proposal.asks),
        levels=len(proposal.levels),
        default_level=proposal.default_level,
        counted=seen,
    )
    _write_needs(generation, proposal)
    _write_asks(generation, proposal)
    decided = _newest_decision()
    with transaction.atomic():
        do_apply(generation=generation)
    do_renew_quotes(generation=generation, needs=None, material=proposal.material)
    with transaction.atomic():
        do_count_needs(generation=generation, needs=None)
        do_count_totals(generation=generation)
    _do_make_current(generation, decided)
    do_remove_leftovers()
    return generation


def _newest_decision() -> int:
    return Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _write_needs(generation: Generation, proposal: Proposal) -> None:
    above: list[Need] = []
    for number, level in enumerate(proposal.levels, 1):
        rows = [
            Need(
                public_id=level.ids[label],
                generation=generation,
                level=number,
                parent=above[level.above[label]] if number > 1 else None,
                machine_parent=above[level.above[label]] if number > 1 else None,
                proposed_name=level.names[label],
                size=level.sizes[label],
            )
            for label in range(len(level.ids))
        ]
        above = Need.objects.bulk_create(rows, batch_size=500)


def _write_asks(generation: Generation, proposal: Proposal) -> None:
    """One row for each ask that is still there, a batch a transaction."""
    needs = _finest_of_asks(generation, proposal)
    asks, minutes = proposal.asks.tolist(), minutes_of_asks(proposal.asks).tolist()
    for at in range(0, len(asks), _BATCH):
        some = slice(at, at + _BATCH)
        with transaction.atomic():
            there = places_of(asks[some])
            rows = zip(asks[some], needs[some], minutes[some], strict=True)
            insert(
                AskNeed,
                [
                    {
                        "ask": ask,
                        "voice": there[ask][0],
                        "start": there[ask][1],
                        "generation": generation.pk,
                        "computed": need or None,
                        "need": need or None,
                        "added": False,
                        "minutes": spent,
                    }
                    for ask, need, spent in rows
                    if ask in there
                ],
            )


def _finest_of_asks(generation: Generation, proposal: Proposal) -> list[int]:
    """The primary key of each ask's finest need; 0 for none."""
    if not proposal.levels:
        return [0] * len(proposal.asks)
    finest = proposal.levels[-1]
    needs = Need.objects.filter(generation=generation, level=len(proposal.levels))
    made = dict(needs.values_list("public_id", "pk"))
    pks = np.array([*(made[each] for each in finest.ids), 0], np.int64)
    return [int(pk) for pk in pks[finest.labels]]


def _do_make_current(generation: Generation, decided: int) -> None:
    """The moment of change. What was decided while the rows were written is laid over them first."""
    with transaction.atomic():
        list(Generation.objects.select_for_update().filter(current=True))
        if _newest_decision() != decided:
            touched = do_apply(generation=generation)
            do_count_needs(generation=generation, needs=touched)
            do_count_unassigned(generation=generation)
        Generation.objects.filter(current=True).update(current=False)
        Generation.objects.filter(pk=generation.pk).update(current=True)
    generation.current = True


def do_remove_leftovers() -> None:
    """Remove every generation but the current one and the one before it: older ones, and those never finished."""
    current = current_generation()
    newest = current.pk if current else 0
    before = Generation.objects.filter(pk__lt=newest).order_by("-pk").values_list("pk", flat=True).first()
    for generation in Generation.objects.exclude(pk__in=[newest, before or 0]):
        with transaction.atomic():
            AskNeed.objects.filter(generation=generation)._raw_delete("default")
            Need.objects.filter(generation=generation)._raw_delete("default")
            generation.delete()
