"""Chats as WhatsApp, Signal and Telegram export them: turns of customers, our answers, and nothing twice."""

import datetime
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Direction, Document, Heard, Identity, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.chat import reader
from gehoor.channels.chat.media import BELONGS
from gehoor.channels.chat.naming import title_of
from gehoor.channels.chat.reader import READER
from gehoor.channels.chat.turns import DELETED, ONLY_FILE, SYSTEM
from gehoor.channels.opening import documents
from gehoor.channels.registry import reader_for
from gehoor.kernel.clock import at
from gehoor.kernel.errors import CannotRead

FIXTURES = Path(reader.__file__).parent / "fixtures"
LTR, NARROW = "\u200e", "\u202f"


def document(data: bytes | str, name: str = "WhatsApp-chat met Jan.txt") -> Document:
    held = data.encode() if isinstance(data, str) else data
    return Document(name, len(held), lambda: io.BytesIO(held))


def read(data: bytes | str, name: str = "WhatsApp-chat met Jan.txt", **mapping: str) -> list[Outcome]:
    return list(READER.read(document(data, name), Wishes(mapping=mapping)))


def heard(found: list[Outcome]) -> list[Heard]:
    return [each for each in found if isinstance(each, Heard)]


def silent(found: list[Outcome]) -> list[str]:
    return [each.reason for each in found if isinstance(each, NothingSaid)]


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[arg-type, misc]


class TestTurns:
    def test_what_someone_writes_in_a_row_is_one_voice_and_what_we_write_a_reply(self) -> None:
        found = heard(list(READER.read(_fixture("whole-WhatsApp-chat met Anja de Boer.txt"), Wishes())))
        assert [(each.direction, each.author) for each in found] == [
            (Direction.FROM_CUSTOMER, "Anja de Boer"),
            (Direction.TO_CUSTOMER, "De Linde"),
            (Direction.FROM_CUSTOMER, "Anja de Boer"),
            (Direction.TO_CUSTOMER, "De Linde"),
            (Direction.FROM_CUSTOMER, "Anja de Boer"),
        ]
        assert found[0].text == (
            "Goedemorgen\nIk wacht al drie weken op de uitbetaling van mijn bouwdepot.\nDe aannemer dreigt te stoppen."
        )
        assert found[0].said_at == utc(2026, 3, 12, 8, 14)
        assert found[2].text == "Dit is de factuur"

    def test_a_silence_of_more_than_fifteen_minutes_begins_another_turn(self) -> None:
        found = read(
            "1-2-2026 10:00 - Jan: a\n1-2-2026 10:15 - Jan: b\n1-2-2026 10:31 - Jan: c\n1-2-2026 10:31 - Wij: d\n"
        )
        assert [each.text for each in heard(found)] == ["a\nb", "c", "d"]

    def test_a_line_of_the_program_in_between_does_not_cut_a_turn(self) -> None:
        found = read(
            "1-2-2026 10:00 - Jan: a\n1-2-2026 10:01 - Jan heeft de groepsfoto gewijzigd\n1-2-2026 10:02 - Jan: b\n"
        )
        assert [each.text for each in heard(found)] == ["a\nb"]
        assert silent(found) == [SYSTEM]

    def test_a_reply_answers_the_last_voice_and_all_of_a_chat_hangs_together(self) -> None:
        one, two, three, four = heard(
            read("1-2-2026 10:00 - Jan: a\n1-2-2026 11:00 - Jan: b\n1-2-2026 11:01 - Wij: c\n1-2-2026 12:01 - Wij: d\n")
        )
        assert one.thread == ()
        assert two.thread == (one.native_id,)
        assert three.thread == four.thread == (one.native_id, two.native_id)

    def test_the_original_is_its_own_lines(self) -> None:
        found = read("1-2-2026 10:00 - Jan: a\nb\n1-2-2026 10:01 - Jan: c\n1-2-2026 10:31 - Wij: d\n")
        assert heard(found)[0].original == b"1-2-2026 10:00 - Jan: a\nb\n1-2-2026 10:01 - Jan: c"


