"""Quotes say the matter: no greetings, no fragments, and nothing across what was blanked out."""

import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.needs_material import blobs

from gehoor.analysis.needs.matter import matter
from gehoor.analysis.needs.quotes import passage, pieces, quotes, windows
from gehoor.analysis.needs.words import content_words, lemma

ABOUT = Counter({lemma(word): 5 for word in content_words("rente hypotheek betaling bouwdepot")})


def quoted(text):
    start, end = passage(text, ABOUT)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Goedemorgen mevrouw. De rente van mijn hypotheek is te hoog.", "De rente van mijn hypotheek is te hoog."),
        ("De rente van mijn hypotheek is te hoog. Thank you so much!", "De rente van mijn hypotheek is te hoog."),
        ("Bedankt. Rente. De rente van mijn hypotheek is te hoog.", "De rente van mijn hypotheek is te hoog."),
        ("Mijn naam is Jansen. De betaling blijft nu al weken uit.", "De betaling blijft nu al weken uit."),
        ("Met Anneke uit Zwolle. De betaling blijft nu al weken uit.", "De betaling blijft nu al weken uit."),
        ("Rente te hoog.", "Rente te hoog."),
        ("Thank you!", "Thank you!"),
    ],
)
def test_a_quote_is_a_sentence_that_says_the_matter(text, quote):
    assert quoted(text) == quote


def test_a_quote_does_not_span_what_was_blanked_out():
    text = "De rente van mijn hypotheek (klantnummer LH-204418) is te hoog voor mij. Waarom is de rente zo hoog?"
    left = matter(text)
    start, end = passage(left, ABOUT)
    assert "204418" not in text[start:end]
    assert "rente" in text[start:end]


def test_three_blanks_are_no_hole_and_four_are():
    assert quoted("De rente van   mijn hypotheek is hoog.") == "De rente van   mijn hypotheek is hoog."
    assert "    " not in quoted("De rente van mijn hypotheek    is veel te hoog voor mij.")


def test_a_quote_does_not_end_in_an_open_bracket():
    text = "Ik mail voor de derde keer over mijn rente ("
    assert quoted(text + " " * 12 + ") want ik hoor niets.") == text[:-2]


LINES = [
    "Klantnummer LH-204418",
    "De rente (LH-204418) is mij te hoog geworden.",
    "Ik wacht op de betaling van mijn geld.",
]
LINES += [
    "Bel 06-12345678 of mail jan@voorbeeld.nl.",
    "Beste mensen,",
    "Met vriendelijke groet,",
    "Jan",
    "En dan? Niets.",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=8), st.sampled_from([" ", "\n", "\n\n"]))
def test_no_number_or_address_ever_shows_in_a_quote_cut_from_the_original(lines, between):
    text = between.join(lines)
    left = matter(text)
    if left == text:
        return
    start, end = passage(left, ABOUT)
    assert end > start
    assert not re.search(r"204418|12345678|voorbeeld", text[start:end])


def test_voices_that_only_thank_are_quoted_last():
    texts = ["Thank you!", "Dank u wel, meneer.", "Hallo daar."] * 3 + [
        "De betaling uit mijn bouwdepot blijft uit."
    ] * 2
    labels = np.zeros(len(texts), np.int64)
    found = quotes(texts, blobs(np.arange(len(texts)) % 2), labels, 0, n=2)
    assert [texts[quote.row] for quote in found] == ["De betaling uit mijn bouwdepot blijft uit."] * 2


@given(st.text(alphabet="Aabc .!?\n", max_size=400), st.integers(20, 120))
def test_windows_are_runs_of_whole_sentences_no_longer_than_asked_and_none_inside_another(text, longest):
    found = windows(text, longest)
    starts = {start for start, _ in pieces(text)}
    assert all(start in starts and 0 < end - start <= longest for start, end in found)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(found))
    assert bool(found) == bool(pieces(text))
