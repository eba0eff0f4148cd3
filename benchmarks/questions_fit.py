"""Fits the numbers of ``gehoor.analysis.questions`` on the tune half of the benchmarks; writes them into the package.

    python benchmarks/questions_fit.py --data ../shared/data [--cache vectors.npz]

Manner: directions in which rewordings of one question differ (own questions, FAQ). Same: logistic regression over pairs
of near questions (own questions, Chamber), each source weighing the same; the manner is fitted without the fold whose
pairs are taken, so that the traits are as they will be for new questions. Finding: ``questions_chance.py``.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.questions_chance import fit_chance
from benchmarks.questions_data import Lines, Vectors, chamber, faq, own

import gehoor.analysis.questions as package
from gehoor.analysis.questions import fitted, manner
from gehoor.analysis.questions.same import SameQuestions

HERE = Path(package.__file__).parent
FOLDS, DIRECTIONS, STRENGTH = 5, 64, 5.0


def _fit_manner(groups: list[NDArray[np.float32]], teacher: str) -> None:
    apart = [(g - g.mean(axis=0)) / np.sqrt(len(g) - 1) for g in groups if len(g) > 1]
    every = np.concatenate(apart)
    spread, directions = np.linalg.eigh(every.T @ every / len(every))
    left = 1 / np.sqrt(STRENGTH * np.maximum(spread, 0) / (10 * spread.mean()) + 1)
    order = np.argsort(-spread)
    kept = order[:DIRECTIONS]
    found = {
        "teacher": teacher,
        "left": [round(float(part), 3) for part in left[kept] / left[order[DIRECTIONS:]].mean()],
        "directions": np.round(directions.T[kept] * 1000).astype(int).tolist(),
    }
    (HERE / "manner.json").write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")
    manner._measured.cache_clear()


def _groups(lines: Lines, vectors: Vectors, skip: int) -> list[NDArray[np.float32]]:
    every, keys, folds = vectors.embed(lines.texts), np.array(lines.keys), lines.folds(FOLDS)
    return [every[(keys == key) & (folds != skip)] for key in sorted(set(lines.keys))]


def _fit_all_manner(vectors: Vectors, skip: int = -1) -> None:
    groups = [group for lines in (own("tune"), faq("tune")) for group in _groups(lines, vectors, skip)]
    _fit_manner([group for group in groups if len(group)], vectors.name)


def _own_pairs(vectors: Vectors) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    lines, found, right = own("tune"), [], []
    keys, folds = np.array(lines.keys), lines.folds(FOLDS)
    for fold in range(FOLDS):
        _fit_all_manner(vectors, fold)
        same = SameQuestions(lines.texts, vectors.embed(lines.texts), vectors.name)
        a, b = same.likely_pairs()
        inside = (folds[a] == fold) & ((folds[b] == fold) | (keys[a] != keys[b]))
        found.append(same.traits(a[inside], b[inside]))
        right.append(keys[a[inside]] == keys[b[inside]])
    return np.concatenate(found), np.concatenate(right)


def _chamber_pairs(vectors: Vectors, data: Path) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    originals, lines = chamber(data, "tune")
    texts = originals.texts + [line.text for line in lines]
    same = SameQuestions(texts, vectors.embed(texts), vectors.name)
    a, b = same.likely_pairs()
    asked = (a < len(originals.texts)) & (b >= len(originals.texts))
    a, b = a[asked], b[asked]
    right = [
        lines[q - len(originals.texts)].same and originals.keys[p] == lines[q - len(originals.texts)].key
        for p, q in zip(a.tolist(), b.tolist(), strict=True)
    ]
    return same.traits(a, b), np.array(right)


def _regress(x: NDArray[np.float64], y: NDArray[np.bool_], w: NDArray[np.float64] | None, c: float) -> fitted.Fit:
    scale = x.std(axis=0) + 1e-9
    fit = LogisticRegression(C=c, max_iter=5_000).fit(x / scale, y, sample_weight=w)
    return {
        "constant": round(float(fit.intercept_[0]), 4),
        "weights": [round(float(weight), 4) for weight in fit.coef_[0] / scale],
    }


def main() -> None:
    """Fit everything and write it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--cache", type=Path)
    chosen = options.parse_args()
    vectors = Vectors(chosen.cache)
    mine, right = _own_pairs(vectors)
    _fit_all_manner(vectors)
    theirs, fit_right = _chamber_pairs(vectors, chosen.data)
    y = np.concatenate([right, fit_right])
    weight = np.concatenate([np.full(len(part), 1 / part.sum()) for part in (right, fit_right)])
    same = _regress(np.concatenate([mine, theirs]), y, weight * y.sum() / 2, 0.3)
    found = {"finding": fit_chance(vectors, chosen.data), "same": same}
    (HERE / "fitted.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found))
    vectors.save()


if __name__ == "__main__":
    main()