def _fixture(name: str) -> Document:
    path = FIXTURES / name
    return Document(name, path.stat().st_size, lambda: path.open("rb"), path)


FORMATS = [
    "31-12-2025 22:01 - {}",
    "31/12/2025, 22:01 - {}",
    "31/12/25, 22:01 - {}",
    "31.12.25, 22:01 - {}",
    "31. 12. 2025 22:01 - {}",
    "2025. 12. 31. 22:01 - {}",
    "2025/12/31, 22:01 - {}",
    "2025-12-31 22 h 01 - {}",
    "2025-12-31, 22:01 - {}",
    "12/31/25, 10:01 PM - {}",
    f"12/31/25, 10:01{NARROW}PM - {{}}",
    "31/12/2025, 10:01 p. m. - {}",
    "31/12/2025, 10:01 pm - {}",
    "31.12.2025 klo 22.01 - {}",
    "31/12/2025 à 22:01 - {}",
    "31/12/2025 a las 22:01 - {}",
    "31.12.2025, 22.01 - {}",
    "2025. 12. 31. 오후 10:01 - {}",
    "2025/12/31 下午10:01 - {}",
    "٣١/١٢/٢٠٢٥، ١٠:٠١ م - {}",
    "31\u200f/12\u200f/2025, 22:01 - {}",
    "31/12/25 22:01 - {}",
    "[31-12-2025 22:01:00] {}",
    "[31/12/2025, 22:01:00] {}",
    "[31.12.25, 22:01:00] {}",
    f"[12/31/25, 10:01:00{NARROW}PM] {{}}",
    f"{LTR}[31-12-2025, 22:01:00] {{}}",
    "[2025-12-31, 10:01:00 PM] {}",
    "[2025/12/31 下午10:01:00] {}",
    "[2025-12-31, 22:01] {}",
    "[31.12.25 22:01] {}",
    "[31/12/2025 10:01 μ.μ.] {}",
]


class TestFormats:
    @pytest.mark.parametrize("line", FORMATS)
    def test_every_way_of_writing_when(self, line: str) -> None:
        written = line.format("Jan: Mijn brief: is weg") + "\n" + line.format("Wij: Ach")
        found = heard(read(written))
        assert [(each.author, each.text, each.said_at) for each in found] == [
            ("Jan", "Mijn brief: is weg", utc(2025, 12, 31, 21, 1)),
            ("Wij", "Ach", utc(2025, 12, 31, 21, 1)),
        ]
        assert READER.recognise(document(written, "x.txt"), Wishes()).confidence > 0.9

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_every_encoding_and_end_of_line(self, encoding: str, end: str) -> None:
        data = end.join(["31-12-2025 22:01 - Jan: Één café", "é!", "31-12-2025 22:02 - Wij: Ja"]).encode(encoding)
        assert [each.text for each in heard(read(data))] == ["Één café\né!", "Ja"]

    def test_what_a_line_has_of_a_date_within_a_message_begins_none(self) -> None:
        found = heard(
            read("1-2-2026 10:00 - Jan: a\n12-3-2026 is te laat\n[x] b\n- 1-2-2026 10:00\n1-2-2026 10:09 - Wij: c")
        )
        assert found[0].text == "a\n12-3-2026 is te laat\n[x] b\n- 1-2-2026 10:00"

    @pytest.mark.parametrize(
        "line",
        [
            "Geachte heer,\n31-12-2025 22:01 - Jan: a",
            "31-12-2025 22:01",
            "datum;tekst\n31-12-2025;a",
            "2026-03-12 10:00:00 ERROR x: y",
            "- een\n- twee",
            "",
            "1. een\n2. twee",
        ],
    )
    def test_other_text_is_not_its_own(self, line: str) -> None:
        assert READER.recognise(document(line, "x.txt"), Wishes()).confidence == 0


