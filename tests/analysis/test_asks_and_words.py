"""Voices into asks, sentences, names, quotes, stances and counter-voices."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.needs_material import ABOUT, voices

from gehoor.analysis.needs.asks import split_asks
from gehoor.analysis.needs.naming import name_needs
from gehoor.analysis.needs.quotes import LONGEST, quotes
from gehoor.analysis.needs.sentences import paragraphs, sentences
from gehoor.analysis.needs.stance import stance

LETTER = """Betreft: hypotheek 12.345.678

Geachte heer, mevrouw,

Op 3 januari heb ik bij uw kantoor in Utrecht gevraagd om een renteaanpassing van mijn hypotheek. Dhr. de Vries \
beloofde mij dat ik binnen twee weken een voorstel zou krijgen. Het is nu acht weken later en ik heb nog niets \
gehoord over de rente. Ik heb drie keer gebeld en kreeg telkens een ander antwoord, bijv. dat het voorstel klaar was.

Daarnaast wil ik een klacht indienen over de kosten van de taxatie. Er is € 1.200,50 in rekening gebracht, terwijl op \
uw website staat dat een taxatie hoogstens € 695 kost. Graag ontvang ik het verschil terug op mijn rekening.

Tot slot: de toegang tot Mijn Omgeving werkt niet sinds mijn verhuizing. Ik krijg de code op mijn oude nummer. Kunt u \
mijn telefoonnummer wijzigen? Ik heb dat al eens doorgegeven aan mw. Jansen.

Ik hoor graag van u.

Met vriendelijke groet,

