"""Which questions are the same one, asked in many words: labels over all, and the nearest known for new ones."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gehoor.analysis.needs.neighbours import centred, nearest, neighbours
from gehoor.analysis.needs.words import content_words, lemma

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_NEAR = 12
_SAME = 0.46
"""Likeness (0 to 1) from which two questions are taken for the same."""
_SPREAD = 24
"""Members of a group that are looked at when it is held against another."""
_KNOWN_LIKENESS = 0.52


@dataclass(frozen=True, slots=True)
class Material:
    """Questions as rows: what they mean (rows of length 1), and their words, weighed by how rare they are."""

    meant: Floats
    words: csr_matrix

    def likeness(self, one: Integers, other: Integers) -> NDArray[np.float64]:
        """Of each pair of rows, from 0 to 1."""
        meant = np.einsum("nd,nd->n", self.meant[one], self.meant[other])
        shared = np.asarray(self.words[one].multiply(self.words[other]).sum(axis=1)).ravel()
        return np.asarray(0.5 * np.clip(meant, 0.0, 1.0) + 0.5 * shared, np.float64)


def material(texts: Sequence[str], vectors: Floats) -> Material:
    """``vectors`` (n, d) as the model made them."""
    return Material(centred(vectors), _bags(texts))


def _bags(texts: Sequence[str]) -> csr_matrix:
    """Lemmas of each text by idf, rows of length 1."""
    bags = [Counter(map(lemma, content_words(text))) for text in texts]
    within = Counter(word for bag in bags for word in bag)
    number = {word: at for at, word in enumerate(sorted(within))}
    weight = {word: math.log((1 + len(texts)) / (1 + n)) + 0.1 for word, n in within.items()}
    rows = [row for row, bag in enumerate(bags) for _ in bag]
    columns = [number[word] for bag in bags for word in bag]
    values = np.array([weight[word] for bag in bags for word in bag], np.float64)
    found = csr_matrix((values, (rows, columns)), shape=(len(texts), max(1, len(number))))
    lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    scale = csr_matrix((1 / np.where(lengths > 0, lengths, 1.0), (range(len(texts)), range(len(texts)))))
    return csr_matrix(scale @ found)


def join(texts: Sequence[str], vectors: Floats) -> Integers:
    """A label for each question: the same label is the same question. Average linkage over near neighbours: the
    likeliest pairs first, two groups become one while their members are alike on average."""
    if len(texts) < 2:
        return np.zeros(len(texts), np.int64)
    known = material(texts, vectors)
    near = neighbours(known.meant, _NEAR)
    one = np.repeat(np.arange(len(texts)), near.rows.shape[1])
    other = near.rows.ravel()
    likely = known.likeness(one, other)
    kept = np.flatnonzero(likely >= _SAME)
    order = kept[np.lexsort((other[kept], one[kept], -likely[kept]))]
    label = np.arange(len(texts))
    members = {row: [row] for row in range(len(texts))}
    for at in order.tolist():
        a, b = int(label[one[at]]), int(label[other[at]])
        if a == b or (len(members[a]) + len(members[b]) > 2 and _apart(known, members[a], members[b])):
            continue
        keep, go = (a, b) if len(members[a]) >= len(members[b]) else (b, a)
        label[members[go]] = keep
        members[keep] += members.pop(go)
    return np.unique(label, return_inverse=True)[1].astype(np.int64)


def _apart(known: Material, a: Sequence[int], b: Sequence[int]) -> bool:
    some_a, some_b = _some(a), _some(b)
    one, other = np.repeat(some_a, len(some_b)), np.tile(some_b, len(some_a))
    return float(known.likeness(one, other).mean()) < _SAME * 0.85


def _some(rows: Sequence[int]) -> Integers:
    every = np.asarray(rows, np.int64)
    return every if len(every) <= _SPREAD else every[np.linspace(0, len(every) - 1, _SPREAD).astype(np.int64)]


def assign(texts: Sequence[str], vectors: Floats, known_texts: Sequence[str], known_vectors: Floats) -> Integers:
    """For each question the row of the known one that it repeats; -1 where none is alike enough."""
    if not len(texts) or not len(known_texts):
        return np.full(len(texts), -1, np.int64)
    together = material([*known_texts, *texts], np.concatenate([known_vectors, vectors]))
    n = len(known_texts)
    near = nearest(together.meant[n:], together.meant[:n], min(_NEAR, n))
    one = np.repeat(np.arange(n, n + len(texts)), near.rows.shape[1])
    likely = together.likeness(one, near.rows.ravel()).reshape(near.rows.shape)
    best = likely.argmax(axis=1)
    found = near.rows[np.arange(len(texts)), best]
    return np.where(likely[np.arange(len(texts)), best] >= _KNOWN_LIKENESS, found, -1)
