"""Recordings: what sound is decoded from them, what is said of damaged ones, and what an engine makes of them."""

import io
import tempfile
import wave
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Direction, Document, Heard, NothingSaid, Outcome, SlowReader, Unreadable, Wishes
from gehoor.channels.call import model, reader, recording
from gehoor.channels.call.engines import SpokenWord, engine
from gehoor.channels.call.engines.loops import without_loops
from gehoor.channels.call.facts import Facts
from gehoor.channels.call.listening import listen
from gehoor.channels.call.reader import READER
from gehoor.channels.call.recording import RATE, Samples, probe, samples
from gehoor.channels.call.sides import apart, blocks, two_people
from gehoor.channels.call.sound import likeness, media_type
from gehoor.channels.call.telling import Source, tell
from gehoor.kernel.errors import CannotRead, Damaged, EngineFailed, EngineNeeded, EngineTurn, PartMissing, TooLarge

FIXTURES = Path(reader.__file__).parent / "fixtures"
SOUNDS = ["recording-telephone.wav", "recording-one-side.mp3", "recording-one-side.m4a", "recording-two-sides.ogg"]
TYPES = ["audio/wav", "audio/mpeg", "audio/mp4", "audio/ogg"]
BYTES = {name: (FIXTURES / name).read_bytes() for name in SOUNDS}
RANDOM = np.random.default_rng(7)


def document(data: bytes, name: str = "a.wav", size: int | None = None) -> Document:
    return Document(name, len(data) if size is None else size, lambda: BytesIO(data))


def wav(sides: np.ndarray, rate: int = RATE) -> bytes:
    """Sides by samples, between -1 and 1."""
    held = io.BytesIO()
    with wave.open(held, "wb") as out:
        out.setnchannels(sides.shape[0])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.clip(sides, -1, 1) * 32_767).astype("<i2").T.tobytes())
    return held.getvalue()


def speechlike(seconds: float, spans: list[tuple[float, float]], pitch: float = 150) -> np.ndarray:
    """A buzz that comes and goes as syllables do, in these spans of seconds; silence elsewhere."""
    time = np.arange(int(seconds * RATE)) / RATE
    buzz = np.sign(np.sin(2 * np.pi * pitch * time)) * (0.2 + 0.2 * np.sin(2 * np.pi * 4 * time))
    speaks = np.zeros_like(time, bool)
    for begins, ends in spans:
        speaks |= (time >= begins) & (time < ends)
    return np.where(speaks, buzz, 0.0)


def decoded(data: bytes, name: str = "a.wav") -> tuple[Samples, recording.Heard]:
    heard = recording.Heard()
    return np.concatenate(list(samples(document(data, name), heard)), axis=1), heard


class Buzzer:
    """An engine that says a word for every second with sound in it."""

    name = "buzzer"

    def __init__(self, *said: str) -> None:
        self.said = iter(said)
        self.asked: list[str] = []

    def transcribe(
        self, samples: Samples, language: str, alive: Callable[[], None]
    ) -> Iterator[tuple[SpokenWord, ...]]:
        self.asked.append(language)
        for second in range(len(samples) // RATE):
            if np.abs(samples[second * RATE : (second + 1) * RATE]).max() > 0.05:
                alive()
                yield (SpokenWord(next(self.said, "ja"), second, second + 1.0, 0.5),)


def told(data: bytes, engine: Buzzer, facts: Facts | None = None) -> dict[Direction, Heard]:
    talk, _ = listen(document(data), facts or Facts(), engine, lambda: None)
    found = tell(talk, facts or Facts(), Source(data, "audio/wav", "call"))
    return {each.direction: each for each in found if isinstance(each, Heard)}


# What is a recording


@pytest.mark.parametrize(("name", "kind"), [*zip(SOUNDS, TYPES, strict=True)])
def test_each_kind_is_recognised_by_its_bytes_and_decoded(name: str, kind: str) -> None:
    assert media_type(BYTES[name][:4096], "x") == kind
    assert READER.recognise(document(BYTES[name], name), Wishes()).confidence > 0.9
    sound, heard = decoded(BYTES[name], name)
    assert sound.dtype == np.float32
    assert sound.shape[0] == (2 if "two" in name else 1)
    assert heard.seconds == pytest.approx(sound.shape[1] / RATE)
    assert probe(document(BYTES[name], name)) == pytest.approx(heard.seconds, abs=0.15)
    assert np.abs(sound).max() > 0.1
    assert not heard.is_cut


def test_sound_under_a_wrong_name_is_read_for_what_it_is() -> None:
    _, heard = decoded(BYTES["recording-telephone.wav"], "gesprek.mp3")
    assert heard.seconds == pytest.approx(2.81, abs=0.01)


def test_a_tone_comes_out_with_its_pitch_and_strength() -> None:
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(8_000) / 8_000)
    sound, _ = decoded(wav(tone[None], rate=8_000))
    spectrum = np.abs(np.fft.rfft(sound[0][:RATE]))
    assert int(spectrum.argmax()) == pytest.approx(440, abs=2)
    assert np.abs(sound).max() == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("head", [b"", b"RIFF....AVI ", b"%PDF-1.7", b"PK\x03\x04", b"\xff\xfeW\0E\0B\0", b"tekst"])
