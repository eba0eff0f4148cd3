"""What two questions have in common and what only one of them names, for many pairs at once.

Words weigh by how rare they are among the questions at hand. A name counts as said by the other when a word there
begins as it does; years and numbers have to be the same.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gehoor.analysis.needs.sentences import sentences
from gehoor.analysis.questions.aspects import aspects
from gehoor.analysis.questions.words import COLUMNS, column, terms
from gehoor.kernel.patterns import regex

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

TRAITS = (
    "lead_of_one",
    "lead_of_other",
    "words_of_shorter",
    "words_of_longer",
    "words_of_shorter_if_long",
    "words_of_longer_if_long",
    "names_of_one",
    "names_shared",
    "numbers_of_one",
    "numbers_shared",
    "aspects_of_one",
    "aspects_shared",
)
_WORD = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = regex(r"\d+(?:[.,]\d+)*")
_BEGINS = 6
_LONG = 12
"""Different terms from which a question is long: in short ones about one subject, shared words say little."""
_AT_ONCE = 50_000
_MOST = 4.0
"""More names or numbers than this say no more."""


def _marked(rows: Iterable[Iterable[str]], n: int) -> csr_matrix:
    """(n, COLUMNS) with a 1 for each different item of a row."""
    found = [sorted({column(item) for item in row}) for row in rows]
    edges = np.concatenate([[0], np.cumsum([len(row) for row in found])]).astype(np.int64)
    columns = np.array([at for row in found for at in row], np.int32)
    return csr_matrix((np.ones(len(columns), np.float32), columns, edges), shape=(n, COLUMNS))


def names(text: str) -> set[str]:
    """Beginnings of words that are written as a name is: with a capital within a sentence, or in capitals."""
    found = set()
    for start, end in sentences(text):
        for at, word in enumerate(_WORD.findall(text[start:end])):
            if len(word) > 1 and (word.isupper() or (at > 0 and word[0].isupper())):
                found.add(word.lower()[:_BEGINS])
    return found


def _numbers(text: str) -> set[str]:
    return {number for number in _NUMBER.findall(text) if len(number) > 1}


def _rarity(marked: csr_matrix) -> Floats:
    frequency = np.bincount(marked.indices, minlength=marked.shape[1])
    return np.asarray(np.log1p((marked.shape[0] - frequency + 0.5) / (frequency + 0.5)), np.float32)


class Alignment:
    """Questions side by side. ``vectors`` (n, d) of length 1, as pairs are compared in meaning."""

    def __init__(self, texts: Sequence[str], vectors: Floats, usual: Floats) -> None:
        """``usual`` (n): how alike in meaning each is to those that are near it but not the nearest."""
        n = len(texts)
        self._vectors, self._usual = vectors, usual
        self._terms = _marked((terms(text) for text in texts), n)
        self._rare, self._n_terms = _rarity(self._terms), _count(self._terms)
        self._weight = np.asarray(self._terms @ self._rare, np.float32)
        self._names = _marked((names(text) for text in texts), n)
        words = ({word[:_BEGINS] for word in _WORD.findall(text.lower())} for text in texts)
        self._words = _marked(words, n)
        self._numbers = _marked((_numbers(text) for text in texts), n)
        self._aspects = aspects(list(texts))

    def traits(self, left: Integers, right: Integers) -> NDArray[np.float64]:
        """float64 (pairs, TRAITS), the same when left and right change places."""
        starts = range(0, len(left), _AT_ONCE)
        parts = [self._traits(left[at : at + _AT_ONCE], right[at : at + _AT_ONCE]) for at in starts]
        return np.concatenate([np.zeros((0, len(TRAITS))), *parts])

    def _traits(self, left: Integers, right: Integers) -> NDArray[np.float64]:
        shared = np.asarray(self._terms[left].multiply(self._terms[right]) @ self._rare).ravel()
        lighter = np.minimum(self._weight[left], self._weight[right])
        heavier = np.maximum(self._weight[left], self._weight[right])
        long = np.minimum(self._n_terms[left], self._n_terms[right]) >= _LONG
        named = _count(self._names[left]) + _count(self._names[right])
        said = _count(self._names[left].multiply(self._words[right]))
        said += _count(self._names[right].multiply(self._words[left]))
        numbers = _count(self._numbers[left]) + _count(self._numbers[right])
        same_numbers = _count(self._numbers[left].multiply(self._numbers[right]))
        asked, also = self._aspects[left], self._aspects[right]
        alike = np.einsum("nd,nd->n", self._vectors[left], self._vectors[right])
        leads = np.sort(np.stack([alike - self._usual[left], alike - self._usual[right]]), axis=0)
        columns = [
            leads[0],
            leads[1],
            shared / np.maximum(lighter, 1e-9),
            shared / np.maximum(heavier, 1e-9),
            long * shared / np.maximum(lighter, 1e-9),
            long * shared / np.maximum(heavier, 1e-9),
            np.minimum(named - said, _MOST),
            np.minimum(said / 2, _MOST),
            np.minimum(numbers - 2 * same_numbers, _MOST),
            np.minimum(same_numbers, _MOST),
            np.minimum(np.abs(asked - also).sum(axis=1), _MOST),
            np.minimum((asked * also).sum(axis=1), _MOST),
        ]
        return np.stack(columns, axis=1).astype(np.float64)


def _count(marked: csr_matrix) -> Floats:
    return np.asarray(marked.sum(axis=1), np.float32).ravel()
