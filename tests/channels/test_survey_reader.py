"""Surveys: every open answer a voice, every open question left empty counted, nobody named who was anonymous."""

import csv
import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Document, Heard, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.registry import reader_for
from gehoor.channels.survey import reader
from gehoor.channels.survey.reader import READER
from gehoor.channels.survey.responses import LEFT_EMPTY, NO_OPEN_QUESTION, PREVIEW, SAYS_NOTHING, UNFINISHED
from gehoor.channels.table.reader import TableReader
from gehoor.kernel.errors import CannotRead

FIXTURES = Path(reader.__file__).parent / "fixtures"
QUALTRICS = "whole-qualtrics.csv"


def document(data: bytes | str, name: str = "enquete.csv") -> Document:
    held = data.encode() if isinstance(data, str) else data
    return Document(name, len(held), lambda: io.BytesIO(held))


def read(data: bytes | str, name: str = "enquete.csv", channel: str = "", **mapping: str) -> list[Outcome]:
    return list(READER.read(document(data, name), Wishes(channel, mapping)))


def fixture(name: str) -> list[Outcome]:
    return read((FIXTURES / name).read_bytes(), name)


def voices(found: list[Outcome]) -> list[Heard]:
    return [each for each in found if isinstance(each, Heard)]


def silent(found: list[Outcome]) -> list[tuple[str, str]]:
    return [(each.position, each.reason) for each in found if isinstance(each, NothingSaid)]


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[arg-type, misc]


def table(*rows: list[object], delimiter: str = ",") -> str:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter).writerows(rows)
    return held.getvalue()


class TestQualtrics:
    def test_each_open_answer_is_a_voice_of_its_response(self) -> None:
        first, second = voices(fixture(QUALTRICS))[:2]
        assert (first.text, first.subject) == ("Bel terug op de dag die u belooft.", "Wat kunnen wij beter doen?")
        assert (first.channel, first.position, first.score) == ("survey", "1/QID2_TEXT", 3.0)
        assert (first.native_id, first.id_is_global) == ("R_1aBcDeFgHiJkLmN#QID2_TEXT", False)
        assert first.conversation == second.conversation == "R_1aBcDeFgHiJkLmN"
        assert first.original == second.original
        assert first.scope.startswith("StartDate\x1f")

    def test_moments_are_read_in_the_zone_that_the_export_names(self) -> None:
        assert voices(fixture(QUALTRICS))[0].said_at == utc(2024, 3, 1, 17, 15)

    def test_recipient_and_reference_are_identities_and_the_anonymous_stay_so(self) -> None:
        known, _, anonymous, _ = voices(fixture(QUALTRICS))
        assert {(each.kind, each.value) for each in known.identities} == {
            ("email", "anna@klant.example"),
            ("customer_number", "K-1001"),
        }
        assert (known.author, anonymous.author, anonymous.identities) == ("Anna de Wit", "", ())

    def test_what_was_left_empty_is_counted_and_previews_are_told(self) -> None:
        assert silent(fixture(QUALTRICS)) == [
            ("2/QID2_TEXT", LEFT_EMPTY),
            ("2/QID4_TEXT", SAYS_NOTHING),
            ("3", PREVIEW),
            ("4", UNFINISHED),
        ]

    def test_an_open_answer_of_an_unfinished_response_is_heard(self) -> None:
        assert voices(fixture(QUALTRICS))[-1].text == "Het formulier bleef hangen, laat dat nakijken."

    def test_the_box_of_a_closed_question_is_heard_and_its_emptiness_is_not_counted(self) -> None:
        assert voices(fixture(QUALTRICS))[2].text == "Over een brief die niemand begreep"
        assert not any("QID3" in position for position, _ in silent(fixture(QUALTRICS)))

    def test_numeric_codes_tell_a_preview_too(self) -> None:
        text = (FIXTURES / QUALTRICS).read_text("utf-8-sig").replace("Survey Preview", "1").replace("preview", "")
        assert ("3", PREVIEW) in silent(read(text))

    def test_the_older_export_has_two_headings(self) -> None:
        found = fixture("minimal-qualtrics-legacy.csv")
        (voice,) = voices(found)
        assert (voice.text, voice.subject, voice.score) == (
            "De brief was onduidelijk.",
            "Wat wilt u ons nog vertellen?",
            4,
        )
        assert (voice.author, voice.identities) == ("", ())
        assert silent(found) == [("2/Q2", LEFT_EMPTY)]

    def test_two_headings_without_the_json_row(self) -> None:
        lines = (FIXTURES / QUALTRICS).read_text("utf-8-sig").splitlines()
        found = read("\n".join(lines[:2] + lines[3:]))
        assert "Bel terug op de dag die u belooft." in [each.text for each in voices(found)]
        assert voices(found)[0].position == "1/Q2"

    def test_tabs_in_utf_16_as_its_tsv_is(self) -> None:
        rows = list(csv.reader(io.StringIO((FIXTURES / QUALTRICS).read_text("utf-8-sig"))))
        found = read(table(*rows, delimiter="\t").encode("utf-16"), "enquete.tsv")
        assert [each.text for each in voices(found)] == [each.text for each in voices(fixture(QUALTRICS))]

    def test_closed_questions_only_gives_one_silence_a_response(self) -> None:
        rows = [row[:18] for row in csv.reader(io.StringIO((FIXTURES / QUALTRICS).read_text("utf-8-sig")))]
        rows = [[*row[:15], *row[18:]] for row in rows[:4]]
        assert silent(read(table(*rows))) == [("1", NO_OPEN_QUESTION)]


