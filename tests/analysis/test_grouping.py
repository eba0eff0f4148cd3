"""Needs on levels: found where they are, nested, complete, the same every time; ids carried over; new asks assigned."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score
from tests.analysis.needs_material import blobs

from gehoor.analysis.needs.assigning import NONE, assign, know
from gehoor.analysis.needs.carrying import carry
from gehoor.analysis.needs.grouping import group
from gehoor.analysis.needs.resolution import fewest_needs, most_needs


def nests(coarse, fine):
    return all(len(set(coarse[fine == label].tolist())) == 1 for label in set(fine.tolist()))


def check_sound(grouping, vectors):
    said = vectors.any(axis=1)
    assert 0 <= grouping.default < len(grouping.levels)
    for level in grouping.levels:
        assert len(level) == len(vectors)
        assert (level[~said] == -1).all()
        assert sorted(set(level[said].tolist())) == list(range(len(set(level[said].tolist()))))
        sizes = np.bincount(level[said]) if said.any() else np.zeros(0)
        assert (np.diff(sizes) <= 0).all()
    for coarse, fine in zip(grouping.levels, grouping.levels[1:], strict=False):
        assert nests(coarse, fine)


def test_plain_groups_are_found_nobody_is_left_out_and_the_levels_nest():
    truth = np.random.default_rng(3).permutation(np.repeat(np.arange(20), 40))
    vectors = blobs(truth)
    found = group(vectors)
    check_sound(found, vectors)
    assert adjusted_rand_score(truth, found.labels) > 0.95
    assert len(found.levels) >= 2


@given(st.integers(0, 60), st.integers(1, 5), st.integers(0, 5), st.integers(0, 9))
@settings(deadline=None, max_examples=40)
def test_any_set_of_asks_gives_sound_levels(n, kinds, empty, seed):
    random = np.random.default_rng(seed)
    vectors = blobs(random.integers(0, kinds, max(n, 1)), seed=seed)[:n]
    vectors = np.concatenate([vectors, np.zeros((empty, 32), np.float32), vectors[: n // 3]])
    check_sound(group(vectors), vectors)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 1_000])
def test_equal_asks_are_one_need(n):
    vectors = np.repeat(blobs(np.zeros(1, np.int64)), n, axis=0)
    assert set(group(vectors).labels.tolist()) == ({0} if n else set())


def test_equal_asks_are_together_among_others():
    vectors = np.concatenate([blobs(np.repeat(np.arange(8), 30)), np.repeat(blobs(np.arange(1), seed=5), 500, axis=0)])
    found = group(vectors)
    check_sound(found, vectors)
    assert len(set(found.finest[240:].tolist())) == 1


def test_asks_without_text_are_nobodys_and_only_they():
    vectors = np.zeros((5, 8), np.float32)
    assert group(vectors).labels.tolist() == [-1] * 5


def test_the_same_asks_give_the_same_needs_every_time_and_nearly_in_any_order():
    truth = np.repeat(np.arange(12), 30)
    vectors = blobs(truth)
    first = group(vectors)
    np.testing.assert_array_equal(first.labels, group(vectors.copy()).labels)
    order = np.random.default_rng(1).permutation(len(vectors))
    assert adjusted_rand_score(first.labels[order], group(vectors[order]).labels) > 0.9


def test_what_a_reader_can_oversee():
    assert [most_needs(n) for n in (1, 6, 250, 860, 1_500, 4_500, 100_000)] == [1, 2, 15, 25, 40, 160, 160]
    assert [fewest_needs(n) for n in (5, 50, 250, 100_000)] == [1, 5, 15, 15]
    truth = np.repeat(np.arange(70), 6)
    assert group(blobs(truth)).labels.max() < most_needs(len(truth))


def test_ids_go_to_the_largest_overlap_and_each_at_most_once():
    old = np.array([5, 5, 5, 5, 8, 8, 8, -1, -1])
    new = np.array([0, 0, 0, 1, 1, 1, 2, 2, 3])
    assert carry(old, new) == {0: 5, 1: 8}


@given(st.lists(st.tuples(st.integers(-1, 5), st.integers(-1, 5)), max_size=60))
def test_carrying_is_greedy_by_overlap(pairs):
    old = np.array([a for a, _ in pairs], np.int64)
    new = np.array([b for _, b in pairs], np.int64)
    found = carry(old, new)
    assert len(set(found.values())) == len(found)
    overlap = {(a, b): pairs.count((a, b)) for a, b in pairs if a >= 0 and b >= 0}
    for (a, b), count in overlap.items():
        kept = [overlap[found[b], b]] if b in found else []
        kept += [overlap[a, other] for other, before in found.items() if before == a]
        assert kept
        assert max(kept) >= count
    assert carry(np.arange(4), np.arange(4)) == {0: 0, 1: 1, 2: 2, 3: 3}


def test_new_asks_go_to_their_need_and_strange_ones_to_none():
    truth = np.repeat(np.arange(9), 40)
    vectors = blobs(truth)
    old = np.arange(len(truth)) % 40 < 25
    known = know(vectors[old], truth[old])
    found = assign(vectors[~old], known)
    named = found.labels != NONE
    assert named.mean() > 0.85
    assert (found.labels[named] == truth[~old][named]).mean() > 0.98
    strange = blobs(np.zeros(30, np.int64), seed=77)
    assert (assign(strange, known).labels == NONE).mean() > 0.8
    assert (assign(strange, known, strictness=0).labels != NONE).all()


def test_assigning_without_text_or_without_needs():
    known = know(blobs(np.repeat(np.arange(2), 5)), np.repeat(np.arange(2), 5))
    assert assign(np.zeros((2, 32), np.float32), known).labels.tolist() == [NONE, NONE]
    nothing = know(np.zeros((0, 32), np.float32), np.zeros(0, np.int64))
    assert assign(blobs(np.zeros(2, np.int64)), nothing).labels.tolist() == [NONE, NONE]
    assert assign(np.zeros((0, 32), np.float32), known).labels.tolist() == []
