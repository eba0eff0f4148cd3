"""The k nearest neighbours of every vector by cosine: exact up to some size, within nearby cells above it.

Cells: an inverted file (Sivic & Zisserman 2003) whose rows are searched cell by cell, so that all work is matrix
products. For "every row against all others" this is some ten times faster than building and asking a graph index
(usearch's HNSW), at the same recall, and the result is independent of the number of threads.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

EXACT_UP_TO = 12_000
"""Rows; measured crossing on two cores (benchmarks/needs.md)."""
_BLOCK = 1_024
_SAMPLE_A_CELL = 40
_MOVES = 4
_CELLS_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``rows`` int64 (n, k) neighbours of each row, nearest first, never itself; ``cosines`` float32 (n, k)."""

    rows: Integers
    cosines: Floats


def centred(vectors: Floats) -> Floats:
    """Vectors less their mean, scaled to length 1; rows of zeros (no text) stay zero. float32 (n, d) -> (n, d)."""
    said = np.asarray(vectors.any(axis=1))
    if not said.any():
        return np.zeros_like(vectors)
    spoken = vectors if said.all() else vectors[said]
    moved = vectors - spoken.mean(axis=0, dtype=np.float64).astype(np.float32)
    lengths = np.sqrt(np.einsum("nd,nd->n", moved, moved))
    moved /= np.where(said & (lengths > 1e-6), lengths, np.inf)[:, None]
    return np.asarray(moved, np.float32)


def neighbours(vectors: Floats, k: int, exact: bool | None = None) -> Neighbours:
    """The ``k`` nearest others of each row of ``vectors`` (n, d), rows of length 1; k is cut to n - 1.

    ``exact`` None: exact up to ``EXACT_UP_TO`` rows. Ties go to the lower row number when exact.
    """
    k = max(0, min(k, len(vectors) - 1))
    if k == 0:
        return Neighbours(np.zeros((len(vectors), 0), np.int64), np.zeros((len(vectors), 0), np.float32))
    if exact is None:
        exact = len(vectors) <= EXACT_UP_TO
    return nearest(vectors, vectors, k, itself=True) if exact else _in_cells(vectors, k)


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


def _in_cells(vectors: Floats, k: int) -> Neighbours:
    """Search for each row the cells nearest to its own cell's centre."""
    cells = _cell_centres(vectors)
    cell = np.concatenate([nearest(part, cells, 1).rows.ravel() for part in np.array_split(vectors, 8)])
    members = np.split(np.argsort(cell, kind="stable"), np.cumsum(np.bincount(cell, minlength=len(cells)))[:-1])
    rows = np.empty((len(vectors), k), np.int64)
    cosines = np.empty((len(vectors), k), np.float32)
    for number, beside in enumerate(np.argsort(-(cells @ cells.T), axis=1, kind="stable")):
        own, pool = members[number], _pool(members, beside, k)
        if len(own):
            block = vectors[own] @ vectors[pool].T
            block[np.arange(len(own)), np.searchsorted(pool, own)] = -np.inf
            columns, cosines[own] = _largest(block, k)
            rows[own] = pool[columns]
    return Neighbours(rows, cosines)


def _pool(members: list[Integers], beside: Integers, k: int) -> Integers:
    """Rows of the nearest cells, ascending: of so many cells that there are more than ``k`` rows."""
    sizes = np.cumsum([len(members[cell]) for cell in beside])
    enough = max(_CELLS_SEARCHED, int(np.searchsorted(sizes, k + 1)) + 1)
    return np.sort(np.concatenate([members[cell] for cell in beside[:enough]]))


def _cell_centres(vectors: Floats) -> Floats:
    """Spherical k-means (Dhillon & Modha 2001) over a sample: about the square root of n centres."""
    n_cells = max(1, round(len(vectors) ** 0.5))
    drawn = np.random.default_rng(0).permutation(len(vectors))[: n_cells * _SAMPLE_A_CELL]
    sample = vectors[drawn]
    centres = sample[:n_cells]
    for _ in range(_MOVES):
        cell = nearest(sample, centres, 1).rows.ravel()
        sums = np.zeros_like(centres)
        np.add.at(sums, cell, sample)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    return centres
