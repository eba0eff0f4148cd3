"""An ask in the light of the voice that it stands in.

A passage of a letter or call often names its matter only elsewhere ("and that for the third time"). So each ask leans
half-way on the mean of its voice. A voice of one ask stays exactly as it was.

Measured on 300 passages of the example against three readers (docs/needs.md): without it the adjusted Rand index with
the readers is 0.13, with a weight of 0.3 to 1.2 it is 0.24 to 0.29.
"""

import numpy as np

from gehoor.analysis.needs.neighbours import Floats, Integers

WEIGHT = 0.5


def in_context(vectors: Floats, voices: Integers, words: Integers, weight: float = WEIGHT) -> Floats:
    """Lean asks on their voices; float32 (n, d) -> (n, d), rows of length 1, zeros stay zeros.

    ``voices`` (n) tells which asks belong to one voice; all asks of a voice have to be there. ``words`` (n) weighs
    them in the mean of the voice.
    """
    _, voice, many = np.unique(voices, return_inverse=True, return_counts=True)
    together = (many[voice] > 1) & vectors.any(axis=1)
    if not together.any():
        return vectors
    means = np.zeros((len(many), vectors.shape[1]), np.float64)
    np.add.at(means, voice[together], vectors[together] * np.maximum(words[together], 1)[:, None])
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    means = np.divide(means, lengths, out=np.zeros_like(means), where=lengths > 1e-9)
    leaning = vectors[together] + weight * means[voice[together]]
    result = vectors.copy()
    result[together] = leaning / np.linalg.norm(leaning, axis=1, keepdims=True)
    return result
