"""Are two questions the same question, and which of many are?

A pair is judged by a logistic regression over hand-named traits (``alignment.py``); its numbers: ``fitted.json``.
Groups are stars: every member is the same question as its representative, so that a chain of small differences joins
nothing.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.needs.neighbours import neighbours
from gehoor.analysis.questions.alignment import Alignment
from gehoor.analysis.questions.fitted import numbers
from gehoor.analysis.questions.manner import without_manner

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

SURE = 0.7
"""The probability from which two questions are joined; chosen on the tune half for few wrong joins."""
_NEAREST = 15
_USUAL = slice(4, 10)
"""From the fifth to the tenth nearest: what is usual around a question, beside which the same one stands out."""
_BOUNDS = (0.2, 0.35)
"""Of what is usual: among few questions nothing is near, and where twenty ask the same all are."""
_LEAST_LIKE = 0.3
"""Pairs less alike than this in meaning were never the same."""


class SameQuestions:
    """Questions to compare: ``texts`` (n), ``vectors`` (n, d) as the teacher or student gave them. ``teacher``: its
    name, for what is known of its vectors; "" for a student's."""

    def __init__(self, texts: Sequence[str], vectors: Floats, teacher: str = "") -> None:
        self._vectors = without_manner(vectors, teacher)
        self._near = neighbours(self._vectors, _NEAREST)
        beside = self._near.cosines[:, _USUAL]
        usual = beside.mean(axis=1) if beside.shape[1] else np.zeros(len(texts))
        self._alignment = Alignment(texts, self._vectors, np.asarray(np.clip(usual, *_BOUNDS), np.float32))

    def traits(self, left: Integers, right: Integers) -> NDArray[np.float64]:
        """See :meth:`Alignment.traits`."""
        return self._alignment.traits(left, right)

    def probability(self, left: Integers, right: Integers) -> Floats:
        """The chance, as measured, that the questions in rows ``left`` and ``right`` (pairs) are the same: (pairs)."""
        fit = numbers("same")
        logit = fit["constant"] + self.traits(left, right) @ np.array(fit["weights"])
        return np.asarray(1 / (1 + np.exp(-logit)), np.float32)

    def likely_pairs(self) -> tuple[Integers, Integers]:
        """Rows left < right of each question and its nearest in meaning, each pair once."""
        near = self._near
        left = np.repeat(np.arange(len(self._vectors)), near.rows.shape[1])
        right, alike = near.rows.ravel(), near.cosines.ravel() >= _LEAST_LIKE
        low, high = np.minimum(left, right)[alike], np.maximum(left, right)[alike]
        pairs = np.unique(low * len(self._vectors) + high)
        return pairs // max(1, len(self._vectors)), pairs % max(1, len(self._vectors))

    def join(self, sure: float = SURE) -> Integers:
        """Labels (n): the same number for the same question, -1 for one that nobody else asked."""
        left, right = self.likely_pairs()
        chance = self.probability(left, right)
        kept = chance >= sure
        return stars(len(self._vectors), left[kept], right[kept], chance[kept])


def join(texts: Sequence[str], vectors: Floats, teacher: str = "", sure: float = SURE) -> Integers:
    """Labels (n) of ``texts`` (n) by their ``vectors`` (n, d): see :meth:`SameQuestions.join`."""
    return SameQuestions(texts, vectors, teacher).join(sure)


def stars(n: int, left: Integers, right: Integers, chance: Floats) -> Integers:
    """Groups around representatives: whoever has most in common with others first, then each member to the surest of
    the representatives that it is joined to. Edges ``left``, ``right`` (e) with ``chance``; labels (n) from 0,
    -1 alone."""
    beside: list[list[tuple[int, float]]] = [[] for _ in range(n)]
    for one, other, sure in zip(left.tolist(), right.tolist(), chance.tolist(), strict=True):
        beside[one].append((other, sure))
        beside[other].append((one, sure))
    weight = np.array([sum(sure for _, sure in others) for others in beside])
    represented = np.full(n, -1, np.int64)
    for row in np.argsort(-weight, kind="stable").tolist():
        if represented[row] < 0 and beside[row]:
            represented[row] = row
            for other, _ in beside[row]:
                if represented[other] < 0:
                    represented[other] = row
    heads = {row for row in range(n) if represented[row] == row}
    for row in range(n):
        near = [(sure, -other) for other, sure in beside[row] if other in heads]
        if row not in heads and near:
            represented[row] = -max(near)[1]
    return _numbered(represented)


def _numbered(represented: Integers) -> Integers:
    """Representatives to labels from 0 in the order of first appearance; -1 for groups of one."""
    sizes = np.bincount(represented[represented >= 0], minlength=len(represented))
    number: dict[int, int] = {}
    found = np.full(len(represented), -1, np.int64)
    for row, head in enumerate(represented.tolist()):
        if head >= 0 and sizes[head] > 1:
            found[row] = number.setdefault(head, len(number))
    return found
