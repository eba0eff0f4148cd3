"""Figures of one customer's own situation: no clash between customers, a clash to one and the same."""

import pytest

from gehoor.analysis.agreement import Statement, Verdict, compare, group

OWN = [
    ("Wat is mijn restschuld?", "Uw openstaande schuld is € 182.000.", "Uw restschuld bedraagt nu € 95.400."),
    ("Hoeveel staat er nog open?", "U heeft nog € 4.500 openstaan.", "Er staat nog € 12.000 open."),
    ("Wat is mijn WOZ-waarde?", "Uw WOZ-waarde is vastgesteld op € 310.000.", "Uw WOZ-waarde is € 288.000."),
    ("Wanneer is mijn afspraak?", "Uw afspraak staat op 3 mei.", "Uw afspraak is op 5 juni."),
    ("What do I owe?", "Your outstanding balance is €18,200.", "You still owe €9,400."),
]
GENERAL = [
    ("Wat kost een paspoort?", "Uw paspoort kost € 75.", "Een paspoort kost € 90."),
    ("Wat kost een herinnering?", "Op uw factuur rekenen wij € 5.", "Op uw factuur rekenen wij € 15."),
    ("Hoe hoog is het eigen risico?", "Uw eigen risico is € 385.", "Uw eigen risico is € 450."),
    ("Tot wanneer kan ik bezwaar maken?", "U kunt bezwaar maken tot 1 mei.", "U kunt bezwaar maken tot 1 juni."),
    (
        "Tot wanneer kan ik mijn afspraak afzeggen?",
        "Uw afspraak moet u vóór 1 mei afzeggen.",
        "Uw afspraak moet u vóór 1 juni afzeggen.",
    ),
]


@pytest.mark.parametrize(("question", "a", "b"), OWN)
def test_figures_of_their_own_do_not_part_customers(question, a, b):
    assert compare(a, b, question, same_person=False).verdict is not Verdict.CONTRADICT
    assert group(question, [Statement.of(a, question), Statement.of(b, question)]).clashes == ()


@pytest.mark.parametrize(("question", "a", "b"), OWN)
def test_one_customer_told_two_figures_was_told_a_clash(question, a, b):
    assert compare(a, b, question).verdict is Verdict.CONTRADICT


@pytest.mark.parametrize(("question", "a", "b"), GENERAL)
def test_what_holds_for_everyone_clashes_between_customers(question, a, b):
    assert compare(a, b, question, same_person=False).verdict is Verdict.CONTRADICT
    assert group(question, [Statement.of(a, question), Statement.of(b, question)]).clashes != ()


def test_what_is_the_same_for_all_clashes_beside_what_is_not():
    question = "Hoeveel mag ik extra aflossen?"
    a = "U mag 10 procent aflossen. Uw openstaande schuld is € 182.000."
    b = "U mag 20 procent aflossen. Uw openstaande schuld is € 95.000."
    kinds = [clash.kind for clash in compare(a, b, question, same_person=False).clashes]
    assert [str(kind) for kind in kinds] == ["percentage"]


def test_a_group_is_not_called_by_one_customers_figure():
    question = "Mag ik aflossen?"
    answers = [Statement.of("Ja. Uw restschuld is € 182.000.", question)] * 2
    (one,) = group(question, answers).groups
    assert "€ 182.000" not in [fact.says() for fact in one.says]
