"""Delimited text: every row comes out once, in every state of repair."""

import csv
import io
import json
import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Direction, Document, Heard, Identity, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.table.delimited import shape_of
from gehoor.channels.table.reader import READER
from gehoor.kernel.errors import Damaged


def texts(outcomes: list[Outcome]) -> list[str]:
    return [each.text if isinstance(each, Heard) else "" for each in outcomes]


def heard(outcome: Outcome) -> Heard:
    assert isinstance(outcome, Heard)
    return outcome


def test_a_row_is_a_voice_and_its_answer_a_reply(read_table) -> None:
    data = "id;vraag;antwoord;wie;mail\n17;Hoe laat?;Om drie uur.;Fatima;jan@v.nl, an@v.nl\n"
    voice, reply = read_table(data, id="id", text="vraag", answer="antwoord", adviser="wie", email="mail")
    assert (voice.direction, reply.direction) == (Direction.FROM_CUSTOMER, Direction.TO_CUSTOMER)
    assert (voice.text, voice.native_id, voice.id_is_global, voice.position) == ("Hoe laat?", "17", False, "1")
    assert voice.identities == (Identity("email", "jan@v.nl"), Identity("email", "an@v.nl"))
    assert (reply.text, reply.adviser, reply.thread) == ("Om drie uur.", "Fatima", ("17",))
    assert reply.recipients == voice.identities
    assert reply.conversation == voice.conversation != ""
    assert json.loads(voice.original)["values"] == ["17", "Hoe laat?", "Om drie uur.", "Fatima", "jan@v.nl, an@v.nl"]
    assert voice.original == reply.original


def test_a_row_with_only_an_answer_is_only_a_reply_and_an_empty_row_nothing_said(read_table) -> None:
    reply, nothing = read_table("vraag,antwoord\n,Wij bellen u.\n,\n", text="vraag", answer="antwoord")
    assert reply.direction is Direction.TO_CUSTOMER
    assert isinstance(nothing, NothingSaid)
    assert nothing.position == "2"


def test_text_of_several_columns_is_joined_by_a_blank_line(read_table) -> None:
    data = "goed,fout\nsnel,duur\n,duur\nsnel,\n"
    assert texts(read_table(data, text="goed+fout")) == ["snel\n\nduur", "duur", "snel"]


def test_columns_are_found_whatever_their_case_and_space(read_table) -> None:
    assert texts(read_table(" De  Vraag ,x\nhoe?,1\n", text="de vraag")) == ["hoe?"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_delimiters_newlines_and_encodings(read_table, delimiter: str, newline: str, encoding: str) -> None:
    rows = [["datum", "opmerking"], ["2024-01-03", "Eén café, té duur; of niet|wel"], ["2024-01-04", 'Hij zei "nee"']]
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL).writerows(rows)
    found = read_table(held.getvalue().encode(encoding), text="opmerking", said_at="datum")
    assert texts(found) == [row[1] for row in rows[1:]]
    assert all(heard(each).said_at for each in found)


def test_excels_declaration_of_the_delimiter_is_no_row(read_table) -> None:
    assert texts(read_table("sep=;\r\nid;vraag\r\n1;hoe, en waarom?\r\n", text="vraag")) == ["hoe, en waarom?"]


def test_bytes_that_do_not_decode_are_mended_in_the_text_and_kept_in_the_original(read_table) -> None:
    one, two = read_table(b"id,vraag\n1,\xc3\xa9\xc3\xa9n caf\xc3\xa9\n2,\xe9\xe9n\x00 caf\xe9\n", text="vraag")
    assert (one.text, two.text) == ("één café", "één café")
    assert json.loads(two.original)["values"][1] == "\udce9\udce9n\0 caf\udce9"


def test_an_unbalanced_quotation_mark_costs_no_row(read_table) -> None:
    rows = "".join(f"{number},tekst {number},2024-01-0{number % 9 + 1}\n" for number in range(2, 50))
    found = read_table(f'id,vraag,datum\n1,"nooit gesloten,2024-01-01\n{rows}', id="id", text="vraag")
    assert [each.native_id for each in found] == [str(number) for number in range(1, 50)]
    assert found[0].text == '"nooit gesloten'


def test_an_unbalanced_quotation_mark_in_the_last_column_costs_no_row(read_table) -> None:
    found = read_table('id,vraag\n1,"open\n2,twee\n3,drie\n', text="vraag")
    assert texts(found) == ["open", "twee", "drie"]


def test_ragged_rows_keep_all_they_have(read_table) -> None:
    short, long = read_table("id,datum,vraag\n1\n2,2024-01-03,hoe, en waarom\n", text="vraag", id="id")
    assert isinstance(short, NothingSaid)
    assert heard(long).text == "hoe, en waarom"
    assert json.loads(long.original)["values"] == ["2", "2024-01-03", "hoe", " en waarom"]


