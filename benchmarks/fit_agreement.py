"""Fit the two small models of agreement on labelled lines and write their weights into the package.

    python benchmarks/fit_agreement.py [settling] [stance] [--try]

Only lines with "set": "tune" are read. ``settling`` learns agree, differ or cannot tell from the pairs of answers that
do not clash; ``stance`` learns whether an answer says yes, no, that it depends, or neither, from ``yes_no_*.jsonl``.
Printed is how often each is right on a tenth that it did not learn from (ten times, by id). ``--try`` writes nothing.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import gehoor.analysis.agreement as package
from gehoor.analysis.agreement import Statement, Verdict, compare
from gehoor.analysis.agreement.pairing import Pairing
from gehoor.analysis.agreement.settling import traits
from gehoor.analysis.agreement.statement import question_of

ROOT = Path(__file__).parent / "answers"
PACKAGE = Path(package.__file__).parent / "weights"
FOLDS = 10
Line = dict[str, str]
Learnt = tuple[list[dict[str, float]], list[str], list[str]]


def read(pattern: str) -> list[Line]:
    """The tune lines of all files that fit a pattern."""
    lines = [json.loads(line) for file in sorted(ROOT.glob(pattern)) for line in file.read_text("utf-8").splitlines()]
    return [line for line in lines if line["set"] == "tune"]


def settling() -> Learnt:
    """Traits, labels and ids of the pairs that do not clash; a clash that was missed is one that nobody can tell."""
    features, labels, ids = [], [], []
    for line in read("pairs*.jsonl"):
        a, b = (Statement.of(line[side], line["question"]) for side in "ab")
        if compare(a, b).verdict is not Verdict.CONTRADICT:
            asked = question_of(a)
            features.append(traits(a, b, asked, Pairing(a, b, asked)))
            labels.append(line["label"] if line["label"] in ("agree", "differ") else "cannot_tell")
            ids.append(line["id"])
    return features, labels, ids


MODELS: dict[str, tuple[Callable[[], Learnt], float, int]] = {"settling": (settling, 0.1, 1)}
"""Of each model: its lines, the weight of the data against the penalty, and how often a feature has to occur."""


def fitted(rows: list[dict[str, float]], labels: list[str], weight: float, least: int) -> dict[str, object]:
    """The weights of features as they are; they are learnt on features of equal spread."""
    vectorizer = DictVectorizer(sparse=False)
    table = vectorizer.fit_transform(rows)
    spread = table.std(axis=0)
    kept = (spread > 0) & ((table != 0).sum(axis=0) >= least)
    middle, spread = table.mean(axis=0)[kept], np.where(spread[kept] > 0, spread[kept], 1.0)
    model = LogisticRegression(C=weight, max_iter=4_000).fit((table[:, kept] - middle) / spread, labels)
    weights = model.coef_ / spread
    bias = model.intercept_ - weights @ middle
    names = vectorizer.get_feature_names_out()[kept]
    return {
        "classes": list(model.classes_),
        "bias": [round(float(each), 4) for each in bias],
        "weights": {
            str(name): [round(float(each), 4) for each in row] for name, row in zip(names, weights.T, strict=True)
        },
    }


def main() -> None:
    """Fit what was asked for."""
    wanted = [name for name in MODELS if name in sys.argv[1:]] or list(MODELS)
    for name in wanted:
        gather, weight, least = MODELS[name]
        rows, labels, ids = gather()
        print(
            name,
            len(rows),
            "lines; right on lines not learnt from:",
            f"{held_out(rows, labels, ids, weight, least):.3f}",
        )
        if "--try" not in sys.argv:
            model = fitted(rows, labels, weight, least)
            (PACKAGE / f"{name}.json").write_text(json.dumps(model, ensure_ascii=False, indent=0) + "\n", "utf-8")


def held_out(rows: list[dict[str, float]], labels: list[str], ids: list[str], weight: float, least: int) -> float:
    """The share that is right, each line judged by weights that were learnt without its tenth."""
    right = 0
    for fold in range(FOLDS):
        out = [crc32(each.encode()) % FOLDS == fold for each in ids]
        model = fitted([r for r, o in zip(rows, out, strict=True) if not o],
                       [y for y, o in zip(labels, out, strict=True) if not o], weight, least)  # fmt: skip
        right += sum(best(model, row) == label for row, label, o in zip(rows, labels, out, strict=True) if o)
    return right / len(rows)


def best(model: dict[str, object], row: dict[str, float]) -> str:
    """The most likely class."""
    weighed = package.weighing.Weights(tuple(model["classes"]), tuple(model["bias"]), model["weights"])  # type: ignore[arg-type,attr-defined]
    shares = weighed.shares(row)
    return max(shares, key=lambda name: shares[name])


if __name__ == "__main__":
    main()
