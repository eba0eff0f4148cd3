"""How well each entry fits a text: four likenesses brought to one scale and added, and how sure that is.

The weights were chosen, and the probability was fitted, on the tune half of the reworded questions
(benchmarks/questions.py). The probability is a logistic regression over the likenesses themselves, not over ranks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.questions.fitted import numbers

Floats = NDArray[np.float32]

_PRIOR = 10
"""So many entries count in the spread as if they were as usual, so that a small book has a scale."""
_USUAL_SPREAD = (0.10, 0.10, 0.13, 0.03)
_WEIGHTS = (0.5, 1.0, 0.6, 0.3)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of one text to every entry, each float32 (entries): by question, by passage, by words, by pieces of words."""

    question: Floats
    passage: Floats
    words: Floats
    pieces: Floats

    @property
    def fused(self) -> Floats:
        """One score an entry, comparable within one text only."""
        every = (self.question, self.passage, self.words, self.pieces)
        return np.asarray(
            sum(w * _scaled(part, s) for w, part, s in zip(_WEIGHTS, every, _USUAL_SPREAD, strict=True)), np.float32
        )


def _scaled(values: Floats, usual: float) -> Floats:
    n, deviation = len(values), values - values.mean()
    spread = np.sqrt((float((deviation * deviation).sum()) + _PRIOR * usual**2) / (n + _PRIOR))
    return np.asarray(deviation / spread, np.float32)


def traits(likeness: Likeness, fused: Floats, row: int) -> NDArray[np.float64]:
    """What tells whether the entry in ``row`` is right, float64 (5): margin to the best other, and its likenesses."""
    others = np.delete(fused, row)
    margin = float(fused[row] - others.max()) if len(others) else 0.0
    return np.array(
        [
            np.clip(margin, -3.0, 3.0),
            likeness.question[row],
            likeness.passage[row],
            likeness.words[row],
            likeness.pieces[row],
        ],
        np.float64,
    )


def probability(found: NDArray[np.float64]) -> float:
    """The chance, as measured, that an entry with these traits is the one that is asked about."""
    fit = numbers("finding")
    return float(1 / (1 + np.exp(-(fit["constant"] + found @ np.array(fit["weights"])))))
