"""Which questions are the same one, asked in many words: labels over all, and the nearest known for new ones.

How likely two questions are the same says :mod:`gehoor.analysis.questions.same`. What was answered speaks along: who
asked the same was told about the same things, also when the figures differ. So "how long may I use it" and "how long
until it is paid" stay apart, however much the questions are alike. And where each names something that its own answer
speaks of and the other pair of question and answer does not, these are two subjects, whatever else they share.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gehoor.analysis.needs.neighbours import centred, nearest
from gehoor.analysis.needs.words import content_words, lemma
from gehoor.analysis.questions.same import SameQuestions

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

SAME = 0.5
"""From here on two questions are the same: their chance to be, and how much more than usual their answers share."""
_USUAL = 0.3
"""How much the answers to two different questions of one field share."""
_LEAST = 0.15
"""Below this chance no answer makes two questions the same."""
_NEAR = 12
_SPREAD = 16
"""Members of a group that are looked at when it is held against another."""
_COLUMNS = 1 << 20
_LONGEST = 1_000
"""Characters of the answers to one question that are read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions as rows: ``texts``, ``vectors`` (n, d), and ``answers``: what was answered to each. ``teacher`` is the
    name of who made the vectors, "" for a student."""

    texts: Sequence[str]
    vectors: Floats
    answers: Sequence[str]
    teacher: str = ""


class _Likeness:
    """How much pairs of rows seem to be the same question."""

    def __init__(self, asked: Asked) -> None:
        self._same = SameQuestions(asked.texts, asked.vectors, asked.teacher)
        told = [text[:_LONGEST] for text in asked.answers]
        self._told = _bags(told)
        questions, answers = _words([*asked.texts]), _words(told)
        self._subject = _matrix([question & answer for question, answer in zip(questions, answers, strict=True)])
        self._named = _matrix([question | answer for question, answer in zip(questions, answers, strict=True)])

    def pairs(self) -> tuple[Integers, Integers]:
        """Rows that are near in meaning, each pair once."""
        return self._same.likely_pairs()

    def of_pairs(self, left: Integers, right: Integers) -> NDArray[np.float64]:
        """Of each pair; 0 for one that is unlikely whatever was answered."""
        chance = np.asarray(self._same.probability(left, right), np.float64)
        shared = np.asarray(self._told[left].multiply(self._told[right]).sum(axis=1)).ravel()
        return np.where((chance >= _LEAST) & ~self._apart(left, right), chance + shared - _USUAL, 0.0)

    def _apart(self, left: Integers, right: Integers) -> NDArray[np.bool_]:
        """Whether each of a pair has a subject that the other does not name."""
        one, other = self._subject[left], self._subject[right]
        in_other = np.asarray(one.multiply(self._named[right]).sum(axis=1)).ravel()
        in_one = np.asarray(other.multiply(self._named[left]).sum(axis=1)).ravel()
        return np.asarray((in_other < np.diff(one.indptr)) & (in_one < np.diff(other.indptr)), np.bool_)

    def of_groups(self, one: Integers, other: Integers) -> float:
        """Of two groups of rows: the mean chance of their pairs, and what all their answers share."""
        if self._groups_apart(one, other):
            return 0.0
        left, right = np.repeat(one, len(other)), np.tile(other, len(one))
        chance = float(np.asarray(self._same.probability(left, right)).mean())
        a, b = np.asarray(self._told[one].sum(axis=0)).ravel(), np.asarray(self._told[other].sum(axis=0)).ravel()
        lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
        return chance + (float(a @ b) / lengths if lengths else 0.0) - _USUAL

    def _groups_apart(self, one: Integers, other: Integers) -> bool:
        subject = [set(self._subject[rows].indices.tolist()) for rows in (one, other)]
        named = [set(self._named[rows].indices.tolist()) for rows in (one, other)]
        return bool(subject[0] - named[1]) and bool(subject[1] - named[0])


def _words(texts: Sequence[str]) -> list[set[str]]:
    return [set(map(lemma, content_words(text))) for text in texts]


def _matrix(words: Sequence[set[str]]) -> csr_matrix:
    """Which words each row has; a word has the same column in every matrix."""
    columns = [sorted({crc32(word.encode()) % _COLUMNS for word in row}) for row in words]
    edges = np.cumsum([0, *(len(row) for row in columns)])
    flat = np.array([column for row in columns for column in row], np.int32)
    return csr_matrix((np.ones(len(flat), np.float32), flat, edges), shape=(len(words), _COLUMNS))


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
    found.data /= np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(found.indptr))
    return found


def join(asked: Asked) -> Integers:
    """A label for each question: the same label is the same question.

    Average linkage over near neighbours: the likeliest pairs first, two groups become one while they are the same as
    groups, so that a chain of small differences joins nothing.
    """
    count = len(asked.texts)
    if count < 2:
        return np.zeros(count, np.int64)
    likeness = _Likeness(asked)
    left, right = likeness.pairs()
    likely = likeness.of_pairs(left, right)
    kept = np.flatnonzero(likely >= SAME)
    order = kept[np.lexsort((right[kept], left[kept], -likely[kept]))]
    label = np.arange(count)
    members = {row: [row] for row in range(count)}
    apart: set[tuple[int, int, int, int]] = set()
    for at in order.tolist():
        a, b = sorted((int(label[left[at]]), int(label[right[at]])))
        mark = a, b, len(members[a]), len(members[b])
        if a == b or mark in apart:
            continue
        if mark[2] + mark[3] > 2 and likeness.of_groups(_some(members[a]), _some(members[b])) < SAME:
            apart.add(mark)
            continue
        keep, go = (a, b) if mark[2] >= mark[3] else (b, a)
        label[members[go]] = keep
        members[keep] += members.pop(go)
    return np.unique(label, return_inverse=True)[1].astype(np.int64)


def _some(rows: Sequence[int]) -> Integers:
    every = np.asarray(rows, np.int64)
    return every if len(every) <= _SPREAD else every[np.linspace(0, len(every) - 1, _SPREAD).astype(np.int64)]


def assign(asked: Asked, known: Asked) -> Integers:
    """For each question the row of the known one that it repeats; -1 where none is alike enough."""
    if not len(asked.texts) or not len(known.texts):
        return np.full(len(asked.texts), -1, np.int64)
    together = Asked(
        [*known.texts, *asked.texts],
        np.concatenate([known.vectors, asked.vectors]),
        [*known.answers, *asked.answers],
        asked.teacher,
    )
    meant, n = centred(together.vectors), len(known.texts)
    near = nearest(meant[n:], meant[:n], min(_NEAR, n)).rows
    new = np.repeat(np.arange(n, n + len(asked.texts)), near.shape[1])
    likely = _Likeness(together).of_pairs(near.ravel(), new).reshape(near.shape)
    best = likely.argmax(axis=1)
    row = np.arange(len(near))
    return np.where(likely[row, best] >= SAME, near[row, best], -1)
