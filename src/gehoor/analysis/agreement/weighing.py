"""Small linear models: what speaks for what, as numbers in ``weights/*.json`` that anyone can read.

Multinomial logistic regression with an L2 penalty, fitted by ``benchmarks/fit_agreement.py`` on labelled lines; a file
that lacks a feature gives it no weight.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp


@dataclass(frozen=True, slots=True)
class Weights:
    """``classes`` in order; ``bias`` and each of ``weights`` hold one number a class."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def shares(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each class is; together 1."""
        scores = list(self.bias)
        for name, value in features.items():
            of = self.weights.get(name)
            if of is not None:
                for at, weight in enumerate(of):
                    scores[at] += weight * value
        highest = max(scores)
        parts = [exp(score - highest) for score in scores]
        whole = sum(parts)
        return {name: part / whole for name, part in zip(self.classes, parts, strict=True)}


@lru_cache(maxsize=8)
def weights(name: str) -> Weights:
    """The model of ``weights/<name>.json``."""
    kept = json.loads((files("gehoor.analysis.agreement") / "weights" / f"{name}.json").read_text("utf-8"))
    return Weights(
        tuple(kept["classes"]), tuple(kept["bias"]), {name: tuple(of) for name, of in kept["weights"].items()}
    )