class TestOrder:
    def test_a_number_above_twelve_anywhere_decides_for_all(self) -> None:
        found = heard(read("01/02/2026, 10:00 - Jan: a\n01/02/2026, 12:00 - Wij: b\n02/25/2026, 10:00 - Jan: c\n"))
        assert [each.said_at for each in found] == [utc(2026, 1, 2, 9), utc(2026, 1, 2, 11), utc(2026, 2, 25, 9)]

    def test_time_that_runs_forward_decides(self) -> None:
        day = heard(read("09/01/2026, 10:00 - Jan: a\n03/02/2026, 10:00 - Wij: b\n01/03/2026, 10:00 - Jan: c\n"))
        assert day[0].said_at == utc(2026, 1, 9, 9)
        month = heard(read("01/09/2026, 10:00 - Jan: a\n02/03/2026, 10:00 - Wij: b\n03/01/2026, 10:00 - Jan: c\n"))
        assert month[0].said_at == utc(2026, 1, 9, 9)

    def test_nothing_is_said_in_the_future(self) -> None:
        with at(utc(2026, 2, 20)):
            assert heard(read("02/03/2026, 10:00 - Jan: a\n"))[0].said_at == utc(2026, 2, 3, 9)

    def test_dots_and_dashes_put_the_day_first_and_americans_are_known_by_how_they_write(self) -> None:
        assert heard(read("01-02-2026 10:00 - Jan: a\n"))[0].said_at == utc(2026, 2, 1, 9)
        assert heard(read("1/2/26, 10:00 AM - Jan: a\n"))[0].said_at == utc(2026, 1, 2, 9)

    def test_what_nothing_decides_is_asked_and_can_be_said(self) -> None:
        line = "01/02/2026, 10:00 - Jan: a\n"
        with pytest.raises(CannotRead) as told:
            read(line)
        assert told.value.code == "date_order_needed" and told.value.retry_helps
        assert heard(read(line, dates="day-first"))[0].said_at == utc(2026, 2, 1, 9)
        assert heard(read(line, dates="month-first"))[0].said_at == utc(2026, 1, 2, 9)

    def test_a_few_impossible_dates_leave_only_themselves_without_a_moment(self) -> None:
        found = heard(read("31-12-2025 10:00 - Jan: a\n30-12-2025 10:00 - Wij: b\n99-99-2025 10:00 - Jan: c\n"))
        assert [each.said_at for each in found] == [utc(2025, 12, 31, 9), utc(2025, 12, 30, 9), None]