def test_what_is_no_sound_is_none(head: bytes) -> None:
    assert likeness(head, "brief.pdf") == 0
    assert media_type(head) == ""


def test_bytes_are_read_as_what_they_show_or_are_called_and_never_guessed_at() -> None:
    held = io.BytesIO()
    with av.open(held, "w", format="flac") as out:
        stream = out.add_stream("flac", rate=8_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4_096), np.int16), format="s16", layout="mono")
        frame.sample_rate = 8_000
        out.mux([*stream.encode(frame), *stream.encode(None)])
    with pytest.raises(Damaged):
        probe(document(held.getvalue(), "a.wav"))


def test_a_list_of_addresses_under_the_name_of_a_sound_is_not_followed(tmp_path: Path) -> None:
    real = tmp_path / "echt.wav"
    real.write_bytes(BYTES["recording-telephone.wav"])
    for text in (f"#EXTM3U\n#EXTINF:3,\nfile://{real}\n", f"ffconcat version 1.0\nfile '{real}'\n"):
        for name in ("a.mp3", "a.wav", "a.m4a", "a.ogg"):
            with pytest.raises(Damaged):
                list(READER.read(document(text.encode(), name), Wishes()))


# Waiting for an engine


def test_a_recording_waits_for_an_engine_or_for_its_turn_with_what_is_known_of_it(monkeypatch) -> None:
    whole = document(BYTES["recording-telephone.wav"], "20260314_101502_klant123456.wav")
    assert isinstance(READER, SlowReader)
    assert not READER.ready()
    with pytest.raises(EngineNeeded):
        list(READER.read(whole, Wishes()))
    with pytest.raises(EngineNeeded):
        list(READER.read_slowly(whole, Wishes(), lambda: None))
    monkeypatch.setattr(reader, "model_folder", lambda: Path("/"))
    with pytest.raises(EngineTurn) as caught:
        list(READER.read(whole, Wishes()))
    assert dict(caught.value.hints)["customer_number"] == "123456"


def test_an_engine_says_whether_it_is_there_and_how_to_get_it(monkeypatch, tmp_path: Path) -> None:
    assert [(each.name, each.there) for each in READER.engines()] == [("faster-whisper", False)]
    assert "GEHOOR_SPEECH_MODEL" in READER.engines()[0].remedy
    monkeypatch.setenv("GEHOOR_SPEECH_MODEL", str(tmp_path))
    for part in ("model.bin", "config.json"):
        (tmp_path / part).write_bytes(b"{}")
        assert not READER.ready()
    (tmp_path / "tokenizer.json").write_bytes(b"{}")
    assert READER.ready()
    with pytest.raises(EngineFailed):
        engine()


# Sides


def test_two_people_on_two_sides_are_told_apart_and_one_on_both_is_not() -> None:
    left, right = speechlike(12, [(0, 4), (8, 11)]), speechlike(12, [(4.5, 7.5)], 210)
    noise = 0.002 * RANDOM.standard_normal((2, left.size))
    together = left + right
    late = np.roll(together, 90)
    assert two_people(document(wav(np.stack([left, right]) + noise)), lambda: None) is not None
    assert two_people(document(wav(np.stack([left + 0.1 * right, right + 0.1 * left]))), lambda: None) is not None
    assert two_people(document(wav(np.stack([together, 0.5 * together]) + noise)), lambda: None) is None
    assert two_people(document(wav(np.stack([together, late]) + noise)), lambda: None) is None
    assert two_people(document(wav(np.stack([together, 0 * together]))), lambda: None) is None
    assert two_people(document(wav(together[None])), lambda: None) is None


