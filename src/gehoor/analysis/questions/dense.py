"""Likeness in meaning of vectors to many entries, after what all texts of a kind have in common is taken away."""

from collections.abc import Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.embedding.teacher import Teacher, normalised
from gehoor.analysis.questions.entries import Field

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_WEIGHT_OF_COMMON = 10
"""So many entries have to stand in the book before their own mean counts as much as that of askings."""


def common_asking(teacher: Teacher) -> Floats:
    """The mean vector of people asking about anything, float32 (d); some thirty short texts are embedded for it."""
    lines = (files("gehoor.analysis.questions") / "lexicon" / "askings.txt").read_text("utf-8").splitlines()
    vectors = teacher.embed([line for line in lines if line.strip() and not line.startswith("#")])
    return np.asarray(vectors.mean(axis=0), np.float32)


class _Kind:
    """The vectors of one kind of text, less their mean, and whose they are."""

    def __init__(self, vectors: Floats, owners: Integers, common: Floats, usual: "_Kind | None") -> None:
        """``usual``: whose mean to take away; its own, with some of ``common``, when None."""
        own = (vectors.sum(axis=0) + _WEIGHT_OF_COMMON * common) / (len(vectors) + _WEIGHT_OF_COMMON)
        self.mean: Floats = np.asarray(own, np.float32) if usual is None else usual.mean
        self._vectors = normalised(np.asarray(vectors - self.mean, np.float32))
        self._starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]]) if len(owners) else np.zeros(0, np.int64)
        self.owners = owners[self._starts]

    def largest(self, asked: Floats) -> Floats:
        """(q, d) -> (owners, q): the largest cosine of each owner's vectors."""
        if not len(self.owners):
            return np.zeros((0, len(asked)), np.float32)
        return np.asarray(np.maximum.reduceat(self._vectors @ asked.T, self._starts, axis=0), np.float32)


class DenseIndex:
    """Cosines with the question (or the nearest phrasing) of every entry, and with its nearest passage."""

    def __init__(
        self,
        vectors: Sequence[NDArray[np.floating]],
        fields: Sequence[NDArray[np.int8]],
        common: Floats,
        usual: "DenseIndex | None" = None,
    ) -> None:
        """One array (texts of the entry, d) and one (texts of the entry) of :class:`Field` an entry; common (d).
        ``usual``: the large index that this one stands beside, so that cosines of both can be compared."""
        every, kinds = np.concatenate(vectors).astype(np.float32), np.concatenate(fields)
        owners = np.repeat(np.arange(len(vectors)), [len(part) for part in vectors])
        passage = kinds == Field.PASSAGE
        self._common, self._n = common, len(vectors)
        beside = (None, None) if usual is None else (usual.questions, usual.passages)
        self.questions: _Kind = _Kind(every[~passage], owners[~passage], common, beside[0])
        self.passages: _Kind = _Kind(every[passage], owners[passage], common, beside[1])

    def scores(self, vectors: Floats) -> tuple[Floats, Floats]:
        """(q, d) as the teacher gave them -> (q, entries) by question, and by passage: without one, by question."""
        asked = normalised(np.asarray(vectors - self._common, np.float32))
        by_question = self.questions.largest(asked).T
        by_passage = by_question.copy()
        by_passage[:, self.passages.owners] = self.passages.largest(asked).T
        return by_question, by_passage
