"""What the machine proposes: needs on levels with their ids, names and members. Reads the database, writes nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.needs.aligning import aligned
from gehoor.analysis.needs.carrying import carry
from gehoor.analysis.needs.grouping import group
from gehoor.analysis.needs.naming import name_needs
from gehoor.kernel.ids import new_id
from gehoor.rooms.needs.counting import Tree, paths
from gehoor.rooms.needs.material import InMemory
from gehoor.rooms.needs.models import AskNeed, Generation, Need, VectorModel
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.needs.rows import Integers, Woods, columns
from gehoor.rooms.needs.teaching import embed
from gehoor.rooms.needs.texts import languages_of, said, text_of
from gehoor.rooms.needs.vectors import store_of
from gehoor.rooms.voices.models import Ask

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Level:
    """One level: the label of each ask (-1 none), and for each label its id, its name and the label above it."""

    labels: Integers
    ids: list[UUID]
    names: list[str]
    above: list[int]
    sizes: list[int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Levels from broad to fine. ``default_level`` counts from 1. ``asks`` ascending; labels stand in their order."""

    model: VectorModel
    asks: Integers
    levels: list[Level]
    default_level: int
    material: InMemory


def propose(model: VectorModel, asks: Integers, places: Integers) -> Proposal:
    """Group the asks by the vectors in these rows of the model's store."""
    vectors = store_of(model).read(places)
    if not len(asks):
        return Proposal(model, asks, [], 1, InMemory(asks, [], vectors))
    texts = text_of(asks.tolist())
    languages, under = languages_of(asks.tolist()), said(asks.tolist())
    footing = aligned(vectors, languages)
    found = group(footing)
    embedded = _embedding(model)
    levels: list[Level] = []
    before = list(_carried(asks, len(found.levels), found.default))
    for number, labels in enumerate(found.levels):
        many = int(labels.max()) + 1 if len(labels) else 0
        names = name_needs(texts, labels, languages, footing, embedded, under)
        levels.append(
            Level(
                labels=labels,
                ids=_ids(labels, many, before[number]),
                names=[names.get(label, "")[:200] for label in range(many)],
                above=_above(labels, found.levels[number - 1], many) if number else [-1] * many,
                sizes=np.bincount(labels[labels >= 0], minlength=many).tolist(),
            )
        )
    return Proposal(model, asks, levels, found.default + 1, InMemory(asks, texts, vectors))


def _embedding(model: VectorModel) -> Callable[[Sequence[str]], Floats]:
    """The vectors of phrases under a model; each phrase is embedded once, on whatever level it is met."""
    known: dict[str, Floats] = {}

    def embed_once(phrases: Sequence[str]) -> Floats:
        new = [phrase for phrase in dict.fromkeys(phrases) if phrase not in known]
        if new:
            known.update(zip(new, embed(model, new), strict=True))
        return np.stack([known[phrase] for phrase in phrases])

    return embed_once


def _above(labels: Integers, broader: Integers, many: int) -> list[int]:
    """The broader label of each label; levels nest, so any member tells."""
    above = np.full(many, -1, np.int64)
    kept = labels >= 0
    above[labels[kept]] = broader[kept]
    return [int(each) for each in above]


def _ids(labels: Integers, many: int, before: tuple[Integers, list[UUID]]) -> list[UUID]:
    """Each need keeps the id of the one before it that it shares most asks with."""
    old, ids = before
    carried = carry(old, labels)
    return [ids[carried[label]] if label in carried else new_id() for label in range(many)]


def _carried(asks: Integers, levels: int, default: int) -> Iterator[tuple[Integers, list[UUID]]]:
    """For each level of now, the labels of these asks before, and their ids.

    Default level is matched with default level, and the others by their distance to it: what people read stays what
    it was, also when a level was added or dropped.
    """
    generation = current_generation()
    woods, ids, computed = _before(generation, asks) if generation else (None, [], np.full(len(asks), -1))
    for number in range(levels):
        level = number - default + (generation.default_level - 1 if generation else 0)
        if woods is None or not 0 <= level < woods.tree.levels:
            yield np.full(len(asks), -1, np.int64), []
        else:
            column = np.append(paths(woods.tree)[:, level], -1)
            yield column[computed], ids


def _before(generation: Generation, asks: Integers) -> tuple[Woods, list[UUID], Integers]:
    """The machine's tree before, the ids in the order of its numbers, and the number of each ask's finest need."""
    rows = Need.objects.filter(generation=generation).order_by("pk")
    pks, level, parent = columns(rows.values_list("pk", "level", "machine_parent_id").iterator(), 3)
    bare = Woods(pks, Tree(level, parent, np.zeros(len(pks), bool)))
    woods = Woods(pks, Tree(level, bare.number(parent), np.zeros(len(pks), bool)))
    ids = list(rows.values_list("public_id", flat=True))
    belonging = AskNeed.objects.filter(generation=generation)
    voice, start, need = columns(belonging.values_list("voice_id", "start", "computed_id").iterator(), 3)
    if not len(voice):
        return woods, ids, np.full(len(asks), -1, np.int64)
    key = _passages(voice, start)
    order = np.argsort(key)
    mine = _passages_of(asks)
    at = order[np.minimum(np.searchsorted(key[order], mine), len(key) - 1)]
    return woods, ids, np.where(key[at] == mine, woods.number(need)[at], -1)


def _passages(voice: Integers, start: Integers) -> Integers:
    """One number for where an ask begins; unlike its primary key the same when asks are made anew."""
    return (voice << 32) | start


def _passages_of(asks: Integers) -> Integers:
    rows = Ask.objects.order_by("pk").values_list("pk", "voice_id", "start")
    pk, voice, start = columns(rows.iterator(), 3)
    if not len(pk):
        return np.full(len(asks), -1, np.int64)
    at = np.minimum(np.searchsorted(pk, asks), len(pk) - 1)
    return np.where(pk[at] == asks, _passages(voice, start)[at], -1)
