"""An ask leans on its voice."""

import numpy as np
import pytest

from gehoor.analysis.needs.context import SUBJECT, in_context, plain_subject


@pytest.fixture
def vectors() -> np.ndarray:
    made = np.random.default_rng(5).normal(size=(6, 8)).astype(np.float32)
    made[4] = 0
    return made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)


VOICES = np.array([7, 3, 3, 9, 9, 9])
WORDS = np.array([10, 10, 30, 5, 5, 0])


def test_each_ask_moves_towards_the_mean_of_its_voice(vectors: np.ndarray) -> None:
    found = in_context(vectors, VOICES, WORDS)
    mean = vectors[1] * 10 + vectors[2] * 30
    mean /= np.linalg.norm(mean)
    for row in (1, 2):
        leaning = vectors[row] + 0.5 * mean
        np.testing.assert_allclose(found[row], leaning / np.linalg.norm(leaning), atol=1e-6)
    assert found[1] @ found[2] > vectors[1] @ vectors[2]


def test_a_voice_of_one_ask_and_an_empty_ask_stay_as_they_are(vectors: np.ndarray) -> None:
    found = in_context(vectors, VOICES, WORDS)
    np.testing.assert_array_equal(found[0], vectors[0])
    assert not found[4].any()
    np.testing.assert_allclose(np.linalg.norm(found[[0, 1, 2, 3, 5]], axis=1), 1, atol=1e-6)


def test_the_order_of_the_asks_does_not_matter(vectors: np.ndarray) -> None:
    order = np.array([5, 2, 0, 4, 1, 3])
    np.testing.assert_allclose(
        in_context(vectors[order], VOICES[order], WORDS[order]), in_context(vectors, VOICES, WORDS)[order], atol=1e-6
    )


def test_a_subject_line_draws_the_asks_under_it_and_no_others(vectors: np.ndarray) -> None:
    subjects = np.zeros_like(vectors)
    subjects[[0, 4]] = vectors[3]
    found, without = in_context(vectors, VOICES, WORDS, subjects=subjects), in_context(vectors, VOICES, WORDS)
    leaning = vectors[0] + SUBJECT * vectors[3]
    np.testing.assert_allclose(found[0], leaning / np.linalg.norm(leaning), atol=1e-6)
    np.testing.assert_array_equal(found[1:], without[1:])


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("RE: Fwd: Re: factuur dak", "factuur dak"),
        ("Antw: mijn depot: hoe lang nog?", "mijn depot: hoe lang nog?"),
        ("Reactie op uw brief", "Reactie op uw brief"),
        ("RE: 2024-118", ""),
        ("", ""),
    ],
)
def test_a_subject_line_is_read_without_what_mail_programs_put_before_it(line: str, plain: str) -> None:
    assert plain_subject(line) == plain