class TestLimeSurvey:
    def test_codes_with_their_questions_and_semicolons(self) -> None:
        found = fixture("whole-limesurvey.csv")
        first, other, shown = voices(found)
        assert (first.subject, first.score) == ("Wat kunnen wij beter doen?", 6.0)
        assert (first.native_id, first.said_at) == ("12#G01Q02", utc(2024, 5, 2, 7, 30))
        assert [each.value for each in first.identities] == ["piet@klant.example"]
        assert (other.text, shown.text) == ("Een klacht over de taxateur", "Omdat de site eruit lag.")

    def test_what_was_not_shown_is_not_counted_and_what_was_left_empty_is(self) -> None:
        assert silent(fixture("whole-limesurvey.csv")) == [("2/G01Q02", LEFT_EMPTY), ("3", UNFINISHED)]

    def test_codes_only_and_no_dates_kept(self) -> None:
        (voice,) = voices(fixture("minimal-limesurvey-codes.csv"))
        assert (voice.subject, voice.said_at, voice.identities) == ("G01Q02", None, ())


class TestSurveyMonkey:
    @pytest.mark.parametrize("name", ["whole-surveymonkey.csv", "whole-surveymonkey.xlsx"])
    def test_open_ended_responses_and_the_other_box(self, name: str) -> None:
        found = fixture(name)
        first, other = voices(found)
        assert (first.text, first.subject) == ("Antwoord gewoon op mijn e-mail.", "Wat moeten wij anders doen?")
        assert (first.score, first.author) == (4.0, "Els Visser")
        assert first.said_at == utc(2024, 3, 4, 21, 21, 9)
        assert other.text == "Ik zocht een formulier dat nergens stond"
        assert other.native_id.startswith("11800000002#")
        assert silent(found) == [("2/column 11", LEFT_EMPTY)]


class TestTypeform:
    def test_questions_by_contents_and_moments_in_utc(self) -> None:
        found = fixture("whole-typeform.csv")
        assert [each.subject for each in voices(found)[:2]] == [
            "Wat had ons werk voor u makkelijker gemaakt?",
            "Waar moeten wij meteen mee stoppen?",
        ]
        first = voices(found)[0]
        assert (first.said_at, first.score) == (utc(2024, 6, 1, 8, 4), 7.0)
        assert [(each.kind, each.value) for each in first.identities] == [("customer_number", "K-2002")]
        assert silent(found) == [("2/column 4", LEFT_EMPTY), ("3", UNFINISHED)]


HEADINGS = ["Wat ging er goed?", "Waarom belde u ons?", "Hoe beoordeelt u ons (0-10)?", "Afdeling", "Datum"]
OWN = [
    HEADINGS,
    ["De adviseur nam rustig de tijd.", "Mijn brief bleef zes weken liggen.", 7, "Rente", "2024-02-01"],
    ["", "Ik kreeg twee verschillende antwoorden.", 3, "Rente", "2024-02-02"],
    ["Het bellen ging vlot en vriendelijk.", "", 9, "Verhuizing", "2024-02-03"],
]


