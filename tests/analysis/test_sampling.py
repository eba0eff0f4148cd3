"""The draw, held against its own stated probabilities, a brute-force walk, and properties."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.sampling import draw_by_size, draw_equally, inclusion_probabilities

DRAWS = 10_000

SIZES = {
    "equal": np.ones(12),
    "like voices": np.array([0.6, 0.7, 0.5, 41.0, 38.5, 12.5, 4.2, 5.0, 0.9, 7.5, 3.0, 2.6, 22.0]),
    "one that is sure": np.array([1000.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
    "sure only after another": np.array([100.0, 30.0, 8.0, 6.0, 5.0, 4.0, 3.0]),
    "some without size": np.array([0.0, 3.0, 0.0, 1.0, 2.0, 5.0]),
}


def frequencies(draws):
    counted = np.zeros(len(draws[0].probability))
    for each in draws:
        counted[each.chosen] += 1
    return counted / len(draws)


def tolerance(probability):
    """Five standard deviations of a binomial share, and a hair."""
    return 5 * np.sqrt(probability * (1 - probability) / DRAWS) + 1e-12


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("count", [4])
def test_every_unit_is_drawn_as_often_as_its_probability_says(name, count):
    draws = [draw_by_size(SIZES[name], count, seed) for seed in range(DRAWS)]
    stated = draws[0].probability
    assert (np.abs(frequencies(draws) - stated) <= tolerance(stated)).all()


@pytest.mark.parametrize(("units", "count"), [(12, 5), (7, 7)])
def test_every_unit_is_as_probable_when_drawn_equally(units, count):
    draws = [draw_equally(units, count, seed) for seed in range(DRAWS)]
    assert draws[0].probability == pytest.approx(np.full(units, count / units))
    assert (np.abs(frequencies(draws) - count / units) <= tolerance(np.full(units, count / units))).all()


@pytest.mark.parametrize(
    "draw", [lambda seed: draw_by_size(SIZES["like voices"], 4, seed), lambda seed: draw_equally(13, 4, seed)]
)
def test_a_total_estimated_from_the_drawn_is_unbiased(draw):
    values = np.random.default_rng(7).gamma(2.0, 3.0, 13)
    estimates = np.array([(values[d.chosen] / d.probability[d.chosen]).sum() for d in map(draw, range(DRAWS))])
    error = estimates.std() / math.sqrt(DRAWS)
    assert abs(estimates.mean() - values.sum()) < 5 * error


def test_the_total_of_the_sizes_themselves_is_estimated_exactly():
    sizes = SIZES["like voices"]
    for seed in range(200):
        drawn = draw_by_size(sizes, 4, seed)
        assert (sizes[drawn.chosen] / drawn.probability[drawn.chosen]).sum() == pytest.approx(sizes.sum())


def test_in_proportion_to_size():
    sizes = np.array([1.0, 2.0, 3.0, 4.0, 6.0, 8.0])
    assert inclusion_probabilities(sizes, 2) == pytest.approx(2 * sizes / sizes.sum())


def test_pairs_are_drawn_together_as_a_walk_along_the_line_says():
    """Oracle: the exact share of starts at which two units come together, by cutting the start at every end."""
    sizes, count = np.array([5.0, 1.0, 3.0, 2.0, 4.0, 6.0]), 3
    probability = inclusion_probabilities(sizes, count)
    ends = np.cumsum(probability)
    cuts = np.unique(np.concatenate([[0.0, 1.0], ends % 1.0]))
    exact = np.zeros((6, 6))
    for low, high in pairwise(cuts):
        taken = [next(i for i in range(6) if ends[i] > (low + high) / 2 + step) for step in range(count)]
        exact[np.ix_(taken, taken)] += high - low
    counted = np.zeros((6, 6))
    for seed in range(DRAWS):
        chosen = draw_by_size(sizes, count, seed).chosen
        counted[np.ix_(chosen, chosen)] += 1
    assert (np.abs(counted / DRAWS - exact) <= tolerance(np.clip(exact, 0, 1))).all()


def test_sizes_that_are_no_sizes_are_refused():
    for wrong in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="finite"):
            draw_by_size(np.array([1.0, wrong]), 1, 1)


def test_the_draw_of_a_seed_never_changes():
    assert draw_by_size(np.arange(1.0, 101.0), 5, 48_213).chosen.tolist() == [19, 48, 66, 79, 91]
    assert draw_equally(100, 5, 48_213).chosen.tolist() == [11, 42, 85, 89, 94]


sizes_of_units = st.lists(
    st.one_of(st.just(0.0), st.floats(1e-6, 1e6), st.sampled_from([1.0, 1.0, 2.0, 20.0])), min_size=1, max_size=60
)


@given(sizes_of_units, st.integers(0, 70), st.integers(0, 2**63 - 1))
@settings(deadline=None, max_examples=300)
def test_exactly_so_many_different_units_and_every_sure_one(raw, count, seed):
    sizes = np.array(raw)
    drawn = draw_by_size(sizes, count, seed)
    wanted = min(count, len(sizes))
    assert len(set(drawn.chosen.tolist())) == len(drawn.chosen) == wanted
    assert drawn.probability.sum() == pytest.approx(wanted)
    assert ((drawn.probability >= 0) & (drawn.probability <= 1)).all()
    assert set(np.flatnonzero(drawn.probability == 1.0)) <= set(drawn.chosen.tolist())
    assert (drawn.probability[drawn.chosen] > 0).all()
    again = draw_by_size(sizes, count, seed)
    assert (again.chosen == drawn.chosen).all()


@given(st.integers(0, 80), st.integers(0, 90), st.integers(0, 2**63 - 1))
@settings(deadline=None)
def test_exactly_so_many_different_units_when_drawn_equally(units, count, seed):
    drawn = draw_equally(units, count, seed)
    assert len(set(drawn.chosen.tolist())) == min(units, count)
    assert (draw_equally(units, count, seed).chosen == drawn.chosen).all()


@given(sizes_of_units, st.integers(1, 20))
@settings(deadline=None)
def test_a_larger_unit_is_never_less_probable(raw, count):
    sizes = np.array(raw)
    probability = inclusion_probabilities(sizes, min(count, len(sizes)))
    order = np.argsort(sizes, kind="stable")
    assert (np.diff(probability[order]) >= -1e-12).all()
