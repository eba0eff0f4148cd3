"""Language, lemmas, turns."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.text import customers_part, index_terms, language, query_terms, turns


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wanneer krijg ik mijn geld?", "nl"),
        ("When do I get my money?", "en"),
        ("Wann bekomme ich mein Geld?", "de"),
        ("Quand est-ce que je reçois mon argent ?", "fr"),
        ("12345 €", "und"),
        ("", "und"),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    ("said", "searched"),
    [
        ("bouwdepots", "bouwdepot"),
        ("bouwdepot", "bouwdepots"),
        ("hypotheken", "hypotheek"),
        ("betaalde", "betalen"),
        ("facturen", "factuur"),
        ("jaaropgave", "jaaropgaven"),
        ("jaaropgaven", "jaaropgave"),
        ("terugbelafspraken", "terugbelafspraak"),
        ("auto-incasso", "autoincasso"),
    ],
)
def test_dutch_finds_its_inflections(said: str, searched: str) -> None:
    assert set(index_terms(said, "nl").split()) & set(query_terms(searched))


@pytest.mark.parametrize(("said", "searched"), [("paid", "pay"), ("mortgages", "mortgage"), ("payment", "payments")])
def test_english_finds_its_inflections(said: str, searched: str) -> None:
    assert set(index_terms(said, "en").split()) & set(query_terms(searched))


CALL = "Adviseur: Goedemorgen, met Femke?\nKlant: Ik wacht al weken\nop mijn geld.\nAdviseur: Vervelend.\nKlant: Ja."


def test_the_customers_part_of_a_call() -> None:
    assert customers_part(CALL) == "Ik wacht al weken\nop mijn geld.\nJa."
    assert [turn.ours for turn in turns(CALL)] == [True, False, True, False]


@given(st.text())
def test_a_text_without_our_turns_stays_as_it_is(text: str) -> None:
    if not turns(text):
        assert customers_part(text) == text


@given(st.lists(st.tuples(st.booleans(), st.text(alphabet="abc \n", max_size=20)), min_size=1, max_size=6))
def test_turns_cover_a_transcript(spoken: list[tuple[bool, str]]) -> None:
    text = "Adviseur: begin\n" + "\n".join(f"{'Adviseur' if ours else 'Klant'}: {said}" for ours, said in spoken)
    found = turns(text)
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert all(one.end == other.start for one, other in itertools.pairwise(found))