class TestAnyTable:
    def test_several_open_questions_with_the_channel_named(self) -> None:
        found = read(table(*OWN), channel="survey")
        assert [(each.subject, each.score) for each in voices(found)] == [
            ("Wat ging er goed?", 7),
            ("Waarom belde u ons?", 7),
            ("Waarom belde u ons?", 3),
            ("Wat ging er goed?", 9),
        ]
        assert [reason for _, reason in silent(found)] == [LEFT_EMPTY, LEFT_EMPTY]
        assert voices(found)[0].said_at == utc(2024, 1, 31, 23)

    def test_without_ids_the_answers_of_a_row_are_one_conversation(self) -> None:
        first, second, other, _ = voices(read(table(*OWN), channel="survey"))
        assert first.conversation == second.conversation != other.conversation
        assert first.native_id == ""

    def test_questions_too_long_for_names_are_headings_all_the_same(self) -> None:
        long = [*HEADINGS]
        long[0] = "Denk aan uw laatste contact met ons. " + "Wat ging er toen goed, en waardoor kwam dat? " * 2
        found = read(table(long, *OWN[1:]), channel="survey")
        assert voices(found)[0].subject == " ".join(long[0].split())
        assert len(found) == 6

    def test_one_score_too_many_is_no_score(self) -> None:
        rows = [[*row, mark] for row, mark in zip(OWN, ("Zou u ons aanbevelen, 0-10?", 5, 6, 7), strict=True)]
        assert {each.score for each in voices(read(table(*rows), channel="survey"))} == {None}

    def test_closed_answers_of_several_words_are_no_open_questions(self) -> None:
        closed = ["Oordeel", *["Zeer tevreden", "Zeer ontevreden", "Niet tevreden"]]
        rows = [[*row, each] for row, each in zip(OWN, closed, strict=True)]
        assert {each.subject for each in voices(read(table(*rows), channel="survey"))} == set(HEADINGS[:2])

    def test_lists_of_choices_are_no_open_questions(self) -> None:
        chosen = [
            "rente, looptijd, boete",
            "looptijd, boete, rente",
            "boete, rente, looptijd",
            "rente, boete",
            "boete, looptijd",
        ]
        rows = [[*OWN[1 + at % 3][:2], f"{each}"] for at, each in enumerate(chosen)]
        found = read(table([*HEADINGS[:2], "Onderwerpen"], *rows), channel="survey")
        assert {each.subject for each in voices(found)} == set(HEADINGS[:2])

    def test_a_mapping_without_text_says_which_column_is_what(self) -> None:
        rows = [[*row, each] for row, each in zip(OWN, ("Kenmerk", "A-1", "A-2", "A-3"), strict=True)]
        found = read(table(*rows), channel="survey", customer_number="kenmerk", id="Kenmerk")
        assert voices(found)[0].identities[0].value == "A-1"
        assert voices(found)[0].native_id.startswith("A-1#")

    def test_a_mapping_that_names_no_column_is_refused(self) -> None:
        with pytest.raises(CannotRead) as refused:
            read(table(*OWN), channel="survey", email="nergens")
        assert refused.value.code == "unknown_column"


class TestWhoReads:
    @pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.iterdir() if path.name.startswith("whole")))
    def test_known_exports_are_its_own_without_a_word(self, name: str) -> None:
        assert reader_for(document((FIXTURES / name).read_bytes(), name), Wishes()) is READER

    def test_a_mapped_text_leaves_it_to_the_table_reader(self) -> None:
        data = (FIXTURES / QUALTRICS).read_bytes()
        chosen = reader_for(document(data, QUALTRICS), Wishes("survey", {"text": "Q2"}))
        assert isinstance(chosen, TableReader)

    def test_a_table_of_which_nothing_is_said_is_the_table_readers(self) -> None:
        assert isinstance(reader_for(document(table(*OWN)), Wishes()), TableReader)
        assert reader_for(document(table(*OWN)), Wishes("survey")) is READER

    def test_one_open_question_is_the_table_readers(self) -> None:
        one = table(*[[row[0], row[2]] for row in OWN])
        assert isinstance(reader_for(document(one), Wishes("survey")), TableReader)

    def test_a_large_workbook_is_known_by_its_first_parts(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        rows = list(csv.reader(io.StringIO((FIXTURES / QUALTRICS).read_text("utf-8-sig"))))
        for row in rows[:3]:
            sheet.append(row)
        for number in range(3000):
            sheet.append(
                [*rows[3][:8], f"R_{number * 7919 % 100003:x}", *rows[3][9:17], f"Antwoord nummer {number}", "", "", ""]
            )
        book.save(tmp_path / "groot.xlsx")
        data = (tmp_path / "groot.xlsx").read_bytes()
        assert len(data) > 65_536
        wishes = Wishes("survey")
        assert reader_for(document(data, "groot.xlsx"), wishes) is READER
        assert sum(isinstance(each, Heard) for each in READER.read(document(data, "groot.xlsx"), wishes)) == 3000

    def test_a_wished_workbook_without_a_survey_is_read_as_a_table(self) -> None:
        with pytest.raises(CannotRead) as refused:
            read(table(*[[row[0], row[2]] for row in OWN]), channel="survey")
        assert refused.value.code == "mapping_needed"


SEEDS = [path.read_bytes() for path in sorted(FIXTURES.iterdir()) if path.suffix == ".csv"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_the_bytes_only_the_contract_comes_out(data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from(SEEDS))
    at = data.draw(st.integers(0, len(seed)))
    pieces = st.sampled_from([b'"', b"\0", b"\xff", b"\r\n", b";", b'{"ImportId"', b"[" * 200]) | st.binary(max_size=8)
    held = seed[:at] + data.draw(pieces) + seed[at + data.draw(st.integers(0, 40)) :]
    for channel in ("", "survey"):
        assert 0 <= READER.recognise(document(held), Wishes(channel)).confidence <= 1
        try:
            found = read(held, channel=channel)
        except CannotRead:
            continue
        assert all(isinstance(each, Heard | NothingSaid | Unreadable) for each in found)
