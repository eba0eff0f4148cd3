"""JSON, JSON Lines and workbooks."""

import datetime
import io
import json
import zipfile
from io import BytesIO

import openpyxl
import pytest

from gehoor.channels.base import Document, Heard, NothingSaid, Unreadable, Wishes
from gehoor.channels.table import workbook
from gehoor.channels.table.reader import READER
from gehoor.kernel.errors import CannotRead, Damaged, Dangerous, TooLarge


def book(*sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = made.create_sheet(f"Blad{number}")
        for row in rows:
            sheet.append(row)
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def test_nested_objects_are_flattened_with_dots(read_table) -> None:
    data = json.dumps([{"id": 1, "user": {"name": "Jan", "mail": "j@v.nl"}, "text": "Hoe?"}])
    (voice,) = read_table(data, "t.json", text="text", author="user.name", email="user.mail", id="id")
    assert (voice.text, voice.author, voice.identities[0].value, voice.native_id) == ("Hoe?", "Jan", "j@v.nl", "1")
    assert json.loads(voice.original)["header"] == ["id", "user.name", "user.mail", "text"]


def test_every_element_of_every_array_in_an_object_comes_out_once(read_table) -> None:
    data = json.dumps({"a": [["een", "x"], ["twee", "y"]], "b": {"c": [["drie", "z"]]}, "n": 3})
    found = read_table(data, "t.json", text="column 1")
    assert [each.position for each in found] == ["a!1", "a!2", "b.c!1", "beside"]
    assert [each.text for each in found if isinstance(each, Heard)] == ["een", "twee", "drie"]


def test_what_stands_beside_the_rows_is_kept(read_table) -> None:
    voice, beside = read_table('{"from": "2024", "rows": [{"vraag": "Hoe dan?"}]}', "t.json", text="vraag")
    assert voice.position == "1"
    assert isinstance(beside, NothingSaid)
    assert json.loads(beside.original) == {"header": ["from"], "values": ["2024"]}


def test_numbers_keep_every_digit_and_doubled_keys_are_both_kept(read_table) -> None:
    digits = "0.10000000000000000555"
    (voice,) = read_table(f'[{{"t": "hoe", "t": "wat", "n": {digits}, "big": {"9" * 5000}}}]', "t.json", text="t")
    values = json.loads(voice.original)["values"]
    assert values == ["hoe", "wat", digits, "9" * 5000]


def test_a_broken_line_spoils_no_other(read_table) -> None:
    found = read_table('{"t": "een"}\n{"t": \n\n{"t": "drie"}\n', "t.jsonl", text="t")
    assert [type(each) for each in found] == [Heard, Unreadable, Heard]
    assert [each.position for each in found] == ["1", "2", "3"]


def test_json_that_is_cut_off_gives_what_came_before(read_table) -> None:
    found = read_table('[{"t": "een"}, {"t": "twee"}, {"t": "dr', "t.json", text="t")
    assert [type(each) for each in found] == [Heard, Heard, Unreadable]
    assert b"dr" in found[-1].original


def test_a_value_beyond_the_limit_is_refused_and_the_rest_goes_on(read_table) -> None:
    huge = json.dumps({"t": 'a "quoted" \\ {[' * 200_000})
    found = read_table(f'[{{"t": "een"}}, {huge}, {{"t": "drie"}}]', "t.json", text="t")
    assert [getattr(each, "text", "") for each in found] == ["een", "", "drie"]
    assert found[1].error.code == "too_large"


def test_json_nested_too_deep_is_damaged(read_table) -> None:
    with pytest.raises(CannotRead):
        read_table("[" * 200_000, "t.json", text="t")


def test_lone_surrogates_do_not_reach_the_text(read_table) -> None:
    (voice,) = read_table('[{"t": "hoi \\ud83d daar"}]', "t.json", text="t")
    assert voice.text == "hoi � daar"


def test_dates_numbers_and_durations_of_a_workbook(read_table) -> None:
    rows = [["id", "wanneer", "tekst", "duur"], [17, datetime.datetime(2024, 7, 3, 14, 5), "hallo daar", "2:05"]]
    (voice,) = read_table(book(rows), "t.xlsx", id="id", said_at="wanneer", text="tekst", duration="duur")
    assert (voice.native_id, voice.position, voice.duration_seconds) == ("17", "1", 125.0)
    assert voice.said_at == datetime.datetime(2024, 7, 3, 12, 5, tzinfo=datetime.UTC)
    assert json.loads(voice.original)["values"] == [17.0, "2024-07-03 14:05:00", "hallo daar", "2:05"]


def test_each_sheet_with_data_is_read_and_named_in_the_position(read_table) -> None:
    found = read_table(book([["tekst"], ["een"]], [], [["tekst"], ["twee"], ["drie"]]), "t.xlsx", text="tekst")
    assert [(each.position, each.text) for each in found] == [
        ("Blad1!1", "een"),
        ("Blad3!1", "twee"),
        ("Blad3!2", "drie"),
    ]


def test_rows_of_a_sheet_that_the_mapping_does_not_fit_are_listed_as_unreadable(read_table) -> None:
    found = read_table(book([["tekst"], ["een"]], [["anders"], ["twee"]]), "t.xlsx", text="tekst")
    assert [type(each) for each in found] == [Heard, Unreadable]
    assert found[1].error.code == "unknown_column"
    assert b"twee" in found[1].original


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return held.getvalue()


def test_a_workbook_whose_rectangle_is_too_large_is_refused_unopened(read_table) -> None:
    sheet = b'<sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData>'
    with pytest.raises(TooLarge):
        read_table(repacked(book([["tekst"], ["een"]]), "xl/worksheets/sheet1.xml", sheet), "t.xlsx", text="tekst")


def test_a_workbook_that_is_a_bomb_is_refused_unopened(read_table, monkeypatch) -> None:
    monkeypatch.setattr(workbook, "RATIO_FROM", 1 << 20)
    bomb = repacked(book([["tekst"], ["een"]]), "xl/styles.xml", b" " * (8 << 20))
    with pytest.raises(Dangerous):
        read_table(bomb, "t.xlsx", text="tekst")
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 1 << 20)
    monkeypatch.setattr(workbook, "RATIO_FROM", 1 << 40)
    with pytest.raises(TooLarge):
        read_table(bomb, "t.xlsx", text="tekst")


def test_an_ods_that_repeats_a_filled_cell_without_end_is_refused() -> None:
    measure = workbook._Repeats()
    measure.take(
        b'<table:table><table:table-row table:number-rows-repeated="900000">'
        b'<table:table-cell office:value-type="float" '
        b'table:number-columns-repeated="900"></table:table-cell></table:table-row>'
    )
    assert measure.cells > workbook.CELL_LIMIT


def test_a_workbook_that_is_none_is_damaged(read_table) -> None:
    for data in (
        b"PK\x03\x04nothing",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
        b"PK\x03\x04",
    ):
        with pytest.raises(Damaged):
            read_table(data, "t.xlsx", text="x")


def test_json_is_read_in_bounded_memory_and_one_pass_suffices_for_an_array() -> None:
    data = json.dumps([{"t": f"tekst nummer {number}"} for number in range(20_000)]).encode()
    opened = []

    def open_it() -> io.BytesIO:
        opened.append(1)
        return BytesIO(data)

    found = READER.read(Document("t.json", len(data), open_it), Wishes(mapping={"text": "t"}))
    assert sum(1 for _ in found) == 20_000
