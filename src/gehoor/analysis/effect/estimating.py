"""The size of an effect: the asks after the change beside those that there would have been without it.

The estimand is the average over the weeks after, whatever the shape of the effect: the logarithm of the asks expected
with the change, less that of the asks expected without it. A step and, where there are asks enough, a slope after the
change are both in the regression, so that the trend before is learned from the weeks before only, and an effect that
comes late or slowly does not bend it.
"""

import math
from dataclasses import dataclass

import numpy as np

from gehoor.analysis.effect.noise import Noise, learn_noise
from gehoor.analysis.effect.regression import Counts, Fit, Floats, fit_counts
from gehoor.analysis.effect.result import Estimate, Week
from gehoor.analysis.effect.series import Series


@dataclass(frozen=True, slots=True)
class Estimation:
    """``log_ratio``: of the asks with the change to those without; ``direction`` (n,): how the residuals move it."""

    series: Series
    fit: Fit
    noise: Noise
    log_ratio: float
    direction: Floats

    @property
    def deviation(self) -> float:
        """The standard error of ``log_ratio``."""
        return math.sqrt(float((self.noise.weights * self.noise.variances(self.direction)).sum()))

    def interval(self, level: float) -> tuple[float, float]:
        """Of the logarithm of the ratio."""
        half = self.noise.half_width(self.direction, level)
        return self.log_ratio - half, self.log_ratio + half


def fit_series(series: Series) -> Fit:
    """The regression of the series. Where nobody asked after the change, half an ask is spread over those weeks: the
    likelihood has no finite answer there."""
    counts = series.counts
    if counts[series.after].sum() == 0:
        counts = counts + np.where(series.after, 0.5 / series.after.sum(), 0.0)
    both = None if series.comparison is None else counts + series.comparison
    return fit_counts(Counts(counts, series.offset, both), series.columns)


def estimate(series: Series) -> Estimation:
    """What the change did, by the series."""
    fit = fit_series(series)
    log_ratio, gradient = _log_ratio(series, fit)
    direction = fit.weighted @ (fit.bread @ gradient)
    return Estimation(series, fit, learn_noise(fit, series.at), log_ratio, direction)


def _without(series: Series, fit: Fit) -> tuple[Floats, Floats]:
    """(n, p) the columns had there been no change, and (n,) the asks expected then."""
    columns = np.where(series.effect[None, :], 0.0, series.columns)
    return columns, fit.base * np.exp(np.clip(columns @ fit.coefficients, -30.0, 30.0))


def _log_ratio(series: Series, fit: Fit) -> tuple[float, Floats]:
    """The logarithm of the ratio, and its gradient in the coefficients."""
    columns, without = _without(series, fit)
    after = series.after
    with_, without = fit.mean[after], without[after]
    gradient = with_ @ series.columns[after] / with_.sum() - without @ columns[after] / without.sum()
    return math.log(with_.sum() / without.sum()), gradient


def expected_without(estimation: Estimation) -> float:
    """The asks in the weeks after, had there been no change."""
    return float(_without(estimation.series, estimation.fit)[1][estimation.series.after].sum())


def fewer(estimation: Estimation, level: float) -> Estimate:
    """Asks fewer in the weeks after than there would have been.

    The variance of the logarithm of the ratio is that of the asks that came and of those that would have; taken apart,
    their two intervals are put together as those of a difference (Zou and Donner 2008).
    """
    came, anyway = float(estimation.fit.mean[estimation.series.after].sum()), expected_without(estimation)
    deviations = estimation.noise.half_width(estimation.direction, level) / estimation.deviation
    share_of_came = estimation.noise.mean_spread / came
    half = deviations * math.sqrt(max(estimation.deviation**2 - share_of_came, 0.0))
    of_came = deviations * came * math.sqrt(share_of_came)
    below, above = anyway * -math.expm1(-half), anyway * math.expm1(min(half, 30.0))
    value = anyway - came
    return Estimate(value, value - math.hypot(below, of_came), value + math.hypot(above, of_came))


def picture(estimation: Estimation, level: float) -> tuple[Week, ...]:
    """Week by week: what was counted, what the model sees, and after the change what would have been without it."""
    series, fit = estimation.series, estimation.fit
    columns, without = _without(series, fit)
    directions = columns @ fit.bread @ fit.weighted.T
    widths = estimation.noise.half_width(estimation.direction, level) / estimation.deviation
    halves = widths * np.sqrt(estimation.noise.mean_variances(directions))
    lows, highs = without * np.exp(-halves), without * np.exp(np.minimum(halves, 30.0))
    return tuple(
        Week(
            int(at),
            int(series.counts[row]),
            float(fit.mean[row]),
            Estimate(float(without[row]), float(lows[row]), float(highs[row])) if series.after[row] else None,
        )
        for row, at in enumerate(series.at)
    )
