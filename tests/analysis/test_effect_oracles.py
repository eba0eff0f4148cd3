"""The parts of the measurement, held against statsmodels and against doing it the long way."""

import warnings

import numpy as np
import pytest

from gehoor.analysis.effect import Event
from gehoor.analysis.effect.checking import _apart
from gehoor.analysis.effect.estimating import estimate
from gehoor.analysis.effect.noise import MEMORIES, SPREADS, SWAYS, learn_noise
from gehoor.analysis.effect.regression import Counts, fit_counts, newey_west, refit
from gehoor.analysis.effect.series import Given, build_series

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import statsmodels.api as sm

BEFORE, AFTER = 80, 36
EVENTS = (Event(30, 34), Event(90, 92))


def measured(seed, comparison=False, others=False):
    """A series that varies more than chance, with all columns that a regression of it can have."""
    random = np.random.default_rng(seed)
    week = np.arange(BEFORE + AFTER)
    rate = 12 * np.exp(0.3 * np.sin(week / 8.3) + 0.004 * week) * np.where(week >= BEFORE, 0.6, 1.0)
    counts = random.poisson(rate * random.gamma(6, 1 / 6, len(week))).astype(float)
    beside = random.poisson(30, len(week)).astype(float)
    return Given(counts, BEFORE, 0, None, EVENTS, beside if comparison else None, beside if others else None)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("others", [False, True])
