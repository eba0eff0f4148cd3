"""Grouping: answers that say the same together, each once, and what the groups clash on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.agreement import FactKind, Statement, Verdict, group
from gehoor.analysis.agreement import grouping as the_grouping

QUESTION = "Wat is mijn opzegtermijn?"
SAYINGS = ["De opzegtermijn is {}.", "U heeft een opzegtermijn van {}.", "Dat is {}, de opzegtermijn."]
ONE, THREE = ["een maand", "1 maand"], ["drie maanden", "3 maanden", "een kwartaal"]


def statements(texts):
    return [Statement.of(text, QUESTION) for text in texts]


def test_answers_that_say_the_same_are_one_group_and_the_clash_names_both_values():
    texts = [saying.format(value) for saying in SAYINGS for value in ONE + THREE]
    found = group(QUESTION, statements(texts))
    assert len(found.groups) == 2
    assert {frozenset(texts[i] for i in each.indices) for each in found.groups} == {
        frozenset(saying.format(value) for saying in SAYINGS for value in values) for values in (ONE, THREE)
    }
    assert found.verdict is Verdict.CONTRADICT
    (clash,) = found.clashes
    assert clash.kind is FactKind.PERIOD
    assert sorted(said.fact.says() for said in clash.values) == ["1 maand", "3 maanden"]


def test_the_representative_says_what_its_group_says():
    found = group(QUESTION, statements([SAYINGS[0].format("een maand")] * 3 + [SAYINGS[0].format("1 maand")]))
    assert [(each.indices, each.representative) for each in found.groups] == [((0, 1, 2, 3), 0)]
    assert [fact.says() for fact in found.groups[0].says] == ["1 maand"]
    assert found.verdict is Verdict.AGREE


def test_no_answers_make_no_group():
    found = group(QUESTION, [])
    assert (found.groups, found.verdict, found.clashes) == ((), Verdict.AGREE, ())


def test_thousands_of_answers_are_compared_only_where_they_differ(monkeypatch):
    calls = []
    real = the_grouping.compare
    monkeypatch.setattr(the_grouping, "compare", lambda a, b, **how: calls.append(1) or real(a, b, **how))
    texts = [SAYINGS[i % 3].format((ONE + THREE)[i % 5]) for i in range(3_000)]
    found = group(QUESTION, statements(texts))
    assert sum(len(each.indices) for each in found.groups) == 3_000
    assert len(calls) < 200


def test_more_sayings_than_are_compared_are_never_said_to_agree(monkeypatch):
    monkeypatch.setattr(the_grouping, "MOST", 1)
    found = group(QUESTION, statements(["De opzegtermijn is een maand.", "Bel de winkel.", "Vraag het na."]))
    assert sum(len(each.indices) for each in found.groups) == 3
    assert found.verdict is not Verdict.AGREE


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_answers_does_not_change_the_verdict(order):
    texts = [saying.format(value) for saying in SAYINGS for value in ("een maand", "drie maanden")][::order]
    assert group(QUESTION, statements(texts)).verdict is Verdict.CONTRADICT


@given(
    st.lists(st.sampled_from(["ja", "nee", "€ 5", "10 dagen", "bel ons", "", "tot 1 mei", "geen idee"]), max_size=12)
)
@settings(max_examples=60, deadline=None)
def test_every_answer_is_in_exactly_one_group(texts):
    found = group(QUESTION, statements(texts))
    assert sorted(i for each in found.groups for i in each.indices) == list(range(len(texts)))
    assert all(each.representative in each.indices for each in found.groups)


PENALTY_FREE = "Hoeveel mag ik per jaar boetevrij aflossen?"
ORIGINAL = [
    "U mag per kalenderjaar 10 % van de oorspronkelijke hoofdsom boetevrij aflossen, in uw geval € 31.500.",
    "U kunt 10 % van het oorspronkelijke leenbedrag boetevrij aflossen, bij u is dat € 18.000.",
    "U mag tien procent van de oorspronkelijke lening boetevrij aflossen, dus € 22.400. Uw 8.000 euro past daarin.",
]
LEFT = [
    "U mag 10 % van wat er nog openstaat boetevrij aflossen, dus € 7.300 dit jaar.",
    "U mag 10 % van de restschuld boetevrij aflossen, voor u is dat ongeveer € 11.900.",
]
FIFTEEN = [
    "U mag per jaar 15 % boetevrij aflossen, dat is bij u € 27.000.",
    "Je mag 15 % per jaar boetevrij aflossen, dus € 33.600.",
]


def test_what_a_percentage_comes_to_for_one_customer_neither_clashes_nor_parts_a_group():
    texts = ORIGINAL + LEFT + FIFTEEN
    found = group(PENALTY_FREE, statements_to(PENALTY_FREE, texts))
    assert {frozenset(texts[i] for i in each.indices) for each in found.groups} == {
        frozenset(ORIGINAL),
        frozenset(LEFT),
        frozenset(FIFTEEN),
    }
    assert {clash.kind for clash in found.clashes} == {FactKind.PERCENTAGE}
    assert {said.fact.says().replace(" per jaar", "") for clash in found.clashes for said in clash.values} == {
        "10 % van het oorspronkelijke bedrag",
        "10 % van wat nog openstaat",
        "15 %",
    }


def statements_to(question, texts):
    return [Statement.of(text, question) for text in texts]


ANY = st.lists(
    st.sampled_from(
        [
            *ORIGINAL,
            *LEFT,
            *FIFTEEN,
            "10 %",
            "10 % per jaar.",
            "Mits wij het goedkeuren mag u 20 % boetevrij aflossen.",
            "U mag 20 % aflossen.",
            "Ja.",
            "Dat verschilt per contract.",
            "",
        ]
    ),
    max_size=9,
)


@given(ANY, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_groups_verdict_and_clashes_do_not_depend_on_the_order_of_answers(texts, random):
    mixed = list(texts)
    random.shuffle(mixed)
    assert told(texts) == told(mixed)


def told(texts):
    found = group(PENALTY_FREE, statements_to(PENALTY_FREE, texts))
    return (
        [(sorted(texts[i] for i in each.indices), texts[each.representative], each.says) for each in found.groups],
        found.verdict,
        [(clash.kind, [(texts[said.index], said.fact) for said in clash.values]) for clash in found.clashes],
    )
