"""What would be found if some weeks in a row had not been there.

Something that lasted a few weeks and that nobody recorded (a campaign, an outage, a week in the news) can pass for an
effect, or hide one. Whichever weeks it took, one of the fits without a stretch of its length is free of it: a finding
that stands in all of them was not made by it.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from gehoor.analysis.effect.estimating import Estimation
from gehoor.analysis.effect.regression import Floats, refit
from gehoor.analysis.effect.series import FEWEST_AFTER

LEVEL = 0.90
LEVEL_LONG = 0.60
"""For the long stretch, without which little may be left to know the trend from."""
BEFORE = 13
"""Weeks before the change from where stretches are left out: what lies further back moves the finding little."""
PACE = 2
"""Stretches begin at every second week."""
LONG = 20
"""Weeks right before the change that are left out as well: a campaign that ended just then makes the asks fall."""
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Stretches:
    """For each stretch left out (k,): the logarithm of the ratio over the other weeks, and half of its interval."""

    log_ratios: Floats
    half_widths: Floats


def without_stretches(estimation: Estimation, change_at: int, length: int, long: bool) -> Stretches | None:
    """What is found without each stretch of ``length`` weeks, and if ``long``, without the :data:`LONG` weeks before;
    None where too few weeks would be left."""
    at, after = estimation.series.at, estimation.series.after
    if after.sum() - length < FEWEST_AFTER:
        return None
    begins = np.arange(change_at - BEFORE, at[-1] - length + 1 + PACE, PACE)
    ends = begins + length
    if long:
        begins, ends = np.append(begins, change_at - LONG), np.append(ends, change_at)
    kept = ((at < begins[:, None]) | (at >= ends[:, None])).astype(float)
    coefficients, inverses = refit(estimation.fit, kept)
    log_ratios, gradients = _log_ratios(estimation, coefficients, kept * after)
    directions = kept * ((inverses @ gradients[:, :, None])[:, :, 0] @ estimation.fit.weighted.T)
    variances = estimation.noise.mean_variances(directions)
    half_widths = estimation.noise.half_width(estimation.direction, LEVEL) / estimation.deviation * np.sqrt(variances)
    if long:
        half_widths[-1] *= _NORMAL.inv_cdf((1 + LEVEL_LONG) / 2) / _NORMAL.inv_cdf((1 + LEVEL) / 2)
    return Stretches(log_ratios, half_widths)


def _log_ratios(estimation: Estimation, coefficients: Floats, rows: Floats) -> tuple[Floats, Floats]:
    """(k,) logarithms of the ratio over ``rows`` (k, n), and (k, p) their gradients."""
    series, fit = estimation.series, estimation.fit
    columns = np.where(series.effect[None, :], 0.0, series.columns)
    with_ = rows * fit.base * np.exp(np.clip(coefficients @ series.columns.T, -30.0, 30.0))
    without = rows * fit.base * np.exp(np.clip(coefficients @ columns.T, -30.0, 30.0))
    all_with, all_without = with_.sum(axis=1), without.sum(axis=1)
    gradients = with_ @ series.columns / all_with[:, None] - without @ columns / all_without[:, None]
    return np.log(all_with / all_without), gradients
