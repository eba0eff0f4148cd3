"""A fair draw: which units are taken, and with what probability each could have been.

Two ways. :func:`draw_by_size` takes units with a probability in proportion to their size; :func:`draw_equally` gives
every unit the same. Both draw without replacement, and both are a pure function of the sizes, the count and the seed:
they use raw bits of PCG64, whose stream numpy promises to keep, and not its distributions, whose streams may change.

With the probabilities of a draw, any total over all units can be estimated from the drawn ones without bias: the sum
of value / probability (Horvitz and Thompson 1952).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_SURE = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Draw:
    """``chosen`` (count,): ascending places of the drawn units. ``probability`` (n,): of every unit, drawn or not; they
    add up to the count."""

    chosen: Integers
    probability: Floats


def inclusion_probabilities(sizes: Floats, count: int) -> Floats:
    """(n,) the probability with which each unit is drawn when ``count`` of them are taken in proportion to ``sizes``.

    A unit so large that its share would exceed one is taken surely, and the rest is shared out anew without it, until
    none exceeds one (Särndal, Swensson and Wretman 1992, 3.6.1). Units without any size are only drawn when all others
    are; then they share what is left equally. Raises ValueError for a size that is negative or not a finite number.
    """
    if not np.isfinite(sizes).all() or (sizes < 0).any():
        raise ValueError("sizes are finite and not negative")
    positive = np.flatnonzero(sizes > 0)
    probability = np.zeros(len(sizes))
    if count >= len(positive):
        probability[positive] = 1.0
        empty = np.flatnonzero(sizes == 0)
        if len(empty):
            probability[empty] = min(1.0, (count - len(positive)) / len(empty))
        return probability
    probability[positive] = _shares(sizes[positive], count)
    return probability


def _shares(sizes: Floats, count: int) -> Floats:
    """As above, for positive sizes of which there are more than ``count``."""
    probability = np.zeros(len(sizes))
    open_ = np.ones(len(sizes), dtype=bool)
    left = count
    while left > 0:
        relative = sizes[open_] / sizes[open_].max()
        probability[open_] = left * (relative / relative.sum())
        sure = open_ & (probability >= _SURE)
        if not sure.any():
            break
        probability[sure] = 1.0
        open_ &= ~sure
        left -= int(sure.sum())
    probability[open_] *= left > 0
    return probability


def draw_by_size(sizes: Floats, count: int, seed: int) -> Draw:
    """Systematic sampling with probability in proportion to size (Madow 1949).

    The probabilities of the units that are not sure are laid end to end in the order given, and every whole step from
    one random start takes the unit that it falls in. So the order matters for which units come together, never for how
    probable each is: neighbours are seldom drawn together, and a draw is spread evenly over whatever the order is by.
    At most all units are drawn.
    """
    probability = inclusion_probabilities(sizes, _possible(sizes, count))
    sure = np.flatnonzero(probability >= _SURE)
    unsure = np.flatnonzero((probability > 0) & (probability < _SURE))
    chosen = np.concatenate([sure, unsure[_steps(probability[unsure], _fraction(seed))]])
    return Draw(np.sort(chosen).astype(np.int64), probability)


def draw_equally(units: int, count: int, seed: int) -> Draw:
    """Simple random sampling without replacement: every unit gets a random key, and the lowest keys are taken."""
    taken = _possible(np.empty(units), count)
    keys = np.random.PCG64(seed).random_raw(units)
    chosen = np.sort(np.argsort(keys, kind="stable")[:taken])
    return Draw(chosen.astype(np.int64), np.full(units, taken / units if units else 0.0))


def _possible(units: Floats, count: int) -> int:
    return max(0, min(count, len(units)))


def _fraction(seed: int) -> float:
    """A random number from 0 to 1, 1 itself not: the upper 53 bits of the generator's first word."""
    return float(int(np.random.PCG64(seed).random_raw()) >> 11) * 2.0**-53


def _steps(probability: Floats, start: float) -> Integers:
    """Where the whole steps from ``start`` fall; the probabilities, each below one, add up to a whole number."""
    if not len(probability):
        return np.empty(0, dtype=np.int64)
    ends = np.cumsum(probability)
    steps = round(float(ends[-1]))
    ends *= steps / ends[-1]
    ends[-1] = steps
    return np.searchsorted(ends, start + np.arange(steps), side="right").astype(np.int64)
