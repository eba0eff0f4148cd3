"""From counts a week to a verdict on a change."""

import math
from collections.abc import Sequence
from datetime import date

import numpy as np

from gehoor.analysis.effect.checking import check_assumptions
from gehoor.analysis.effect.estimating import Estimation, estimate, expected_without, fewer, picture
from gehoor.analysis.effect.regression import Floats
from gehoor.analysis.effect.result import Assumption, Effect, Estimate, Event, Method, Reason, State, Verdict
from gehoor.analysis.effect.series import Given, build_series, check_enough, weeks_after, weeks_before

LEVEL = 0.95
FEWEST_EXPECTED = 10
"""Asks that there would have been after the change; with fewer no share of them means much."""

SEGMENTED = (
    "Wagner, Soumerai, Zhang and Ross-Degnan 2002, Journal of Clinical Pharmacy and Therapeutics 27",
    "Lopez Bernal, Cummins and Gasparrini 2017, International Journal of Epidemiology 46",
    "Zeger 1988, Biometrika 75",
)
CONTROLLED = (
    "Lopez Bernal, Cummins and Gasparrini 2018, International Journal of Epidemiology 47",
    "Zeger 1988, Biometrika 75",
)


def measure_effect(
    counts: Sequence[int],
    change_at: int,
    *,
    first_day: date | None = None,
    exposure: Sequence[int] | None = None,
    comparison: Sequence[int] | None = None,
    events: Sequence[Event] = (),
    smallest: float = 0.2,
    transition: int = 0,
) -> Effect:
    """What a change did to ``counts``, the asks of a need in each week.

    ``change_at``: the first week with the change; ``transition``: so many weeks from there are left out, while it was
    being brought in. ``first_day``: of the first week; only the season uses it, and does well without. ``exposure``:
    all voices (or asks) of each week, those of this need among them: the asks are then measured against the others.
    ``comparison``: asks that the change could not touch, of other needs or of customers whom it did not reach; whatever
    moves both alike (season, campaigns, growth) then falls away, and ``exposure`` is not needed. ``events``: what is
    known to have moved the asks. ``smallest``: the relative effect that matters.

    Without ``exposure`` or ``comparison`` the verdict is never "worse": a campaign that begins with a change and lasts
    makes more people ask too. The same counts give the same answer. Raises ValueError for series of different lengths,
    negative or broken counts, a negative ``transition``, or a ``smallest`` that is not between 0 and 1.
    """
    given = _read(counts, change_at, first_day, exposure, comparison, events, transition)
    if not 0 < smallest < 1:
        raise ValueError("the smallest effect that matters lies between 0 and 1")
    reason = check_enough(given)
    if reason is not Reason.NONE:
        return Effect(Verdict.CANNOT_TELL, reason, smallest, before=weeks_before(given), after=weeks_after(given))
    estimation = estimate(build_series(given))
    verdict, reason = _by_interval(estimation, smallest)
    assumptions = check_assumptions(given, estimation, verdict, smallest)
    if expected_without(estimation) < FEWEST_EXPECTED:
        verdict, reason = Verdict.CANNOT_TELL, Reason.TOO_FEW_ASKS
    elif any(each.state is State.BROKEN for each in assumptions):
        verdict, reason = Verdict.CANNOT_TELL, Reason.BROKEN
    elif verdict is Verdict.WORSE and given.comparison is None and given.others is None:
        verdict, reason = Verdict.CANNOT_TELL, Reason.ONLY_MORE
    return _effect(given, estimation, verdict, reason, smallest, assumptions)


def _read(
    counts: Sequence[int],
    change_at: int,
    first_day: date | None,
    exposure: Sequence[int] | None,
    comparison: Sequence[int] | None,
    events: Sequence[Event],
    transition: int,
) -> Given:
    asked = _series(counts, len(counts))
    if transition < 0:
        raise ValueError("a transition has no negative length")
    others = None
    if exposure is not None:
        left = np.maximum(_series(exposure, len(counts)) - asked, 0.0)
        others = left if left.sum() >= asked.sum() else None
    beside = None if comparison is None else _series(comparison, len(counts))
    return Given(asked, change_at, transition, first_day, tuple(events), beside, others)


def _series(counts: Sequence[int], length: int) -> Floats:
    series = np.asarray(counts, dtype=np.float64)
    if series.shape != (length,):
        raise ValueError("every series has one count for each week")
    if not np.isfinite(series).all() or (series < 0).any():
        raise ValueError("counts are finite and not negative")
    return series


def _by_interval(estimation: Estimation, smallest: float) -> tuple[Verdict, Reason]:
    """What the interval alone says. Within what matters, an effect is none, also where it is surely not zero."""
    low, high = estimation.interval(LEVEL)
    if low > math.log1p(-smallest) and high < math.log1p(smallest):
        return Verdict.NO_EFFECT, Reason.NONE
    if high < 0:
        return Verdict.HELPED, Reason.NONE
    if low > 0:
        return Verdict.WORSE, Reason.NONE
    return Verdict.CANNOT_TELL, Reason.WIDE


def _effect(
    given: Given,
    estimation: Estimation,
    verdict: Verdict,
    reason: Reason,
    smallest: float,
    assumptions: tuple[Assumption, ...],
) -> Effect:
    low, high = estimation.interval(LEVEL)
    relative = Estimate(*(math.expm1(min(each, 700.0)) for each in (estimation.log_ratio, low, high)))
    total = fewer(estimation, LEVEL)
    weeks = int(estimation.series.after.sum())
    controlled = estimation.series.comparison is not None
    return Effect(
        verdict,
        reason,
        smallest,
        relative,
        Estimate(total.value / weeks, total.low / weeks, total.high / weeks),
        total,
        LEVEL,
        weeks_before(given),
        weeks_after(given),
        picture(estimation, LEVEL),
        assumptions,
        Method.CONTROLLED if controlled else Method.SEGMENTED,
        CONTROLLED if controlled else SEGMENTED,
    )
