"""Vectors of several languages on one footing.

In a multilingual teacher's space each language lies around a mean of its own, so that groups fall apart by language
before they fall apart by matter. Taking each language's mean away brings the same matter together: Libovický, Rosa &
Fraser 2020, https://aclanthology.org/2020.findings-emnlp.150; Yang, Yang, Cer & Darve 2021,
https://aclanthology.org/2021.emnlp-main.457.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.needs.neighbours import Floats

FEWEST = 20
"""Rows of a language at which its own mean and the overall one weigh alike."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How far each language has to move; a language that is not in it stays where it is."""

    shifts: Mapping[str, NDArray[np.float64]]

    def apply(self, vectors: Floats, languages: Sequence[str]) -> Floats:
        """Moved vectors, float32 (n, d), rows of length 1; rows of zeros stay zero. Without shifts, as given."""
        if not self.shifts:
            return vectors.copy()
        tongue = np.asarray(languages, dtype=str)
        said = np.asarray(vectors.any(axis=1))
        moved = vectors.astype(np.float64)
        for each, shift in self.shifts.items():
            moved[said & (tongue == each)] += shift
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(np.divide(moved, lengths, out=np.zeros_like(moved), where=lengths > 1e-9), np.float32)


def alignment(vectors: Floats, languages: Sequence[str], fewest: int = FEWEST) -> Alignment:
    """Learn from vectors (n, d) and their ``languages`` (n) how to move each language's mean to the overall mean.

    The mean of a language with m rows is shrunk towards the overall mean, to the part m / (m + ``fewest``), since a
    mean of few rows says more of their matter than of their language. Rows of zeros (no text) count for nothing. One
    language alone needs no shift.
    """
    tongue = np.asarray(languages, dtype=str)
    said = np.asarray(vectors.any(axis=1))
    spoken = np.unique(tongue[said])
    if len(spoken) < 2:
        return Alignment({})
    overall = vectors[said].mean(axis=0, dtype=np.float64)
    shifts: dict[str, NDArray[np.float64]] = {}
    for each in spoken.tolist():
        rows = said & (tongue == each)
        trusted = rows.sum() / (rows.sum() + fewest)
        shifts[each] = trusted * (overall - vectors[rows].mean(axis=0, dtype=np.float64))
    return Alignment(shifts)


def aligned(vectors: Floats, languages: Sequence[str], fewest: int = FEWEST) -> Floats:
    """The vectors moved as :func:`alignment` learns from them; those of one language come back exactly as they are."""
    return alignment(vectors, languages, fewest).apply(vectors, languages)
