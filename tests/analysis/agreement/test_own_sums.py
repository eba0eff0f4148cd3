"""Figures that state nothing of the matter: a customer's own sums, differences, sides of paper, turns of phrase."""

import pytest

from gehoor.analysis.agreement import Statement, Verdict, compare, find_facts, group

REPAY = "Hoeveel mag ik per jaar boetevrij aflossen?"
PAY = "Wat kost het mij per maand?"


def stated(text, question):
    return [fact.says() for fact in find_facts(text, question) if not fact.role]


def test_a_share_that_is_only_worked_out_from_the_customers_amounts_is_not_the_rule():
    assert "10 %" not in stated("U lost 20.000 euro af van 200.000 euro, dat is 10 %.", REPAY)
    assert "10 %" in stated("Van uw € 200.000 mag u € 20.000 aflossen, dat is 10 %.", REPAY)
    assert "10 %" in stated("U lost € 30.000 af van € 200.000. Dat mag: de grens is 10 %.", REPAY)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (PAY, "Die brief is veranderd. Hij is nu één kantje."),
        (PAY, "Aan de ene kant begrijp ik het, aan de andere kant niet."),
        (PAY, "Dat past in één zin."),
        (REPAY, "Dus die 7k kan met gemak."),
        (REPAY, "Uw 5.000 past daar ruim in."),
        (REPAY, "Your thirty thousand fits within it."),
        ("Hoe lang duurt het voordat een factuur is betaald?", "The invoice was complete from the first day."),
    ],
)
def test_what_only_looks_like_a_figure_states_nothing(question, text):
    assert stated(text, question) == []


def test_from_the_first_day_is_no_time_where_it_is_asked_how_long_one_waits():
    assert "0 dagen" in stated("U bent verzekerd vanaf de eerste dag.", "Is er een wachttijd?")


def test_an_amount_more_is_no_amount():
    answers = ["Het kost € 510 per maand.", "Het kost u 18 euro per maand meer."]
    assert compare(*answers, PAY).verdict is not Verdict.CONTRADICT
    asked = "Hoeveel euro per maand wordt het meer?"
    assert compare("Het wordt 12 euro per maand meer.", "Het wordt 18 euro per maand meer.", asked).clashes


def test_what_each_pays_now_parts_no_customers():
    answers = [Statement.of(text, PAY) for text in ("U betaalt nu 510 euro.", "U betaalt nu 640 euro.")]
    assert group(PAY, answers).clashes == ()
