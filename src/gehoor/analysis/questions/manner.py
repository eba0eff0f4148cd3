"""Vectors of questions with less of how they are asked: formal or not, which language, long-winded or short.

Within-class covariance normalisation (Hatch et al. 2006): the directions in which rewordings of one question differ
most are shrunk. They were measured on the tune half of the benchmarks, for the bundled teacher; vectors of another one,
and of a student, are only centred.
"""

import json
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.embedding.teacher import normalised
from gehoor.analysis.needs.neighbours import centred

Floats = NDArray[np.float32]


@lru_cache(maxsize=1)
def _measured() -> tuple[str, Floats, Floats]:
    """The teacher's name, directions (k, d) of length 1, and what is left of each (k)."""
    found = json.loads((files("gehoor.analysis.questions") / "manner.json").read_text("utf-8"))
    return (
        found["teacher"],
        normalised(np.array(found["directions"], np.float32)),
        np.array(found["left"], np.float32),
    )


def without_manner(vectors: Floats, teacher: str = "") -> Floats:
    """(n, d) of length 1 -> the same, centred, with the manner of asking shrunk where ``teacher`` is the measured one.
    A row of zeros stays so."""
    name, directions, left = _measured()
    found = centred(vectors)
    if teacher != name or vectors.shape[1] != directions.shape[1]:
        return found
    return normalised(np.asarray(found - ((found @ directions.T) * (1 - left)) @ directions, np.float32))
