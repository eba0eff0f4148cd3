"""Regression of counts: log-linear (Poisson), or logistic on shares (binomial), by iterated weighted least squares.

The coefficients are those of the likelihood, but nothing else of it is believed: how far they may be off comes from
the residuals (quasi-likelihood: Wedderburn 1974; McCullagh and Nelder 1989, chapter 9).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUNDS = 50
_LARGEST_STEP = 5.0
_LOG_BOUNDS = (-30.0, 30.0)


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted regression of n weeks on p columns.

    ``columns`` (n, p), ``coefficients`` (p,), ``mean`` (n,): the asks expected; ``weights`` (n,): the variance of each
    count if it were plain Poisson or binomial; ``base`` (n,): what ``exp(columns @ coefficients)`` is multiplied by to
    give the mean; ``residuals`` (n,): Pearson's, each of variance 1 under that plain variance.
    """

    columns: Floats
    coefficients: Floats
    mean: Floats
    weights: Floats
    base: Floats
    residuals: Floats

    @property
    def weighted(self) -> Floats:
        """(n, p) the columns on the scale of the residuals."""
        scaled: Floats = self.columns * np.sqrt(self.weights)[:, None]
        return scaled

    @property
    def bread(self) -> Floats:
        """(p, p) the inverse of the information."""
        inverse: Floats = np.linalg.inv(self.weighted.T @ self.weighted)
        return inverse

    @property
    def scale(self) -> float:
        """Pearson's dispersion: 1 for plain counts, above it for counts that vary more."""
        return float(self.residuals @ self.residuals) / max(1, len(self.mean) - self.columns.shape[1])


def fit_counts(counts: Floats, columns: Floats, offset: Floats) -> Fit:
    """The log-linear regression of ``counts``; ``offset`` (n,) is added to the logarithm of the mean."""
    coefficients = _start(np.log(counts + 0.5) - offset, columns)
    for _ in range(_ROUNDS):
        mean = np.exp(np.clip(columns @ coefficients + offset, *_LOG_BOUNDS))
        step = _step(columns, mean, counts - mean)
        coefficients = coefficients + step
        if np.abs(step).max() < 1e-10:
            break
    mean = np.exp(np.clip(columns @ coefficients + offset, *_LOG_BOUNDS))
    return Fit(columns, coefficients, mean, mean, np.exp(offset), (counts - mean) / np.sqrt(mean))


def fit_shares(counts: Floats, comparison: Floats, columns: Floats) -> Fit:
    """The log-linear regression of the ratio of ``counts`` to ``comparison``, given both together each week.

    Whatever multiplies both by the same is gone from it: two Poisson counts, given their sum, are binomial with the
    ratio of their means as odds.
    """
    both = counts + comparison
    coefficients = _start(np.log((counts + 0.5) / (comparison + 0.5)), columns)
    for _ in range(_ROUNDS):
        share = _share(columns @ coefficients)
        step = _step(columns, both * share * (1 - share), counts - both * share)
        coefficients = coefficients + step
        if np.abs(step).max() < 1e-10:
            break
    share = _share(columns @ coefficients)
    weights = both * share * (1 - share)
    residuals = (counts - both * share) / np.sqrt(np.maximum(weights, 1e-12))
    return Fit(columns, coefficients, both * share, weights, both * (1 - share), residuals)


def _share(log_odds: Floats) -> Floats:
    share: Floats = 1 / (1 + np.exp(-np.clip(log_odds, *_LOG_BOUNDS)))
    return share


def _start(target: Floats, columns: Floats) -> Floats:
    start: Floats = np.linalg.lstsq(columns, target, rcond=None)[0]
    return start


def _step(columns: Floats, weights: Floats, surplus: Floats) -> Floats:
    """One step of Newton, held back where it would leap."""
    information = columns.T @ (columns * weights[:, None])
    step: Floats = np.linalg.lstsq(information, columns.T @ surplus, rcond=None)[0]
    return step * min(1.0, _LARGEST_STEP / max(float(np.abs(step).max()), 1e-12))


def newey_west(fit: Fit, lags: int) -> Floats:
    """(p, p) covariance of the coefficients for residuals that hang together over up to ``lags`` weeks.

    Newey and West (1987) with their falling weights, times n / (n - p). It is here to be compared with: in series as
    short as these its intervals are too narrow (see the benchmark), so no verdict rests on it.
    """
    scores = fit.weighted * fit.residuals[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        across = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (across + across.T)
    n, p = fit.columns.shape
    covariance: Floats = fit.bread @ middle @ fit.bread * n / (n - p)
    return covariance
