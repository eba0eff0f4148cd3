"""The three honest counts, against a count by hand, and what is loud or weighty."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gehoor.rooms.needs.counting import Asks, Tree, count, counted_under, hidden, ranks, spread
from gehoor.rooms.needs.loudness import loudness


@st.composite
def forests(draw):
    """Three levels, needs set aside here and there, and asks that stand under the finest."""
    broad = draw(st.integers(1, 3))
    middle = [draw(st.integers(0, broad - 1)) for _ in range(draw(st.integers(1, 4)))]
    fine = [draw(st.integers(0, len(middle) - 1)) + broad for _ in range(draw(st.integers(1, 6)))]
    level = [1] * broad + [2] * len(middle) + [3] * len(fine)
    parent = [-1] * broad + middle + fine
    aside = [draw(st.booleans()) and draw(st.booleans()) for _ in level]
    tree = Tree(np.array(level), np.array(parent), np.array(aside))
    n = draw(st.integers(0, 25))
    first = len(level) - len(fine)
    voices = [draw(st.integers(1, 8)) for _ in range(n)]
    person = {voice: draw(st.integers(-1, 3)) for voice in range(1, 9)}
    asks = Asks(
        np.array([draw(st.sampled_from([-1, *range(first, len(level))])) for _ in range(n)], np.int64),
        np.array(voices, np.int64),
        np.array([person[voice] for voice in voices], np.int64),
        np.array([draw(st.floats(0, 60)) for _ in range(n)], np.float64),
    )
    return tree, asks


def path_of(tree, need):
    """The oracle: up the tree one by one, and what an ask counts for on the way."""
    counts, blocked = [], False
    while need >= 0:
        if not blocked:
            counts.append(need)
        blocked = blocked or tree.aside[need]
        need = tree.parent[need]
    return counts


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(forests())
def test_counts_are_what_one_counts_by_hand(forest):
    tree, asks = forest
    found = count(tree, asks)
    rows = list(zip(asks.need, asks.voice, asks.person, asks.minutes, strict=True))
    for need in range(len(tree.level)):
        own = [row for row in rows if need in path_of(tree, row[0])]
        assert found.voices[need] == len({voice for _, voice, _, _ in own})
        assert found.persons[need] == len({person for _, _, person, _ in own if person >= 0})
        assert found.anonymous[need] == len({voice for _, voice, person, _ in own if person < 0})
        assert np.isclose(found.minutes[need], sum(spent for *_, spent in own))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(forests(), st.lists(st.integers(-1, 2), min_size=25, max_size=25))
def test_the_spread_over_parts_is_what_one_counts_by_hand(forest, given_parts):
    tree, asks = forest
    part = np.array(given_parts[: len(asks.need)], np.int64)
    found = spread(tree, asks, part, 3)
    rows = list(zip(asks.need, asks.voice, asks.minutes, part, strict=True))
    for need in range(len(tree.level)):
        for each in range(3):
            own = [row for row in rows if row[3] == each and need in path_of(tree, row[0])]
            assert found.voices[need, each] == len({voice for _, voice, _, _ in own})
            assert np.isclose(found.minutes[need, each], sum(spent for _, _, spent, _ in own))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(forests())
def test_needs_that_show_and_what_is_unassigned_add_up_on_every_level(forest):
    tree, asks = forest
    found = count(tree, asks)
    shows = []
    for need in range(len(tree.level)):
        at, seen = need, True
        while at >= 0:
            seen, at = seen and not tree.aside[at], tree.parent[at]
        shows.append(seen)
    without = (asks.need < 0) | np.append(hidden(tree), True)[asks.need]
    for level in (1, 2, 3):
        at_level = [need for need in range(len(tree.level)) if tree.level[need] == level and shows[need]]
        assert np.isclose(found.minutes[at_level].sum() + asks.minutes[without].sum(), asks.minutes.sum())
        under = counted_under(tree, asks)[:, level - 1]
        assert np.isin(under, at_level).sum() + without.sum() == len(asks.need)


@given(st.lists(st.integers(0, 9)))
def test_a_rank_is_one_more_than_how_many_are_larger(values):
    assert ranks(values) == [1 + sum(other > value for other in values) for value in values]


def test_twitter_is_loud_and_letters_are_weighty():
    assert loudness([100, 12, 20], [60.0, 900.0, 200.0]) == ["loud", "weighty", None]


def test_two_needs_are_enough_to_tell():
    assert loudness([100, 10], [50.0, 500.0]) == ["loud", "weighty"]


def test_one_long_letter_is_no_finding():
    assert loudness([100, 1], [50.0, 500.0]) == ["loud", None]


def test_alike_needs_are_neither_and_no_needs_are_no_error():
    assert loudness([10, 11, 9], [100.0, 105.0, 95.0]) == [None, None, None]
    assert loudness([], []) == []
    assert loudness([3, 3], [0.0, 0.0]) == [None, None]
