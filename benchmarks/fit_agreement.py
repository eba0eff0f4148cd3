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
from gehoor.analysis.agreement.context import read_clauses
from gehoor.analysis.agreement.lexicon import plain
from gehoor.analysis.agreement.pairing import Pairing
from gehoor.analysis.agreement.polarity import signs_of
from gehoor.analysis.agreement.questions import read_question
from gehoor.analysis.agreement.settling import traits
from gehoor.analysis.agreement.stance import features
from gehoor.analysis.agreement.statement import question_of
from gehoor.analysis.agreement.weighing import Weights

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
    rows, labels, ids = [], [], []
    for line in read("pairs*.jsonl"):
        a, b = (Statement.of(line[side], line["question"]) for side in "ab")
        if compare(a, b).verdict is not Verdict.CONTRADICT:
            asked = question_of(a)
            rows.append(traits(a, b, asked, Pairing(a, b, asked)))
            labels.append(line["label"] if line["label"] in ("agree", "differ") else "cannot_tell")
            ids.append(line["id"])
    return rows, labels, ids


def stance() -> Learnt:
    """Features, labels and ids of the answers to questions for yes or no. Where the question is itself denied, yes and
    no change places: what is learnt is whether the thing itself holds."""
    found, labels, ids = [], [], []
    for line in read("yes_no_*.jsonl"):
        question, said = read_question(line["question"]), plain(line["answer"])
        if question.frame is None:
            continue
        clauses = read_clauses(said)
        signs = [(each.sign, each.weight, each.open) for each in signs_of(said, clauses, question)]
        found.append(features(said, clauses, question, signs))
        labels.append(_TURNED.get(line["label"], line["label"]) if question.denied else line["label"])
        ids.append(line["id"])
    return found, labels, ids


_TURNED = {"yes": "no", "no": "yes"}
MODELS: dict[str, tuple[Callable[[], Learnt], float, int]] = {
    "stance": (stance, 0.2, 3),
    "settling": (settling, 0.1, 1),
}
"""Of each model: its lines, the weight of the data against the penalty, and how often a feature has to occur."""


def fitted(rows: list[dict[str, float]], labels: list[str], weight: float, least: int) -> dict[str, object]:
    """The weights of features as they are; few features that all occur are learnt on as if of equal spread."""
    vectorizer = DictVectorizer(sparse=False)
    table = vectorizer.fit_transform(rows)
    spread = table.std(axis=0) if least == 1 else np.ones(table.shape[1])
    kept = (table.std(axis=0) > 0) & ((table != 0).sum(axis=0) >= least)
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
    shares = Weights(tuple(model["classes"]), tuple(model["bias"]), model["weights"]).shares(row)
    return max(shares, key=lambda name: shares[name])


if __name__ == "__main__":
    main()