class TestWhoIsWe:
    CHAT = "1-2-2026 10:00 - Anja: a\n1-2-2026 10:01 - Bert: b\n"

    def directions(self, found: list[Outcome]) -> list[str]:
        return [each.direction.value for each in heard(found)]

    @pytest.mark.parametrize(
        "name",
        [
            "WhatsApp-chat met Anja.txt",
            "WhatsApp Chat with Anja.txt",
            "WhatsApp Chat with Anja (2).txt",
            "WhatsApp Chat - Anja.zip/_chat.txt",
            "uit/WhatsApp Chat - Anja/_chat.txt",
            "WhatsApp-Chat mit Anja.txt",
            "Discussion WhatsApp avec Anja.txt",
            "Chat de WhatsApp con Anja.txt",
        ],
    )
    def test_a_chat_of_two_bears_the_name_of_the_other(self, name: str) -> None:
        assert self.directions(read(self.CHAT, name)) == ["voice", "reply"]
        assert title_of(document("", name)) == "Anja"

    def test_whoever_exported_it_deleted_as_you(self) -> None:
        assert self.directions(read(self.CHAT + "1-2-2026 10:02 - Bert: U hebt dit bericht verwijderd\n", "x.txt")) == [
            "voice",
            "reply",
        ]

    def test_the_notice_of_encryption_on_a_telephone_of_apple_bears_the_name_of_the_other(self) -> None:
        chat = f"[1-2-2026 10:00:00] Anja: {LTR}Berichten en oproepen worden end-to-end versleuteld.\n"
        chat += "[1-2-2026 10:00:00] Anja: a\n[1-2-2026 10:01:00] Bert: b\n"
        assert self.directions(read(chat, "_chat.txt")) == ["voice", "reply"]

    def test_beside_numbers_the_only_name_is_ours(self) -> None:
        found = read("1-2-2026 10:00 - +31 6 12345678: a\n1-2-2026 10:01 - Bert: b\n", "x.txt")
        assert self.directions(found) == ["voice", "reply"]
        assert heard(found)[0].identities == heard(found)[1].recipients == (Identity("phone", "+31 6 12345678"),)

    def test_a_setting_or_a_wish_says_it(self) -> None:
        wishes = Wishes(is_own=lambda identity: identity == Identity("handle", "Anja", "chat"))
        assert self.directions(list(READER.read(document(self.CHAT, "x.txt"), wishes))) == ["reply", "voice"]
        assert self.directions(read(self.CHAT, "x.txt", ours="anja")) == ["reply", "voice"]
        assert self.directions(read(self.CHAT, "x.txt", ours="Anja+Bert")) == ["reply", "reply"]

    def test_what_is_said_nowhere_is_asked(self) -> None:
        with pytest.raises(CannotRead) as told:
            read(self.CHAT, "x.txt")
        assert told.value.code == "who_is_we_needed" and told.value.retry_helps
        assert "Anja" not in str(told.value) + str(told.value.advice)
        assert sorted(told.value.hints["names"].split("\n")) == ["Anja", "Bert"]

    def test_a_name_that_was_said_to_be_ours_and_does_not_occur_is_told(self) -> None:
        with pytest.raises(CannotRead) as told:
            read(self.CHAT, "x.txt", ours="Webcare")
        assert (told.value.code, told.value.retry_helps) == ("ours_not_there", True)
        assert "Anja" in told.value.hints["names"]

    def test_a_bare_name_is_no_identity(self) -> None:
        assert heard(read(self.CHAT, ours="Bert"))[0].identities == ()


class TestWhatIsNotSaid:
    @pytest.mark.parametrize(
        "text",
        [
            *(
                "<Media omitted>",
                "<Media weggelaten>",
                "<Médias omis>",
                "image omitted",
                "afbeelding weggelaten",
                "GIF weggelaten",
            ),
            *(f"{LTR}sticker omitted", f"{LTR}<attached: 00000012-PHOTO-2026-01-01-10-00-00.jpg>", ""),
            "IMG-20260101-WA0001.jpg (bestand bijgevoegd)",
        ],
    )
    def test_a_file_that_did_not_come_along(self, text: str) -> None:
        assert (heard(read(f"1-2-2026 10:00 - Jan: {text}")), silent(read(f"1-2-2026 10:00 - Jan: {text}"))) in [
            ([], [ONLY_FILE]), ([], [SYSTEM]),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "text",
        [
            "This message was deleted",
            "Dit bericht is verwijderd",
            "Diese Nachricht wurde gelöscht.",
            f"{LTR}Ce message a été supprimé",
        ],
    )
    def test_what_was_deleted(self, text: str) -> None:
        found = read(f"1-2-2026 10:00 - Jan: {text}\n1-2-2026 10:00 - Jan: x")
        assert (silent(found), [each.text for each in heard(found)]) == ([DELETED], ["x"])

    def test_what_speaks_of_deleting_is_said(self) -> None:
        text = "Dit bericht is verwijderd door uw collega, waarom?"
        assert heard(read(f"1-2-2026 10:00 - Jan: {text}"))[0].text == text

    @pytest.mark.parametrize(
        "note", ["<This message was edited>", f"{LTR}<Dit bericht is bewerkt>", "<Diese Nachricht wurde bearbeitet.>"]
    )
    def test_the_note_of_an_edit_is_left_out(self, note: str) -> None:
        assert heard(read(f"1-2-2026 10:00 - Jan: Hallo daar {note}"))[0].text == "Hallo daar"

    def test_lines_without_a_speaker(self) -> None:
        found = read('1-2-2026 10:00 - Jan wijzigde het onderwerp van "a: b" in "c: d"\n1-2-2026 10:01 - Jan: x')
        assert (silent(found), len(heard(found))) == ([SYSTEM], 1)

    def test_a_file_without_any_message(self) -> None:
        with pytest.raises(CannotRead):
            read("niets")


