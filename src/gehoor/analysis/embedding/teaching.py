"""Teaching a student within a time: which texts the teacher reads, and for how long."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gehoor.analysis.embedding.e5 import Floats
from gehoor.analysis.embedding.features import Integers, occurrences
from gehoor.analysis.embedding.student import Student, teach
from gehoor.analysis.embedding.teacher import Teacher

_PORTION = 512
_MOST_TAUGHT = 6_000


@dataclass(frozen=True, slots=True)
class Taught:
    """``rows`` (t) of the given texts that the teacher read, their ``vectors`` (t, d), and the student or None.

    Without a student (too few texts, or words too rare) every text has to go to the teacher.
    """

    rows: Integers
    vectors: Floats
    student: Student | None


def teach_within(
    teacher: Teacher,
    texts: Sequence[str],
    persons: Integers,
    seconds: float,
    most: int = _MOST_TAUGHT,
    clock: Callable[[], float] = time.monotonic,
) -> Taught:
    """Let the teacher read the most telling of ``texts`` (n) for about ``seconds``, at most ``most``; fit a student.

    ``persons`` (n): see :func:`gehoor.analysis.embedding.student.teach`. How many are read depends on the machine; with
    ``seconds`` infinite it depends on ``most`` alone.
    """
    order = reading_order(texts, most)
    end = clock() + seconds
    parts: list[Floats] = []
    while len(parts) * _PORTION < len(order) and (not parts or clock() < end):
        portion = order[len(parts) * _PORTION : (len(parts) + 1) * _PORTION]
        parts.append(teacher.embed([texts[row] for row in portion.tolist()]))
    rows = order[: len(parts) * _PORTION]
    vectors = np.concatenate(parts) if parts else np.zeros((0, teacher.dimensions), np.float32)
    return Taught(rows, vectors, teach([texts[row] for row in rows.tolist()], vectors, persons[rows], teacher.name))


def reading_order(texts: Sequence[str], most: int) -> Integers:
    """Rows of at most ``most`` different texts, such that each beginning of the list is a fair and varied sample.

    Equal texts are read once. Of four times ``most`` drawn at random (fixed seed), those come first whose words are the
    least known yet: a text's worth is the sum over its words of 1/(1 + times seen), over the root of its length.
    """
    distinct: dict[str, int] = {}
    for row, text in enumerate(texts):
        if text.strip():
            distinct.setdefault(text.strip(), row)
    rows = np.fromiter(distinct.values(), np.int64, len(distinct))
    drawn = np.random.default_rng(0).permutation(rows)[: 4 * most]
    return _varied([texts[row] for row in drawn.tolist()], drawn)[:most]


def _varied(texts: Sequence[str], rows: Integers) -> Integers:
    """In rounds of four, each text against the three beside it: first those that bring most that is new."""
    found = occurrences(texts)
    _, feature = np.unique(found.hashes, return_inverse=True)
    order = np.lexsort((found.rows, feature))
    rank = np.arange(len(order)) - np.searchsorted(feature[order], feature[order])
    worth = np.bincount(found.rows[order], 1 / (1.0 + rank), len(texts))
    length = np.bincount(found.rows, minlength=len(texts))
    value = worth / np.sqrt(np.maximum(length, 1))
    quarter = max(1, -(-len(rows) // 4))
    place = np.arange(len(rows)) % quarter
    contest = np.lexsort((-value, place))
    within = np.empty(len(rows), np.int64)
    within[contest] = np.arange(len(rows)) - np.searchsorted(place[contest], place[contest])
    return rows[np.lexsort((place, within))]
