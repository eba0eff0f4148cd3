"""What advisers write in a hurry, held against what the book says."""

import pytest

from gehoor.analysis.agreement.comparing import compare
from gehoor.analysis.agreement.facts import FactKind
from gehoor.analysis.agreement.statement import Statement


@pytest.mark.parametrize(
    ("question", "draft", "book", "kind"),
    [
        (
            "Wat kost een tussentijdse taxatie?",
            "Een taxatie kost 480 euro.",
            "Voor het opnemen en uitwerken rekenen wij 520 euro. Dat betaalt u vooraf.",
            FactKind.AMOUNT,
        ),
        (
            "Kan ik mijn restant bewaren?",
            "Wat over is, verloopt op 30 juni.",
            "Wat over is aan het eind, verloopt op 30 september.",
            FactKind.DATE,
        ),
        ("Op welke dag schrijven jullie af?", "Op de 20e van de maand.", "Op de 2e van de maand.", FactKind.DATE),
    ],
)
def test_another_figure_of_the_one_thing_asked_clashes(question, draft, book, kind):
    found = compare(draft, book, question)
    assert [clash.kind for clash in found.clashes] == [kind]


@pytest.mark.parametrize("text", ["U kunt ook de 15e of de 26e kiezen.", "Dat kan de 15e; dat kost niets."])
def test_the_number_of_a_day_is_no_amount(text):
    facts = Statement.of(text, "Wat kost het om de dag te veranderen?").facts
    assert 15.0 not in [fact.value.low for fact in facts if fact.kind is FactKind.AMOUNT]
    assert any(fact.kind is FactKind.DATE for fact in facts)
