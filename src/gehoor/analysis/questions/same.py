"""Are two questions the same question, and which of many are?

A pair is judged by a logistic regression over hand-named traits (``alignment.py``); its numbers: ``fitted.json``.
Groups grow by average linkage: two become one while their pairs are the same on average, so that a chain of small
differences joins nothing. A question that is held against many known ones is the nearest of them only when that one is
well ahead of the next: nearness itself says little, for around some questions everything is near.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.needs.neighbours import centred, neighbours
from gehoor.analysis.questions.alignment import Alignment
from gehoor.analysis.questions.fitted import numbers
from gehoor.analysis.questions.lexical import Row, WordIndex, text_terms
from gehoor.analysis.questions.manner import without_manner
from gehoor.analysis.questions.scoring import scaled

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

SURE = 0.7
"""The mean probability from which groups of questions are joined, chosen for few wrong joins. On the tune half 0.45
seems good enough, but the manner of asking was measured on those same lines; on others it is not."""
LEAD = 1.3
"""By how much the nearest known question is ahead of the next one when it is the same; chosen on the tune half, where
from here on none was wrong."""
_COUNTS, _USUAL_SPREAD = (1.0, 0.7), (0.10, 0.13)
"""What likeness in meaning and shared words count, and their usual spread."""
_LEAST_ALIKE = 4.0
"""What both come to, by their usual spread, at least: so far ahead of nothing is nothing."""
_TWICE = 0.85
"""Known questions that are as alike as this are one question that is known twice."""
_LOOKED_AT = 16
"""Members of a group whose pairs are judged when it is held against another."""
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
        self._texts, self._meant = texts, centred(vectors)
        self._terms: dict[int, Row] = {}
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

    def repeated(self, asked: Integers, known: Integers, lead: float = LEAD) -> Integers:
        """For each of the rows ``asked`` the one of the rows ``known`` that it asks again; -1 where none is ``lead``
        ahead of the next. Texts of any length: words are looked for in all of them."""
        if not len(known):
            return np.full(len(asked), -1, np.int64)
        words = WordIndex([self._terms_of(row) for row in known.tolist()])
        vectors = self._meant[known]
        found = np.full(len(asked), -1, np.int64)
        for at, row in enumerate(asked.tolist()):
            likenesses = (np.asarray(vectors @ self._meant[row], np.float32), words.scores(self._texts[row]))
            each = list(zip(_COUNTS, likenesses, _USUAL_SPREAD, strict=True))
            score = np.sum([weight * scaled(part, usual) for weight, part, usual in each], axis=0)
            best = int(np.argmax(score))
            if sum(weight * part[best] / usual for weight, part, usual in each) < _LEAST_ALIKE:
                continue
            others = score[vectors @ vectors[best] < _TWICE]
            if score[best] - others.max(initial=0.0) >= lead:
                found[at] = known[best]
        return found

    def _terms_of(self, row: int) -> Row:
        if row not in self._terms:
            self._terms[row] = text_terms(self._texts[row])
        return self._terms[row]

    def join(self, sure: float = SURE) -> Integers:
        """Labels (n): the same number for the same question, -1 for one that nobody else asked."""
        left, right = self.likely_pairs()
        chance = self.probability(left, right)
        kept = chance >= sure
        return linked(len(self._vectors), left[kept], right[kept], chance[kept], self.probability, sure)


def join(texts: Sequence[str], vectors: Floats, teacher: str = "", sure: float = SURE) -> Integers:
    """Labels (n) of ``texts`` (n) by their ``vectors`` (n, d): see :meth:`SameQuestions.join`."""
    return SameQuestions(texts, vectors, teacher).join(sure)


def linked(
    n: int,
    left: Integers,
    right: Integers,
    chance: Floats,
    judge: Callable[[Integers, Integers], Floats],
    sure: float,
) -> Integers:
    """Groups by average linkage (Sokal & Michener 1958), the surest pairs first. Edges ``left``, ``right`` (e) with
    ``chance``; ``judge`` gives the chance of any pairs of rows. Labels (n) from 0, -1 alone."""
    head, members = np.arange(n), {row: [row] for row in range(n)}
    apart: set[tuple[int, int, int, int]] = set()
    for at in np.lexsort((right, left, -chance)).tolist():
        a, b = sorted((int(head[left[at]]), int(head[right[at]])))
        sizes = len(members[a]), len(members[b])
        if a == b or (a, b, *sizes) in apart:
            continue
        if sum(sizes) > 2:
            one, other = (_some(members[group]) for group in (a, b))
            if float(judge(np.repeat(one, len(other)), np.tile(other, len(one))).mean()) < sure:
                apart.add((a, b, *sizes))
                continue
        keep, go = (a, b) if sizes[0] >= sizes[1] else (b, a)
        head[members[go]] = keep
        members[keep] += members.pop(go)
    return _numbered(head)


def _some(rows: Sequence[int]) -> Integers:
    every = np.asarray(rows, np.int64)
    return every if len(every) <= _LOOKED_AT else every[np.linspace(0, len(every) - 1, _LOOKED_AT).astype(np.int64)]


def _numbered(represented: Integers) -> Integers:
    """Heads of groups to labels from 0 in the order of first appearance; -1 for groups of one."""
    sizes = np.bincount(represented[represented >= 0], minlength=len(represented))
    number: dict[int, int] = {}
    found = np.full(len(represented), -1, np.int64)
    for row, head in enumerate(represented.tolist()):
        if head >= 0 and sizes[head] > 1:
            found[row] = number.setdefault(head, len(number))
    return found
