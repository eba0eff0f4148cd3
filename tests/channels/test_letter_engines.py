"""Pages that only an engine can make out: how they lie, how they are lit, what two engines make of them."""

import io
from collections.abc import Sequence

import numpy as np
import pytest
from benchmarks.worn_pages import typed
from rapidfuzz.distance import Levenshtein
from tests.channels.render_letters import NOTE, SECOND
from tests.channels.rendering import Grey, as_file, lines, noisy, scanned, shadowed, tilted

from gehoor.channels.base import Document, Heard, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.letter.engines import engines, rapid, tesseract
from gehoor.channels.letter.engines.base import Box, PageRead, PageWord
from gehoor.channels.letter.engines.both import Readers, legible, settled
from gehoor.channels.letter.engines.rapid import Rapid
from gehoor.channels.letter.marks import has_barcode, is_blank
from gehoor.channels.letter.preparing import lies_sideways, lit_evenly, prepare, skew
from gehoor.channels.letter.reader import READER
from gehoor.kernel.errors import EngineNeeded, EngineTurn

NEEDS_AN_ENGINE = pytest.mark.skipif(not READER.ready(), reason="no engine for scans is installed")


def document(data: bytes) -> Document:
    return Document("scan", len(data), lambda: io.BytesIO(data))


def read(image: Grey) -> list[Outcome]:
    beats: list[int] = []
    outcomes = list(READER.read_slowly(document(as_file(image)), Wishes(), lambda: beats.append(1)))
    assert beats
    return outcomes


def page(text: str = SECOND, dpi: int = 150) -> Grey:
    return scanned(lines(text), dpi)


def word(text: str, confidence: float = 0.9) -> PageWord:
    return PageWord(text, confidence, (0.1, 0.1, 0.2, 0.12))


class Silent(Rapid):
    """The second engine, on pages in whose type it sees no text."""

    def __init__(self) -> None:
        self.asked = 0

    def read_lines(self, image: Grey, lines: Sequence[Box]) -> list[tuple[str, float]]:
        self.asked += len(lines)
        return [("", 0.0) for _ in lines]


