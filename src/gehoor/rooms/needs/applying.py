"""Bringing the rows of one generation to how things stand by the log of decisions. Writes only what differs."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from gehoor.rooms.needs.log import read_lines
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.needs.standing import Proposed, Standing, parents, standing

_AT_ONCE = 5_000

Branch = frozenset[int]


def do_apply(*, generation: Generation) -> frozenset[int]:
    """Lay the decisions over what was proposed; returns the needs whose asks are others now.

    Running it again changes nothing. Runs in the caller's transaction.
    """
    needs = list(Need.objects.filter(generation=generation).order_by("pk").defer("quotes", "counter"))
    by_id = {need.public_id: need for need in needs}
    ids = {need.pk: need.public_id for need in needs}
    proposed = [Proposed(need.public_id, need.level, ids.get(need.machine_parent_id or 0), need.size) for need in needs]
    found = standing(proposed, read_lines())
    before = _branches(needs)
    roots = {need.pk: need.merged_into_id or need.pk for need in needs}
    _keep_needs(by_id, found, parents(proposed, found))
    after = _branches(needs)
    now = {need.pk: need.merged_into_id or need.pk for need in needs}
    _keep_merges(generation, needs, roots, now)
    moved = _keep_moves(generation, {ask: by_id[need].pk for ask, need in found.moved.items()}, now)
    changed = [before[each] ^ after[each] for each in before]
    return frozenset().union(*changed, *(before[each] | after[each] for each in moved))


def _branches(needs: list[Need]) -> dict[int, Branch]:
    """For each finest need the needs that its asks count for: its path, up to the first that was set aside."""
    by_pk = {need.pk: need for need in needs}
    finest = max((need.level for need in needs), default=0)
    found: dict[int, Branch] = {}
    for need in needs:
        if need.level == finest:
            path: set[int] = set()
            at: Need | None = by_pk.get(need.merged_into_id or need.pk)
            while at is not None:
                path.add(at.pk)
                at = None if at.aside else by_pk.get(at.parent_id or 0)
            found[need.pk] = frozenset(path)
    return found


def _keep_needs(by_id: Mapping[UUID, Need], found: Standing, above: Mapping[UUID, UUID | None]) -> None:
    """Bring the needs' own fields to how things stand; the objects too."""
    changed = []
    for public_id, need in by_id.items():
        parent, into = above[public_id], found.into.get(public_id)
        new = (
            None if parent is None else by_id[parent].pk,
            None if into is None else by_id[into].pk,
            found.names.get(public_id, ""),
            public_id in found.aside,
        )
        if (need.parent_id, need.merged_into_id, need.name, need.aside) != new:
            need.parent_id, need.merged_into_id, need.name, need.aside = new
            changed.append(need)
    Need.objects.bulk_update(changed, ["parent", "merged_into", "name", "aside"], batch_size=200)


def _keep_merges(
    generation: Generation, needs: list[Need], before: Mapping[int, int], after: Mapping[int, int]
) -> None:
    """Asks that nobody moved follow the need that they were found in."""
    for need in needs:
        if need.level == generation.levels and before[need.pk] != after[need.pk]:
            rows = AskNeed.objects.filter(generation=generation, computed=need, moved=None)
            rows.update(need=after[need.pk])


def _keep_moves(generation: Generation, wanted: Mapping[int, int], roots: Mapping[int, int]) -> set[int]:
    """Bring moved asks to where they were moved; returns the finest needs that lost or won one."""
    asks = list(wanted)
    to: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    touched: set[int] = set()
    for at in range(0, max(1, len(asks)), _AT_ONCE):
        chosen = Q(ask__in=asks[at : at + _AT_ONCE]) | ~Q(moved=None)
        rows = AskNeed.objects.filter(chosen, generation=generation).exclude(ask=None)
        for ask, computed, moved, need in rows.values_list("ask_id", "computed_id", "moved_id", "need_id"):
            chosen_for = wanted.get(ask or 0)
            counts = roots.get(computed or 0) if chosen_for is None else chosen_for
            if (moved, need) != (chosen_for, counts):
                to[chosen_for, counts].append(ask or 0)
                touched |= {each for each in (need, counts) if each is not None}
    for (target, placed), some in to.items():
        for at in range(0, len(some), _AT_ONCE):
            kept = AskNeed.objects.filter(generation=generation, ask__in=some[at : at + _AT_ONCE])
            kept.update(moved=target, need=placed)
    return touched
