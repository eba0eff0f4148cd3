"""Two questions are the same question, or only look like it; and a chain of likenesses joins nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.embedding.teacher import E5Teacher
from gehoor.analysis.questions.alignment import TRAITS, Alignment, names
from gehoor.analysis.questions.manner import without_manner
from gehoor.analysis.questions.same import SameQuestions, join, stars

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


def test_a_chain_is_not_one_group() -> None:
    left, right = np.arange(0, 5), np.arange(1, 6)
    labels = stars(6, left, right, np.array([0.9, 0.8, 0.9, 0.8, 0.9], np.float32))
    assert len(set(labels.tolist()) - {-1}) > 1


def test_a_member_goes_to_the_representative_that_it_is_surest_of() -> None:
    left, right = np.array([0, 0, 0, 3, 4, 4, 4]), np.array([1, 2, 3, 4, 5, 6, 7])
    chance = np.array([0.8, 0.8, 0.75, 0.95, 0.8, 0.8, 0.8], np.float32)
    labels = stars(8, left, right, chance)
    assert labels[3] == labels[4] != labels[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(0.5, 1.0)), max_size=30))
def test_every_group_has_a_member_that_is_joined_to_all_others(edges: list[tuple[int, int, float]]) -> None:
    distinct = {(min(a, b), max(a, b)): p for a, b, p in edges if a != b}
    pairs = np.array(list(distinct), np.int64).reshape(-1, 2)
    labels = stars(12, pairs[:, 0], pairs[:, 1], np.array(list(distinct.values()), np.float32))
    for label in set(labels.tolist()) - {-1}:
        members = np.flatnonzero(labels == label).tolist()
        assert len(members) > 1
        assert any(all(m == o or (min(m, o), max(m, o)) in distinct for o in members) for m in members)


def test_no_questions_and_one_question_join_nothing(vectors: np.ndarray) -> None:
    assert join([], vectors[:0]).tolist() == []
    assert join(TEXTS[:1], vectors[:1]).tolist() == [-1]


def test_the_manner_is_taken_from_vectors_of_the_measured_teacher_only(vectors: np.ndarray) -> None:
    plain, shrunk = without_manner(vectors, "another"), without_manner(vectors, E5Teacher.name)
    assert not np.allclose(plain, shrunk)
    assert np.allclose(np.linalg.norm(shrunk, axis=1), 1, atol=1e-5)
    assert shrunk[0] @ shrunk[1] - np.delete(shrunk @ shrunk[0], [0, 1]).mean() > 0.3