class TestPreparing:
    @pytest.mark.parametrize("degrees", [-3.0, 1.5, 4.0])
    def test_the_page_is_levelled(self, degrees: float) -> None:
        assert skew(lit_evenly(tilted(page(), degrees))) == pytest.approx(degrees, abs=0.15)

    def test_a_shadow_is_taken_away_and_the_ink_stays(self) -> None:
        even = lit_evenly(shadowed(page()))
        assert np.percentile(even, 20) > 240
        assert even.min() < 80

    def test_lines_that_run_from_top_to_bottom_are_seen(self) -> None:
        assert lies_sideways(np.ascontiguousarray(np.rot90(page())))
        assert not lies_sideways(page())

    @pytest.mark.parametrize("quarters", [0, 1, 2, 3])
    def test_a_place_leads_back_to_the_page_as_it_was_scanned(self, quarters: int) -> None:
        scan = np.full((900, 640), 255, np.uint8)
        scan[100:160, 200:260] = 0
        prepared = prepare(np.ascontiguousarray(tilted(scan, 0)), quarters)
        dark = np.argwhere(prepared.image < 100)
        high, wide = prepared.image.shape
        (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
        box = prepared.place((left / wide, top / high, right / wide, bottom / high))
        assert box == pytest.approx((200 / 640, 100 / 900, 260 / 640, 160 / 900), abs=0.01)

    def test_paper_with_dust_is_blank_and_a_short_note_is_not(self) -> None:
        assert is_blank(shadowed(noisy(np.full((1_600, 1_100), 255, np.uint8), 1)))
        assert not is_blank(page("Ja."))

    def test_a_barcode_is_told_from_a_letter(self) -> None:
        sheet = np.full((1_600, 1_100), 255, np.uint8)
        for at in range(30):
            sheet[300:500, 200 + at * 20 : 206 + at * 20 + at % 3 * 3] = 0
        assert has_barcode(sheet)
        assert not has_barcode(page())


class TestTwoReadings:
    def test_where_both_agree_a_word_is_sure(self) -> None:
        (one,) = settled([word("bouwdepot", 0.7)], "bouwdepot", 0.9)
        assert one.confidence > 0.95

    def test_the_dictionary_decides_where_they_differ(self) -> None:
        assert [each.text for each in settled([word("geïnteresseerde")], "geinteresseerde", 0.99)] == [
            "geïnteresseerde"
        ]
        assert [each.text for each in settled([word("wachr")], "wacht", 0.99)] == ["wacht"]

    def test_an_address_that_one_engine_tore_apart_is_whole(self) -> None:
        found = list(settled([word("j.devries@"), word("voorbeeld.nl")], "j.devries@voorbeeld.nl", 0.99))
        assert [each.text for each in found] == ["j.devries@voorbeeld.nl"]

    def test_a_word_on_which_nothing_decides_is_unsure(self) -> None:
        (one,) = settled([word("Hoekstra")], "Hoekstro", 0.9)
        assert one.confidence < 0.8

    def test_a_speck_that_only_one_engine_sees_is_left_out(self) -> None:
        assert [each.text for each in settled([word("wacht"), word("~", 0.3)], "wacht", 0.99)] == ["wacht"]

    def test_noise_in_which_an_engine_sees_letters_is_not_language(self) -> None:
        noise = ["er", "de", "n'", "kku", "l", "co", "ha", "we", ".", "he", "A", "n", "uk", "1", "n", "b", "Mr"]
        assert not legible(PageRead(tuple(word(text) for text in noise)))
        assert legible(PageRead(tuple(word(text) for text in SECOND.split())))

    def test_a_sure_reading_in_a_language_without_dictionary_is_kept(self) -> None:
        turkish = "Sayın yetkili, kredimin faizi neden yükseldi, lütfen bana bunu yazılı olarak açıklayın, teşekkürler"
        assert legible(PageRead(tuple(word(text, 0.9) for text in turkish.split())))
        assert not legible(PageRead(tuple(word(text, 0.4) for text in turkish.split())))


@NEEDS_AN_ENGINE
class TestReading:
    def test_a_tilted_grainy_page_in_shadow_is_read_and_its_words_are_placed(self) -> None:
        (voice,) = read(tilted(shadowed(noisy(page(), 1, 8), 0.6), 2))
        assert isinstance(voice, Heard) and voice.transcription is not None
        errors = Levenshtein.distance(" ".join(voice.text.split()), " ".join(SECOND.split()))
        assert errors <= 0.02 * len(SECOND)
        assert voice.author == "A. el Amrani" and voice.subject == "rente"
        assert voice.transcription.pages == 1 and voice.transcription.confidence is not None
        assert tesseract().version() in voice.transcription.engine or rapid().version() in voice.transcription.engine

    @pytest.mark.all_only
    @pytest.mark.skipif(not tesseract().there(), reason="Tesseract is not installed")
    def test_a_faint_page_that_preparing_harms_is_read_as_it_was_scanned(self) -> None:
        scan = typed(SECOND, 2, 150, carbon=True)
        harmed = tesseract().read_page(prepare(scan).image)
        sheet = Readers(tesseract(), None).read(scan, lambda: None)
        assert sheet.read.confidence > harmed.confidence + 0.05
        said = " ".join(each.text for each in sheet.read.words)
        assert Levenshtein.distance(said, " ".join(SECOND.split())) <= 0.06 * len(SECOND)

    @pytest.mark.all_only
    @pytest.mark.skipif(not tesseract().there(), reason="Tesseract is not installed")
    def test_a_page_of_which_the_second_engine_makes_nothing_stays_as_the_first_read_it(self) -> None:
        scan = typed(SECOND, 2, 150, carbon=True)
        alone = Readers(tesseract(), None).read(scan, lambda: None)
        silent = Silent()
        both = Readers(tesseract(), silent).read(scan, lambda: None)
        assert 0 < silent.asked <= 6
        assert sorted(each.text for each in both.read.words) == sorted(each.text for each in alone.read.words)
        assert both.read.confidence <= alone.read.confidence
        assert both.read.engine == alone.read.engine

    @pytest.mark.all_only
    def test_a_page_upside_down_is_turned_and_its_places_are_those_of_the_scan(self) -> None:
        (voice,) = read(np.ascontiguousarray(np.rot90(page(NOTE), 2)))
        assert isinstance(voice, Heard) and voice.transcription is not None
        assert "verhuizing" in voice.text
        first = voice.transcription.words[0].box
        assert first is not None and first[1] > 0.8 and first[0] > 0.7

    def test_a_blank_page_says_nothing_and_noise_is_not_made_into_words(self) -> None:
        (blank,) = read(np.full((1_200, 850), 250, np.uint8))
        assert isinstance(blank, NothingSaid)
        (noise,) = read(np.random.default_rng(3).integers(0, 255, (300, 220)).astype(np.uint8))
        assert isinstance(noise, Unreadable) and noise.error.code == "nothing_legible"


class TestTurns:
    def test_a_scan_waits_its_turn_and_without_an_engine_it_waits_for_one(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scan = document(as_file(page(NOTE, 60)))
        monkeypatch.setattr(type(READER), "ready", lambda self: True)
        with pytest.raises(EngineTurn):
            list(READER.read(scan, Wishes()))
        monkeypatch.setattr(type(READER), "ready", lambda self: False)
        with pytest.raises(EngineNeeded):
            list(READER.read(scan, Wishes()))

    def test_every_engine_says_whether_it_is_there_and_what_to_do(self) -> None:
        assert [each.name for each in engines()] == ["tesseract", "rapidocr"]
        assert all(each.remedy and bool(each.version) == each.there for each in engines())
