"""The example's letters on paper and its calls as sound: and that they arrive as what they were."""

import csv
from datetime import date

import av
import pytest

from gehoor.channels.base import Document, Heard, NothingSaid, Wishes
from gehoor.channels.call.transcripts import webvtt
from gehoor.channels.letter.reader import READER
from gehoor.demo import calls, fill, scans
from gehoor.demo.faces import SANS, Face
from gehoor.demo.files import everything, make_files
from gehoor.demo.sheets import DOTS_AN_INCH, Address, letter, paragraphs_of
from gehoor.demo.spoken import CUSTOMER, can_speak
from gehoor.kernel.home import Home
from gehoor.rooms.intake import turns
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.intake.models import Item, Outcome
from gehoor.rooms.intake.stages import stages
from gehoor.rooms.voices.models import Reply, Voice

TODAY = date(2026, 11, 22)
IN_PUBLIC = 233
"""Voices in the exports and pages of the light channels, without the archive that lies ready."""
SAID = {each.line["id"]: each for each in everything(TODAY)}


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.path.mkdir()
    return settings.HOME


@pytest.fixture
def nobody_speaks(monkeypatch):
    monkeypatch.setattr(calls, "can_speak", lambda: False)


@pytest.fixture
def one_scan(monkeypatch):
    """Only the typed letter about the sewer comes on paper."""
    chosen = tuple(each for each in scans.SCANS if each.letters[0].id == "b0005")
    monkeypatch.setattr(scans, "SCANS", chosen)


def as_document(path):
    return Document(path.name, path.stat().st_size, lambda: path.open("rb"), path)


def calls_in(folder):
    return calls.make_calls(folder / "gesprekken", list(SAID.values()))


class TestWhatIsChosen:
    def test_letters_on_paper_are_letters_that_nobody_replied_to_so_no_reply_is_lost(self):
        lines = [SAID[each].line for each in scans.ON_PAPER]
        assert len(lines) == 14
        assert {(line["channel"], line["reply"]) for line in lines} == {("letter", None)}

    def test_every_recorded_call_has_an_adviser_who_speaks(self):
        lines = [SAID[each].line for each in calls.RECORDED]
        assert len(lines) == 10
        assert all(line["channel"] == "call" and line["reply"]["text"] for line in lines)

    def test_who_writes_or_calls_so_can_be_known(self):
        chosen = [SAID[each] for each in (*scans.ON_PAPER, *calls.RECORDED)]
        assert all(each.shows("customer_number") or each.shows("phone") for each in chosen)

    def test_what_is_delivered_is_left_out_of_the_tables_and_nothing_else_is(self, tmp_path):
        delivered = scans.ON_PAPER | calls.RECORDED.keys()
        made = make_files(tmp_path, TODAY, without=delivered)
        held = "".join(made[channel].read_text() for channel in ("letter", "call"))
        ids = {name for name, each in SAID.items() if each.line["channel"] in ("letter", "call")}
        assert {name for name in ids if f'"{name}"' not in held} == delivered


class TestPaper:
    def test_the_same_letter_is_the_same_bytes(self, tmp_path, one_scan):
        first, again = (scans.make_scans(tmp_path / name, list(SAID.values())) for name in ("first", "again"))
        assert (first / "scan-0004.pdf").read_bytes() == (again / "scan-0004.pdf").read_bytes()

    def test_a_scan_that_is_there_keeps_the_day_on_which_it_was_made(self, tmp_path, one_scan):
        folder = scans.make_scans(tmp_path, list(SAID.values()))
        before = (folder / "scan-0004.pdf").read_bytes()
        scans.make_scans(tmp_path, everything(date(2027, 1, 5)))
        assert (folder / "scan-0004.pdf").read_bytes() == before

    def test_a_fill_that_was_killed_leaves_no_half_scan_to_be_read(self, tmp_path, one_scan):
        (tmp_path / "brieven").mkdir()
        (tmp_path / "brieven" / ".scan-0004.pdf").write_bytes(b"%PDF-1.4 half")
        folder = scans.make_scans(tmp_path / "brieven", list(SAID.values()))
        assert [path.name for path in folder.iterdir()] == ["scan-0004.pdf"]

    def test_all_that_was_written_stands_on_the_pages(self):
        written = paragraphs_of(SAID["b0005"], Address("Molenstreek 27", "9641 HA"))
        assert written[0].splitlines() == ["H. Slagter", "Molenstreek 27", "9641 HA Veendam", "Klantnummer: LIN-350917"]
        assert written[2:4] == ["Veendam, 30 oktober 2025", "Betreft: het riool"]
        assert "\n\n".join(written[4:]) == SAID["b0005"].line["text"]

    def test_a_long_letter_goes_on_on_a_second_page(self):
        sheet = Address("De Wiken 9", "9203 NC")
        assert len(letter(SAID["a0037"], sheet, SANS)) == 1
        assert len(letter(SAID["a0037"], sheet, SANS, leading=2.0)) == 2

    def test_without_its_font_another_is_taken(self):
        nowhere = Face(("Nergens.ttf",), 11)
        assert not nowhere.is_there
        assert nowhere.font(DOTS_AN_INCH).getlength("De Linde") > 50

    @pytest.mark.all_only
    def test_a_stack_is_read_as_three_letters_of_the_right_persons(self, tmp_path, monkeypatch):
        stack = next(each for each in scans.SCANS if len(each.letters) == 3)
        monkeypatch.setattr(scans, "SCANS", (stack,))
        path = scans.make_scans(tmp_path, list(SAID.values())) / stack.name
        outcomes = list(READER.read_slowly(as_document(path), Wishes("letter"), lambda: None))
        assert [type(each) for each in outcomes] == [Heard, NothingSaid, Heard, NothingSaid, Heard]
        numbers = [{i.value for i in each.identities} for each in outcomes if isinstance(each, Heard)]
        assert numbers == [{SAID[each.id].shows("customer_number")} for each in stack.letters]

    @pytest.mark.django_db(transaction=True)
    def test_a_scan_becomes_the_voice_of_its_writer_once(self, tmp_path, one_scan):
        folder = scans.make_scans(tmp_path / "brieven", list(SAID.values()))
        do_listen(paths=[folder], wishes=Wishes("letter"))
        assert Voice.objects.count() == 0
        assert turns.pending() == 1
        assert len(list(turns.take_turns())) == 1
        identify()
        voice = Voice.objects.get()
        assert "aardappelmeelfabriek" in voice.text
        assert voice.said_at.date() == date(2025, 10, 29)
        assert [each.value for each in identities_of(voice)] == ["LIN350917"]
        do_listen(paths=[folder], wishes=Wishes("letter"))
        assert (Voice.objects.count(), turns.pending()) == (1, 0)

    @pytest.mark.django_db(transaction=True)
    def test_without_an_engine_scans_wait_and_are_listed(self, tmp_path, one_scan, monkeypatch):
        monkeypatch.setattr(type(READER), "ready", lambda self: False)
        do_listen(paths=[scans.make_scans(tmp_path / "brieven", list(SAID.values()))], wishes=Wishes("letter"))
        assert [(each.outcome, each.code) for each in Item.objects.all()] == [(Outcome.WAITING, "engine_needed")]


