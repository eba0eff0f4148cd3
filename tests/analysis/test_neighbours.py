"""Neighbours and the graph of shared ones, against brute force in plain Python."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.needs.graph import between_groups, by_size, communities, shared_neighbours, symmetric
from gehoor.analysis.needs.neighbours import centred, neighbours


def unit(n, d=5, seed=0):
    vectors = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(st.integers(2, 40), st.integers(1, 12), st.integers(0, 99))
@settings(deadline=None, max_examples=40)
def test_exact_neighbours_are_those_of_brute_force(n, k, seed):
    vectors = unit(n, seed=seed)
    found = neighbours(vectors, k)
    for row in range(n):
        cosine = {other: float(vectors[row] @ vectors[other]) for other in range(n) if other != row}
        expected = sorted(cosine.values(), reverse=True)[: min(k, n - 1)]
        assert row not in found.rows[row]
        np.testing.assert_allclose(found.cosines[row], expected, atol=1e-5)
        np.testing.assert_allclose([cosine[other] for other in found.rows[row].tolist()], expected, atol=1e-5)


def test_search_in_cells_finds_nearly_all_neighbours():
    labels = np.repeat(np.arange(60), 50)
    vectors = centred(unit(60, 16)[labels] + 0.3 * unit(3_000, 16, seed=1))
    exact, cells = neighbours(vectors, 10, exact=True), neighbours(vectors, 10, exact=False)
    recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(exact.rows.tolist(), cells.rows.tolist(), strict=True)])
    assert recall > 0.95
    assert not (cells.rows == np.arange(3_000)[:, None]).any()
    assert all(len(set(row)) == 10 for row in cells.rows.tolist())


@pytest.mark.parametrize("vectors", [np.zeros((0, 4), np.float32), np.ones((1, 4), np.float32)])
def test_without_others_there_are_no_neighbours(vectors):
    assert neighbours(vectors, 5).rows.shape == (len(vectors), 0)


def test_equal_and_empty_vectors_centre_without_warnings_on_zero():
    assert not centred(np.ones((4, 3), np.float32)).any()
    assert not centred(np.zeros((4, 3), np.float32)).any()
    mixed = centred(np.array([[1, 0], [0, 0], [0, 1]], np.float32))
    np.testing.assert_allclose(np.linalg.norm(mixed, axis=1), [1, 0, 1], atol=1e-6)


@given(st.integers(4, 25), st.integers(1, 6), st.integers(0, 99))
@settings(deadline=None, max_examples=30)
def test_edges_are_the_jaccard_index_of_the_sets_of_neighbours(n, k, seed):
    near = neighbours(unit(n, seed=seed), min(k, n - 1)).rows
    graph = shared_neighbours(near).toarray()
    sets = [{row, *near[row].tolist()} for row in range(n)]
    for a in range(n):
        for b in range(n):
            linked = a != b and (b in near[a] or a in near[b])
            expected = len(sets[a] & sets[b]) / len(sets[a] | sets[b]) if linked else 0.0
            assert graph[a, b] == pytest.approx(expected)


def modularity(graph, labels, resolution):
    total, degree = graph.sum(), graph.sum(axis=1)
    same = labels[:, None] == labels[None, :]
    return float(((graph - resolution * np.outer(degree, degree) / total) * same).sum() / total)


def test_communities_reach_the_best_modularity_that_trying_everything_finds():
    first = np.array([0, 0, 1, 3, 3, 4, 2, 6])
    second = np.array([1, 2, 2, 4, 5, 5, 3, 0])
    graph = symmetric(first, second, np.array([1, 1, 1, 1, 1, 1, 0.2, 0.3]), 7)
    dense = graph.toarray()
    best = max(modularity(dense, np.array(labels), 1.0) for labels in partitions(7))
    assert modularity(dense, communities(graph, 1.0), 1.0) == pytest.approx(best)


def partitions(n):
    """All ways to label n rows, each with first labels lowest."""
    found = [[0]]
    for _ in range(n - 1):
        found = [[*labels, label] for labels in found for label in range(max(labels) + 2)]
    return found


def test_groups_of_groups_count_the_weight_within_groups():
    random = np.random.default_rng(0)
    weights = np.triu(random.random((8, 8)) * (random.random((8, 8)) < 0.6), 1)
    graph = symmetric(*np.nonzero(weights), weights[np.nonzero(weights)], 8)
    inner = np.array([0, 0, 1, 1, 2, 2, 3, 3])
    over = between_groups(graph, inner)
    np.testing.assert_allclose(over.toarray().sum(), graph.toarray().sum())
    best = max(modularity(graph.toarray(), np.array(outer)[inner], 1.0) for outer in partitions(4))
    assert modularity(graph.toarray(), communities(over, 1.0)[inner], 1.0) == pytest.approx(best)


def test_labels_are_numbered_by_size_and_nobody_stays_nobody():
    assert by_size(np.array([7, 7, 3, -1, 9, 9, 9, 3])).tolist() == [1, 1, 2, -1, 0, 0, 0, 2]
    assert by_size(np.zeros(0, np.int64)).tolist() == []
