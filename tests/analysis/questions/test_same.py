"""Two questions are the same question, or only look like it; and a chain of likenesses joins nothing."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.embedding.teacher import E5Teacher
from gehoor.analysis.questions.alignment import TRAITS, Alignment, names
from gehoor.analysis.questions.manner import without_manner
from gehoor.analysis.questions.same import SameQuestions, join, linked

TEXTS = [
    "Hoe verander ik mijn wachtwoord?",
    "hoe kan ik mijn wachtwoord wijzigen",
    "Hoeveel treinen reden in 2016 te laat in Namen?",
    "Hoeveel treinen reden in 2014 te laat in Luik?",
    "Wanneer gaat het zwembad open?",
    "Waar kan ik een hond aanmelden?",
    "Wat kost het om een boom te laten kappen?",
    "Mag ik mijn caravan op straat laten staan?",
    "Waarom is mijn pakje nog niet bezorgd?",
    "Wie ruimt de bladeren in het park op?",
    "Hoe lang blijft mijn rijbewijs geldig?",
    "Kan de huisarts ook op zaterdag komen?",
]


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    return E5Teacher().embed(TEXTS)


@pytest.fixture(scope="module")
def same(vectors: np.ndarray) -> SameQuestions:
    return SameQuestions(TEXTS, vectors, E5Teacher.name)


def _chance(same: SameQuestions, one: int, other: int) -> float:
    return float(same.probability(np.array([one]), np.array([other]))[0])


def test_other_words_are_surer_to_be_the_same_than_another_place_and_year(same: SameQuestions) -> None:
    assert _chance(same, 0, 1) > 0.5
    assert _chance(same, 0, 5) < 0.2
    assert _chance(same, 0, 1) > _chance(same, 2, 3)


def test_it_does_not_matter_which_of_two_comes_first(same: SameQuestions) -> None:
    left, right = np.array([0, 2, 4]), np.array([1, 3, 9])
    assert same.probability(left, right).tolist() == same.probability(right, left).tolist()


def test_the_alignment_counts_what_only_one_of_them_names(vectors: np.ndarray) -> None:
    alignment = Alignment(TEXTS, vectors, np.zeros(len(TEXTS), np.float32))
    found = dict(zip(TRAITS, alignment.traits(np.array([2]), np.array([3]))[0].tolist(), strict=True))
    assert (found["names_of_one"], found["names_shared"]) == (2, 0)
    assert (found["numbers_of_one"], found["numbers_shared"]) == (2, 0)
    assert found["aspects_of_one"] == 0
    assert 0 < found["words_of_longer"] <= found["words_of_shorter"] < 1


def test_names_are_words_in_capitals_or_with_one_inside_a_sentence() -> None:
    assert names("Waarom stopt de trein in Gembloers niet? Vraag het de NMBS.") == {"gemblo", "nmbs"}


def test_joined_are_the_same_words_and_not_the_others(vectors: np.ndarray) -> None:
    doubled = [*TEXTS, TEXTS[4], TEXTS[4]]
    labels = join(doubled, np.concatenate([vectors, vectors[4:5], vectors[4:5]]), E5Teacher.name)
    assert labels[4] == labels[12] == labels[13] >= 0
    assert (labels[[2, 3, 5, 6, 7, 8, 9, 10, 11]] == -1).all()


def test_what_very_many_ask_in_the_same_words_is_one_group(vectors: np.ndarray) -> None:
    many = [*TEXTS, *[TEXTS[4]] * 30]
    labels = join(many, np.concatenate([vectors, np.repeat(vectors[4:5], 30, axis=0)]), E5Teacher.name)
    assert set(labels[12:].tolist()) == {labels[4]} != {-1}


def _judge(likeness: np.ndarray) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    return lambda left, right: np.asarray(likeness[left, right])


def _linked(likeness: np.ndarray, sure: float) -> np.ndarray:
    left, right = (
        rows[likeness[np.triu_indices(len(likeness), 1)] >= sure] for rows in np.triu_indices(len(likeness), 1)
    )
    return linked(len(likeness), left, right, likeness[left, right], _judge(likeness), sure)


def test_a_chain_is_not_one_group() -> None:
    likeness = np.eye(6, dtype=np.float32)
    for row, chance in enumerate([0.9, 0.8, 0.9, 0.8, 0.9]):
        likeness[row, row + 1] = likeness[row + 1, row] = chance
    labels = _linked(likeness, 0.5)
    assert labels.tolist() == [0, 0, 1, 1, 2, 2]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 12), st.integers(0, 1_000))
def test_within_a_group_pairs_are_sure_on_average_and_nobody_is_alone_in_one(n: int, seed: int) -> None:
    half = np.triu(np.random.default_rng(seed).random((n, n)), 1)
    likeness = np.asarray(half + half.T, np.float32)
    labels = _linked(likeness, 0.6)
    for label in set(labels.tolist()) - {-1}:
        members = np.flatnonzero(labels == label)
        assert len(members) > 1
        assert likeness[np.ix_(members, members)][np.triu_indices(len(members), 1)].mean() >= 0.6 - 1e-6


def test_a_question_repeats_the_known_one_that_is_well_ahead_and_otherwise_none(vectors: np.ndarray) -> None:
    asked = ["hoe kan ik mijn wachtwoord veranderen", "Welke kleur heeft de vlag van Peru?"]
    every = [*TEXTS[1:], *asked]
    same = SameQuestions(every, np.concatenate([vectors[1:], E5Teacher().embed(asked)]), E5Teacher.name)
    known = np.arange(len(TEXTS) - 1)
    assert same.repeated(np.array([11, 12]), known).tolist() == [0, -1]
    assert same.repeated(np.array([11]), known[:0]).tolist() == [-1]


def test_a_question_that_is_known_twice_is_still_well_ahead(vectors: np.ndarray) -> None:
    every = [*TEXTS, TEXTS[0], "hoe kan ik mijn wachtwoord veranderen"]
    given_vectors = np.concatenate([vectors, vectors[:1], E5Teacher().embed(every[-1:])])
    same = SameQuestions(every, given_vectors, E5Teacher.name)
    assert same.repeated(np.array([13]), np.array([0, *range(2, 13)]))[0] in (0, 12)


def test_no_questions_and_one_question_join_nothing(vectors: np.ndarray) -> None:
    assert join([], vectors[:0]).tolist() == []
    assert join(TEXTS[:1], vectors[:1]).tolist() == [-1]


def test_the_manner_is_taken_from_vectors_of_the_measured_teacher_only(vectors: np.ndarray) -> None:
    plain, shrunk = without_manner(vectors, "another"), without_manner(vectors, E5Teacher.name)
    assert not np.allclose(plain, shrunk)
    assert np.allclose(np.linalg.norm(shrunk, axis=1), 1, atol=1e-5)
    assert shrunk[0] @ shrunk[1] - np.delete(shrunk @ shrunk[0], [0, 1]).mean() > 0.3
