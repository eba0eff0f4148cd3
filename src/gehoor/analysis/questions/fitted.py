"""Numbers that were fitted on the tune half of the benchmarks; ``benchmarks/questions.py --fit`` writes them."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import TypedDict


class Fit(TypedDict):
    """A logistic regression: its constant, and a weight for each trait in the order of the code that uses it."""

    constant: float
    weights: list[float]


@lru_cache(maxsize=8)
def numbers(name: str) -> Fit:
    """The fit of that name in ``fitted.json``."""
    every: dict[str, Fit] = json.loads((files("gehoor.analysis.questions") / "fitted.json").read_text("utf-8"))
    return every[name]
