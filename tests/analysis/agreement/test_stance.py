"""Yes or no: what rules and model say together, and where one of them keeps the other from saying anything."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gehoor.analysis.agreement as package
from gehoor.analysis.agreement import FactKind, Statement, Verdict, compare, find_facts
from gehoor.analysis.agreement.weighing import Weights, weights


def answers(text, question):
    return [fact.says() for fact in find_facts(text, question) if fact.kind is FactKind.YES_NO]


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        ("Betaal ik iets als ik eerder stop?", "Ja, er komt een vergoeding bij.", "Daar zit geen boete op."),
        ("Is een fysiotherapeut gedekt?", "Dat zit in uw pakket.", "Dat zit niet in uw pakket."),
        ("Mag ik een muur doorbreken?", "Prima hoor, dat mag.", "Dat is helaas uitgesloten."),
        ("Does changing my plan cost anything?", "Yes, a fee applies.", "We do not charge for that."),
        ("Is it forbidden to sublet?", "Yes, that is forbidden.", "No."),
    ],
)
def test_yes_and_no_said_indirectly_clash(question, yes, no):
    assert answers(yes, question) == ["ja"]
    assert answers(no, question) == ["nee"]
    assert compare(yes, no, question).verdict is Verdict.CONTRADICT


@pytest.mark.parametrize(
    "text",
    [
        "Bij diefstal wel, bij verlies dan wel bij schade hangt het van de polis af.",
        "Dat hangt af van uw contract.",
        "U kunt het formulier naar ons opsturen.",
        "",
    ],
)
def test_what_depends_or_says_neither_is_no_yes_and_no_no(text):
    assert answers(text, "Krijg ik mijn toestel vergoed?") == []


def test_a_denied_question_is_answered_by_confirming_or_correcting_it():
    question = "Hoef ik de bon niet te bewaren?"
    assert answers("Toch wel, zonder bon kunnen wij niets doen.", question) == ["ja"]
    assert answers("Klopt, dat is niet nodig.", question) == ["nee"]


def test_the_month_of_may_allows_nothing():
    assert answers("You are in this plan until May.", "Can I downgrade?") == []


def test_a_question_that_asks_more_than_one_thing_is_not_answered_by_one_yes():
    assert answers("Ja.", "Mag ik verhuren? Moet ik dat melden? Kost het iets?") == []


@pytest.mark.parametrize("name", ["stance", "settling"])
def test_a_model_has_one_number_a_class_for_every_feature(name):
    kept = json.loads((Path(package.__file__).parent / "weights" / f"{name}.json").read_text("utf-8"))
    assert len(kept["bias"]) == len(kept["classes"]) == len(set(kept["classes"]))
    assert {len(of) for of in kept["weights"].values()} == {len(kept["classes"])}


def test_shares_are_the_softmax_of_the_weighed_features():
    model = Weights(("a", "b"), (0.0, 1.0), {"x": (2.0, 0.0)})
    shares = model.shares({"x": 1.0, "unknown": 9.0})
    assert shares["a"] == pytest.approx(2.718281828**2 / (2.718281828**2 + 2.718281828))


@given(st.dictionaries(st.sampled_from(["yes", "rules: yes", "rules: no", "soft", "?"]), st.floats(-50, 50)))
@settings(deadline=None)
def test_shares_are_together_one(found):
    shares = weights("stance").shares(found)
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares.values()) >= 0


def test_no_answer_agrees_with_one_that_gives_another_figure_or_the_opposite():
    question = "Hoe lang is de wachttijd?"
    a, b = Statement.of("De wachttijd is 3 maanden.", question), Statement.of("Ongeveer 3 tot 5 weken.", question)
    assert compare(a, b).verdict is not Verdict.AGREE
