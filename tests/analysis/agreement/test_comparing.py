"""Comparing: what clashes, what does not, and what nobody can tell; symmetric for any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.agreement import FactKind, Statement, Verdict, compare

LINES = [json.loads(line) for line in (Path(__file__).parent / "pairs.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["a"][:40])
def test_a_pair_is_judged(line):
    found = compare(line["a"], line["b"], line["question"])
    if line["verdict"] == "no_clash":
        assert found.verdict is not Verdict.CONTRADICT, [(clash.a.says(), clash.b.says()) for clash in found.clashes]
    else:
        assert found.verdict == line["verdict"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["a"][:40])
def test_comparing_is_symmetric(line):
    one, other = (Statement.of(line[side], line["question"]) for side in "ab")
    there, back = compare(one, other), compare(other, one)
    assert there.verdict is back.verdict
    assert [(clash.a, clash.b) for clash in there.clashes] == [(clash.b, clash.a) for clash in back.clashes]
    assert (there.only_a, there.only_b) == (back.only_b, back.only_a)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["a"][:40])
def test_a_text_agrees_with_itself_however_it_is_spaced(line):
    for side in "ab":
        spaced = f" {line[side]} "
        assert compare(line[side], line[side], line["question"]).verdict is Verdict.AGREE
        assert compare(line[side], spaced, line["question"]).verdict is not Verdict.CONTRADICT


def test_a_clash_says_what_clashes_and_where():
    a, b = "De opzegtermijn is een maand.", "U heeft een opzegtermijn van drie maanden."
    (clash,) = compare(a, b, "Wat is mijn opzegtermijn?").clashes
    assert clash.kind is FactKind.PERIOD
    assert (a[clash.a.start : clash.a.end], b[clash.b.start : clash.b.end]) == ("een maand", "drie maanden")
    assert (clash.a.says(), clash.b.says()) == ("1 maand", "3 maanden")


def test_what_only_one_of_two_says_is_named():
    found = compare(
        "De kosten zijn € 50.", "De kosten zijn € 50. Betalen kan in 3 termijnen van 10 dagen.", "Wat zijn de kosten?"
    )
    assert found.only_a == ()
    assert [fact.says() for fact in found.only_b if fact.kind is FactKind.PERIOD] == ["10 dagen"]


WORDS = st.sampled_from(
    [
        "ja",
        "nee",
        "niet",
        "mag",
        "kan",
        "u",
        "de",
        "premie",
        "kost",
        "€",
        "12",
        "15",
        "%",
        "procent",
        "maanden",
        "jaar",
        "als",
        "tenzij",
        "per",
        "1",
        "maart",
        "tot",
        "vanaf",
        "gratis",
        "geen",
        ".",
        ",",
        "dekking",
        "gedekt",
        "werkdagen",
        "onbeperkt",
        "bij",
        "voor",
        "zakelijk",
        "particulier",
        "not",
        "you",
        "pay",
        "free",
    ]
)
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)


@given(TEXTS, TEXTS, st.sampled_from(["Wat kost het?", "Mag ik dat?", "Wanneer?", "Hoe lang duurt het?", ""]))
@settings(max_examples=200, deadline=None)
def test_comparing_any_two_texts_is_symmetric(a, b, question):
    there, back = compare(a, b, question), compare(b, a, question)
    assert there.verdict is back.verdict
    assert {(clash.a, clash.b) for clash in there.clashes} == {(clash.b, clash.a) for clash in back.clashes}


@given(st.text(max_size=200), st.text(max_size=80))
@settings(deadline=None)
def test_any_text_agrees_with_itself(text, question):
    assert compare(text, text, question).verdict is Verdict.AGREE