class TestFiles:
    def test_what_came_along_is_kept_with_its_message_and_says_nothing_by_itself(self, tmp_path: Path) -> None:
        chat = "1-2-2026 10:00 - Jan: IMG-20260201-WA0001.jpg (bestand bijgevoegd)\nHier de factuur\n"
        with zipfile.ZipFile(tmp_path / "WhatsApp-chat met Jan.zip", "w") as archive:
            archive.writestr("IMG-20260201-WA0001.jpg", b"\xff\xd8\xff\xe0 foto")
            archive.writestr("WhatsApp-chat met Jan.txt", chat)
            archive.writestr("brief.jpg", b"\xff\xd8\xff\xe0")
        told: dict[str, list[Outcome]] = {}
        readers = {}
        for each in documents(tmp_path / "WhatsApp-chat met Jan.zip"):
            assert isinstance(each, Document)
            name = each.name.rpartition("/")[2]
            readers[name] = reader_for(each, Wishes())
            told[name] = list(readers[name].read(each, Wishes())) if readers[name] is READER else []
        found = heard(told["WhatsApp-chat met Jan.txt"])
        assert found[0].text == "Hier de factuur"
        assert [(each.name, each.media_type, each.data) for each in found[0].attachments] == [
            ("IMG-20260201-WA0001.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 foto")
        ]
        assert silent(told["IMG-20260201-WA0001.jpg"]) == [BELONGS]
        assert readers["brief.jpg"] is not READER

    def test_a_photo_alone_is_a_voice_without_words(self) -> None:
        name = "00000001-PHOTO-2026-02-01-10-00-00.jpg"
        photo = Document(name, 3, lambda: io.BytesIO(b"abc"))
        chat = f"[1-2-2026 10:00:00] Jan: {LTR}<bijgevoegd: {name}>\n".encode()
        it = Document(
            "WhatsApp Chat - Jan.zip/_chat.txt", len(chat), lambda: io.BytesIO(chat), beside=lambda: {name: photo}
        )
        (only,) = heard(list(READER.read(it, Wishes())))
        assert (only.text, only.attachments[0].data) == ("", b"abc")


class TestKnownAgain:
    LINES = [f"{day}-1-2026 10:{minute:02} - {who}: {text}" for day, minute, who, text in [
        (1, 0, "Jan", "Hallo"), (1, 0, "Jan", "Hallo"), (1, 30, "Wij", "Dag"), (2, 0, "Jan", "Hallo"),
        (2, 0, "Wij", "Ja"), (2, 0, "Jan", "ok"), (2, 0, "Wij", "Ja"), (2, 0, "Jan", "ok"),
    ]]  # fmt: skip

    def ids(self, lines: list[str], name: str = "WhatsApp-chat met Jan.txt") -> list[str]:
        return [each.native_id for each in heard(read("\n".join(lines), name, dates="day-first"))]

    def test_every_turn_has_an_id_of_its_own_and_the_same_again(self) -> None:
        assert len(set(self.ids(self.LINES))) == len(self.ids(self.LINES)) == 7
        assert self.ids(self.LINES) == self.ids(self.LINES, "WhatsApp-chat met Jan (1).txt")

    def test_a_grown_export_keeps_the_ids_of_what_was_there(self) -> None:
        whole = self.ids(self.LINES)
        for count in range(3, len(self.LINES)):
            part = self.ids(self.LINES[:count])
            assert whole[: len(part)] == part

    def test_the_same_words_in_a_chat_with_someone_else_are_others(self) -> None:
        assert not set(self.ids(self.LINES)) & set(
            self.ids([each.replace("Jan", "Piet") for each in self.LINES], "WhatsApp-chat met Piet.txt")
        )
        ours = ["1-1-2026 10:00 - Jan: x", "1-1-2026 10:00 - Wij: Goedemorgen"]
        assert self.ids(ours)[1] != self.ids([ours[0].replace("Jan", "Piet"), ours[1]], "WhatsApp-chat met Piet.txt")[1]