def test_what_comes_through_from_the_other_side_is_left_out() -> None:
    left, right = speechlike(8, [(0, 3)]), 0.3 * speechlike(8, [(4, 7)], 210)
    both = np.stack([left + 0.1 * right, right + 0.02 * left]).astype(np.float32)
    levels = two_people(document(wav(both)), lambda: None)
    assert levels is not None
    cleaned = apart(both, levels)
    assert np.abs(cleaned[1, : 3 * RATE]).max() == np.abs(cleaned[0, 4 * RATE : 7 * RATE]).max() == 0
    assert np.array_equal(cleaned[0, : 3 * RATE], both[0, : 3 * RATE])
    assert np.array_equal(cleaned[1, 4 * RATE : 7 * RATE], both[1, 4 * RATE : 7 * RATE])


STEREO = wav(np.stack([speechlike(9, [(0, 1), (6, 7)]), speechlike(9, [(3, 4)], 210)]))


@pytest.mark.parametrize(("side", "customer"), [("left", "een drie"), ("right", "twee")])
def test_a_list_says_on_which_side_the_customer_speaks(side: str, customer: str) -> None:
    heard = told(STEREO, Buzzer("een", "drie", "twee"), Facts(customer_side=side))
    assert heard[Direction.FROM_CUSTOMER].text.split() == customer.split()
    assert len(heard) == 2


def test_a_setting_says_on_which_side_the_customer_speaks(monkeypatch) -> None:
    monkeypatch.setenv("GEHOOR_CUSTOMER_SIDE", "right")
    assert told(STEREO, Buzzer("een", "drie", "twee"))[Direction.FROM_CUSTOMER].text == "twee"


def test_else_what_is_said_tells_and_both_keep_their_times() -> None:
    heard = told(STEREO, Buzzer("Mijn pas is stuk.", "Graag.", "Waarmee kan ik u helpen?"))
    voice, reply = heard[Direction.FROM_CUSTOMER], heard[Direction.TO_CUSTOMER]
    assert voice.text == "Mijn pas is stuk.\nGraag."
    assert reply.text == "Waarmee kan ik u helpen?"
    assert voice.transcription is not None and reply.transcription is not None
    assert [word.begins for word in voice.transcription.words] == [0, 6]
    assert [word.begins for word in reply.transcription.words] == [3]
    assert voice.transcription.confidence == 0.5
    assert reply.thread == (voice.native_id,)


def test_else_nobody_knows_and_all_words_are_the_voice_in_the_order_they_were_said() -> None:
    heard = told(STEREO, Buzzer("een", "drie", "twee"))
    assert heard[Direction.FROM_CUSTOMER].text == "een\ntwee\ndrie"
    assert Direction.TO_CUSTOMER not in heard


def test_the_language_is_always_passed(monkeypatch) -> None:
    monkeypatch.setenv("GEHOOR_SPEECH_LANGUAGE", "fr")
    buzzer = Buzzer()
    told(STEREO, buzzer)
    assert set(buzzer.asked) == {"fr"}


# Long recordings


def test_blocks_are_cut_at_a_quiet_moment_and_nothing_is_lost() -> None:
    sound = RANDOM.standard_normal((2, 95 * RATE)).astype(np.float32)
    sound[:, 36 * RATE : 37 * RATE] = 0
    pieces = (sound[:, start : start + 4_000] for start in range(0, sound.shape[1], 4_000))
    found = list(blocks(pieces, seconds=40, search=10))
    assert np.array_equal(np.concatenate(found, axis=1), sound)
    assert 36 * RATE <= found[0].shape[1] <= 37 * RATE
    assert all(block.shape[1] <= 40 * RATE for block in found)


