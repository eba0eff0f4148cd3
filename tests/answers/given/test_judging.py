"""What counts as stated in an answer, which clashes are sure, and what is asked in small talk: nothing."""

import pytest

from gehoor.rooms.answers.given import judging
from gehoor.rooms.answers.given.alike import joined_alike
from gehoor.rooms.answers.given.asking import asked_in
from gehoor.rooms.answers.given.judging import beside_entry, judge, judge_many, read
from gehoor.rooms.answers.given.stating import stating

HOW_MUCH = "Hoeveel procent mag ik boetevrij aflossen?"
PADDING = "Wij hebben dit zorgvuldig voor u bekeken en lichten hieronder toe wat er in die tijd is gebeurd. " * 7


def asked(text):
    return [text[each.start : each.end] for each in asked_in(text, 0, len(text))]


class TestWhatStatesNothing:
    @pytest.mark.parametrize(
        "text",
        [
            "2 en 3. Tot op heden niet.",
            "Regie der Gebouwen1. De brief is verstuurd.",
            "1., 2., 3. b) en 4. Dat is bekend.",
            "Zie de vragen 1 tot 6 van toen.",
            "Zie nr. 107, blz. 137.",
            "In de zitting 2016-2017 is dat gezegd.",
            "Dat staat in richtlijn 2004/38/EG en verordening (EG) nr 883/2004.",
            "In zaak C-442/16 en artikels 16 en 28 staat het.",
            "Zie 2016201714442-1-205-nl-fr voor alles.",
            "De post AB 142101121101 en artikel 14. 01.12. 11.19 van de begroting.",
            "Ik verwijs naar mijn antwoord van 10 januari 2017.",
        ],
    )
    def test_numbers_that_say_where_are_blank(self, text):
        blank = stating(text)
        assert len(blank) == len(text)
        assert not any(map(str.isdigit, blank))

    @pytest.mark.parametrize(
        "text",
        [
            "U mag 10 % per jaar aflossen.",
            "Het kost € 25. Dat betaalt u op de 1e van de maand.",
            "Binnen 5 werkdagen, uiterlijk op 3 maart 2025.",
            "De looptijd is 24 maanden. Daarna betaalt u 4,5 %.",
        ],
    )
    def test_values_stay(self, text):
        assert stating(text) == text

    def test_a_list_before_its_values_keeps_these(self):
        assert stating("1. U mag 10 % aflossen. 2. Het kost € 25.") == "   U mag 10 % aflossen.    Het kost € 25."


class TestAClash:
    def test_of_short_answers_is_one(self):
        assert judge(HOW_MUCH, ["U mag 10 % aflossen.", "U mag 15 % aflossen."]).verdict == "contradict"

    def test_of_a_kind_that_was_asked_for_is_one_in_a_long_answer_too(self):
        found = judge(HOW_MUCH, [f"U mag 10 % aflossen. {PADDING}", f"U mag 15 % aflossen. {PADDING}"])
        assert found.verdict == "contradict"

    def test_of_something_else_in_long_answers_cannot_be_told(self):
        question = "Voor welke projecten zijn die middelen bestemd?"
        spent = [
            f"België heeft beslist {value} vrij te maken voor acties." for value in ("4 miljoen euro", "9 miljoen euro")
        ]
        assert judge(question, spent).verdict == "contradict"
        found = judge(question, [f"{each} {PADDING}" for each in spent])
        assert (found.verdict, found.clashes) == ("cannot_tell", ())

    def test_of_a_yes_that_is_only_hinted_at_cannot_be_told_where_two_things_were_asked(self):
        answers = ["U mag de woning verhuren.", "U mag de woning niet verhuren."]
        assert judge("Mag ik mijn woning verhuren?", answers).verdict == "contradict"
        assert judge("Mag ik mijn woning verhuren? Moet ik dat melden?", answers).verdict != "contradict"

    def test_with_the_book_in_a_long_answer_about_something_else_cannot_be_told(self):
        question, entry = (
            "Voor welke projecten zijn die middelen bestemd?",
            "Wij maken 9 miljoen euro vrij voor acties.",
        )
        assert beside_entry(question, "Wij maken 4 miljoen euro vrij voor acties.", entry) == "contradict"
        assert beside_entry(question, f"Wij maken 4 miljoen euro vrij voor acties. {PADDING}", entry) == "cannot_tell"


def test_values_that_everyone_has_of_their_own_do_not_clash():
    question, told = "Hoe hoog is de boete?", "De boete is € {}.000."
    own = [told.format(amount) for amount in (150, 161, 172, 183)]
    assert judge(question, own).verdict == "cannot_tell"
    again = [*own, "De boete bedraagt € 161.000."]
    assert judge(question, again).verdict == "contradict"


def test_what_a_share_comes_to_for_one_customer_parts_nobody():
    answers = [
        "U mag per jaar 10 % van uw oorspronkelijke lening aflossen, voor u is dat € 27.000.",
        "10 % van uw oorspronkelijke lening. In uw geval komt dat neer op € 41.500.",
        "Elk jaar € 41.500, oftewel 10 % van uw oorspronkelijke lening.",
        "Per jaar mag u 10 % van uw oorspronkelijke lening aflossen (€ 33.000).",
    ]
    found = judge(HOW_MUCH, answers)
    assert (found.labels, found.verdict) == ((0, 0, 0, 0), "agree")


