"""The student: a ridge regression from words, pairs and pieces of words to the teacher's vectors; far quicker.

Ridge regression: Hoerl & Kennard 1970. Weights of features: smoothed inverse document frequency, ln((1+n)/(1+df)) + 1
(as in scikit-learn). With fewer texts than features it is solved in its dual form, (X X' + aI) c = Y, W = X' c.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gehoor.analysis.embedding.e5 import Floats
from gehoor.analysis.embedding.features import (
    Hashes,
    Integers,
    features_of_enough_persons,
    matrix,
    occurrences,
)
from gehoor.analysis.embedding.teacher import normalised
from gehoor.kernel.errors import Damaged

ENOUGH_FEATURES = 50
"""With fewer features of five persons a student knows too little; let the teacher do everything."""
_PENALTIES = (0.3, 0.8, 2.0)
_HELD_BACK = 0.1
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Student:
    """What was learned. ``features`` (f) sorted hashes, ``weights`` (f), ``mean`` (d), ``coefficients`` (f, d).

    ``agreement`` is the mean cosine with the teacher, after centring on the teacher's mean is undone, on ``held_back``
    texts that a first fit had not seen.
    """

    teacher: str
    features: Hashes
    weights: NDArray[np.float32]
    mean: Floats
    coefficients: Floats
    agreement: float
    held_back: int
    taught: int

    def embed(self, texts: Sequence[str]) -> Floats:
        """(n) texts -> float32 (n, d), rows of length 1; an empty text gives zeros, one of unknown words the mean."""
        parts = [self._embed(texts[start : start + _AT_ONCE]) for start in range(0, len(texts), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.mean)), np.float32)

    def _embed(self, texts: Sequence[str]) -> Floats:
        x = matrix(occurrences(texts), self.features, self.weights)
        vectors = normalised(np.asarray(x @ self.coefficients + self.mean, np.float32))
        vectors[[not text.strip() for text in texts]] = 0.0
        return vectors

    def save(self, path: Path) -> None:
        """Write as .npz, whole or not at all."""
        part = path.with_name(path.name + ".part")
        with part.open("wb") as file:
            np.savez(
                file,
                teacher=np.array(self.teacher),
                features=self.features,
                weights=self.weights,
                mean=self.mean,
                coefficients=self.coefficients.astype(np.float16),
                measured=np.array([self.agreement, self.held_back, self.taught], np.float64),
            )
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Student":
        """Read what :meth:`save` wrote. Raises Damaged, FileNotFoundError."""
        try:
            with path.open("rb") as handle, np.load(handle, allow_pickle=False) as file:
                agreement, held_back, taught = file["measured"].tolist()
                return cls(
                    teacher=str(file["teacher"]),
                    features=file["features"],
                    weights=file["weights"],
                    mean=file["mean"],
                    coefficients=file["coefficients"].astype(np.float32),
                    agreement=agreement,
                    held_back=int(held_back),
                    taught=int(taught),
                )
        except (ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
            raise Damaged(what="student model", why="not what was saved") from error


def teach(texts: Sequence[str], vectors: Floats, persons: Integers, teacher: str = "") -> Student | None:
    """Learn to embed as the teacher did.

    ``texts`` (n), ``vectors`` (n, d) of length 1, ``persons`` (n) one id a text, -1 for an anonymous one. A feature
    that fewer than five persons used is dropped; None if fewer than ``ENOUGH_FEATURES`` remain: use the teacher.
    """
    found = occurrences(texts)
    features = features_of_enough_persons(found, persons)
    if len(features) < ENOUGH_FEATURES:
        return None
    x = matrix(found, features, np.ones(len(features), np.float32))
    weights = _idf(x)
    x = matrix(found, features, weights)
    penalty, agreement, held_back = _choose_penalty(x, vectors)
    mean = vectors.mean(axis=0)
    (coefficients,) = ridge(x, vectors - mean, (penalty,))
    return Student(teacher, features, weights, mean, coefficients, agreement, held_back, len(texts))


def _idf(x: csr_matrix) -> NDArray[np.float32]:
    frequency = np.bincount(x.indices, minlength=x.shape[1])
    return np.asarray(np.log((1 + x.shape[0]) / (1 + frequency)) + 1, np.float32)


def _choose_penalty(x: csr_matrix, vectors: Floats) -> tuple[float, float, int]:
    """The penalty of best agreement on a tenth held back, that agreement, and how many were held back."""
    back = np.random.default_rng(0).random(x.shape[0]) < _HELD_BACK
    if not back.any() or back.all():
        return _PENALTIES[1], float("nan"), 0
    mean = vectors[~back].mean(axis=0)
    fits = ridge(x[~back], vectors[~back] - mean, _PENALTIES)
    cosines = [float((normalised(x[back] @ fit + mean) * vectors[back]).sum(axis=1).mean()) for fit in fits]
    best = int(np.argmax(cosines))
    return _PENALTIES[best], cosines[best], int(back.sum())


def ridge(x: csr_matrix, y: Floats, penalties: Sequence[float]) -> list[Floats]:
    """Coefficients (f, d) of least ``|xw - y|^2 + penalty |w|^2`` for each penalty; ``x`` (n, f), ``y`` (n, d)."""
    dual = x.shape[0] < x.shape[1]
    gram = np.asarray((x @ x.T if dual else x.T @ x).todense(), np.float32)
    right = y if dual else np.asarray(x.T @ y, np.float32)
    found = []
    for penalty in penalties:
        system = gram.copy()
        system[np.diag_indices_from(system)] += np.float32(penalty)
        from scipy.linalg import cho_factor, cho_solve  # heavy to import; only a computation needs it

        solved = cho_solve(cho_factor(system, lower=True, overwrite_a=True, check_finite=False), right)
        found.append(np.asarray(x.T @ solved if dual else solved, np.float32))
    return found