def test_words_of_a_later_block_keep_their_time_and_the_engine_gives_signs_of_life(monkeypatch) -> None:
    monkeypatch.setattr("gehoor.channels.call.listening.blocks", lambda pieces: blocks(pieces, 5.0, 1.0))
    signs: list[int] = []
    sound = speechlike(17, [(0, 1), (12, 13)])
    talk, _ = listen(document(wav(sound[None])), Facts(), Buzzer(), lambda: signs.append(1))
    assert [round(piece.begins or 0) for turn in talk.turns for piece in turn.pieces] in ([0, 11], [0, 12], [0, 11, 12])
    assert talk.duration_seconds == pytest.approx(17)
    assert len(signs) > 3


def test_a_long_recording_is_listened_to_before_its_end_is_read() -> None:
    data = wav(0.1 * RANDOM.standard_normal((2, 120 * 8_000)), 8_000)
    opened: list[BytesIO] = []

    def fresh() -> BytesIO:
        opened.append(BytesIO(data))
        return opened[-1]

    pieces = samples(Document("a.wav", len(data), fresh), recording.Heard())
    first = next(blocks(pieces, seconds=10.0, search=1.0))
    assert 9 * RATE <= first.shape[1] <= 10 * RATE
    assert opened[-1].tell() < 0.5 * len(data)


# Damaged ones


@pytest.mark.parametrize("name", SOUNDS)
def test_of_a_recording_that_is_cut_off_what_is_there_is_heard_and_the_cut_is_told(name: str) -> None:
    data = BYTES[name]
    try:
        sound, heard = decoded(data[: len(data) * 6 // 10], name)
    except Damaged:
        assert name.endswith("m4a")  # its table of contents stood at the end
        return
    assert 0.8 < heard.seconds < 7
    assert sound.shape[1] > 0.8 * RATE
    assert heard.is_cut or name.endswith("mp3")  # which says nowhere how long it is


def test_the_cut_is_said_after_what_could_be_heard(monkeypatch) -> None:
    monkeypatch.setattr(reader, "engine", lambda: Buzzer("Hallo?"))
    data = (FIXTURES / "broken-cut.wav").read_bytes()
    voice, cut = READER.read_slowly(document(data), Wishes(), lambda: None)
    assert isinstance(voice, Heard) and isinstance(cut, Unreadable)
    assert voice.text == "Hallo?"
    assert voice.duration_seconds == pytest.approx(1.49, abs=0.01)
    assert isinstance(cut.error, Damaged)
    assert cut.original == data


@pytest.mark.parametrize("length", [0, 0xFFFF_FFFF, 0xFFFF_FFF0, 4_000_000_000])
def test_a_wav_that_claims_to_be_huge_is_as_long_as_it_is(length: int) -> None:
    data = bytearray(wav(speechlike(2, [(0, 2)])[None]))
    data[4:8] = data[40:44] = length.to_bytes(4, "little")
    try:
        _, heard = decoded(bytes(data))
    except CannotRead:
        assert length == 0
        return
    assert heard.seconds == pytest.approx(2, abs=0.01)


def test_a_recording_of_more_than_a_gigabyte_is_refused_before_it_is_read() -> None:
    for read in (READER.read, lambda whole, wishes: READER.read_slowly(whole, wishes, lambda: None)):
        with pytest.raises(TooLarge):
            list(read(document(BYTES["recording-telephone.wav"], size=(1 << 30) + 1), Wishes()))


def test_a_recording_of_more_than_twelve_hours_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(recording, "LONGEST", 2)
    with pytest.raises(TooLarge):
        probe(document(BYTES["recording-telephone.wav"]))
    with pytest.raises(TooLarge):
        decoded(BYTES["recording-telephone.wav"])


def test_a_recording_without_speech_says_that_nobody_speaks(monkeypatch) -> None:
    monkeypatch.setattr(reader, "engine", Buzzer)
    data = wav(np.zeros((1, 3 * RATE)))
    (nothing,) = READER.read_slowly(document(data), Wishes(), lambda: None)
    assert isinstance(nothing, NothingSaid)
    assert nothing.original == data


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SOUNDS), st.integers(0, 30_000), st.binary(min_size=1, max_size=40), st.booleans())
def test_mutated_and_cut_recordings_give_only_what_the_contract_knows(
    name: str, place: int, new: bytes, cut: bool
) -> None:
    data = BYTES[name]
    place %= len(data)
    check_decodes(data[:place] + new + (b"" if cut else data[place + len(new) :]), name)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SOUNDS), st.integers(4, 64), st.binary(max_size=3_000))