class TestSound:
    def test_the_customer_says_their_words_and_the_adviser_the_rest_and_the_reply(self):
        sentences = list(calls.sentences_of(SAID["a0088"]))
        customer = " ".join(each.text for each in sentences if each.side == CUSTOMER)
        assert customer.startswith("Goedemiddag, Arjan Kooistra uit Groningen. Ik wou vragen")
        assert sentences[-1].text in SAID["a0088"].line["reply"]["text"]
        words = sum(len(each.text.split()) for each in sentences)
        lines = SAID["a0088"].line["text"].splitlines()
        expected = sum(len(line.split()) - 1 for line in lines) + len(SAID["a0088"].line["reply"]["text"].split())
        assert words == expected

    @pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")
    def test_the_transcript_follows_the_sound(self, tmp_path, monkeypatch):
        monkeypatch.setattr(calls, "RECORDED", {"a0088": calls.RECORDED["a0088"]})
        folder = calls_in(tmp_path)
        assert sorted(path.name for path in folder.iterdir()) == [
            "gesprek-a0088.ogg",
            "gesprek-a0088.vtt",
            "gesprekken.csv",
        ]
        talk = webvtt.read((folder / "gesprek-a0088.vtt").read_text())
        times = [(piece.begins, piece.ends) for turn in talk.turns for piece in turn.pieces]
        assert all(begins < ends for begins, ends in times)
        assert [begins for begins, _ in times] == sorted(begins for begins, _ in times)
        with av.open(str(folder / "gesprek-a0088.ogg")) as sound:
            assert sound.streams.audio[0].layout.name == "stereo"
            assert sound.duration / av.time_base == pytest.approx(talk.duration_seconds + 0.5, abs=0.2)

    def test_without_a_voice_the_transcripts_come_alone(self, tmp_path, nobody_speaks):
        folder = calls_in(tmp_path)
        assert {path.suffix for path in folder.iterdir()} == {".vtt", ".csv"}
        with (folder / "gesprekken.csv").open() as listed:
            assert {row["bestand"] for row in csv.DictReader(listed, delimiter=";")} == {
                f"gesprek-{name}.vtt" for name in calls.RECORDED
            }

    def test_a_call_that_was_made_without_sound_stays_so(self, tmp_path, nobody_speaks, monkeypatch):
        calls_in(tmp_path)
        monkeypatch.setattr(calls, "can_speak", lambda: True)
        assert not list(calls_in(tmp_path).glob("*.ogg"))

    @pytest.mark.django_db(transaction=True)
    def test_every_call_is_one_voice_with_its_reply_facts_and_caller_and_nothing_doubles(self, tmp_path, nobody_speaks):
        for _ in range(2):
            summary = do_listen(paths=[calls_in(tmp_path)], wishes=Wishes("call"))
            assert not summary.waiting and not summary.refused
            assert (Voice.objects.count(), Reply.objects.count()) == (10, 10)
        identify()
        told = SAID["a0048"]
        voice = Voice.objects.get(said_at=told.at)
        assert voice.text.startswith("Goedemorgen, eindelijk een mens.")
        assert voice.waited_seconds == told.line["waited"]
        assert {each.kind for each in identities_of(voice)} == {"customer_number", "phone"}


def identify():
    next(stage for stage in stages() if stage.name == "identify").drain(100)


def identities_of(voice):
    return [each.identity for each in voice.sightings.select_related("identity")]


@pytest.mark.all_only
@pytest.mark.django_db(transaction=True)
def test_a_fill_keeps_all_that_was_said_and_a_second_one_adds_nothing():
    for _ in range(2):
        fill.fill(lambda *_: None, TODAY)
        assert Voice.objects.count() == len(SAID) - len(scans.ON_PAPER) + IN_PUBLIC == 816
        assert turns.pending() == len(scans.SCANS)
    authors = Voice.objects.exclude(author="").values("author").distinct().count()
    assert authors >= 90
