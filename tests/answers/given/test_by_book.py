"""What the answer book knows is one question, in whatever words it was asked."""

import numpy as np
import pytest

from gehoor.rooms.answers.book import embedding
from gehoor.rooms.answers.book.actions import do_add_answer
from gehoor.rooms.answers.book.content import Content
from gehoor.rooms.answers.given.by_book import entry_for, entry_told, joined
from gehoor.rooms.answers.models import State

pytestmark = pytest.mark.django_db

QUESTION = "Hoeveel mag ik per jaar boetevrij aflossen?"
TOLD = "U mag per jaar 10% van uw lening boetevrij aflossen."


@pytest.fixture
def entry(teacher):
    made = do_add_answer(content=Content(QUESTION, TOLD, state=State.VALIDATED), actor=None)
    embedding.drain(100)
    return made


def labels(asked, told, voices=None, own=None):
    who = np.arange(len(asked)) if voices is None else np.array(voices)
    return joined(asked, told, who, np.arange(len(asked)) if own is None else np.array(own)).tolist()


def test_without_a_book_everything_stays_as_it_was(teacher):
    assert labels([QUESTION, QUESTION], [TOLD, TOLD]) == [0, 1]


def test_two_wordings_of_what_an_entry_answers_are_one_question(entry):
    found = labels([QUESTION, "Waar is mijn paspoort?", f"Dag! {QUESTION}"], [TOLD, "In de la.", "Tien procent."])
    assert found[0] == found[2] != found[1]


def test_what_was_answered_says_what_an_unclear_question_was_about(entry):
    assert entry_for("Wat mag dat zijn?", TOLD) == entry
    assert entry_for("Wat mag dat zijn?", "Dat ligt aan het weer.") is None


def test_one_answer_to_several_things_asked_in_one_voice_counts_once(entry):
    found = labels([QUESTION, f"Kunt u dat nakijken? {QUESTION}", QUESTION], [TOLD, TOLD, TOLD], voices=[5, 5, 6])
    assert found[0] == found[2] != found[1]


def test_what_was_joined_already_moves_together(entry):
    found = labels([QUESTION, "Iets heel anders?", QUESTION], ["", "Nee.", ""], own=[7, 8, 7])
    assert found[0] == found[2] and found[1] == 8


def test_what_one_voice_asked_besides_does_not_hide_what_it_asked_of_the_book(entry):
    asked, told = [QUESTION, "Kunt u dat mailen?", "Wilt u dat nakijken?", QUESTION], [TOLD, TOLD, "Ja hoor.", TOLD]
    found = labels(asked, told, voices=[5, 5, 5, 6], own=[3, 3, 3, 4])
    assert found[0] == found[3]
    assert found[0] not in {found[1], found[2]}


def test_of_two_voices_that_ask_the_same_one_that_the_book_knows_is_enough(entry):
    asked, told = [QUESTION, "Kunt u dat nakijken?", QUESTION], [TOLD, "Dat doe ik.", TOLD]
    found = labels(asked, told, voices=[5, 6, 7], own=[3, 3, 4])
    assert found[0] == found[1] == found[2]


def test_an_answer_with_the_figure_that_an_entry_is_about_says_so_whatever_was_asked(entry):
    told = "U mag 20 % van uw lening zonder boete aflossen."
    assert entry_for("Heeft u zo'n boek?", told) is None or entry_told("Heeft u zo'n boek?", told) == entry
    assert entry_told("Heeft u zo'n boek?", told) == entry
    assert entry_told("Heeft u zo'n boek?", "U mag van uw lening zonder boete aflossen.") is None
    assert entry_told("Heeft u zo'n boek?", "De korting op de paraplu is 20 %.") is None


def test_what_is_asked_to_be_able_to_talk_joins_nothing(teacher):
    do_add_answer(content=Content("Kunt u mij in het Engels helpen?", "Yes.", state=State.VALIDATED), actor=None)
    embedding.drain(100)
    assert entry_for("Can you help me in English, please?", "Yes, of course.") is None
    assert labels(["Kunt u mij in het Engels helpen?"] * 2, ["Yes.", "Ja."], voices=[5, 6]) == [0, 1]
