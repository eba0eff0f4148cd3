"""The assumptions under which the figures are right, each held against the data where the data can say something."""

import math
from dataclasses import replace

import numpy as np

from gehoor.analysis.effect.estimating import Estimation, estimate
from gehoor.analysis.effect.regression import Floats
from gehoor.analysis.effect.result import Assumption, State, Verdict
from gehoor.analysis.effect.series import WEEKS_IN_YEAR, YEAR, Given, build_series, weeks_before
from gehoor.analysis.effect.stretches import Stretches, without_stretches
from gehoor.kernel.language import sentence

LEVEL = 0.95
STRETCH = 8
"""Weeks that something unrecorded may have lasted without making the finding."""
STRETCH_COMPARED = 4
EDGE = 8
"""Weeks on either side that a change at another moment needs."""
MOST_ELSEWHERE = 0.1

_SEASON = sentence("There is a whole year before the change, so that the season cannot pass for an effect.")
_SEASON_FIGURE = sentence("{weeks} weeks before the change; a season takes {needed}.")
_BESIDE = sentence("The season moves the comparison too, so that it cannot pass for an effect.")
_STRETCH = sentence("The finding does not hang on one short stretch, such as a campaign that nobody recorded.")
_STRETCH_FIGURE = sentence(
    "Leaving out any {length} weeks round the change gives {low} % to {high} % of what would have been asked anyway."
)
_STRETCH_SHORT = sentence("{weeks} weeks since the change; {needed} are needed to leave out {length}.")
_PLACEBO = sentence("At other moments, when nothing was changed, the asks did not jump as much.")
_PLACEBO_FIGURE = sentence("At {share} % of {moments} moments before the change the jump was as clear.")
_PARALLEL = sentence("Before the change the asks and the comparison moved alike.")
_PARALLEL_FIGURE = sentence("Their ratio moved by {slope} % a year ({low} % to {high} %).")
_OTHERS = sentence("Everything else that people asked did not jump at the same moment.")
_OTHERS_FIGURE = sentence("Everything else: {value} % of what it would have been ({low} % to {high} %).")
_UNTOUCHED = sentence("The change did not touch the comparison.")
_NOTHING_ELSE = sentence("Nothing else that lasts happened at the same moment.")


def check_assumptions(
    given: Given, estimation: Estimation, verdict: Verdict, smallest: float
) -> tuple[Assumption, ...]:
    """Every assumption, and whether it holds for what the interval alone would say: ``verdict``."""
    compared = given.comparison is not None
    return (
        _season(given),
        *([_parallel(given, estimation)] if compared else []),
        _placebo(given, estimation, verdict),
        _stretch(given, estimation, verdict, smallest),
        *([_others(given, given.others)] if given.others is not None and not compared else []),
        Assumption("untouched", _UNTOUCHED, State.UNCHECKED)
        if compared
        else Assumption("nothing_else", _NOTHING_ELSE, State.UNCHECKED),
    )


def _season(given: Given) -> Assumption:
    if given.comparison is not None:
        return Assumption("season", _BESIDE, State.HELD)
    weeks = len(weeks_before(given))
    state = State.HELD if weeks >= YEAR else State.BROKEN
    return Assumption("season", _SEASON, state, _SEASON_FIGURE, {"weeks": weeks, "needed": YEAR})


def _apart(estimation: Estimation, columns: Floats) -> tuple[Floats, Floats, Floats]:
    """For each of ``columns`` (n, k), added alone to the regression: its coefficient, standard error, and direction."""
    fit = estimation.fit
    pulled = columns * np.sqrt(fit.weights)[:, None]
    own = pulled - fit.weighted @ (fit.bread @ (fit.weighted.T @ pulled))
    sizes = np.maximum((own**2).sum(axis=0), 1e-9)
    directions = own / sizes
    variances = estimation.noise.mean_variances(directions.T)
    return directions.T @ fit.residuals, np.sqrt(np.maximum(variances, 1e-12)), directions


def _parallel(given: Given, estimation: Estimation) -> Assumption:
    """The slope of the ratio over the weeks before."""
    series = estimation.series
    years = np.where(series.after, 0.0, (series.at - given.change_at) / WEEKS_IN_YEAR)
    slope, _, direction = _apart(estimation, years[:, None])
    half = estimation.noise.half_width(direction[:, 0], LEVEL)
    state = State.BROKEN if abs(slope[0]) > half else State.HELD
    values = {name: _percent(each) - 100 for name, each in _bounds("slope", float(slope[0]), half)}
    return Assumption("parallel", _PARALLEL, state, _PARALLEL_FIGURE, values)


def _placebo(given: Given, estimation: Estimation, verdict: Verdict) -> Assumption:
    """Jumps at other moments before the change, where nothing was changed, beside the one at the change."""
    at, after = estimation.series.at, estimation.series.after
    moments = np.arange(at[0] + EDGE, given.change_at - EDGE + 1)
    if not len(moments) or verdict not in (Verdict.HELPED, Verdict.WORSE):
        return Assumption("placebo", _PLACEBO, State.UNCHECKED)
    steps = ((at[:, None] >= moments) & ~after[:, None]).astype(float)
    sizes, errors, _ = _apart(estimation, steps)
    share = float((np.abs(sizes / errors) >= abs(estimation.log_ratio) / estimation.deviation).mean())
    state = State.BROKEN if share > MOST_ELSEWHERE else State.HELD
    return Assumption(
        "placebo", _PLACEBO, state, _PLACEBO_FIGURE, {"share": round(100 * share), "moments": len(moments)}
    )


def _stretch(given: Given, estimation: Estimation, verdict: Verdict, smallest: float) -> Assumption:
    """Whether the finding stands whichever stretch round the change is left out."""
    if verdict is Verdict.CANNOT_TELL:
        return Assumption("stretch", _STRETCH, State.UNCHECKED)
    length = STRETCH if given.comparison is None else STRETCH_COMPARED
    found = without_stretches(estimation, given.change_at, length, long=given.comparison is None)
    if found is None:
        values = {"weeks": int(estimation.series.after.sum()), "needed": length + 4, "length": length}
        return Assumption("stretch", _STRETCH, State.BROKEN, _STRETCH_SHORT, values)
    state = State.HELD if _stands(found, verdict, smallest) else State.BROKEN
    low, high = float(found.log_ratios.min()), float(found.log_ratios.max())
    values = {"length": length, "low": _percent(low), "high": _percent(high)}
    return Assumption("stretch", _STRETCH, state, _STRETCH_FIGURE, values)


def _stands(found: Stretches, verdict: Verdict, smallest: float) -> bool:
    if verdict is Verdict.NO_EFFECT:
        return bool((np.abs(np.expm1(found.log_ratios)) < smallest).all())
    sign = -1 if verdict is Verdict.HELPED else 1
    return bool((sign * found.log_ratios > found.half_widths).all())


def _others(given: Given, others: Floats) -> Assumption:
    """Whether everything else jumped at the change too."""
    alone = replace(given, counts=others, others=None)
    found = estimate(build_series(alone))
    low, high = found.interval(LEVEL)
    state = State.BROKEN if low > 0 or high < 0 else State.HELD
    values = {"value": _percent(found.log_ratio), "low": _percent(low), "high": _percent(high)}
    return Assumption("others", _OTHERS, state, _OTHERS_FIGURE, values)


def _bounds(name: str, value: float, half: float) -> list[tuple[str, float]]:
    return [(name, value), ("low", value - half), ("high", value + half)]


def _percent(log_ratio: float) -> int:
    return round(100 * math.exp(min(log_ratio, 30.0)))
