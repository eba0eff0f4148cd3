"""How fine the default level should be, as the data say it.

The criterion is stability (Ben-Hur, Elisseeff & Guyon 2002): a partition is real in so far as it comes back when a
part of the evidence is left out. A few times a random 30 % of the graph's edges is dropped; the adjusted Rand index
(Hubert & Arabie 1985) of the partitions that come out measures how well a resolution holds.
"""

import math

import numpy as np
from scipy.sparse import csr_matrix, triu

from gehoor.analysis.needs.graph import between_groups, communities, symmetric
from gehoor.analysis.needs.neighbours import Integers

RESOLUTIONS = (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0, 16.0)
_FINEST = 30.0
_KEPT = 0.7
_TRIES = 4
_TOLERANCE = 0.02


def fewest_needs(n: int) -> int:
    """What a default level over ``n`` different asks has at least: 15, or a tenth of the asks if these are few."""
    return max(1, min(15, n // 10))


def most_needs(n: int) -> int:
    """What a reader can oversee: 15, or a third of the asks if these are few; then one for each 35 asks up to 40, and
    past 1,500 asks one more for each 25, at most 160."""
    if n <= 1_500:
        return max(min(15, max(1, n // 3)), min(40, round(n / 35)))
    return min(160, 40 + (n - 1_500) // 25)


def choose_resolution(graph: csr_matrix) -> tuple[float, float]:
    """The resolution whose partition is finest among those nearly as stable as the best, and its stability."""
    n = graph.shape[0]
    finest = communities(graph, _FINEST)
    samples = [between_groups(part, finest) for part in _samples(graph)]
    sizes = np.bincount(finest)
    found = [_measure(samples, sizes, resolution) for resolution in RESOLUTIONS]
    allowed = [i for i, (count, _) in enumerate(found) if fewest_needs(n) <= count <= most_needs(n)]
    if not allowed:
        middle = math.sqrt(fewest_needs(n) * most_needs(n))
        allowed = [min(range(len(found)), key=lambda i: abs(math.log(max(1.0, found[i][0]) / middle)))]
    best = max(found[i][1] for i in allowed)
    chosen = max(i for i in allowed if found[i][1] >= best - _TOLERANCE)
    return RESOLUTIONS[chosen], found[chosen][1]


def _samples(graph: csr_matrix) -> list[csr_matrix]:
    """The graph with a random part of its edges, ``_TRIES`` times."""
    edges = triu(graph, 1).tocoo()
    random = np.random.default_rng(0)
    kept = [random.random(edges.nnz) < _KEPT for _ in range(_TRIES)]
    return [symmetric(edges.row[k], edges.col[k], edges.data[k], graph.shape[0]) for k in kept]


def _measure(samples: list[csr_matrix], sizes: Integers, resolution: float) -> tuple[float, float]:
    """Mean number of groups, and mean adjusted Rand index over pairs of samples, counted in rows."""
    found = [communities(sample, resolution) for sample in samples]
    rows = [np.repeat(labels, sizes) for labels in found]
    pairs = [(a, b) for a in range(len(rows)) for b in range(a)]
    from sklearn.metrics import adjusted_rand_score  # heavy to import; only a computation needs it

    agreement = float(np.mean([adjusted_rand_score(rows[a], rows[b]) for a, b in pairs]))
    return float(np.mean([labels.max() + 1 for labels in found])), agreement
