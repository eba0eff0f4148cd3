"""What is needed and what is not: said in many ways, and a clash where two answers differ in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.agreement import FactKind, Statement, Verdict, compare
from gehoor.analysis.agreement.context import read_clauses
from gehoor.analysis.agreement.facts import Fact
from gehoor.analysis.agreement.lexicon import plain
from gehoor.analysis.agreement.requirements import needs_of


def needs(text):
    said = plain(text)
    return {need.thing: need.needed for need in needs_of(said, read_clauses(said))}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("U heeft onze goedkeuring nodig.", "approval"),
        ("Vraag ons vooraf toestemming.", "approval"),
        ("Dat mag, maar alleen met onze schriftelijke toestemming.", "approval"),
        ("Zonder toestemming mag dat niet.", "approval"),
        ("Zonder toestemming is het verboden.", "approval"),
        ("Wij werken uitsluitend op afspraak.", "appointment"),
        ("Een afspraak is niet vrijblijvend.", "appointment"),
        ("U kunt niet zonder afspraak terecht.", "appointment"),
        ("Een taxatierapport is vereist.", "valuation"),
        ("You need a doctor's note.", "declaration"),
        ("Please send us the receipt.", "proof"),
        ("This requires our consent.", "approval"),
    ],
)
def test_what_is_needed_is_read(text, thing):
    assert needs(text) == {thing: True}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Daar is geen toestemming voor nodig.", "approval"),
        ("U hoeft ons geen goedkeuring te vragen.", "approval"),
        ("Dat mag zonder onze toestemming.", "approval"),
        ("Een afspraak is niet verplicht.", "appointment"),
        ("U kunt zonder afspraak binnenlopen.", "appointment"),
        ("Wij vragen geen taxatierapport.", "valuation"),
        ("Een bon is overbodig.", "proof"),
        ("No permission is required.", "approval"),
        ("You don't need a receipt.", "proof"),
    ],
)
def test_what_is_not_needed_is_read(text, thing):
    assert needs(text) == {thing: False}


@pytest.mark.parametrize(
    "text",
    [
        "Wij geven geen toestemming.",
        "Uw toestemming is vorige week binnengekomen.",
        "Als u toestemming nodig heeft, leest u het hier.",
        "Voor de afspraak moet u uw paspoort meenemen.",
        "De goedkeuring duurt twee weken.",
        "Online hoeft u geen afspraak te maken. Aan de balie is een afspraak verplicht.",
        "",
    ],
)
def test_what_is_given_supposed_or_differs_by_case_says_nothing(text):
    assert needs(text) == {}


def test_the_same_needed_and_not_needed_clash_also_where_both_say_yes():
    question = "Mag ik mijn zolder verhuren?"
    found = compare("Ja, met onze toestemming.", "Ja, en daar heeft u geen goedkeuring voor nodig.", question)
    assert found.verdict is Verdict.CONTRADICT
    (clash,) = found.clashes
    assert (clash.kind, clash.about) == (FactKind.YES_NO, "approval")
    assert (clash.a.says(), clash.b.says()) == ("toestemming nodig", "geen goedkeuring nodig")
    assert clash.b.says("en") == "no goedkeuring needed"
    assert Fact.from_json(clash.a.to_json()) == clash.a


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Van de buren heeft u toestemming nodig.", "Van ons heeft u geen toestemming nodig."),
        ("Onder de 50 euro heeft u geen bon nodig.", "U heeft een bon nodig."),
        ("U heeft een kapvergunning nodig.", "U heeft geen bouwvergunning nodig."),
        ("U heeft een vergunning nodig voor een carport.", "U heeft geen vergunning nodig voor een schuur."),
        ("U heeft een vergunning nodig.", "U heeft geen afspraak nodig."),
        ("Voor een hond heeft u toestemming nodig.", "Voor een kat heeft u geen toestemming nodig."),
    ],
)
def test_needs_of_different_things_people_or_cases_do_not_clash(a, b):
    assert compare(a, b, "Wat heb ik nodig?").verdict is not Verdict.CONTRADICT


def test_answers_that_need_otherwise_are_not_counted_as_the_same():
    a, b = (Statement.of(text) for text in ("Een bon is nodig.", "Een bon is niet nodig."))
    assert a.key != b.key


SAID = """u heeft geen toestemming nodig niet zonder afspraak , . mag alleen met bon verplicht voor de als our
permission required no hoeft vraag vooraf verboden"""
WORDS = st.sampled_from(sorted(SAID.split()))


@given(st.lists(WORDS, max_size=20).map(" ".join), st.lists(WORDS, max_size=20).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_needs_clash_alike_from_both_sides(a, b):
    there, back = compare(a, b, "Mag dat?"), compare(b, a, "Mag dat?")
    assert {(clash.a, clash.b) for clash in there.clashes} == {(clash.b, clash.a) for clash in back.clashes}
