"""The student against the normal equations, its privacy rule, and its way to disk and back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from gehoor.analysis.embedding.features import features_of_enough_persons, occurrences, word_hash
from gehoor.analysis.embedding.student import Student, ridge, teach
from gehoor.analysis.embedding.teaching import reading_order, teach_within
from gehoor.kernel.errors import Damaged

TOPICS = [
    "de rente van mijn hypotheek",
    "het inloggen op de app",
    "een afspraak met de adviseur",
    "de kosten van de taxatie",
]
VERBS = [
    "begrijp ik niet",
    "is te laat",
    "gaat verkeerd",
    "wil ik graag weten",
    "klopt niet",
    "duurt te lang",
    "is mooi",
]
WHEN = ["vandaag", "sinds maandag", "al weken", "steeds weer", "op het kantoor", "na mijn verhuizing", "dit jaar"]
TEXTS = [f"{topic} {verb} {when}" for topic in TOPICS for verb in VERBS for when in WHEN]


class SlowTeacher:
    """Sums a fixed random vector a word: what a bag-of-words student can learn exactly."""

    name = "slow"
    dimensions = 24

    def __init__(self):
        self.read = 0

    def embed(self, texts):
        self.read += len(texts)
        rows = [sum(np.random.default_rng(word_hash(w) % 2**32).normal(size=24) for w in t.split()) for t in texts]
        vectors = np.asarray(rows, np.float32).reshape(len(texts), 24)
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


@pytest.mark.parametrize(("n", "f"), [(40, 12), (12, 40)])
def test_ridge_solves_the_normal_equations_in_both_forms(n, f):
    random = np.random.default_rng(1)
    x = random.random((n, f)).astype(np.float32) * (random.random((n, f)) < 0.5)
    y = random.normal(size=(n, 3)).astype(np.float32)
    expected = np.linalg.solve(x.T @ x + 0.7 * np.eye(f), x.T @ y)
    (found,) = ridge(csr_matrix(x), y, (0.7,))
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_student_learns_and_measures_its_agreement_on_texts_it_had_not_seen():
    teacher = SlowTeacher()
    taught = TEXTS[::2]
    student = teach(taught, teacher.embed(taught), np.full(len(taught), -1))
    assert student is not None
    unseen = TEXTS[1::2]
    cosine = (student.embed(unseen) * teacher.embed(unseen)).sum(axis=1).mean()
    assert cosine > 0.9
    assert student.agreement == pytest.approx(cosine, abs=0.08)
    assert 0 < student.held_back < student.taught


def test_student_has_rows_of_length_one_and_zeros_for_no_text():
    student = teach(TEXTS, SlowTeacher().embed(TEXTS), np.full(len(TEXTS), -1))
    lengths = np.linalg.norm(student.embed(["de rente", "qwerty", "", "  "]), axis=1)
    np.testing.assert_allclose(lengths, [1, 1, 0, 0], atol=1e-5)


def test_a_word_of_four_persons_is_dropped_however_often_they_use_it():
    texts = [*TEXTS, *["geheimwoord"] * 400]
    persons = np.concatenate([np.arange(len(TEXTS)), np.arange(400) % 4 + 10_000])
    found = features_of_enough_persons(occurrences(texts), persons)
    assert word_hash("geheimwoord") not in found.tolist()
    assert word_hash("hypotheek") in found.tolist()


def test_a_word_of_five_persons_is_kept_and_each_anonymous_text_is_somebody():
    five = features_of_enough_persons(occurrences(["woord"] * 5), np.arange(5))
    anonymous = features_of_enough_persons(occurrences(["woord"] * 5), np.full(5, -1))
    mixed = features_of_enough_persons(occurrences(["woord"] * 5), np.array([-1, -1, -1, 7, 7]))
    assert five.tolist() == anonymous.tolist()
    assert word_hash("woord") in five.tolist()
    assert mixed.tolist() == []


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(-1, 6)), max_size=60))
@settings(deadline=None)
def test_kept_features_are_those_that_plain_counting_keeps(said):
    users = {}
    for row, (word, person) in enumerate(said):
        users.setdefault(word, set()).add(("anonymous", row) if person < 0 else person)
    expected = sorted(word_hash(word) for word, who in users.items() if len(who) >= 5)  # one letter has no pieces
    texts, persons = [word for word, _ in said], np.array([person for _, person in said], np.int64)
    assert features_of_enough_persons(occurrences(texts), persons).tolist() == expected


@pytest.mark.parametrize("texts", [[], ["een"], ["een twee drie"] * 3, TEXTS[:4]])
def test_too_little_to_learn_from_gives_no_student(texts):
    assert teach(texts, SlowTeacher().embed(texts), np.full(len(texts), -1)) is None


def test_a_student_comes_back_from_disk_and_a_broken_file_says_so(tmp_path):
    student = teach(TEXTS, SlowTeacher().embed(TEXTS), np.full(len(TEXTS), -1), "slow")
    path = tmp_path / "student.npz"
    student.save(path)
    again = Student.load(path)
    assert (again.teacher, again.agreement, again.taught) == ("slow", student.agreement, len(TEXTS))
    np.testing.assert_allclose(again.embed(TEXTS[:9]), student.embed(TEXTS[:9]), atol=2e-3)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(Damaged):
        Student.load(path)


def test_teaching_stops_when_the_time_is_up_but_reads_a_portion_at_least():
    teacher = SlowTeacher()
    texts = [f"{text} {number}" for text in TEXTS for number in range(10)]
    taught = teach_within(teacher, texts, np.full(len(texts), -1), 0.0)
    assert 0 < len(taught.rows) == teacher.read < len(texts)
    assert taught.student is not None


def test_reading_order_reads_no_text_twice_and_no_empty_one():
    order = reading_order([*TEXTS, *TEXTS, "", " "], 1_000)
    assert sorted(order.tolist()) == list(range(len(TEXTS)))


def test_reading_order_meets_more_words_early_than_order_of_arrival():
    texts = [*["de rente is hoog"] * 5, *[f"de rente is hoog {n}" for n in range(300)], *TEXTS]
    order = reading_order(texts, 100)[:25].tolist()
    words = {word for row in order for word in texts[row].split() if word.isalpha()}
    assert len(words) > 20


def test_the_hash_of_a_word_never_changes():
    assert word_hash("hypotheek") == int.from_bytes(bytes.fromhex(HYPOTHEEK), "little")


HYPOTHEEK = "68b14c435de9cff2"
