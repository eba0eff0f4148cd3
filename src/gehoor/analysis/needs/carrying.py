"""Ids of needs from one generation to the next."""

from collections.abc import Mapping

import numpy as np

from gehoor.analysis.needs.neighbours import Integers


def carry(old: Integers, new: Integers) -> Mapping[int, int]:
    """Which old label each new label carries on: {new: old}, by largest overlap, each old label at most once.

    ``old`` and ``new`` (n) label the same asks; -1 is nobody's (an ask that is new, gone, or without text). Pairs are
    taken from the largest overlap down; equal overlaps go to the lower old label, then to the lower new one. A new
    label that carries nothing on is not in the mapping: it is a new need.
    """
    both = (old >= 0) & (new >= 0)
    pairs, counts = np.unique(np.stack([old[both], new[both]], axis=1), axis=0, return_counts=True)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for at in np.lexsort((pairs[:, 1], pairs[:, 0], -counts)).tolist():
        before, after = int(pairs[at, 0]), int(pairs[at, 1])
        if before not in taken and after not in found:
            found[after] = before
            taken.add(before)
    return found
