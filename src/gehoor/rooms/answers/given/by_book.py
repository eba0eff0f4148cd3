"""The answer book joins questions: whatever surely asks what one entry answers, asks the same.

Customers put one question in thirty wordings, of which many share no word, and often only what went before says what
"how much may that be?" is about. What was answered says it too. So an entry is looked for with the question alone, and
with question and answer together; only what the book does not know is joined by likeness alone.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from gehoor.rooms.answers.book.index import Hit, find_answers
from gehoor.rooms.answers.given.entries import SURE
from gehoor.rooms.answers.models import Answer

Integers = NDArray[np.int64]

MOST = 3_000
"""So many different questions are looked up in the book at a time, those of the largest groups first."""
_ALONE = 0.85
"""How probable it has to be by the question alone."""
_HALF = 0.5
_OF_A_GROUP = 3
_ASKED, _TOLD = 200, 300
"""Characters of a question and of its answer that are looked up together."""


def entry_for(asked: str, told: str) -> Answer | None:
    """The entry that surely is about what was asked and answered: by the question alone, by both together, or because
    each by itself points to it."""
    alone = _first(asked)
    if alone is not None and alone.probability >= _ALONE:
        return alone.answer
    both = _first(f"{asked[:_ASKED]}\n{told[:_TOLD]}")
    if both is not None and both.probability >= SURE:
        return both.answer
    if alone is None or alone.probability < _HALF:
        return None
    answered = _first(told[:_TOLD])
    return alone.answer if answered is not None and answered.answer == alone.answer else None


def entry_of_most(pairs: Sequence[tuple[str, str]]) -> Answer | None:
    """The entry that most of some questions with their answers are about, by the first few; None when most are about
    none."""
    chosen = list(dict.fromkeys(pairs))[:_OF_A_GROUP]
    found = [entry_for(asked, told) for asked, told in chosen]
    counts = Counter(entry for entry in found if entry is not None)
    if not counts:
        return None
    entry, times = counts.most_common(1)[0]
    return entry if 2 * times > len(chosen) else None


def joined(asked: Sequence[str], told: Sequence[str], voices: Integers, labels: Integers) -> Integers:
    """(n) labels, where groups that are about one entry have one label. One answer to several things that were asked in
    one voice is about the entry once: the other askings stay alone."""
    if not len(labels) or not Answer.objects.exists():
        return labels
    groups: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row, label in enumerate(labels.tolist()):
        groups[label].append((asked[row], told[row]))
    about: dict[int, list[int]] = defaultdict(list)
    for label, pairs in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0]))[:MOST]:
        if (entry := entry_of_most(pairs)) is not None:
            about[entry.pk].append(label)
    moved = {label: same[0] for same in about.values() for label in same}
    return _once(told, voices, np.array([moved.get(label, label) for label in labels.tolist()], np.int64), moved)


def _once(told: Sequence[str], voices: Integers, labels: Integers, moved: Mapping[int, int]) -> Integers:
    known: set[tuple[int, int, str]] = set()
    alone = int(labels.max(initial=-1)) + 1
    by_book = set(moved.values())
    found = labels.tolist()
    for row, (label, voice) in enumerate(zip(labels.tolist(), voices.tolist(), strict=True)):
        if label in by_book and (label, voice, told[row]) in known:
            found[row], alone = alone, alone + 1
        known.add((label, voice, told[row]))
    return np.array(found, np.int64)


def _first(text: str) -> Hit | None:
    hits = find_answers(text, 1)
    return hits[0] if hits else None