def test_noise_after_a_true_beginning_gives_only_what_the_contract_knows(name: str, keep: int, noise: bytes) -> None:
    check_decodes(BYTES[name][:keep] + noise, name)


def check_decodes(data: bytes, name: str) -> None:
    assert 0 <= READER.recognise(document(data, name), Wishes()).confidence <= 1
    for read in (probe, lambda whole: [block.shape for block in samples(whole, recording.Heard())]):
        try:
            read(document(data, name))
        except CannotRead:
            continue


# Engines


def said(text: str) -> list[SpokenWord]:
    return [SpokenWord(word, at, at + 1.0, 0.9) for at, word in enumerate(text.split())]


def test_a_loop_is_kept_once_and_what_people_repeat_is_left() -> None:
    assert [word.text for word in without_loops(said("ik bel " + "over de app, " * 30 + "dank u"))] == (
        ["ik", "bel", "over", "de", "app,", "dank", "u"]
    )
    assert [word.text for word in without_loops(said("nee nee nee dat wil ik niet"))] == (
        ["nee", "nee", "nee", "dat", "wil", "ik", "niet"]
    )


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a small model, made once for this machine."""
    folder = model.make(Path(tempfile.gettempdir()) / f"gehoor-speech-{model.SHA256[:12]}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEHOOR_SPEECH_MODEL", str(folder))
        yield folder


def read_slowly(name: str) -> list[Outcome]:
    signs: list[int] = []
    found = list(READER.read_slowly(document((FIXTURES / name).read_bytes(), name), Wishes(), lambda: signs.append(1)))
    assert signs
    return found


def test_whisper_gives_words_in_order_with_times_within_the_recording(whisper: Path) -> None:
    (voice,) = read_slowly("recording-one-side.m4a")
    assert isinstance(voice, Heard)
    assert voice.transcription is not None
    words = voice.transcription.words
    assert voice.text.split() == [voice.text[word.start : word.end] for word in words] != []
    times = [time for word in words for time in (word.begins, word.ends) if time is not None]
    assert times == sorted(times)
    assert times[0] >= 0 and times[-1] <= (voice.duration_seconds or 0) + 0.2
    assert voice.transcription.engine.startswith("faster-whisper")
    assert 0 < (voice.transcription.confidence or 0) <= 1


@pytest.mark.all_only
def test_whisper_hears_each_side_apart(whisper: Path) -> None:
    voice, reply = read_slowly("recording-two-sides.ogg")
    assert isinstance(voice, Heard) and isinstance(reply, Heard)
    assert "karin" in reply.text.casefold()
    assert voice.transcription is not None and reply.transcription is not None
    assert all((word.begins or 0) > 4.5 for word in voice.transcription.words)
    assert all((word.ends or 0) < 6 for word in reply.transcription.words)


@pytest.mark.all_only
def test_whisper_says_nothing_where_there_is_a_tone_or_noise(whisper: Path, monkeypatch) -> None:
    (nothing,) = read_slowly("recording-tone.wav")
    assert isinstance(nothing, NothingSaid)
    noise = wav(0.1 * RANDOM.standard_normal((1, 20 * RATE)))
    (nothing,) = READER.read_slowly(document(noise), Wishes(), lambda: None)
    assert isinstance(nothing, NothingSaid)


@pytest.mark.all_only
def test_reading_a_recording_twice_gives_the_same(whisper: Path) -> None:
    assert read_slowly("recording-telephone.wav") == read_slowly("recording-telephone.wav")


def test_a_model_whose_halves_are_not_the_published_ones_is_not_made(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(model, "SHA256", "0" * 64)
    with pytest.raises(Damaged):
        model.make(tmp_path / "model")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(model, "_HALVES", (("gehoor_no_such_package", "x"),))
    with pytest.raises(PartMissing):
        model.make(tmp_path / "model")


def test_the_decoder_can_read_every_codec_of_telephones() -> None:
    for name in ("pcm_mulaw", "pcm_alaw", "gsm_ms", "adpcm_ms", "mp3", "opus", "vorbis", "aac", "g722", "g729"):
        assert av.Codec(name, "r").is_decoder
