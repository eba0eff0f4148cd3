"""Vectors of several languages on one footing.

In a multilingual teacher's space each language lies around a mean of its own, so that groups fall apart by language
before they fall apart by matter. Taking each language's mean away brings the same matter together: Libovický, Rosa &
Fraser 2020, https://aclanthology.org/2020.findings-emnlp.150; Yang, Yang, Cer & Darve 2021,
https://aclanthology.org/2021.emnlp-main.457.
"""

from collections.abc import Sequence

import numpy as np

from gehoor.analysis.needs.neighbours import Floats

FEWEST = 20
"""Rows of a language at which its own mean and the overall one weigh alike."""


def aligned(vectors: Floats, languages: Sequence[str], fewest: int = FEWEST) -> Floats:
    """Move each language's mean to the overall mean; float32 (n, d) -> (n, d), rows of length 1.

    ``languages`` (n): the language of each row. The mean of a language with m rows is shrunk towards the overall mean,
    to the part m / (m + ``fewest``), since a mean of few rows says more of their matter than of their language. Rows
    of zeros (no text) stay zero and count for nothing. Vectors of one language come back exactly as they are.
    """
    tongue = np.asarray(languages, dtype=str)
    said = np.asarray(vectors.any(axis=1))
    spoken = np.unique(tongue[said])
    if len(spoken) < 2:
        return vectors.copy()
    overall = vectors[said].mean(axis=0, dtype=np.float64)
    moved = vectors.astype(np.float64)
    for each in spoken:
        rows = said & (tongue == each)
        trusted = rows.sum() / (rows.sum() + fewest)
        moved[rows] += trusted * (overall - vectors[rows].mean(axis=0, dtype=np.float64))
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(np.divide(moved, lengths, out=np.zeros_like(moved), where=lengths > 1e-9), np.float32)
