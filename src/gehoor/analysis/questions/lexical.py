"""Likeness in words of a text to many entries: BM25 over terms, cosine over pieces of words.

BM25: Robertson & Zaragoza 2009; the fields of an entry are added before saturation, as BM25F does. Pieces: cosine of
(1 + ln f) idf, against typing errors and forms that no dictionary knows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from gehoor.analysis.questions.entries import Entry
from gehoor.analysis.questions.words import COLUMNS, column, pieces, terms

Floats = NDArray[np.float32]

_SATURATION, _LENGTH = 1.2, 0.6
_QUESTION_COUNTS = 3.0
"""A word in the question counts as often as so many in the answer."""
_MOST = 2.0
"""A word that was asked more often counts as so many."""


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one entry by column, ascending."""

    columns: NDArray[np.int32]
    counts: Floats


def _row(counts: Mapping[str, float]) -> Row:
    found: dict[int, float] = {}
    for term, count in counts.items():
        at = column(term)
        found[at] = found.get(at, 0.0) + count
    ordered = sorted(found.items())
    return Row(np.array([at for at, _ in ordered], np.int32), np.array([count for _, count in ordered], np.float32))


def _most(counters: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The largest count of each term, so that many phrasings do not make an entry long."""
    found: dict[str, float] = {}
    for counter in counters:
        for term, count in counter.items():
            found[term] = max(found.get(term, 0.0), count)
    return found


def text_terms(text: str) -> Row:
    """Terms of one text."""
    return _row(terms(text))


def entry_terms(entry: Entry) -> Row:
    """Terms of an entry, those of its question weighing more."""
    asked = _most(terms(text) for text in (entry.question, *entry.phrasings))
    total = terms(entry.answer)
    for term, count in asked.items():
        total[term] = total.get(term, 0) + _QUESTION_COUNTS * count
    return _row(total)


def entry_pieces(entry: Entry) -> Row:
    """Pieces of words of an entry."""
    counts = Counter(pieces(entry.answer))
    counts.update({piece: int(n) for piece, n in _most(map(pieces, (entry.question, *entry.phrasings))).items()})
    return _row(counts)


def _together(rows: Sequence[Row]) -> csr_matrix:
    edges = np.concatenate([[0], np.cumsum([len(row.columns) for row in rows])]).astype(np.int64)
    columns = np.concatenate([np.zeros(0, np.int32), *(row.columns for row in rows)])
    counts = np.concatenate([np.zeros(0, np.float32), *(row.counts for row in rows)])
    return csr_matrix((counts, columns, edges), shape=(len(rows), COLUMNS))


class _Rarity:
    """How rare every column is among many entries."""

    def __init__(self, counts: csr_matrix) -> None:
        self._n = counts.shape[0]
        self._frequency = np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.int32)

    def of(self, columns: NDArray[np.int32]) -> Floats:
        n = self._frequency[columns]
        return np.asarray(np.log1p((self._n - n + 0.5) / (n + 0.5)), np.float32)


class _Postings:
    """Entries by column, weighted."""

    def __init__(self, weighted: csr_matrix) -> None:
        self._n = weighted.shape[0]
        self._by_column: csc_matrix = weighted.tocsc()

    def add_up(self, columns: NDArray[np.int32], weights: Floats) -> Floats:
        """Sum over columns of weight times what the entries have there, float32 (entries)."""
        found, table = np.zeros(self._n, np.float32), self._by_column
        for at, weight in zip(columns.tolist(), weights.tolist(), strict=True):
            inside = slice(table.indptr[at], table.indptr[at + 1])
            found[table.indices[inside]] += weight * table.data[inside]
        return found


class WordIndex:
    """BM25 of the terms of a text, as a share of what it could reach: 0 for no shared word."""

    def __init__(self, rows: Sequence[Row], usual: "WordIndex | None" = None) -> None:
        """``usual``: the large index that this one stands beside; words are as rare, and entries as long, as there."""
        counts = _together(rows)
        lengths = np.asarray(counts.sum(axis=1), np.float32).ravel()
        self.rarity: _Rarity = _Rarity(counts) if usual is None else usual.rarity
        self.length: float = max(float(lengths.mean()), 1e-9) if usual is None else usual.length
        of_row = np.repeat(lengths / self.length, np.diff(counts.indptr))
        limit = _SATURATION * (1 - _LENGTH + _LENGTH * of_row)
        counts.data = counts.data * (_SATURATION + 1) / (counts.data + limit)
        self._postings = _Postings(counts)

    def scores(self, text: str) -> Floats:
        """float32 (entries)."""
        asked = _row(terms(text))
        weights = self.rarity.of(asked.columns) * np.minimum(asked.counts, _MOST)
        return np.asarray(self._postings.add_up(asked.columns, weights) / max(float(weights.sum()), 1e-9), np.float32)


class PieceIndex:
    """Cosine of the pieces of words of a text with those of every entry."""

    def __init__(self, rows: Sequence[Row], usual: "PieceIndex | None" = None) -> None:
        """``usual``: as for :class:`WordIndex`."""
        counts = _together(rows)
        self.rarity: _Rarity = _Rarity(counts) if usual is None else usual.rarity
        weights = (1 + np.log(np.maximum(counts.data, 1))) * self.rarity.of(counts.indices)
        counts.data = np.asarray(weights, np.float32)
        lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1), np.float32).ravel())
        counts.data = counts.data / np.repeat(np.maximum(lengths, 1e-9), np.diff(counts.indptr))
        self._postings = _Postings(counts)

    def scores(self, text: str) -> Floats:
        """float32 (entries)."""
        asked = _row(pieces(text))
        weights = (1 + np.log(np.maximum(asked.counts, 1))) * self.rarity.of(asked.columns)
        length = max(float(np.sqrt((weights * weights).sum())), 1e-9)
        return self._postings.add_up(asked.columns, np.asarray(weights / length, np.float32))
