"""What an answer only repeats is not what it says."""

import pytest

from gehoor.analysis.agreement import Statement, Verdict, compare, find_facts, group

QUESTION = "Hoeveel mag ik per jaar boetevrij aflossen?"


def says(text):
    return [fact.says() for fact in find_facts(text, QUESTION) if not fact.role]


@pytest.mark.parametrize(
    "text",
    [
        "U las dat 15 % boetevrij is; dat is niet zo, het is 10 %.",
        "U hoorde van een collega dat het 15 % is. Dat klopt helaas niet: het is 10 %.",
        "Het is 10 %. Waar de 15 % vandaan komt weet ik niet.",
        "Op de website staat 15 %, maar in uw voorwaarden is het 10 %.",
        "Op 3 maart zeiden wij u: 15 %. Dat was niet juist. Het juiste antwoord: 10 %.",
        "Het is 10 % in plaats van 15 %.",
        "You read that it is 15 %; that is not right, it is 10 %.",
        "Ik heb gevraagd hoe hij aan 15 % komt. Het is 10 %.",
    ],
)
def test_a_figure_that_is_repeated_to_deny_it_is_not_what_is_said(text):
    assert "10 %" in says(text)
    assert not [each for each in says(text) if each.startswith("15 %")]


@pytest.mark.parametrize(
    "text",
    [
        "U las dat het 15 % is, en dat klopt.",
        "Zoals u hoorde is het 15 %.",
        "U las het goed: het is 15 %.",
        "U hoorde van mijn collega dat het 15 % is.",
        "U zegt de rekening op met 15 % korting.",
    ],
)
def test_a_figure_that_is_repeated_to_confirm_it_is_what_is_said(text):
    assert says(text)[0].startswith("15 %")


def test_who_repeats_a_figure_to_deny_it_is_not_counted_with_those_who_say_it():
    answers = ["Het is 15 %.", "U las dat 15 % boetevrij is; dat is niet zo, het is 10 %.", "Het is 10 %."]
    found = group(QUESTION, [Statement.of(each, QUESTION) for each in answers])
    assert {each.indices for each in found.groups} == {(0,), (1, 2)}
    assert compare(answers[0], answers[1], QUESTION).verdict is Verdict.CONTRADICT