J. Pietersen
Dorpsstraat 1
"""


HEAD = "J. de Vries\nKerkstraat 12\n3511 AB Utrecht\n\nHypotheekhuis De Linde\nPostbus 100\n\nUtrecht, 3 maart 2026\n\n"


def test_the_addresses_above_a_letter_are_no_ask():
    body = "Geachte heer,\n\nWaar blijft mijn bouwdepot?"
    assert split_asks(HEAD + body) == [(len(HEAD), len(HEAD) + len(body))]
    assert split_asks("Mijn adres is 3511 AB Utrecht. Waar blijft het?") == [(0, 47)]
    assert split_asks("Ik schreef u gisteren.\nBeste mensen, waar blijft het?")[0][0] == 0


def covers(spans, text):
    return "".join(text[start:end] for start, end in spans) == text and all(start < end for start, end in spans)


@settings(deadline=None)
@given(st.text(alphabet="abc A.!?\n,1:)-", max_size=600))
def test_asks_sentences_and_paragraphs_cover_every_character_in_order(text):
    assert covers(split_asks(text), text)
    assert covers(sentences(text), text)
    assert covers(paragraphs(text), text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(LETTER.split("\n")), min_size=8, max_size=40))
def test_asks_of_long_texts_cover_them_and_are_no_crumbs(lines):
    text = "\n".join(lines)
    found = split_asks(text)
    assert covers(found, text)
    assert len(found) == 1 or all(len(text[start:end].split()) >= 15 for start, end in found)


def test_a_letter_about_three_things_has_three_asks():
    found = [LETTER[start:end] for start, end in split_asks(LETTER)]
    assert len(found) == 3
    assert found[0].startswith("Betreft")
    assert "rente" in found[0]
    assert "taxatie" in found[1]
    assert "telefoonnummer" in found[2]
    assert found[2].rstrip().endswith("Dorpsstraat 1")


def test_a_letter_about_one_thing_stays_whole():
    about = "De rente van mijn hypotheek is verhoogd zonder dat ik bericht over die rente kreeg. "
    text = (
        about
        + "Ik vraag u de rente van de hypotheek te verlagen. "
        + about
        + "Verlaag dus de rente van mijn hypotheek. "
    )
    assert len(split_asks(text * 2)) == 1


def test_two_pages_give_two_to_five_asks():
    pages = "\n\n".join(
        LETTER.replace("rente", word).replace("taxatie", word + "kosten") for word in ("rente", "polis")
    )
    assert 2 <= len(split_asks(pages + LETTER)) <= 5


@pytest.mark.parametrize(
    "text", ["Waar blijft mijn pas?", "Hallo, kan ik bellen? En wanneer?", "\n", "Met vriendelijke groet"]
)
def test_a_short_voice_is_one_ask(text):
    assert split_asks(text) == [(0, len(text))]


def test_nothing_said_is_no_ask():
    assert split_asks("") == []


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("Ik sprak met mw. De Vries van afd. Zuid. Zij hielp niet.", 2),
        ("Het kost € 1.200,50 per jaar. Dat is veel.", 2),
        ("Zie art. 7 van o.a. de voorwaarden, nr. 3. Klopt dat?", 2),
        ("Dat duurt, bijv. bij J. Jansen, lang! Waarom? Ik wil dit niet...", 3),
        ("Mr. Smith called, e.g. Monday. It was late.", 2),
        ("Waarom?2. Hoe lang duurt het?", 2),
    ],
)
def test_sentences_end_where_a_reader_says_they_do(text, n):
    assert len(sentences(text)) == n


def test_names_are_phrases_that_people_wrote_in_that_need_and_all_differ():
    texts, labels, _ = voices()
    names = name_needs(texts, labels, ["nl"] * len(texts))
    assert set(names) == set(range(len(ABOUT)))
    assert len({name.casefold() for name in names.values()}) == len(names)
    for label, word in enumerate(ABOUT):
        assert word[:4] in names[label].lower() or word[:4] in " ".join(ABOUT[word])
        said = [text for text, own in zip(texts, labels, strict=True) if own == label]
        assert any(set(names[label].lower().split()) - {"en"} <= set(re.findall(r"\w+", text)) for text in said)
        assert 1 <= len(names[label].split()) <= 5


def test_names_speak_the_language_of_most_texts():
    texts = ["the interest rate of my mortgage is too high"] * 6 + ["ik wil inloggen op de app"] * 6
    names = name_needs(texts, np.repeat([0, 1], 6), ["en"] * 6 + ["nl"] * 6)
    assert "interest rate" in names[0]
    assert "app" in names[1]


def test_a_need_without_words_still_has_a_name_and_nobody_has_none():
    names = name_needs(["?!", "1 2", "de het een", "x"], np.array([0, 0, 1, -1]), ["nl", "fr", "en", "nl"])
    assert set(names) == {0, 1}
    assert all(names.values())
    assert name_needs([], np.zeros(0, np.int64), []) == {}


def test_names_stay_apart_when_needs_say_the_same():
    names = name_needs(["de rente is hoog"] * 9, np.repeat([0, 1, 2], 3), ["nl"] * 9)
    assert len(set(names.values())) == 3


def test_quotes_are_exact_short_varied_and_of_the_need():
    texts, labels, vectors = voices()
    texts[0] = (
        "Geachte heer. " + "Er is van alles gebeurd met de tuin. " * 12 + "De rente van mijn hypotheek is te hoog. Dag."
    )
    for need in range(6):
        found = quotes(texts, vectors, labels, need)
        assert len(found) == 3
        assert len({quote.row for quote in found}) == 3
        for quote in found:
            assert labels[quote.row] == need
            assert 0 < quote.end - quote.start <= LONGEST
            assert texts[quote.row][quote.start : quote.end].strip()
    assert quotes(texts, vectors, labels, 99) == []


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Ik ben zeer tevreden over de service, fantastisch geholpen!", 1),
        ("Ik ben niet tevreden.", -1),
        ("Wat een slechte service, ik ben teleurgesteld en boos.", -1),
        ("I am very happy with your helpful staff.", 1),
        ("My card didn't work, this is terrible and useless.", -1),
        ("Dat hoeft van mij niet, houd het zo.", 1),
        ("Zou u zo vriendelijk willen zijn mij te bellen? Alvast bedankt. Met vriendelijke groet", 0),
        ("Kunt u dit zo snel mogelijk regelen?", 0),
        ("Het zou fijn zijn als het goed en snel gaat.", 0),
        ("", 0),
    ],
)
def test_stance(text, sign):
    assert np.sign(stance(text)) == sign
    assert -1 <= stance(text) <= 1