def test_columns_without_a_name_or_with_the_same_name_can_be_mapped(read_table) -> None:
    data = "vraag,vraag,,x\neen,twee,drie,1\n"
    assert texts(read_table(data, text="vraag (2)+column 3")) == ["twee\n\ndrie"]


def test_a_table_without_heading_loses_no_row(read_table) -> None:
    data = "1,Het duurt te lang bij u.,2024-01-03\n2,Ik ben heel tevreden.,2024-01-04\n"
    found = read_table(data, text="column 2", said_at="column 3")
    assert texts(found) == ["Het duurt te lang bij u.", "Ik ben heel tevreden."]


def test_numbered_columns_in_a_mapping_say_that_there_is_no_heading(read_table) -> None:
    assert texts(read_table("Jan,goed\nPiet,slecht\n", text="column 2")) == ["goed", "slecht"]


def test_blank_lines_are_no_rows(read_table) -> None:
    found = read_table("vraag,x\n\neen,1\n\n\ntwee,2\n", text="vraag")
    assert [(each.position, each.text) for each in found] == [("1", "een"), ("2", "twee")]


@pytest.mark.parametrize("huge", ["x" * 3_000_000, '"' + "regel tekst\n" * 200_000 + '"', '"' + "y," * 1_500_000 + '"'])
def test_a_row_beyond_the_limit_is_refused_and_the_rest_goes_on(read_table, huge: str) -> None:
    first, refused, last = read_table(f"id,vraag,x\n1,een,1\n2,{huge},2\n3,drie,3\n", text="vraag")
    assert (first.text, last.text, last.position) == ("een", "drie", "3")
    assert isinstance(refused, Unreadable)
    assert refused.error.code == "too_large"
    assert len(refused.original) >= 1_000_000


class Endless(io.RawIOBase):
    """A table of any length that takes no room."""

    def __init__(self, start: bytes, unit: bytes, size: int) -> None:
        super().__init__()
        self._start, self._unit, self._size, self._at = start, unit * 100, size, 0

    def readable(self) -> bool:
        return True

    def tell_taken(self) -> int:
        return self._at

    def readinto(self, target: object) -> int:
        view = memoryview(target)  # type: ignore[arg-type]
        count = min(len(view), self._size - self._at, len(self._unit))
        piece = (self._start + self._unit)[:count] if self._at == 0 else self._unit[:count]
        offset = max(0, self._at - len(self._start)) % len(self._unit)
        if self._at:
            piece = (self._unit * 2)[offset : offset + count]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


@pytest.mark.parametrize("unit", [b"1,een korte opmerking,2024-01-03\n", b'1,"a\nb",c\n'])
def test_rows_come_out_while_the_table_is_still_being_read(unit: bytes) -> None:
    opened: list[Endless] = []

    def open_it() -> io.BufferedReader:
        opened.append(Endless(b"id,vraag,datum\n", unit, 1 << 40))
        return io.BufferedReader(opened[-1])

    rows = READER.read(Document("a.csv", 1 << 40, open_it), Wishes(mapping={"text": "vraag"}))  # type: ignore[arg-type]
    assert all(isinstance(next(rows), Heard) for _ in range(2000))
    assert max(each.tell_taken() for each in opened) < 1_000_000


def test_a_line_without_end_is_read_in_bounded_memory() -> None:
    size = 8_000_000
    long = Document("a.csv", size, lambda: io.BufferedReader(Endless(b"id,vraag\n", b"x", size)))  # type: ignore[arg-type]
    tracemalloc.start()
    found = list(READER.read(long, Wishes(mapping={"text": "vraag"})))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(each) for each in found] == [Unreadable]
    assert peak < 7_000_000


def test_an_empty_table_is_damaged_and_one_with_only_a_heading_gives_nothing(read_table) -> None:
    with pytest.raises(Damaged):
        read_table("", text="vraag")
    assert read_table("vraag,datum\n", text="vraag") == []


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\x1f", exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=12), st.sampled_from(",;\t|"))
def test_every_row_that_csv_wrote_comes_out_once_and_unaltered(
    rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    held = io.StringIO()
    writer = csv.writer(held, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "vraag", "datum"), *rows])
    data = held.getvalue().encode()
    made = Document("t.csv", len(data), lambda: BytesIO(data))
    found = list(READER.read(made, Wishes(mapping={"text": "vraag"})))
    assert [json.loads(each.original)["values"] for each in found] == [list(row) for row in rows]
    assert texts(found) == [row[1] if row[1].strip() else "" for row in rows]


def test_one_column_is_not_cut_by_the_commas_in_its_text() -> None:
    assert shape_of("opmerking\nte duur, te laat\nniet goed, nee, echt niet\n").width == 1
