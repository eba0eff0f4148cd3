"""The test on two counts, against scipy and against chance itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from gehoor.rooms.today.chance import p_of_difference, surely


@given(st.integers(0, 400), st.integers(0, 400))
@settings(deadline=None, max_examples=150)
def test_it_is_the_exact_binomial_test(before, after):
    oracle = binomtest(before, before + after, 0.5).pvalue if before + after else 1.0
    assert p_of_difference(before, after) == pytest.approx(oracle, rel=1e-9)


@given(st.integers(0, 500), st.integers(0, 500))
@settings(deadline=None)
def test_rising_and_falling_are_judged_alike(before, after):
    assert p_of_difference(before, after) == p_of_difference(after, before)


def test_large_counts_are_judged_too():
    assert p_of_difference(50_000, 50_500) == pytest.approx(0.115, abs=0.002)
    assert p_of_difference(100_000, 0) < 1e-300


def test_where_nothing_changed_something_is_shown_in_at_most_one_page_of_twenty():
    random = np.random.default_rng(3)
    pages = random.poisson(8, (600, 20, 2))
    shown = sum(any(surely([p_of_difference(int(a), int(b)) for a, b in page])) for page in pages)
    assert shown / len(pages) < 0.05


def test_step_by_step():
    assert surely([0.04, 0.001, 0.02]) == [True, True, True]
    assert surely([0.06, 0.001, 0.02]) == [False, True, True]
    assert surely([0.02, 0.02, 0.02]) == [False, False, False]
    assert surely([]) == []
