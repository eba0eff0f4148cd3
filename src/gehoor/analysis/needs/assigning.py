"""New asks to needs that exist, without grouping anew; with "none of these" where nothing is near."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gehoor.analysis.needs.neighbours import Floats, Integers, nearest, neighbours

_K = 10
NONE = -1


@dataclass(frozen=True, slots=True)
class Assignment:
    """``labels`` int64 (n), -1 for none of these; ``support`` float32 (n) 0 to 1: the part of the vote it got.

    ``familiarity`` float32 (n): which part of the known asks lie farther from their own neighbours than this ask does.
    """

    labels: Integers
    support: NDArray[np.float32]
    familiarity: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Known:
    """The asks that have a need: ``vectors`` float32 (m, d) centred on ``mean`` and of length 1, ``labels`` int64 (m).

    ``density`` (m) sorted: the mean cosine of each known ask to its own nearest neighbours.
    """

    vectors: Floats
    labels: Integers
    mean: Floats
    density: Floats


def know(vectors: Floats, labels: Integers) -> Known:
    """Make ready for assigning: (m, d) vectors of length 1 with their finest labels; rows labelled -1 are left out."""
    kept = vectors[labels >= 0]
    mean = kept.mean(axis=0) if len(kept) else np.zeros(vectors.shape[1], np.float32)
    unit = _centred_on(kept, mean)
    density = np.sort(neighbours(unit, _K).cosines.mean(axis=1)) if len(kept) > 1 else np.zeros(0, np.float32)
    return Known(unit, labels[labels >= 0], mean, density)


def assign(vectors: Floats, known: Known, strictness: float = 0.03) -> Assignment:
    """The need of each of (n, d) new vectors by a vote of its nearest known asks, weighted by cosine.

    ``strictness``: an ask that lies farther from its neighbours than all but this part of the known asks lie from
    theirs is none of these; so is one without text. 0 assigns everything.
    """
    n = len(vectors)
    if not len(known.labels):
        return Assignment(np.full(n, NONE), np.zeros(n, np.float32), np.zeros(n, np.float32))
    near = nearest(_centred_on(vectors, known.mean), known.vectors, min(_K, len(known.labels)))
    weights = np.clip(near.cosines, 1e-6, None)
    rows = np.repeat(np.arange(n), weights.shape[1])
    shape = (n, int(known.labels.max()) + 1)
    votes = csr_matrix((weights.ravel(), (rows, known.labels[near.rows].ravel())), shape=shape).toarray()
    labels = np.asarray(votes.argmax(axis=1), np.int64)
    support = np.asarray(votes.max(axis=1) / weights.sum(axis=1), np.float32)
    familiarity = np.searchsorted(known.density, near.cosines.mean(axis=1)) / max(1, len(known.density))
    labels[(familiarity < strictness) | ~vectors.any(axis=1)] = NONE
    return Assignment(labels, support, familiarity.astype(np.float32))


def _centred_on(vectors: Floats, mean: Floats) -> Floats:
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), np.float32)