class TestTelegram:
    def test_a_chat(self) -> None:
        found = list(READER.read(_fixture("whole-telegram.json"), Wishes()))
        assert [(each.direction.value, each.text) for each in heard(found)] == [
            ("voice", "Ik lees op https://delinde.example iets anders dan u zegt."),
            ("reply", "Dat zoeken wij uit."),
        ]
        assert heard(found)[0].said_at == utc(2026, 2, 1, 19, 15)
        assert silent(found) == [SYSTEM, ONLY_FILE]

    def test_all_chats_of_an_account_each_by_itself(self) -> None:
        def chat(number: int, other: str) -> dict[str, object]:
            said = [(other, f"user{number}", "Vraag"), ("Wij", "user9", "Antwoord")]
            return {"name": other, "id": number, "messages": [
                {"id": at, "type": "message", "date_unixtime": f"{1769973300 + at}", "from": who, "from_id": who_id,
                 "text": text}
                for at, (who, who_id, text) in enumerate(said)
            ]}  # fmt: skip

        whole = {
            "personal_information": {"user_id": 9},
            "chats": {"list": [chat(1, "Jan"), {"name": "leeg", "messages": []}, chat(2, "Piet")]},
        }
        found = heard(read(json.dumps(whole), "result.json"))
        assert [(each.author, each.direction.value) for each in found] == [
            ("Jan", "voice"),
            ("Wij", "reply"),
            ("Piet", "voice"),
            ("Wij", "reply"),
        ]
        assert len({each.native_id for each in found}) == 4
        assert found[3].thread == (found[2].native_id,)


class TestBadInput:
    @settings(max_examples=60, deadline=None)
    @given(st.sampled_from(sorted(path.name for path in FIXTURES.iterdir())), st.data())
    def test_a_mutated_fixture_stays_within_the_contract(self, name: str, data: st.DataObject) -> None:
        whole = bytearray((FIXTURES / name).read_bytes())
        for _ in range(data.draw(st.integers(1, 8))):
            at_ = data.draw(st.integers(0, len(whole) - 1))
            whole[at_ : at_ + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        self.within_the_contract(document(bytes(whole), name))

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=60), st.text(max_size=60))
    def test_any_text_within_an_export(self, author: str, text: str) -> None:
        self.within_the_contract(document(f"31-12-2025 22:01 - {author}: {text}\n".encode("utf-8", "surrogatepass")))

    def within_the_contract(self, it: Document) -> None:
        assert 0 <= READER.recognise(it, Wishes()).confidence <= 1
        try:
            found = list(READER.read(it, Wishes(mapping={"ours": "De Linde", "dates": "day-first"})))
        except CannotRead:
            return
        for each in found:
            assert each.position
            if isinstance(each, Heard):
                each.text.encode()
                assert "\0" not in each.text and each.native_id
        assert len({each.native_id for each in heard(found)}) == len(heard(found))

    def test_a_message_beyond_all_bounds_comes_in_pieces_and_the_rest_goes_on(self) -> None:
        found = heard(read("1-2-2026 10:00 - Jan: " + "woorden " * 400_000 + "\n1-2-2026 10:31 - Wij: b"))
        assert sum(len(each.text) for each in found[:-1]) > 3_000_000
        assert found[-1].text == "b"

    def test_json_that_is_nested_or_no_chat(self) -> None:
        for data in (
            '{"messages":' + "[" * 100_000,
            '{"messages": 3, "from_id": 3}',
            "[]",
            "{",
            '{"chats":{"list":[[{}],3]}}',
        ):
            with pytest.raises(CannotRead):
                read(data, "result.json")


def test_unreadable_parts_are_told_and_the_rest_is_read() -> None:
    found = list(READER.read(_fixture("broken-cut.json"), Wishes()))
    assert [type(each) for each in found] == [Unreadable, Heard]
