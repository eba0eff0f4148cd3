"""What is said while nothing is answered is no answer, and one word of an answer makes it one."""

import pytest

from gehoor.analysis.agreement import Statement, Verdict, compare, group, is_idle


@pytest.mark.parametrize(
    "text",
    [
        "Haha, ik pak de voorwaarden erbij.",
        "Momentje, ik kijk even.",
        "Een ogenblikje geduld alstublieft.",
        "Goedemiddag, u spreekt met Karin. Waarmee kan ik u helpen?",
        "Ik zoek het meteen voor u op, blijft u aan de lijn.",
        "Oké, dat moet ik even navragen bij een collega.",
        "Bedankt voor het wachten!",
        "Ik verbind u door.",
        "Wat is uw postcode?",
        "One moment please, let me check that for you.",
        "Hmm, bear with me.",
        "...",
        "",
    ],
)
def test_what_only_fills_the_time_is_no_answer(text):
    assert is_idle(text)


@pytest.mark.parametrize(
    "text",
    [
        "Momentje, ik kijk even. Ja, dat mag.",
        "Dat mag.",
        "Nee.",
        "Ja hoor.",
        "Ja, heeft u het al geprobeerd?",
        "Haha, dat kost niets.",
        "Ik zie dat u niet verzekerd bent, ik kijk het na.",
        "Een moment geduld, de storing is morgen opgelost.",
        "Na 3 weken.",
        "Bij een collega van de balie kunt u hem ophalen.",
        "Let me check: you are covered.",
        "Uw collega is verzekerd.",
        "De voorwaarden gelden.",
    ],
)
def test_a_word_of_an_answer_makes_it_one(text):
    assert not is_idle(text)


def test_what_is_no_answer_neither_agrees_nor_clashes():
    found = compare("Momentje, ik kijk even.", "Haha, ik pak de voorwaarden erbij.", "Mag ik verhuren?")
    assert (found.verdict, found.why) == (Verdict.CANNOT_TELL, "no_answer")
    assert compare("Momentje, ik kijk even.", "Ja, dat mag.", "Mag ik verhuren?").clashes == ()


def test_groups_say_which_of_them_are_no_answer():
    question = "Mag ik verhuren?"
    texts = ["Momentje, ik kijk even.", "Ja, dat mag.", "Ja, dat mag.", "Een ogenblik geduld."]
    found = group(question, [Statement.of(text, question) for text in texts])
    assert [(each.indices, each.idle) for each in found.groups] == [((1, 2), False), ((0, 3), True)]
    assert found.verdict is Verdict.AGREE