def test_two_processes_judge_as_one_does(monkeypatch):
    many = [(HOW_MUCH, [f"U mag {n} % aflossen.", f"U mag {n + 5} % aflossen."]) for n in range(3)]
    alone = list(judge_many(many))
    monkeypatch.setattr(judging, "_WORTH_A_PROCESS", 1)
    assert list(judge_many(many)) == alone
    assert [each.verdict for each in alone] == ["contradict"] * 3


def test_helpers_that_are_killed_leave_their_work_to_us_and_new_ones_come(monkeypatch):
    many = [(HOW_MUCH, [f"U mag {n} % aflossen.", f"U mag {n + 5} % aflossen."]) for n in range(3)]
    alone = list(judge_many(many))
    monkeypatch.setattr(judging, "_WORTH_A_PROCESS", 1)
    list(judge_many(many))
    for helper in judging._processes()._processes.values():
        helper.kill()
        helper.join()
    assert list(judge_many(many)) == alone
    assert list(judge_many(many)) == alone


class TestSmallTalk:
    @pytest.mark.parametrize(
        "text",
        [
            "Can we speak English?",
            "Hello, can we speak English please?",
            "Kunt u mij horen?",
            "Bent u er nog?",
            "How are you?",
        ],
    )
    def test_asks_nothing(self, text):
        assert asked(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "Hoe gaat het met mijn aanvraag?",
            "Kunt u mij bellen?",
            "Mag ik u iets vragen over mijn polis?",
            "Is your contract in English?",
        ],
    )
    def test_is_not_what_is_asked_of_us(self, text):
        assert asked(text) == [text]

    def test_leaves_what_is_asked_or_said_beside_it(self):
        assert asked("Can we speak English? What is the penalty for early repayment?") == [
            "What is the penalty for early repayment?"
        ]
        assert asked("Kunnen we Engels praten? Mijn bouwdepot is nog niet uitbetaald.") == [
            "Mijn bouwdepot is nog niet uitbetaald."
        ]


def test_one_value_told_in_two_languages_and_with_a_condition_is_one_group():
    answers = [
        "U mag 20% boetevrij aflossen.",
        "You may repay 20 percent without a penalty.",
        "U mag 20% boetevrij aflossen, mits wij dat vooraf goedkeuren.",
        "U mag 10% boetevrij aflossen.",
    ]
    judged = judge("Hoeveel mag ik boetevrij aflossen?", answers)
    assert joined_alike(judged).labels == (0, 0, 0, 1)


def test_different_values_stay_different_groups():
    judged = judge("Hoeveel mag ik boetevrij aflossen?", ["U mag 10% aflossen.", "U mag 15% aflossen."])
    assert joined_alike(judged).labels == judged.labels


def test_the_same_share_of_something_else_does_not_agree_with_the_book():
    book = "U mag elk jaar 10% van het oorspronkelijke bedrag boetevrij aflossen."
    asked = "Hoeveel procent mag ik per jaar boetevrij aflossen?"
    assert beside_entry(asked, "You can pay off 10% of what's still outstanding without a penalty.", book) != "agree"
    assert beside_entry(asked, "U mag 10% boetevrij aflossen, voor u is dat € 2.000.", book) == "agree"


def test_shared_figures_agree_only_when_they_are_of_the_same():
    asked = "Hoeveel procent mag ik boetevrij aflossen?"
    whole = read("U mag 10% van het oorspronkelijke bedrag aflossen.", asked)
    left = read("U mag 10% van wat nog openstaat aflossen.", asked)
    assert not judging._share(whole, left, asked)
    assert judging._share(whole, read("U mag 10% aflossen.", asked), asked)


INVOICE = "Hoe lang duurt het voordat een factuur uit mijn bouwdepot is betaald?"
IN_FIVE_DAYS = (
    "Wij betalen binnen vijf werkdagen nadat uw declaratie compleet is. Ontbreekt er iets, dan bellen wij binnen twee "
    "werkdagen."
)


def test_who_says_another_term_beside_that_of_the_book_does_not_agree_with_it():
    norm = "Vijf werkdagen is de norm, maar ik zeg u eerlijk dat het er vaak meer zijn; reken op twee tot drie weken."
    assert beside_entry(INVOICE, norm, IN_FIVE_DAYS) != "agree"
    assert beside_entry(INVOICE, "Wij betalen de factuur binnen 5 werkdagen.", IN_FIVE_DAYS) == "agree"


def test_an_equal_term_of_something_else_does_not_agree_with_the_book():
    assert beside_entry(INVOICE, "Wij bellen u binnen vijf werkdagen.", IN_FIVE_DAYS) != "agree"
    open_for = "Bij nieuwbouw blijft het 24 maanden open. U kunt één keer verlengen met zes maanden."
    assert beside_entry("Hoe lang blijft mijn bouwdepot open?", "Het blijft 6 maanden open.", open_for) != "agree"
