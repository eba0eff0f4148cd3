"""What points to someone is blotted out; what does not stays as it was said."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gehoor.demo
from gehoor.analysis.blotting import Blot, blotted, find

POINTS = [
    ("Mail mij op j.de-vries@voorbeeld.nl graag.", Blot.EMAIL, "j.de-vries@voorbeeld.nl"),
    ("Rekening NL91 ABNA 0417 1643 00 is van mij.", Blot.ACCOUNT, "NL91 ABNA 0417 1643 00"),
    ("Mijn BSN is 111222333.", Blot.NUMBER, "111222333"),
    ("Bel 06-5550 6729 na vijven", Blot.PHONE, "06-5550 6729"),
    ("Bel mij op +31 6 55501234!", Blot.PHONE, "+31 6 55501234"),
    ("Ik woon Kerkstraat 12a, 1234 AB Utrecht", Blot.ADDRESS, "Kerkstraat 12a, 1234 AB Utrecht"),
    ("Het huis aan de Lindelaan 7 staat leeg", Blot.ADDRESS, "Lindelaan 7"),
    ("Klantnummer LIN-104382", Blot.NUMBER, "LIN-104382"),
    ("Contract 4711000923", Blot.NUMBER, "4711000923"),
    ("Zie https://voorbeeld.nl/mijn?id=3 maar", Blot.LINK, "https://voorbeeld.nl/mijn?id=3"),
    ("Ik sprak mevrouw Van der Berg-Smit gisteren", Blot.NAME, "Van der Berg-Smit"),
    ("Mijn naam is Jan de Boer en ik wacht", Blot.NAME, "Jan de Boer"),
    ("Beste Marieke,\nHet dak ligt erop.", Blot.NAME, "Marieke"),
    ("Zo werkt het niet.\n\nMet vriendelijke groet,\nW. Dijkstra-Bos", Blot.NAME, "W. Dijkstra-Bos"),
    ("Volg @petra_uit_zwolle maar", Blot.NAME, "@petra_uit_zwolle"),
]

PLAIN = [
    "U schreef op 12 maart 2026 dat het 14 werkdagen duurt.",
    "Ik heb € 24.500 overgemaakt en 1.250.000 is te veel.",
    "Het kost 3,25% over 360 maanden, dus 1000 euro per jaar.",
    "Ik bel u al sinds 2019 en ik wacht 20 minuten.",
    "Wij passen het aan mevrouw. Mijn dominee zegt dat het moet.",
    "Geachte heer, mevrouw,",
    "In 2024 PVC gekocht voor 2500 Kb aan bestanden.",
]


@pytest.mark.parametrize(("text", "what", "points"), POINTS)
def test_what_points_to_someone_is_found_whole(text: str, what: Blot, points: str) -> None:
    assert [(text[each.start : each.end], each.what) for each in find(text)] == [(points, what)]


@pytest.mark.parametrize("text", PLAIN)
def test_figures_dates_and_plain_words_stay(text: str) -> None:
    assert blotted(text) == text


def test_a_known_name_goes_wherever_it_stands_and_not_inside_a_word() -> None:
    said = blotted("Ik ben Smit, Smits is mijn buur, en Anna Smit zegt: Smit!", ["Anna Smit"], lambda _: "naam")
    assert said == "Ik ben [naam], Smits is mijn buur, en [naam] zegt: [naam]!"


def test_most_names_of_writers_are_gone_from_what_they_wrote() -> None:
    """Without being told the names: in what the example's customers sign with, nearly every one is found."""
    rows = [
        json.loads(line)
        for file in sorted((Path(gehoor.demo.__file__).parent / "linde").glob("said-[ab].jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    signed = [row for row in rows if row["channel"] == "letter" and row["author"].split()[-1] in row["text"][-80:]]
    left = [row["id"] for row in signed if row["author"].split()[-1] in blotted(row["text"])[-80:]]
    assert len(signed) > 40
    assert len(left) <= 0.1 * len(signed)


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=3))
def test_whatever_the_text_what_is_found_lies_in_order_within_it(text: str, names: list[str]) -> None:
    found = find(text, names)
    edges = [edge for each in found for edge in (each.start, each.end)]
    assert edges == sorted(edges)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
