"""What in a talk is an answer, and what is only said around it."""

import pytest

from gehoor.rooms.answers.given.asking import is_small_talk, told_in_turns

ASKED = "Klant: Hoeveel mag ik dit jaar boetevrij aflossen?\n"


def answers(text):
    return [text[each.start : each.end] for each in told_in_turns(text)]


@pytest.mark.parametrize(
    "around",
    [
        "Goedemiddag Anouk, met Daan.",
        "Hypotheekhuis De Linde, met Femke Smit, goedemiddag.",
        "(lacht) Haha. Ik pak de voorwaarden er even bij.",
        "Let me give you that number.",
        "Momentje.",
    ],
)
def test_what_greets_laughs_or_goes_and_looks_is_no_answer_and_the_next_turn_is(around):
    text = f"{ASKED}Adviseur: {around}\nKlant: Graag.\nAdviseur: Dat is tien procent per jaar."
    assert answers(text) == ["Dat is tien procent per jaar."]


@pytest.mark.parametrize(
    "said",
    [
        "Ja.",
        "Nee hoor.",
        "Dat kan met Mijn Linde.",
        "Met Mijn Linde.",
        "Met een verklaring van de werkgever.",
        "Dag van ontvangst.",
        "Een momentopname van 10%.",
    ],
)
def test_what_tells_something_is_an_answer_however_short(said):
    assert answers(f"{ASKED}Adviseur: {said}") == [said]


def test_asking_for_another_language_is_small_talk_and_asking_for_something_in_it_is_not():
    assert is_small_talk("Kunt u mij in het Engels helpen?")
    assert is_small_talk("Can you help me in English?")
    assert not is_small_talk("Kunt u mij in het Engels uitleggen wat ik per maand betaal?")
