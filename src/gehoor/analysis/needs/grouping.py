"""Asks into needs: levels from broad to fine that nest, one of which is the one to read.

Vectors are centred; equal ones become one; shared nearest neighbours make a graph; communities in it at a resolution
that the data choose (the finest partition that is nearly as stable as the most stable one, within what people can read)
are the default level. Each ask then moves to the need that its neighbours and the needs' centres speak for. Within
each need finer ones are found; over the needs broader ones. So the levels nest by construction.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from gehoor.analysis.needs.graph import by_size, communities, shared_neighbours
from gehoor.analysis.needs.neighbours import Floats, Integers, centred, neighbours
from gehoor.analysis.needs.resolution import choose_resolution, most_needs

_FINE_SHARE = 6.0
_FEW = 12
_MIN_MEMBERS = 3
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Grouping:
    """``levels``: int64 (n) labels each, broad to fine; a level's labels are 0, 1, 2... by size, largest first.

    -1 is nobody's: only an ask without text (a vector of zeros). ``default`` is the index of the level to show first.
    ``resolution`` and ``stability`` say how the default level was chosen (nan when there was nothing to choose).
    """

    levels: tuple[Integers, ...]
    default: int
    resolution: float
    stability: float

    @property
    def labels(self) -> Integers:
        """The default level."""
        return self.levels[self.default]

    @property
    def finest(self) -> Integers:
        return self.levels[-1]


def group(vectors: Floats) -> Grouping:
    """Group (n, d) vectors of asks, rows of length 1, rows of zeros for asks without text. Deterministic."""
    said = np.flatnonzero(vectors.any(axis=1))
    distinct, back = _distinct(vectors[said])
    found = _group_distinct(distinct)
    return Grouping(
        levels=tuple(_laid_out(level[back], said, len(vectors)) for level in found.levels),
        default=found.default,
        resolution=found.resolution,
        stability=found.stability,
    )


def _distinct(vectors: Floats) -> tuple[Floats, Integers]:
    """Each different vector once (to 1/1000), in order of first appearance, and where each row went."""
    rounded = np.ascontiguousarray(np.round(vectors * 1000).astype(np.int16))
    keys = rounded.view(np.dtype((np.void, rounded.dtype.itemsize * rounded.shape[1]))).ravel()
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return vectors[first[order]], rank[inverse]


def _laid_out(labels: Integers, said: Integers, n: int) -> Integers:
    out = np.full(n, -1, np.int64)
    out[said] = labels
    return by_size(out)


def _group_distinct(vectors: Floats) -> Grouping:
    n = len(vectors)
    if n < 2 * _MIN_MEMBERS:
        return _few(vectors)
    unit = centred(vectors)
    near = neighbours(unit, max(3, round(1.5 * math.log(n))))
    graph = shared_neighbours(near.rows)
    resolution, stability = choose_resolution(graph)
    labels = _absorb_small(communities(graph, resolution), unit)
    labels = _within_limit(refine(labels, unit, near.rows), unit, most_needs(n))
    fine = _finer(labels, graph, unit, resolution)
    broad = _broader(labels, unit)
    levels = [level for level in (broad, labels, fine) if level is not None]
    return Grouping(tuple(levels), 0 if broad is None else 1, resolution, stability)


def _few(vectors: Floats) -> Grouping:
    """Up to five different asks: apart, unless there is only one."""
    return Grouping((np.arange(len(vectors)),), 0, math.nan, math.nan)


def centres(vectors: Floats, labels: Integers) -> Floats:
    """Mean of each group's vectors, scaled to length 1. (n, d), (n) -> (g, d)."""
    members = csr_matrix(
        (np.ones(len(labels), np.float32), (labels, np.arange(len(labels)))), shape=(int(labels.max()) + 1, len(labels))
    )
    sums = np.asarray(members @ vectors, np.float32)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)


def refine(labels: Integers, unit: Floats, near: Integers) -> Integers:
    """Move each row to the group that most speaks for it: cosine to the centre plus share of neighbours in it."""
    for _ in range(_ROUNDS):
        n_groups = int(labels.max()) + 1
        rows = np.repeat(np.arange(len(near)), near.shape[1])
        weights = np.full(near.size, 1 / near.shape[1], np.float32)
        votes = csr_matrix(
            (weights, (rows, labels[near].ravel())),
            shape=(len(near), n_groups),
        )
        score = unit @ centres(unit, labels).T + votes.toarray()
        moved = np.asarray(score.argmax(axis=1), np.int64)
        if np.array_equal(moved, labels):
            break
        _, labels = np.unique(moved, return_inverse=True)
    return by_size(labels)


def _absorb_small(labels: Integers, unit: Floats) -> Integers:
    """Groups of fewer than three give their members to the nearest centre of a larger one."""
    sizes = np.bincount(labels)
    large = np.flatnonzero(sizes >= _MIN_MEMBERS)
    if len(large) in (0, len(sizes)):
        return labels
    lost = np.flatnonzero(sizes[labels] < _MIN_MEMBERS)
    out = labels.copy()
    out[lost] = large[(unit[lost] @ centres(unit, labels)[large].T).argmax(axis=1)]
    return by_size(out)


def _within_limit(labels: Integers, unit: Floats, limit: int) -> Integers:
    """Dissolve the smallest groups into their nearest until no more than ``limit`` remain."""
    n_groups = int(labels.max()) + 1
    if n_groups <= limit:
        return labels
    centre = centres(unit, labels)
    to = np.arange(n_groups)
    to[limit:] = (centre[limit:] @ centre[:limit].T).argmax(axis=1)
    return by_size(to[labels])


def _finer(labels: Integers, graph: csr_matrix, unit: Floats, resolution: float) -> Integers | None:
    """Communities at a higher resolution within each group; None when nothing divides."""
    edges = graph.tocoo()
    inside = labels[edges.row] == labels[edges.col]
    within = csr_matrix((edges.data[inside], (edges.row[inside], edges.col[inside])), shape=graph.shape)
    found = communities(within, resolution * _FINE_SHARE)
    fine = np.empty_like(labels)
    offset = 0
    for members in (np.flatnonzero(labels == label) for label in range(int(labels.max()) + 1)):
        _, local = np.unique(found[members], return_inverse=True)
        fine[members] = offset + _absorb_small(by_size(local), unit[members])
        offset = int(fine[members].max()) + 1
    return by_size(fine) if offset > int(labels.max()) + 1 else None


def _broader(labels: Integers, unit: Floats) -> Integers | None:
    """Groups of groups, about the root of their number, by Ward's method on the centres; None when they are few."""
    n_groups = int(labels.max()) + 1
    if n_groups <= _FEW:
        return None
    from scipy.cluster.hierarchy import fcluster, linkage  # heavy to import; only a computation needs it

    tree = linkage(centres(unit, labels), "ward")
    return by_size(np.asarray(fcluster(tree, round(math.sqrt(n_groups)), "maxclust"), np.int64)[labels])
