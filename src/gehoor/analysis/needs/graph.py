"""The graph in which needs are found: who shares nearest neighbours with whom, and communities in it.

Shared nearest neighbours: Jarvis & Patrick 1973; with Jaccard weights as in PhenoGraph, Levine et al. 2015.
Communities: Leiden, Traag, Waltman & van Eck 2019, https://arxiv.org/abs/1810.08473.
"""

import graspologic_native
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, diags, identity

from gehoor.analysis.needs.neighbours import Integers

_BLOCK = 5_000
_ITERATIONS = 3


def shared_neighbours(rows: Integers) -> csr_matrix:
    """(n, k) neighbours of each row -> symmetric (n, n): for each pair of neighbours, the Jaccard index of their sets.

    The set of a row is its neighbours and itself, so that every pair of neighbours has a weight above zero.
    """
    n, k = rows.shape
    near = csr_matrix((np.ones(n * k, np.float32), rows.ravel(), np.arange(0, n * k + 1, k)), shape=(n, n))
    sets = (near + identity(n, np.float32, format="csr")).tocsr()
    pairs = (near + near.T).tocoo()
    upper = pairs.row < pairs.col
    first, second = pairs.row[upper].astype(np.int64), pairs.col[upper].astype(np.int64)
    shared = np.empty(len(first))
    for start in range(0, len(first), _BLOCK * k):
        part = slice(start, start + _BLOCK * k)
        shared[part] = np.asarray(sets[first[part]].multiply(sets[second[part]]).sum(axis=1)).ravel()
    return symmetric(first, second, shared / (2 * (k + 1) - shared), n)


def symmetric(first: Integers, second: Integers, weights: NDArray[np.float64], n: int) -> csr_matrix:
    """Undirected edges, each given once -> symmetric (n, n)."""
    both = (np.concatenate([first, second]), np.concatenate([second, first]))
    graph: csr_matrix = coo_matrix((np.concatenate([weights, weights]), both), shape=(n, n)).tocsr()
    return graph


def communities(graph: csr_matrix, resolution: float, seed: int = 0) -> Integers:
    """Leiden by modularity -> (n) labels 0, 1, 2... by size, largest first. A row without edges is alone."""
    n = graph.shape[0]
    graph = _with_twins(graph)
    if graph.nnz == 0:
        return np.arange(n)
    _, found = graspologic_native.leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        graph.shape[0],
        resolution=resolution,
        iterations=_ITERATIONS,
        seed=seed,
    )
    alone = graph.shape[0]
    return by_size(np.fromiter((found.get(row, alone + row) for row in range(n)), np.int64, n))


def _with_twins(graph: csr_matrix) -> csr_matrix:
    """The same graph with its loops as edges to a twin of the row: the library ignores loops, modularity needs them."""
    loops = graph.diagonal()
    if not loops.any():
        graph.sort_indices()
        return graph
    at = np.flatnonzero(loops)
    twin = graph.shape[0] + np.arange(len(at))
    bare = (graph - diags(loops)).tocoo()
    upper = (bare.row < bare.col) & (bare.data > 0)
    return symmetric(
        np.concatenate([bare.row[upper], at]),
        np.concatenate([bare.col[upper], twin]),
        np.concatenate([bare.data[upper], loops[at] / 2]),
        graph.shape[0] + len(at),
    )


def by_size(labels: Integers) -> Integers:
    """Renumber labels 0, 1, 2... from the largest group to the smallest, ties by first row; -1 stays -1."""
    kept = labels != -1
    _, first, inverse, counts = np.unique(labels[kept], return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(counts), np.int64)
    rank[np.lexsort((first, -counts))] = np.arange(len(counts))
    out = np.full(len(labels), -1, np.int64)
    out[kept] = rank[inverse]
    return out


def between_groups(graph: csr_matrix, labels: Integers) -> csr_matrix:
    """The graph of the groups: weights within stay on the diagonal, between groups are summed. (g, g)."""
    n = graph.shape[0]
    members = csr_matrix((np.ones(n), (np.arange(n), labels)), shape=(n, int(labels.max()) + 1))
    return (members.T @ graph @ members).tocsr()
