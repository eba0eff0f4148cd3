"""Mappings, proposals, previews, recognition, and what fuzzing finds."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import gehoor.channels.table
from gehoor.channels.base import Document, Heard, Wishes
from gehoor.channels.table.mapping import TextNotMapped, UnknownColumn, UnknownField, as_words, from_words
from gehoor.channels.table.proposal import preview, propose
from gehoor.channels.table.reader import READER
from gehoor.kernel.errors import CannotRead, MappingNeeded

FIXTURES = sorted((Path(str(gehoor.channels.table.__file__)).parent / "fixtures").iterdir())


def made(data: bytes | str, name: str) -> Document:
    held = data.encode() if isinstance(data, str) else data
    return Document(name, len(held), lambda: BytesIO(held))


def test_without_a_mapping_the_error_proposes_one(document) -> None:
    table = document("depotdat,question,answer text\n2024-01-03,Hoe gaat het?,Goed\n")
    with pytest.raises(MappingNeeded) as caught:
        list(READER.read(table, Wishes()))
    assert str(caught.value.fields["proposal"]).startswith("text=question said_at=depotdat")
    assert len(list(READER.read(table, Wishes(take_proposal=True)))) == 1


@pytest.mark.parametrize(
    ("heading", "row", "proposal"),
    [
        (
            "Klachtnummer;Datum;Klacht",
            "1;3-1-2024;Te lang gewacht",
            {"text": "Klacht", "said_at": "Datum", "id": "Klachtnummer"},
        ),
        (
            "E-mail adres;Opmerking;Cijfer",
            "a@b.nl;Prima geholpen;8",
            {"text": "Opmerking", "email": "E-mail adres", "score": "Cijfer"},
        ),
        ("a;b;c", "x@y.nl;2024-01-03;Ik wacht al drie weken op u", {"text": "c", "said_at": "b", "email": "a"}),
        (
            "vraag;antwoord;medewerker;klantnr",
            "Hoe laat?;Drie uur;An;77",
            {"text": "vraag", "answer": "antwoord", "adviser": "medewerker", "customer_number": "klantnr"},
        ),
        ("Wat is uw toelichting?;nps", "Het duurde te lang;3", {"text": "Wat is uw toelichting?", "score": "nps"}),
    ],
)
def test_proposals_by_name_and_by_contents(heading: str, row: str, proposal: dict[str, str]) -> None:
    assert propose(made(f"{heading}\n{row}\n", "t.csv"), Wishes()) == proposal


def test_a_table_without_text_has_no_proposal() -> None:
    assert "text" not in propose(made("nr,bedrag\n1,2\n", "t.csv"), Wishes())


@pytest.mark.parametrize(
    ("mapping", "error"),
    [({"txt": "a"}, UnknownField), ({"text": "zzz"}, UnknownColumn), ({"author": "naam"}, TextNotMapped)],
)
def test_a_mapping_that_does_not_fit_is_refused_in_clear_words(document, mapping: dict[str, str], error: type) -> None:
    with pytest.raises(error) as caught:
        list(READER.read(document("naam,vraag\nJan,hoe?\n"), Wishes(mapping=mapping)))
    if error is not UnknownField:
        assert "naam, vraag" in str(caught.value)


def test_errors_tell_no_data_of_a_table_without_heading(document) -> None:
    with pytest.raises(UnknownColumn) as caught:
        list(READER.read(document("jan@v.nl,hoe?,0612345678\n"), Wishes(mapping={"text": "zzz"})))
    assert "jan" not in str(caught.value)
    assert "0612345678" not in str(caught.value)


def test_a_mapping_and_its_words_say_the_same() -> None:
    mapping = {"text": "Consumer complaint", "id": "a=b"}
    assert as_words(mapping) == "text='Consumer complaint' id=a=b"
    assert from_words(["text=Consumer complaint", "id=a=b"]) == mapping


def test_a_preview_shows_headers_rows_mapping_and_channel() -> None:
    shown = preview(made("cijfer;toelichting\n8;Prima geholpen\n3;Te lang gewacht\n", "t.csv"), Wishes(), rows=1)
    assert shown.headers == ("cijfer", "toelichting")
    assert shown.rows == (("8", "Prima geholpen"),)
    assert shown.mapping == {"text": "toelichting", "score": "cijfer"}
    assert shown.channel == "survey"


def test_the_channel_is_the_one_wished(read_table) -> None:
    (voice,) = read_table("vraag\nhoe dan?\n", text="vraag", channel="letter")
    assert voice.channel == "letter"


@pytest.mark.parametrize(
    ("name", "data", "claimed"),
    [
        ("a.csv", b"id,vraag\n1,hoe\n", True),
        ("a.xlsx", b"PK\x03\x04", True),
        ("a.json", b'[{"a": 1}]', True),
        ("a.txt", b"a\tb\n1\t2\n3\t4\n5\t6\n", True),
        ("a.txt", b"Beste mensen,\n\nIk wacht al weken, en niemand belt.\nGroet, Jan\n", False),
        ("a.eml", b"From: a@b.nl\nSubject: x\n\nhoi\n", False),
        ("mail.txt", b"From: a@b.nl\nTo: c\td\nCc: e\tf\nX: g\th\n", False),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), False),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, False),
        ("a.py", b"def f(x, y):\n    return x, y\n", False),
        ("a.html", b"<html><body>a,b</body></html>", False),
        ("a.docx", b"PK\x03\x04word/", False),
        ("a.mbox", b"From a@b Mon\nFrom: x\n\nhi\n", False),
        ("a.txt", b"12-10-20 10:10 - Jan: hoi\n12-10-20 10:11 - An: dag\n12-10-20 10:12 - Jan: ja\n", False),
    ],
)
def test_it_claims_tables_and_nothing_else(name: str, data: bytes, claimed: bool) -> None:
    assert (READER.recognise(made(data, name), Wishes()).confidence > 0) is claimed


NAMES = st.sampled_from(["t.csv", "t.tsv", "t.json", "t.jsonl", "t.xlsx", "t.xls", "t.ods", "t.txt"])
WISHES = Wishes(take_proposal=True)


def check_reads(data: bytes, name: str, wishes: Wishes = WISHES) -> None:
    """Only CannotRead may be raised; a voice has text that can be stored."""
    table = made(data, name)
    assert 0 <= READER.recognise(table, wishes).confidence <= 1
    try:
        for outcome in READER.read(table, wishes):
            assert outcome.original
            if isinstance(outcome, Heard):
                outcome.text.encode()
    except CannotRead:
        pass


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600), NAMES)
@example(b"PK\x03\x04" + bytes(40), "t.xlsx")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "t.xls")
@example(b"{" * 600, "t.json")
@example(b"\xff\xfe\x00", "t.csv")
def test_random_bytes_raise_nothing_but_cannot_read(data: bytes, name: str) -> None:
    check_reads(data, name)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FIXTURES), st.integers(0, 10_000), st.binary(max_size=6), st.booleans())
def test_mutated_and_truncated_fixtures_raise_nothing_but_cannot_read(
    path: Path, place: int, new: bytes, cut: bool
) -> None:
    data = path.read_bytes()
    place %= len(data) + 1
    check_reads(data[:place] + new + (b"" if cut else data[place + len(new) :]), path.name)


LEAVES = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_any_json_raises_nothing_but_cannot_read(value: object) -> None:
    check_reads(json.dumps(value).encode(), "t.json")
