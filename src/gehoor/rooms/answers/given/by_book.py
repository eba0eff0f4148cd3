"""The answer book joins questions: whatever surely asks what one entry answers, asks the same.

Customers put one question in thirty wordings, of which many share no word; each of them finds its entry sooner than
they find each other. So what the book knows is joined by it, and only the rest by likeness alone.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gehoor.rooms.answers.given.entries import entry_of
from gehoor.rooms.answers.models import Answer

Integers = NDArray[np.int64]

MOST = 3_000
"""So many different questions are looked up in the book at a time, those of the largest groups first."""
_OF_A_GROUP = 3


def joined(texts: Sequence[str], labels: Integers) -> Integers:
    """(n) labels, where groups that ask what one entry answers have one label. A group asks what most of those of its
    texts ask that were looked up."""
    if not len(labels) or not Answer.objects.exists():
        return labels
    groups: dict[int, list[int]] = defaultdict(list)
    for row, label in enumerate(labels.tolist()):
        groups[label].append(row)
    asks: dict[int, list[int]] = defaultdict(list)
    left = MOST
    for label, rows in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        chosen = list(dict.fromkeys(texts[row] for row in rows))[:_OF_A_GROUP]
        left -= len(chosen)
        if left < 0:
            break
        if (entry := _most(chosen)) is not None:
            asks[entry].append(label)
    moved = {label: same[0] for same in asks.values() for label in same}
    return np.array([moved.get(label, label) for label in labels.tolist()], np.int64)


def _most(texts: Sequence[str]) -> int | None:
    """The entry that most of the texts ask about; None where most ask about none."""
    found = [entry_of(text) for text in texts]
    counts = Counter(entry.pk for entry in found if entry is not None)
    if not counts:
        return None
    entry, times = counts.most_common(1)[0]
    return entry if 2 * times > len(texts) else None
