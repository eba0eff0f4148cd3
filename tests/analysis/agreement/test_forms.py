"""Two forms of one answer, for the phone and for a letter, held against each other as any two answers are."""

import pytest

from gehoor.analysis.agreement import Verdict, compare

QUESTION = "Hoeveel mag ik boetevrij extra aflossen?"
LETTER = "U mag per kalenderjaar 10 procent van de oorspronkelijke hoofdsom vergoedingsvrij extra aflossen."


@pytest.mark.parametrize(
    "phone",
    [
        "Per jaar mag 20 procent van de oorspronkelijke hoofdsom zonder boete.",
        "U mag 15% van wat u ooit leende extra aflossen.",
    ],
)
def test_a_form_that_gives_another_figure_than_its_answer_clashes(phone):
    found = compare(LETTER, phone, QUESTION)
    assert found.verdict is Verdict.CONTRADICT
    assert LETTER[found.clashes[0].a.start : found.clashes[0].a.end] == "10 procent"


@pytest.mark.parametrize(
    "phone",
    ["Tien procent van de oorspronkelijke hoofdsom per jaar.", "U mag 10% van wat u ooit leende extra aflossen."],
)
def test_a_form_that_says_the_same_in_fewer_words_does_not(phone):
    assert compare(LETTER, phone, QUESTION).clashes == ()


def test_a_form_with_another_figure_of_the_customers_own_clashes_too():
    letter, phone = "Uw restschuld is € 182.000.", "Uw restschuld is € 128.000."
    assert compare(letter, phone, "Wat is mijn restschuld?").verdict is Verdict.CONTRADICT


def test_a_form_that_asks_for_what_its_answer_does_not_clashes():
    letter = "Ja, verhuren mag. U heeft daarvoor geen toestemming van ons nodig."
    phone = "Verhuren mag, met onze toestemming."
    assert compare(letter, phone, "Mag ik mijn woning verhuren?").verdict is Verdict.CONTRADICT
