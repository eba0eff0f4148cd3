"""What a student sees of a text: its words, pairs of neighbouring words and pieces of words, as 64-bit hashes.

Pieces (runs of four letters) carry what inflected, compound and misspelt words have in common. Measured on held-back
texts, cosine with the teacher after centring, without and with them: clinc150 0.663 and 0.747, Dutch parliamentary
questions 0.479 and 0.599.

Only hashes are kept, and only of what at least five persons used, so that a student model tells nobody's words.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gehoor.kernel.patterns import regex

WORD = regex(r"[^\W\d_]+|\d+")
_PAIR = np.uint64(0x9E3779B97F4A7C15)
_PIECE = 4
MIN_PERSONS = 5
"""A feature that fewer persons used is dropped: it could tell who it was."""

Hashes = NDArray[np.uint64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Which feature occurs in which text: two equally long arrays, and how many texts there are."""

    rows: Integers
    hashes: Hashes
    n_texts: int


def word_hash(word: str) -> int:
    """64 bits that are the same on every machine and in every run."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def occurrences(texts: Sequence[str]) -> Occurrences:
    """Words, pairs and pieces of words in ``texts`` (lower-cased); equal ones in a text stand more than once."""
    known: dict[str, int] = {}
    words: list[int] = []
    lengths = np.zeros(len(texts), np.int64)
    for row, text in enumerate(texts):
        found = WORD.findall(text.lower())
        lengths[row] = len(found)
        words.extend([known.setdefault(word, len(known)) for word in found])
    rows, ids = np.repeat(np.arange(len(texts)), lengths), np.array(words, np.int64)
    hashes = np.array([word_hash(word) for word in known], np.uint64)[ids] if words else np.zeros(0, np.uint64)
    together = rows[1:] == rows[:-1]
    pairs = (hashes[:-1] * _PAIR + hashes[1:])[together]
    piece_rows, pieces = _pieces(list(known), rows, ids)
    return Occurrences(
        np.concatenate([rows, rows[1:][together], piece_rows]), np.concatenate([hashes, pairs, pieces]), len(texts)
    )


def _pieces(known: list[str], rows: Integers, ids: Integers) -> tuple[Integers, Hashes]:
    """The pieces of each word at its place: every run of ``_PIECE`` letters, a word's edges counted as letters."""
    cut = [[f"_{word}_"[at : at + _PIECE] for at in range(len(word) + 3 - _PIECE)] for word in known]
    table = {piece: word_hash(f"_{piece}") for pieces in cut for piece in pieces}
    flat = np.array([table[piece] for pieces in cut for piece in pieces], np.uint64)
    sizes = np.array([len(pieces) for pieces in cut], np.int64)
    starts = np.cumsum(sizes) - sizes
    each = sizes[ids]
    within = np.arange(int(each.sum())) - np.repeat(np.cumsum(each) - each, each)
    return np.repeat(rows, each), flat[np.repeat(starts[ids], each) + within]


def features_of_enough_persons(found: Occurrences, persons: Integers) -> Hashes:
    """The features that at least five persons used, sorted; ``persons`` (n) one id a text, -1 is one of their own."""
    somebody = np.where(persons < 0, -1 - np.arange(len(persons)), persons)
    _, person = np.unique(somebody, return_inverse=True)
    hashes, feature = np.unique(found.hashes, return_inverse=True)
    used = np.unique(feature.astype(np.int64) * len(persons) + person[found.rows])
    counts = np.bincount(used // max(1, len(persons)), minlength=len(hashes))
    kept: Hashes = hashes[counts >= MIN_PERSONS]
    return kept


def matrix(found: Occurrences, vocabulary: Hashes, weights: NDArray[np.float32]) -> csr_matrix:
    """(n, f) float32: presence times weight of each feature in ``vocabulary`` (sorted), each row of length 1."""
    at = np.minimum(np.searchsorted(vocabulary, found.hashes), len(vocabulary) - 1)
    known = vocabulary[at] == found.hashes
    rows, columns = found.rows[known], at[known]
    counts = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(found.n_texts, len(vocabulary)))
    counts.sum_duplicates()
    counts.data = weights[counts.indices]
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1))).ravel()
    counts.data /= np.repeat(np.maximum(lengths, 1e-12), np.diff(counts.indptr)).astype(np.float32)
    return counts
