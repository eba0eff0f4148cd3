"""Over which months and channels the voices of each need are spread. Kept on the needs, since a page has no time to go
through ten thousand voices."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from gehoor.rooms.needs.counting import Asks, Integers, Tree, spread
from gehoor.rooms.needs.models import AskNeed
from gehoor.rooms.voices.models import Voice

Part = list[str | int | float]
"""``[name, voices, customer minutes]``."""


def spreads(tree: Tree, asks: Asks, rows: QuerySet[AskNeed] | None) -> tuple[list[list[Part]], list[list[Part]]]:
    """For each need its months, in order of time, and its channels, most minutes first. ``rows`` are those that the
    asks were read from, None for all there are."""
    voices = Voice.objects.all() if rows is None else Voice.objects.filter(pk__in=rows.values("voice"))
    found = list(voices.order_by("pk").values_list("pk", "said_at", "channel").iterator(chunk_size=20_000))
    known: dict[datetime | None, str] = {None: ""}
    months = [known[at] if at in known else known.setdefault(at, _month(at)) for _, at, _ in found]
    of = _places(asks.voice, np.array([pk for pk, _, _ in found], np.int64))
    by_month = _by_name(tree, asks, months, of)
    by_channel = _by_name(tree, asks, [channel for _, _, channel in found], of)
    return by_month, [sorted(parts, key=lambda part: (-float(part[2]), part[0])) for parts in by_channel]


def _month(at: datetime | None) -> str:
    return "" if at is None else timezone.localtime(at).strftime("%Y-%m")


def _places(voices: Integers, pks: Integers) -> Integers:
    """Where each voice stands among these keys (ascending); -1 for one that is not there."""
    if not len(pks):
        return np.full(len(voices), -1, np.int64)
    at = np.minimum(np.searchsorted(pks, voices), len(pks) - 1)
    return np.where(pks[at] == voices, at, -1)


def _by_name(tree: Tree, asks: Asks, names: Sequence[str], of: Integers) -> list[list[Part]]:
    """The parts of each need in the order of their names; a voice without a name has no part."""
    kept = sorted(set(names) - {""})
    number = {name: place for place, name in enumerate(kept)}
    part = np.array([*(number.get(name, -1) for name in names), -1], np.int64)[of]
    found = spread(tree, asks, part, len(kept))
    return [
        [[kept[at], int(found.voices[need, at]), float(found.minutes[need, at])] for at in np.flatnonzero(row).tolist()]
        for need, row in enumerate(found.voices)
    ]