def test_the_regression_of_counts_is_that_of_statsmodels(seed, others) -> None:
    series = build_series(measured(seed, others=others))
    fit = fit_counts(Counts(series.counts, series.offset), series.columns)
    model = sm.GLM(series.counts, series.columns, family=sm.families.Poisson(), offset=series.offset)
    plain = model.fit(tol=1e-12)
    assert fit.coefficients == pytest.approx(plain.params, abs=1e-8)
    assert np.sqrt(np.diag(fit.bread)) == pytest.approx(plain.bse, rel=1e-6)
    scaled = model.fit(scale="X2", tol=1e-12)
    assert fit.scale == pytest.approx(scaled.scale, rel=1e-8)
    assert np.sqrt(fit.scale * np.diag(fit.bread)) == pytest.approx(scaled.bse, rel=1e-6)
    for lags in (0, 4, 8):
        hac = model.fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, tol=1e-12)
        assert np.sqrt(np.diag(newey_west(fit, lags))) == pytest.approx(hac.bse, rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_the_regression_beside_a_comparison_is_the_binomial_one_of_statsmodels(seed) -> None:
    series = build_series(measured(seed, comparison=True))
    fit = fit_counts(Counts(series.counts, series.offset, series.counts + series.comparison), series.columns)
    both = np.column_stack([series.counts, series.comparison])
    plain = sm.GLM(both, series.columns, family=sm.families.Binomial()).fit(tol=1e-12)
    assert fit.coefficients == pytest.approx(plain.params, abs=1e-8)
    assert np.sqrt(np.diag(fit.bread)) == pytest.approx(plain.bse, rel=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_a_negative_binomial_likelihood_finds_about_the_same_step_and_error(seed) -> None:
    """Another model of counts that vary more than chance: it weighs weeks a little otherwise, so close, not equal."""
    series = build_series(measured(seed))
    found = estimate(series)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = sm.NegativeBinomial(series.counts, series.columns).fit(
            start_params=[*found.fit.coefficients, 0.15], disp=False, maxiter=500
        )
    step = int(np.flatnonzero(series.effect)[0])
    ours = np.sqrt(found.fit.scale * found.fit.bread[step, step])
    assert found.fit.coefficients[step] == pytest.approx(peer.params[step], abs=0.5 * peer.bse[step])
    assert ours == pytest.approx(peer.bse[step], rel=0.25)


def test_the_ratio_is_that_of_the_asks_after_to_a_forecast_from_the_weeks_before() -> None:
    """Without a season and with a step and a slope after, the trend can only come from before: a fit of those weeks
    alone must forecast the same, and what it leaves over of the asks after is the ratio."""
    series = build_series(measured(3))
    found = estimate(series)
    bare = np.column_stack([np.ones(len(series.at)), (series.at - BEFORE) / 52.18])
    effect = series.columns[:, series.effect]
    whole = fit_counts(Counts(series.counts, series.offset), np.column_stack([bare, effect]))
    early = ~series.after
    alone = sm.GLM(series.counts[early], bare[early], family=sm.families.Poisson()).fit(tol=1e-12)
    forecast = np.exp(bare[~early] @ alone.params)
    assert np.exp(bare[~early] @ whole.coefficients[:2]) == pytest.approx(forecast, rel=1e-6)
    assert found.fit.mean[series.after].sum() == pytest.approx(series.counts[series.after].sum(), rel=1e-6)


def long_way_log_likelihood(fit, at, memory, spread, sway):
    """The restricted likelihood by its definition (Harville 1974), with the whole covariance written out."""
    apart = np.abs(np.subtract.outer(at, at))
    correlation = np.where(apart == 0, 1.0, float(memory) ** np.maximum(apart, 1))
    roots = np.sqrt(fit.weights)
    covariance = spread * np.eye(len(at)) + sway * correlation * np.outer(roots, roots)
    inverse = np.linalg.inv(covariance)
    x = fit.weighted
    middle = x.T @ inverse @ x
    projected = inverse - inverse @ x @ np.linalg.inv(middle) @ x.T @ inverse
    logs = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(middle)[1] - np.linalg.slogdet(x.T @ x)[1]
    return -0.5 * (logs + fit.residuals @ projected @ fit.residuals)


def test_the_weights_of_the_noise_are_its_restricted_likelihood_times_the_prior() -> None:
    series = build_series(measured(5))
    fit = fit_counts(Counts(series.counts, series.offset), series.columns)
    noise = learn_noise(fit, series.at)
    logs = np.array(
        [
            [
                [
                    long_way_log_likelihood(fit, series.at, memory, spread, sway)
                    - 3 * np.log(spread)
                    - np.log1p(sway / 0.01)
                    for sway in SWAYS
                ]
                for spread in SPREADS
            ]
            for memory in MEMORIES
        ]
    )
    weights = np.exp(logs - logs.max())
    assert noise.weights == pytest.approx(weights / weights.sum(), abs=1e-9)


def test_the_interval_holds_what_draws_of_the_noise_say_it_should() -> None:
    found = estimate(build_series(measured(6)))
    random = np.random.default_rng(1)
    deviations = np.sqrt(found.noise.variances(found.direction)).ravel()
    drawn = random.normal(0, deviations[random.choice(len(deviations), 200_000, p=found.noise.weights.ravel())])
    half = found.noise.half_width(found.direction, 0.95)
    assert (np.abs(drawn) <= half).mean() == pytest.approx(0.95, abs=0.003)
    assert found.deviation == pytest.approx(drawn.std(), rel=0.01)


@pytest.mark.parametrize("comparison", [False, True])
def test_many_fits_at_once_are_each_fit_alone(comparison) -> None:
    series = build_series(measured(7, comparison=comparison))
    found = estimate(series)
    kept = np.ones((5, len(series.at)))
    for row, start in enumerate((0, 40, 70, 80, 100)):
        kept[row, start : start + 8] = 0
    coefficients, inverses = refit(found.fit, kept)
    for row, rows in enumerate(kept.astype(bool)):
        told = np.abs(series.columns[rows]).sum(axis=0) > 0
        both = None if series.comparison is None else (series.counts + series.comparison)[rows]
        alone = fit_counts(Counts(series.counts[rows], series.offset[rows], both), series.columns[rows][:, told])
        assert coefficients[row][told] == pytest.approx(alone.coefficients, abs=1e-5)
        assert np.diag(inverses[row])[told] == pytest.approx(np.diag(alone.bread), rel=1e-3)


def test_a_jump_elsewhere_is_the_weighted_regression_with_its_own_column() -> None:
    series = build_series(measured(8))
    found = estimate(series)
    step = ((series.at >= 50) & ~series.after).astype(float)
    size, _, direction = _apart(found, step[:, None])
    roots = np.sqrt(found.fit.weights)
    wider = np.column_stack([found.fit.weighted, step * roots])
    peer = sm.OLS(found.fit.residuals, wider).fit()
    assert size[0] == pytest.approx(peer.params[-1], abs=1e-10)
    assert direction[:, 0] @ direction[:, 0] == pytest.approx(peer.normalized_cov_params[-1, -1], rel=1e-8)
