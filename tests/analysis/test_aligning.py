"""Vectors of several languages on one footing."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.needs_material import blobs

from gehoor.analysis.needs.aligning import FEWEST, aligned
from gehoor.analysis.needs.neighbours import centred, neighbours


def two_languages(n=300):
    """Three matters, each said in two languages that lie apart; (matter, language, vectors)."""
    matter = np.tile(np.arange(3), 2 * n // 3)
    tongue = np.repeat(["nl", "en"], n)
    away = np.random.default_rng(5).normal(size=32)
    vectors = blobs(matter) + np.outer(tongue == "en", 0.4 * away / np.linalg.norm(away))
    return matter, tongue.tolist(), (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_each_language_gets_nearly_the_same_mean_and_rows_keep_length_1():
    _, tongue, vectors = two_languages()
    english = np.array(tongue) == "en"

    def gap(some):
        return np.linalg.norm(some[english].mean(axis=0) - some[~english].mean(axis=0))

    moved = aligned(vectors, tongue)
    assert gap(moved) < 0.4 * gap(vectors)
    assert gap(aligned(vectors, tongue, fewest=0)) < 0.1 * gap(vectors)
    assert np.allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-5)
    assert moved.dtype == np.float32


def test_what_is_said_in_two_languages_comes_together():
    matter, tongue, vectors = two_languages()

    def mixed(some):
        """Which part of the nearest neighbours speak the other language."""
        near = neighbours(centred(some), 10).rows
        return np.mean(np.array(tongue)[near] != np.array(tongue)[:, None])

    moved = aligned(vectors, tongue)
    assert mixed(vectors) < 0.05
    assert mixed(moved) > 0.3
    near = neighbours(centred(moved), 10).rows
    assert np.mean(matter[near] == matter[:, None]) > 0.95


def test_one_language_comes_back_as_it_was_and_apart_from_the_given_array():
    vectors = blobs(np.repeat([0, 1], 20))
    moved = aligned(vectors, ["nl"] * 40)
    assert np.array_equal(moved, vectors)
    assert not np.shares_memory(moved, vectors)


def test_a_row_without_text_stays_zero_and_does_not_count():
    _, tongue, vectors = two_languages()
    with_empty = np.vstack([vectors, np.zeros((5, vectors.shape[1]), np.float32)])
    moved = aligned(with_empty, [*tongue, "nl", "en", "fr", "und", "de"])
    assert not moved[-5:].any()
    assert np.array_equal(moved[:-5], aligned(vectors, tongue))
    one = np.vstack([blobs(np.zeros(4, np.int64)), np.zeros((1, 32), np.float32)])
    assert np.array_equal(aligned(one, ["nl"] * 4 + ["en"]), one)


def test_few_rows_of_a_language_move_little():
    vectors = blobs(np.repeat([0, 1, 2], 20))
    few = aligned(vectors, ["nl"] * 58 + ["fr"] * 2)
    many = aligned(vectors, ["nl"] * 30 + ["fr"] * 30)

    def moved(some, row):
        return np.linalg.norm(some[row] - vectors[row])

    assert 0 < moved(few, -1) < 0.5 * np.linalg.norm(vectors[-2:].mean(axis=0) - vectors.mean(axis=0))
    assert moved(many, -1) > moved(few, -1)
    assert FEWEST > 2


def test_nothing_gives_nothing():
    assert aligned(np.zeros((0, 8), np.float32), []).shape == (0, 8)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["nl", "en", "fr", ""]), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(languages, random):
    vectors = blobs(np.arange(len(languages)) % 3)
    order = list(range(len(languages)))
    random.shuffle(order)
    moved = aligned(vectors, languages)
    again = aligned(vectors[order], [languages[at] for at in order])
    assert np.allclose(moved[order], again, atol=1e-5)
    assert np.isfinite(moved).all()
