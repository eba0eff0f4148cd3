"""What a voice is about, without its envelope."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.needs.matter import matter

PIECES = [
    "Geachte heer De Vries,\n",
    "Beste mensen,\n",
    "Dear Sir,\n",
    "Hallo, ",
    "Betreft: mijn hypotheek\n",
    "Klantnummer LH-204418\n",
    "De rente is te hoog. ",
    "Ik wacht al drie weken op de betaling.\n",
    "Adviseur: Waarmee kan ik u helpen?\n",
    "Klant: Met mijn bouwdepot.\n",
    "NL91 ABNA 0417 1643 00 ",
    "jan@voorbeeld.nl ",
    "06-12345678 ",
    "@delinde ",
    "https://voorbeeld.nl/a?b=c ",
    "\n",
    "   ",
    "Met vriendelijke groet,\n",
    "J. Jansen\n",
    "ſİ\u2028\x85é€👩‍👧 ",
]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
def test_every_offset_stays_right(text):
    left = matter(text)
    assert len(left) == len(text)
    assert all(kept in (" ", said) for kept, said in zip(left, text, strict=True))
    assert [at for at, letter in enumerate(left) if letter == "\n"] == [
        at for at, letter in enumerate(text) if letter == "\n"
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_text_never_becomes_empty(text):
    assert bool(matter(text).strip()) == bool(text.strip())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Geachte heer De Vries,\n\nMijn rente is te hoog.", "Mijn rente is te hoog."),
        ("Beste mensen van De Linde,\nMijn rente is te hoog.", "Mijn rente is te hoog."),
        ("Goedemiddag,\nMijn rente is te hoog.", "Mijn rente is te hoog."),
        ("L.S.,\nMijn rente is te hoog.", "Mijn rente is te hoog."),
        ("Dear Sir or Madam,\nMy rate is too high.", "My rate is too high."),
        (
            "Mijn rente is te hoog.\n\nMet vriendelijke groet,\nJ. Jansen\nLindelaan 4\nUtrecht",
            "Mijn rente is te hoog.",
        ),
        ("Mijn rente is te hoog.\nHoogachtend,\nmevrouw Jansen", "Mijn rente is te hoog."),
        ("My rate is too high.\nKind regards,\nJohn", "My rate is too high."),
        ("Betreft: klacht\nKlantnummer: 12345\nMijn rente is te hoog.", "Mijn rente is te hoog."),
        ("Mijn rente (klantnummer LH-204418) is te hoog.", "Mijn rente ( ) is te hoog."),
        ("Stort op NL91 ABNA 0417 1643 00 wat u mij schuldig bent.", "Stort op wat u mij schuldig bent."),
        ("Mail naar jan.de-vries@voorbeeld.co.nl of bel 06-12345678 graag.", "Mail naar of bel graag."),
        ("@delinde jullie app ligt er uit, zie https://t.co/abc", "jullie app ligt er uit, zie"),
        ("Klant: Waar blijft mijn geld?\nAdviseur: Ik zoek het op.\nKlant: Graag.", "Waar blijft mijn geld? Graag."),
        ("Adviseur: Goedemiddag, met Daan.\nKlant: Mijn factuur is niet betaald.", "Mijn factuur is niet betaald."),
    ],
)
def test_the_envelope_is_blank_and_the_matter_is_left(text, left):
    assert " ".join(matter(text).split()) == left


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hallo,",
        "Goedemiddag!",
        "Met vriendelijke groet,\nJ. Jansen",
        "@delinde",
        "LH-204418",
        "Adviseur: Goedemiddag, met Daan.",
        "Mijn rente is te hoog.",
        "Dag in dag uit wacht ik op mijn geld, en er komt niets.",
        "Hij zei dat hij mij de groeten doet en dat ik op mijn geld kan wachten.",
    ],
)
def test_a_text_of_nothing_else_and_one_without_envelope_stay_whole(text):
    assert matter(text) == text


def test_a_sign_off_with_a_story_behind_it_hides_no_story():
    story = "Daarna gebeurde er nog iets waarvan ik wil dat u het weet: mijn geld kwam niet.\n" * 3
    assert story.split("\n")[0] in matter(f"Mijn rente is te hoog.\nMet vriendelijke groet,\nJan\n{story}")


HOSTILE = [" ", "> ", "\n", "klant ", "klant nummer is ", "0 ", "0-", "a.", "a", "a@", "AB12 ", "NL91 ABNA ", "beste\n"]
HOSTILE += ["beste,\n", "groet\n", "met de meeste ", "http://", "Adviseur: x\n", "betreft ", "LH-1234 ", "klant:\t"]


@pytest.mark.parametrize("piece", HOSTILE, ids=lambda piece: re.sub(r"\W", "_", piece))
def test_a_megabyte_of_hostile_text_takes_no_more_than_its_length(piece):
    start = time.process_time()
    matter(("klant" + piece) + piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 20  # some 0.5 to 3 s; what backtracks takes minutes
