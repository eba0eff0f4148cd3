"""Whether a difference between two counts is more than chance."""

from collections.abc import Sequence

import numpy as np


def p_of_difference(before: int, after: int) -> float:
    """The two-sided probability of a difference at least so large when nothing changed.

    Of two Poisson counts over equally long periods with the same rate, one is binomial (n, 1/2) given their sum n
    (Przyborowski and Wilenski 1940); the binomial is summed exactly.
    """
    total, more = before + after, max(before, after)
    if total == 0 or before == after:
        return 1.0
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total + 1)))])
    k = np.arange(more, total + 1)
    tail = np.exp(log_factorial[total] - log_factorial[k] - log_factorial[total - k] - total * np.log(2)).sum()
    return float(min(1.0, 2 * tail))


def surely(probabilities: Sequence[float], level: float = 0.05) -> list[bool]:
    """Which of many stay below ``level`` when looked at together, so that of all that is shown as moved, in at most one
    of twenty pages anything moved by chance (Holm 1979)."""
    order = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    found = [False] * len(probabilities)
    for place, at in enumerate(order):
        if probabilities[at] > level / (len(probabilities) - place):
            break
        found[at] = True
    return found
