"""Which words of customers stand for a need, and which say the opposite: quotes and counter-voices.

Of a large need an evenly spread part of its asks is read, of its neighbours (the asks under the same broader need) as
many, and some of all asks, so that "typical" has something to stand out from. Which ones depends on nothing but the
asks.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.needs.counter import counter_voices
from gehoor.analysis.needs.quotes import quotes as representative
from gehoor.rooms.needs.counting import Asks, Tree, counted_under, paths
from gehoor.rooms.needs.material import Material
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.needs.rows import Woods, columns, read_woods
from gehoor.rooms.voices.models import Ask

Integers = NDArray[np.int64]
Citation = list[int]
"""``[ask id, start, end]`` into the voice's text."""

_READ_FINEST = 200
_READ_BROADER = 600
_BACKGROUND = 100
_OWN, _OTHER = 1, 0


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one need."""

    need: int
    quotes: list[Citation]
    counter: list[Citation]


def do_renew_quotes(*, generation: Generation, needs: Collection[int] | None, material: Material) -> None:
    """Find the quotes and counter-voices of these needs (all when None) anew, and keep them."""
    found = list(find_quotes(generation, needs, material))
    starts = _starts({citation[0] for each in found for citation in each.quotes + each.counter})
    for each in found:
        for citation in each.quotes + each.counter:
            citation[1] += starts[citation[0]]
            citation[2] += starts[citation[0]]
    rows = [Need(pk=each.need, quotes=each.quotes, counter=each.counter) for each in found]
    Need.objects.bulk_update(rows, ["quotes", "counter"], batch_size=200)


@dataclass(frozen=True, slots=True)
class _Scene:
    """All asks (ascending), who said them, and for each level which rows stand under which need: as it counts, and as

    computed. Who is not known is another person in each voice.
    """

    woods: Woods
    asks: Integers
    speakers: Integers
    counts: list["_Column"]
    computed: list["_Column"]
    machine_parent: Integers
    material: Material


@dataclass(frozen=True, slots=True)
class _Column:
    """Rows in the order of the need they stand under, so that a need's rows are found without going through all."""

    order: Integers
    needs: Integers

    def rows(self, number: int) -> Integers:
        """The rows under one need, ascending."""
        start, end = np.searchsorted(self.needs, [number, number + 1])
        return np.sort(self.order[start:end])


def _column(needs: Integers) -> _Column:
    order = np.argsort(needs, kind="stable")
    return _Column(order, needs[order])


def find_quotes(generation: Generation, needs: Collection[int] | None, material: Material) -> Iterator[Found]:
    """The citations of each need; positions are within the ask."""
    scene = _scene(generation, material)
    woods = scene.woods
    wanted = range(len(woods.pks)) if needs is None else woods.number(np.array(sorted(needs), np.int64)).tolist()
    for number in wanted:
        if number >= 0:
            yield _of_need(scene, number)


def _scene(generation: Generation, material: Material) -> _Scene:
    woods = read_woods(generation)
    rows = AskNeed.objects.filter(generation=generation).exclude(need=None).exclude(ask=None).order_by("ask_id")
    values = rows.values_list("ask_id", "need_id", "computed_id", "voice_id", "voice__attribution__person_id")
    asks, need, computed, voice, person = columns(values.iterator(), 5)
    machine = Need.objects.filter(generation=generation).order_by("pk").values_list("machine_parent_id")
    (parent,) = columns(machine.iterator(), 1)
    tree = Tree(woods.tree.level, woods.number(parent), np.zeros(len(woods.pks), bool))
    levels = range(tree.levels)
    nobody = np.zeros(len(asks), np.int64)
    counts = counted_under(woods.tree, Asks(woods.number(need), nobody, nobody, nobody.astype(np.float64)))
    path = np.vstack([paths(tree), np.full((1, tree.levels), -1, np.int64)])[woods.number(computed)]
    return _Scene(
        woods,
        asks,
        np.where(person >= 0, person, -1 - voice),
        [_column(counts[:, level]) for level in levels],
        [_column(path[:, level]) for level in levels],
        tree.parent,
        material,
    )


def _of_need(scene: _Scene, number: int) -> Found:
    """Own words are those of the asks that count for the need; what it is held against is as it was computed, so that
    a decision about one need changes the quotes of no other."""
    woods = scene.woods
    level = int(woods.tree.level[number]) - 1
    own = scene.counts[level].rows(number)
    if not len(own):
        return Found(int(woods.pks[number]), [], [])
    most = _READ_FINEST if level + 1 == woods.tree.levels else _READ_BROADER
    everything = np.arange(len(scene.asks))
    beside = scene.computed[level - 1].rows(int(scene.machine_parent[number])) if level else everything
    others = np.union1d(_spread(beside, most), _spread(everything, _BACKGROUND))
    chosen = np.union1d(_spread(own, most), np.setdiff1d(others, own))
    asks = scene.asks[chosen]
    texts, vectors = scene.material.texts(asks), scene.material.vectors(asks)
    labels = np.where(np.isin(chosen, own), _OWN, _OTHER)
    quotes = representative(texts, vectors, labels, _OWN, speakers=scene.speakers[chosen])
    quoted = {each.row for each in quotes}
    counter = counter_voices(texts, vectors, labels, _OWN, speakers=scene.speakers[chosen])
    return Found(
        int(woods.pks[number]),
        [[int(asks[each.row]), each.start, each.end] for each in quotes],
        [[int(asks[each.row]), each.start, each.end] for each in counter if each.row not in quoted],
    )


def _spread(rows: Integers, most: int) -> Integers:
    """At most ``most`` of the rows, evenly spread."""
    return rows if len(rows) <= most else rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]


def _starts(asks: set[int]) -> dict[int, int]:
    """Where each ask begins in its voice's text."""
    found: dict[int, int] = {}
    ordered = sorted(asks)
    for at in range(0, len(ordered), 5_000):
        found.update(Ask.objects.filter(pk__in=ordered[at : at + 5_000]).values_list("pk", "start"))
    return found
