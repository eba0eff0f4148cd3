"""Regression of counts: log-linear (Poisson), or logistic on shares (binomial), by iterated weighted least squares.

The coefficients are those of the likelihood, but nothing else of it is believed: how far they may be off comes from
the residuals (quasi-likelihood: Wedderburn 1974; McCullagh and Nelder 1989, chapter 9).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

_ROUNDS = 50
_ROUNDS_AGAIN = 4
_RIDGE = 1e-9
_LARGEST_STEP = 5.0
_LOG_BOUNDS = (-30.0, 30.0)


@dataclass(frozen=True, slots=True)
class Counts:
    """What is regressed: ``counts`` (n,), and either ``offset`` (n,), added to the logarithm of their mean, or ``both``
    (n,): the asks of each week together with those of the comparison, of which the counts are then a share."""

    counts: Floats
    offset: Floats
    both: Floats | None = None

    def means(self, linear: Floats) -> tuple[Floats, Floats]:
        """(..., n) the mean and the plain variance of the counts, for ``linear`` (..., n): columns @ coefficients."""
        if self.both is None:
            mean = np.exp(np.clip(linear + self.offset, *_LOG_BOUNDS))
            return mean, mean
        share = 1 / (1 + np.exp(-np.clip(linear, *_LOG_BOUNDS)))
        return self.both * share, self.both * share * (1 - share)

    @property
    def start(self) -> Floats:
        """(n,) about where the linear part lies."""
        against = np.exp(self.offset) if self.both is None else self.both - self.counts + 0.5
        start: Floats = np.log((self.counts + 0.5) / against)
        return start


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted regression of n weeks on p columns.

    ``columns`` (n, p), ``coefficients`` (p,), ``mean`` (n,): the asks expected; ``weights`` (n,): the variance of each
    count if it were plain Poisson or binomial; ``base`` (n,): what ``exp(columns @ coefficients)`` is multiplied by to
    give the mean; ``residuals`` (n,): Pearson's, each of variance 1 under that plain variance.
    """

    regressed: Counts
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
        return float(np.square(self.residuals).sum()) / float(max(1, len(self.mean) - self.columns.shape[1]))


def fit_counts(regressed: Counts, columns: Floats) -> Fit:
    """The log-linear regression of counts, or of their ratio to those of a comparison, given both together each week.

    Of the second, whatever multiplies both by the same is gone: two Poisson counts, given their sum, are binomial with
    the ratio of their means as odds.
    """
    coefficients: Floats = np.linalg.lstsq(columns, regressed.start, rcond=None)[0]
    for _ in range(_ROUNDS):
        mean, variance = regressed.means(columns @ coefficients)
        information = columns.T @ (columns * variance[:, None])
        step = np.linalg.lstsq(information, columns.T @ (regressed.counts - mean), rcond=None)[0]
        coefficients = coefficients + step * min(1.0, _LARGEST_STEP / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-10:
            break
    mean, variance = regressed.means(columns @ coefficients)
    base = np.exp(regressed.offset) if regressed.both is None else regressed.both - mean
    residuals = (regressed.counts - mean) / np.sqrt(np.maximum(variance, 1e-12))
    return Fit(regressed, columns, coefficients, mean, variance, base, residuals)


def refit(fit: Fit, kept: Floats) -> tuple[Floats, Floats]:
    """The same regression on some of the weeks, many times at once: ``kept`` (k, n) is 1 for weeks kept, else 0.

    Gives coefficients (k, p) and the inverses of the informations (k, p, p), after a few steps from the whole fit.
    """
    p = fit.columns.shape[1]
    coefficients = np.tile(fit.coefficients, (len(kept), 1))
    for _ in range(_ROUNDS_AGAIN):
        mean, variance = fit.regressed.means(coefficients @ fit.columns.T)
        information = fit.columns.T @ ((kept * variance)[:, :, None] * fit.columns)
        largest = 1.0 + information.max(axis=(1, 2))
        information += (_RIDGE * largest)[:, None, None] * np.eye(p)
        surplus = (kept * (fit.regressed.counts - mean)) @ fit.columns
        step = np.linalg.solve(information, surplus[:, :, None])[:, :, 0]
        coefficients = coefficients + np.clip(step, -_LARGEST_STEP, _LARGEST_STEP)
    return coefficients, np.linalg.inv(information)


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
