"""How well each entry fits a text: four likenesses brought to one scale and added, and how sure that is.

The weights were chosen, and the probability was fitted, on the tune half of the reworded questions
(benchmarks/questions.py). The probability is a logistic regression over the likenesses themselves, not over ranks, with
weights that are nowhere negative; it was fitted on books of 1 to 111 entries, in which the right one stood or not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.questions.fitted import numbers

Floats = NDArray[np.float32]

_PRIOR = 10
"""So many entries count in the spread as if they were as usual, so that a small book has a scale."""
_USUAL_SPREAD = (0.10, 0.10, 0.13, 0.03)
_WEIGHTS = (0.5, 1.0, 0.6, 0.3)
_MARGINS = (-3.0, 4.0)
_SUREST = 0.95
"""Questions that border on each other are more alike than rewordings, so likeness alone makes nobody surer."""
_WORDED_ALIKE = ((0.8, 0.93, 1.0), (0.0, 0.98, 0.995))
"""From cosine with the question itself to the chance: what is worded nearly so is it, whatever else there is."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of one text to every entry, each float32 (entries): by question, by passage, by words, by pieces of words."""

    question: Floats
    passage: Floats
    words: Floats
    pieces: Floats

    def of(self, rows: NDArray[np.int64]) -> "Likeness":
        """To these entries only."""
        return Likeness(self.question[rows], self.passage[rows], self.words[rows], self.pieces[rows])

    def and_of(self, other: "Likeness") -> "Likeness":
        """To these entries, and then to those of the other."""
        mine = (self.question, self.passage, self.words, self.pieces)
        others = (other.question, other.passage, other.words, other.pieces)
        return Likeness(*(np.concatenate(both) for both in zip(mine, others, strict=True)))

    @property
    def fused(self) -> Floats:
        """One score an entry, comparable within one text only."""
        return np.asarray(sum(w * scaled(part, s) for w, part, s in self._weighted()), np.float32)

    @property
    def total(self) -> Floats:
        """One score an entry, comparable between texts and books: 0 for nothing in common."""
        return np.asarray(sum(w / s * part for w, part, s in self._weighted()), np.float32)

    def _weighted(self) -> Iterable[tuple[float, Floats, float]]:
        every = (self.question, self.passage, self.words, self.pieces)
        return zip(_WEIGHTS, every, _USUAL_SPREAD, strict=True)


def scaled(values: Floats, usual: float) -> Floats:
    """Less their mean, by their spread; among few values by the ``usual`` spread."""
    n, deviation = len(values), values - values.mean()
    spread = np.sqrt((float((deviation * deviation).sum()) + _PRIOR * usual**2) / (n + _PRIOR))
    return np.asarray(deviation / spread, np.float32)


def traits(likeness: Likeness) -> NDArray[np.float64]:
    """What tells of each entry whether it is the right one, float64 (entries, 2): its likeness in meaning, and by how
    much its likenesses together surpass those of the best other. Neither depends on how large the book is: a book
    without anything else in it is taken to hold something that is not alike."""
    meaning, total = np.maximum(likeness.question, likeness.passage), likeness.total
    best = int(np.argmax(total))
    second = float(np.delete(total, best).max(initial=0.0))
    others = np.full(len(total), max(0.0, float(total[best])))
    others[best] = max(0.0, second)
    return np.stack([meaning, np.clip(total - others, *_MARGINS)], axis=1).astype(np.float64)


def probability(found: NDArray[np.float64], alike: float = 0.0) -> float:
    """The chance, as measured, that an entry with these traits is the one that is asked about. ``alike``: the cosine
    with its question or a phrasing, 1 for the same words; never less sure with more of anything."""
    fit = numbers("finding")
    chance = 1 / (1 + np.exp(-(fit["constant"] + found @ np.array(fit["weights"]))))
    return max(min(float(chance), _SUREST), float(np.interp(alike, *_WORDED_ALIKE)))
