"""What stands beside a recording: its transcript, and a list that tells about it."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from gehoor.channels.base import Direction, Document, Heard, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.call import reader
from gehoor.channels.call.facts import Facts, facts_in_name
from gehoor.channels.call.reader import BELONGS, READER
from gehoor.channels.opening import documents
from gehoor.channels.registry import reader_for
from gehoor.kernel.errors import CannotRead, EngineNeeded

FIXTURES = Path(reader.__file__).parent / "fixtures"
SOUND = (FIXTURES / "recording-telephone.wav").read_bytes()
TALK = b"Adviseur: Goedemorgen.\nKlant: Mijn dak lekt.\n"
VTT = (FIXTURES / "whole-voices.vtt").read_bytes()


def put(folder: Path, **files: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    return folder


def zipped(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(folder.iterdir()):
            archive.write(each, f"binnen/{each.name}")
    return path


def read(path: Path) -> dict[str, list[Outcome] | CannotRead]:
    """What becomes of every document at a path, by file name."""
    found: dict[str, list[Outcome] | CannotRead] = {}
    for each in documents(path):
        assert isinstance(each, Document)
        try:
            found[each.name.rsplit("/", 1)[-1]] = list(reader_for(each, Wishes()).read(each, Wishes()))
        except CannotRead as error:
            found[each.name.rsplit("/", 1)[-1]] = error
    return found


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("suffix", ["vtt", "txt"])
def test_a_transcript_beside_its_recording_is_used_without_an_engine(tmp_path: Path, packed: bool, suffix: str) -> None:
    data = VTT if suffix == "vtt" else TALK
    folder = put(tmp_path / "in", gesprek__wav=SOUND, **{f"gesprek__{suffix}": data})
    found = read(zipped(folder) if packed else folder)
    voice, reply = found["gesprek.wav"]  # type: ignore[misc]
    assert isinstance(voice, Heard) and isinstance(reply, Heard)
    assert voice.original == reply.original == SOUND
    assert voice.media_type == "audio/wav"
    assert [(each.name, each.data) for each in voice.attachments] == [(f"gesprek.{suffix}", data)]
    assert voice.duration_seconds == pytest.approx(2.81, abs=0.05)
    (other,) = found[f"gesprek.{suffix}"]  # type: ignore[misc]
    assert isinstance(other, NothingSaid)
    assert (other.reason, other.original) == (BELONGS, data)


def test_a_text_beside_a_recording_is_its_transcript_even_without_names(tmp_path: Path) -> None:
    found = read(put(tmp_path / "in", a__wav=SOUND, a__txt=b"Er lekt water door mijn plafond."))
    (voice,) = found["a.wav"]  # type: ignore[misc]
    assert isinstance(voice, Heard)
    assert (voice.text, voice.direction) == ("Er lekt water door mijn plafond.", Direction.FROM_CUSTOMER)


def test_a_transcript_that_cannot_be_read_is_listed_and_its_recording_waits(tmp_path: Path) -> None:
    found = read(put(tmp_path / "in", a__wav=SOUND, a__vtt=b"WEBVTT\n\nNOTE niets\n"))
    assert isinstance(found["a.wav"], EngineNeeded)
    assert isinstance(found["a.vtt"], CannotRead)


def test_words_are_kept_when_the_recording_beside_them_is_broken(tmp_path: Path) -> None:
    found = read(put(tmp_path / "in", a__wav=b"RIFF0000WAVEkapot", a__txt=TALK))
    voice, reply, broken = found["a.wav"]  # type: ignore[misc]
    assert isinstance(voice, Heard) and isinstance(reply, Heard)
    assert voice.text == "Mijn dak lekt."
    assert isinstance(broken, Unreadable)


def test_a_recording_of_another_name_is_not_beside_it(tmp_path: Path) -> None:
    found = read(put(tmp_path / "in", a__wav=SOUND, b__txt=TALK))
    assert isinstance(found["a.wav"], EngineNeeded)
    assert isinstance(found["b.txt"], list) and isinstance(found["b.txt"][0], Heard)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "table",
    [
        "Bestand;Datum;Tijd;Telefoonnummer;Klantnummer;Medewerker;Wachttijd;Klantkant\n"
        "a.wav;14-03-2026;10:15;0612345678;K-77;Karin;1:30;rechts\n",
        "filename,date,phone,customer number,agent,waited,customer side\n"
        "audio/a.wav,2026-03-14 10:15,0612345678,K-77,Karin,90,right\n",
    ],
)
def test_a_list_beside_recordings_tells_about_them_and_is_no_table(tmp_path: Path, table: str, packed: bool) -> None:
    folder = put(tmp_path / "in", a__wav=SOUND, a__txt=TALK, lijst__csv=table.encode())
    found = read(zipped(folder) if packed else folder)
    voice, reply = found["a.wav"]  # type: ignore[misc]
    assert isinstance(voice, Heard) and isinstance(reply, Heard)
    assert voice.said_at == datetime(2026, 3, 14, 9, 15, tzinfo=UTC)
    assert [(each.kind, each.value) for each in voice.identities] == [
        ("phone", "0612345678"),
        ("customer_number", "K-77"),
    ]
    assert reply.recipients == voice.identities
    assert (voice.waited_seconds, reply.adviser) == (90.0, "Karin")
    (listed,) = found["lijst.csv"]  # type: ignore[misc]
    assert isinstance(listed, NothingSaid)
    assert listed.reason == BELONGS


def test_a_table_that_names_no_file_beside_it_stays_a_table(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a__wav=SOUND, lijst__csv=b"bestand;datum\nelders.wav;14-03-2026\n")
    (listed,) = (each for each in documents(folder) if isinstance(each, Document) and each.name.endswith("csv"))
    assert reader_for(listed, Wishes()) is not READER


def test_a_table_with_what_customers_said_stays_a_table_and_still_tells_about_recordings(tmp_path: Path) -> None:
    table = b"bestand;klantnummer;opmerking\na.wav;K-9;Ik wil graag teruggebeld worden\n"
    folder = put(tmp_path / "in", a__wav=SOUND, a__txt=TALK, lijst__csv=table)
    (listed,) = (each for each in documents(folder) if isinstance(each, Document) and each.name.endswith("csv"))
    assert reader_for(listed, Wishes()) is not READER
    voice, _ = read(folder / "a.wav")["a.wav"]  # type: ignore[misc]
    assert isinstance(voice, Heard)
    assert [each.value for each in voice.identities] == ["K-9"]


@pytest.mark.parametrize(
    ("name", "moment", "identities", "adviser"),
    [
        ("20260314_101502_0612345678_klant123456.wav", "2026-03-14T09:15:02", ["0612345678", "123456"], ""),
        ("2026-03-14 10.15 adviseur Karin.m4a", "2026-03-14T09:15:00", [], "Karin"),
        ("in-0201234567-0687654321-20260701-101502-1782900902.12.wav", "2026-07-01T08:15:02", ["0687654321"], ""),
        ("out-0687654321-0201234567-20260701-101502.wav", "2026-07-01T08:15:02", ["0687654321"], ""),
        ("0201234567-0687654321.mp3", None, [], ""),
        ("14-03-2026_toestel-204_+31612345678.ogg", "2026-03-13T23:00:00", ["+31612345678"], "204"),
        ("abc_analysis_2026-03-14T09_15_02Z.json", "2026-03-14T09:15:02", [], ""),
        ("gesprek.wav", None, [], ""),
        ("20269999_999999.wav", None, [], ""),
    ],
)
def test_facts_from_the_name_of_a_file(name: str, moment: str | None, identities: list[str], adviser: str) -> None:
    facts = facts_in_name(f"map/{name}")
    assert facts.said_at == (datetime.fromisoformat(f"{moment}+00:00") if moment else None)
    assert [each.value for each in facts.identities] == identities
    assert facts.adviser == adviser


def test_facts_come_back_as_they_were_from_what_is_kept_for_the_engine() -> None:
    facts = facts_in_name("20260314_101502_0612345678_klant123456_agent-Karin.wav")
    facts = Facts(waited_seconds=12.5, customer_side="left", author="A. Klant").over(facts)
    assert Facts.from_hints(facts.as_hints()) == facts


def test_a_neighbour_in_a_zip_that_is_a_bomb_or_broken_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.wav", SOUND)
        archive.writestr("a.vtt", b"WEBVTT" + bytes(200 << 20))
    recording = next(documents(path))
    assert isinstance(recording, Document)
    with pytest.raises(EngineNeeded):
        list(READER.read(recording, Wishes()))


def test_neighbours_by_file_name(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a__wav=SOUND, b__txt=b"x")
    (folder / ".verborgen").write_bytes(b"x")
    (folder / "koppeling.txt").symlink_to(folder / "b.txt")
    (folder / "map").mkdir()
    first = next(documents(folder))
    assert isinstance(first, Document)
    assert sorted(first.beside()) == ["a.wav", "b.txt"]
    assert first.beside()["b.txt"].head() == b"x"
    assert first.beside()["b.txt"].name == "in/b.txt"
    assert Document("los.wav", 1, lambda: BytesIO(b"x")).beside() == {}


def test_a_zip_lists_the_folder_of_each_member_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("een/a.txt", "een/b.txt", "twee/a.txt", "los.txt"):
            archive.writestr(name, name)
    for each in documents(path):
        assert isinstance(each, Document)
        folder, _, name = each.name.removeprefix("a.zip/").rpartition("/")
        beside = each.beside()
        assert name in beside
        assert {other.name for other in map(beside.get, beside) if other} == {
            f"a.zip/{full}"
            for full in ("een/a.txt", "een/b.txt", "twee/a.txt", "los.txt")
            if full.rpartition("/")[0] == folder
        }
        assert beside[name].head() == each.head()
