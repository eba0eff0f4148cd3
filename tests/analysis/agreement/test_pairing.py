"""Figures that clash although one of the answers has a condition, and those that are no clash after all."""

import pytest

from gehoor.analysis.agreement import FactKind, compare


@pytest.mark.parametrize(
    ("question", "a", "b"),
    [
        (
            "Hoe lang mag ik mijn huis tijdelijk verhuren?",
            "U mag uw woning maximaal 24 maanden verhuren.",
            "Dat mag maximaal 12 maanden, als u vooraf toestemming vraagt.",
        ),
        (
            "Mag ik mijn huis tijdelijk verhuren?",
            "Ja, verhuren mag tot 24 maanden. U heeft vooraf onze goedkeuring nodig.",
            "Ja, u mag uw huis 12 maanden verhuren. U hoeft dat alleen even te melden.",
        ),
        (
            "Wat is de garantie?",
            "U heeft 24 maanden garantie, mits u de bon bewaart.",
            "Zolang u een bewijs heeft, is de garantie 12 maanden.",
        ),
        (
            "How long may I rent out my home?",
            "You may rent it out for up to 24 months.",
            "For up to 12 months, provided you have our consent.",
        ),
    ],
)
def test_two_periods_clash_also_where_one_answer_asks_something_more(question, a, b):
    found = compare(a, b, question)
    assert [clash.kind for clash in found.clashes] == [FactKind.PERIOD]


@pytest.mark.parametrize(
    ("question", "a", "b"),
    [
        ("Mag ik verhuren?", "Ja, verhuren mag 24 maanden.", "Ja, meld het verhuren twee weken vooraf."),
        ("Mag ik verhuren?", "Verhuren mag 24 maanden.", "Over uw verzoek om te verhuren hoort u binnen een week."),
        ("Mag ik verhuren?", "Verhuren mag 24 maanden.", "Verhuren mag pas na 6 maanden."),
        ("Kan ik opzeggen?", "Opzeggen kan elke maand.", "Opzeggen kan, met een opzegtermijn van 2 maanden."),
    ],
)
def test_how_long_it_lasts_is_no_clash_with_how_long_before_or_after(question, a, b):
    assert all(clash.kind is not FactKind.PERIOD for clash in compare(a, b, question).clashes)


def clashing(question, a, b):
    found = compare(a, b, question)
    return {(clash.a.says(), clash.b.says()) for clash in found.clashes}


def test_every_value_that_clashes_is_named_not_only_the_surest_of_its_kind():
    question = "Hoe lang blijft mijn bouwdepot open?"
    book = "Bij nieuwbouw blijft het 24 maanden open. Bij een verbouwing blijft het 12 maanden open."
    draft = "Bij nieuwbouw blijft het 18 maanden open. Bij een verbouwing blijft het 9 maanden open."
    assert clashing(question, draft, book) == {("18 maanden", "2 jaar"), ("9 maanden", "1 jaar")}


def test_two_clashes_in_one_sentence_are_both_named():
    question = "Wat kost een tweede taxatie?"
    book = "Een tweede taxatie kost 425 euro. U krijgt het rapport binnen tien werkdagen."
    draft = "Een tweede taxatie kost 500 euro en u krijgt het rapport binnen 20 werkdagen."
    assert clashing(question, draft, book) == {
        ("€ 500", "€ 425"),
        ("hoogstens 20 werkdagen", "hoogstens 10 werkdagen"),
    }


def test_an_equal_value_of_something_else_hides_no_clash():
    question = "Hoe lang blijft mijn bouwdepot open?"
    book = "Bij nieuwbouw blijft het bouwdepot 24 maanden open. U kunt één keer verlengen met zes maanden."
    draft = "Bij nieuwbouw blijft het bouwdepot 6 maanden open."
    assert clashing(question, draft, book) == {("6 maanden", "2 jaar")}
