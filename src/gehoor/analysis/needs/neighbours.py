"""The k nearest neighbours of every vector by cosine: exact up to some size, approximate (HNSW) above it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from usearch.index import Index, MetricKind, ScalarKind

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

EXACT_UP_TO = 40_000
"""Rows; measured crossing on two cores (benchmarks/needs.md)."""
_BLOCK = 1_024


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``rows`` int64 (n, k) neighbours of each row, nearest first, never itself; ``cosines`` float32 (n, k)."""

    rows: Integers
    cosines: Floats


def centred(vectors: Floats) -> Floats:
    """Vectors less their mean, scaled to length 1; rows of zeros (no text) stay zero. float32 (n, d) -> (n, d)."""
    said = vectors.any(axis=1)
    if not said.any():
        return np.zeros_like(vectors)
    moved = np.where(said[:, None], vectors - vectors[said].mean(axis=0, dtype=np.float64).astype(np.float32), 0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(np.divide(moved, lengths, out=np.zeros_like(moved), where=lengths > 1e-6), np.float32)


def neighbours(vectors: Floats, k: int, exact: bool | None = None) -> Neighbours:
    """The ``k`` nearest others of each row of ``vectors`` (n, d), rows of length 1; k is cut to n - 1.

    ``exact`` None: exact up to ``EXACT_UP_TO`` rows. Ties go to the lower row number when exact.
    """
    k = max(0, min(k, len(vectors) - 1))
    if k == 0:
        return Neighbours(np.zeros((len(vectors), 0), np.int64), np.zeros((len(vectors), 0), np.float32))
    if exact is None:
        exact = len(vectors) <= EXACT_UP_TO
    return nearest(vectors, vectors, k, itself=True) if exact else _approximate(vectors, k)


def nearest(queries: Floats, vectors: Floats, k: int, itself: bool = False) -> Neighbours:
    """The ``k`` rows of ``vectors`` nearest to each of ``queries``, exact. ``itself``: they are the same rows."""
    rows = np.empty((len(queries), k), np.int64)
    cosines = np.empty((len(queries), k), np.float32)
    for start in range(0, len(queries), _BLOCK):
        block = queries[start : start + _BLOCK] @ vectors.T
        if itself:
            block[np.arange(len(block)), start + np.arange(len(block))] = -np.inf
        rows[start : start + _BLOCK], cosines[start : start + _BLOCK] = _largest(block, k)
    return Neighbours(rows, cosines)


def _largest(block: Floats, k: int) -> tuple[Integers, Floats]:
    """Columns and values of the ``k`` largest of each row, largest first, ties to the lower column."""
    columns = np.sort(np.argpartition(-block, k - 1, axis=1)[:, :k], axis=1) if k < block.shape[1] else None
    if columns is None:
        columns = np.broadcast_to(np.arange(block.shape[1]), block.shape)
    values = np.take_along_axis(block, columns, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    return np.take_along_axis(columns, order, axis=1), np.take_along_axis(values, order, axis=1)


def _approximate(vectors: Floats, k: int) -> Neighbours:
    """HNSW (Malkov & Yashunin 2018, https://arxiv.org/abs/1603.09320), one thread: the same graph every run."""
    index = Index(ndim=vectors.shape[1], metric=MetricKind.IP, dtype=ScalarKind.F16, connectivity=16)
    index.add(np.arange(len(vectors)), vectors, threads=1)
    found = index.search(vectors, k + 1, threads=0)
    return _without_itself(np.asarray(found.keys, np.int64), 1 - np.asarray(found.distances, np.float32), k)


def _without_itself(rows: Integers, cosines: Floats, k: int) -> Neighbours:
    """Drop each row's own number, or the last where it was not found."""
    own = rows == np.arange(len(rows))[:, None]
    own[~own.any(axis=1), -1] = True
    return Neighbours(rows[~own].reshape(-1, k), cosines[~own].reshape(-1, k))
