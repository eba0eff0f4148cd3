"""Whatever comes in, every reader survives it within bounded memory, and gives only what the contract allows.

The heavy ones are read in a process of their own, whose peak of memory is measured.
"""

import io
import json
import os
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from gehoor.channels.base import Document, Heard, NothingSaid, Unreadable, Wishes
from gehoor.channels.opening import documents
from gehoor.channels.registry import reader_for, readers
from gehoor.kernel.errors import CannotRead

PEAK = 1 << 30
"""Bytes of memory that reading anything may take."""
PATIENCE = 900
"""Seconds after which reading is taken to go on for ever."""
CHILD = Path(__file__).with_name("hostile_child.py")
SOURCE = Path(__file__).parents[2] / "src"
MIB = 1 << 20

Told = dict[str, int]


def taken_in(path: Path, channel: str = "") -> Told:
    """What came out of ``path``, read in a process of its own; its memory is asserted here."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "TMPDIR": str(path.parent)}
    child = subprocess.run(
        [sys.executable, str(CHILD), str(path), channel],
        env=environment,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert child.returncode == 0, child.stderr.decode()[-2000:]
    told = json.loads(child.stdout)
    assert told["peak"] < PEAK, told
    return told["outcomes"]  # type: ignore[no-any-return]


def fixtures() -> Iterator[tuple[str, Path]]:
    for package in readers():
        folder = Path(str(import_module(package).__file__)).parent / "fixtures"
        yield from ((package, path) for path in sorted(folder.iterdir()) if path.is_file() and path.name[0] != ".")


FIXTURES = [pytest.param(package, path, id=f"{package}:{path.name}") for package, path in fixtures()]


def read_quietly(data: bytes, name: str, wishes: Wishes) -> list[object]:
    """The outcomes, or the error that the contract allows. Anything else escapes, and fails the test."""
    document = Document(name, len(data), lambda: io.BytesIO(data))
    try:
        found: list[object] = list(reader_for(document, wishes).read(document, wishes))
    except CannotRead as error:
        return [error]
    for each in found:
        assert isinstance(each, Heard | NothingSaid | Unreadable)
        if isinstance(each, Heard):
            each.text.encode()
    return found


@pytest.mark.parametrize(("package", "path"), FIXTURES)
class TestEveryFixture:
    def test_cut_off_at_every_tenth(self, package: str, path: Path) -> None:
        data = path.read_bytes()
        for tenth in range(1, 10):
            cut = data[: len(data) * tenth // 10]
            assert read_quietly(cut, path.name, Wishes(take_proposal=True)) is not None

    def test_its_own_reader_bears_it_under_another_name_and_in_another_encoding(self, package: str, path: Path) -> None:
        data = path.read_bytes()[:100_000]
        for held in (
            data.decode("latin-1").encode("utf-16"),
            data[::-1],
            bytes(255 - each for each in data),
            data + b"\0" * 99,
        ):
            document = Document(path.name, len(held), lambda held=held: io.BytesIO(held))  # type: ignore[misc]
            for wishes in (Wishes(take_proposal=True), Wishes("survey"), Wishes(mapping={"text": "text"})):
                reader = readers()[package]
                assert 0 <= reader.recognise(document, wishes).confidence <= 1
                try:
                    outcomes = list(reader.read(document, wishes))
                except CannotRead:
                    continue
                assert all(isinstance(each, Heard | NothingSaid | Unreadable) for each in outcomes)


NAMES = (".csv", ".tsv", ".txt", ".eml", ".mbox", ".msg", ".json", ".jsonl", ".xlsx", ".xls", ".ods", ".zip", ".tar",
         ".gz", ".pdf", ".png", ".jpg", ".tiff", ".docx", ".wav", ".mp3", ".m4a", ".vtt", ".srt", "")  # fmt: skip


@pytest.mark.parametrize("suffix", NAMES)
def test_an_empty_file_is_told_and_so_are_a_single_byte_and_a_sign_alone(tmp_path: Path, suffix: str) -> None:
    for data in (
        b"",
        b"\0",
        b"\n",
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"RIFF\xff\xff\xff\xffWAVEfmt ",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ):
        path = tmp_path / f"bestand{suffix}"
        path.write_bytes(data)
        opened = list(documents(path))
        for each in opened:
            if isinstance(each, Document):
                assert read_quietly(data, each.name, Wishes("letter"))
            else:
                assert isinstance(each, Unreadable)
        assert opened


# Archives


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def zeros_zipped(path: Path, name: str, size: int) -> Path:
    """A zip with a member of so many zeros, without ever holding them."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive, archive.open(info, "w", force_zip64=True) as member:
        for _ in range(size // MIB):
            member.write(bytes(MIB))
    return path


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:\\windows\\a.txt", "a/../../b.txt", "..\\b.txt"]
)
def test_names_that_climb_out_of_a_zip_or_a_tar_are_refused_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    good = b"Geachte heer, dit is een brief.\n"
    path = zipped(tmp_path / "a.zip", {name: b"x", "brief.txt": good})
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for member, data in ((name, b"x"), ("brief.txt", good)):
            info = tarfile.TarInfo(member)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    for each in (path, tmp_path / "a.tar"):
        refused, kept = list(documents(each))
        assert isinstance(refused, Unreadable) and refused.error.code == "dangerous"
        assert isinstance(kept, Document) and kept.head() == good
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.tar", "a.zip"]


@pytest.mark.all_only
def test_a_zip_bomb(tmp_path: Path) -> None:
    assert taken_in(zeros_zipped(tmp_path / "bom.zip", "a.csv", 512 * MIB)) == {"dangerous": 1}


@pytest.mark.all_only
def test_a_zip_bomb_of_zips(tmp_path: Path) -> None:
    inner = zeros_zipped(tmp_path / "binnen.zip", "a.csv", 256 * MIB).read_bytes()
    (tmp_path / "binnen.zip").unlink()
    middle = zipped(tmp_path / "midden.zip", {f"{at}.zip": inner for at in range(16)}).read_bytes()
    (tmp_path / "midden.zip").unlink()
    told = taken_in(zipped(tmp_path / "bom.zip", {f"{at}.zip": middle for at in range(16)}))
    assert set(told) == {"dangerous"}


@pytest.mark.all_only
def test_archives_within_each_other_stop_somewhere(tmp_path: Path) -> None:
    data = b"tekst"
    for at in range(12):
        data = zipped(tmp_path / "in.zip", {("brief.txt" if at == 0 else "in.zip"): data}).read_bytes()
    assert taken_in(tmp_path / "in.zip") == {"dangerous": 1}


# Files that are mostly nothing


@pytest.mark.all_only
@pytest.mark.parametrize(("suffix", "beginning"), [*((each, "own") for each in NAMES), (".csv", ""), (".xlsx", "")])
def test_two_gibibytes_of_nothing(tmp_path: Path, suffix: str, beginning: str) -> None:
    path = tmp_path / f"leeg{suffix}"
    path.write_bytes(BEGINNINGS.get(suffix, b"tekst\n") if beginning else b"")
    os.truncate(path, 2 << 30)
    assert sum(taken_in(path, "letter" if suffix in {".txt", ""} else "").values()) > 0


BEGINNINGS = {
    ".csv": b"klacht,datum\nMijn brief is weg,2024-01-01\n",
    ".tsv": b"klacht\tdatum\nMijn brief is weg\t2024-01-01\n",
    ".eml": b"From: a@b.example\nSubject: x\n\nHallo\n",
    ".mbox": b"From a@b.example Mon Jan  1 10:00:00 2024\nFrom: a@b.example\nSubject: x\n\nHallo\n",
    ".msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ".json": b'[{"klacht": "Mijn brief is weg"}, ',
    ".jsonl": b'{"klacht": "Mijn brief is weg"}\n',
    ".xlsx": b"PK\x03\x04",
    ".xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ".ods": b"PK\x03\x04",
    ".zip": b"PK\x03\x04",
    ".pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    ".png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    ".jpg": b"\xff\xd8\xff\xe0",
    ".tiff": b"II*\0\x08\0\0\0",
    ".docx": b"PK\x03\x04",
    ".wav": b"RIFF\xff\xff\xff\x7fWAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    + b"data\xff\xff\xff\x7f",
    ".mp3": b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\0",
    ".m4a": b"\0\0\0\x20ftypM4A ",
    ".vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n",
    ".srt": b"1\n00:00:00,000 --> 00:00:01,000\nHallo\n",
}


# Cells and entities


@pytest.mark.all_only
@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("channel", ["", "survey"])
def test_a_cell_of_a_hundred_megabytes_in_a_table(tmp_path: Path, quoted: bool, channel: str) -> None:
    sign = b'"' if quoted else b""
    with (tmp_path / "cel.csv").open("wb") as file:
        file.write(b"klacht,nummer\nMijn brief is weg,1\n" + sign)
        for _ in range(100):
            file.write(b"woorden " * (MIB // 8))
        file.write(sign + b",2\nMijn andere brief ook,3\n")
    told = taken_in(tmp_path / "cel.csv", channel)
    assert told["too_large"] == 1
    assert told["Heard"] == 2


def workbook(path: Path, shared: Callable[[zipfile.ZipFile], None], entities: bytes = b"") -> Path:
    """A workbook of one sheet with a heading and two rows, whose texts ``shared`` writes."""
    names = "http://schemas.openxmlformats.org"
    main, office = f"{names}/spreadsheetml/2006/main", f"{names}/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{names}/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{names}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="Blad" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{names}/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>"
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{main}"><sheetData>'
            + "".join(f'<row r="{at + 1}"><c r="A{at + 1}" t="s"><v>{at}</v></c></row>' for at in range(3))
            + "</sheetData></worksheet>"
        ),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, entities.decode() + text if name.endswith("sheet1.xml") else text)
        shared(archive)
    return path


STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.mark.all_only
def test_a_cell_of_a_hundred_megabytes_in_a_workbook(tmp_path: Path) -> None:
    def shared(archive: zipfile.ZipFile) -> None:
        noise = zlib.crc32(b"")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(STRINGS + b"<si><t>klacht</t></si><si><t>")
            for at in range(100):
                noise = zlib.crc32(str(at).encode(), noise)
                part.write(
                    b"".join(b"woord%08x " % ((noise + step * 2654435761) % (1 << 32)) for step in range(MIB // 14))
                )
            part.write(b"</t></si><si><t>Mijn brief is weg</t></si></sst>")

    told = taken_in(workbook(tmp_path / "cel.xlsx", shared))
    assert told == {"too_large": 1, "Heard": 1}


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(12)) + b"]>"  # fmt: skip


@pytest.mark.all_only
def test_entities_that_grow_in_a_workbook_stay_what_they_are(tmp_path: Path) -> None:
    def shared(archive: zipfile.ZipFile) -> None:
        archive.writestr(
            "xl/sharedStrings.xml",
            LAUGHS
            + STRINGS
            + b"<si><t>klacht</t></si><si><t>&m; brief weg</t></si><si><t>Mijn brief is weg</t></si></sst>",
        )

    told = taken_in(workbook(tmp_path / "lach.xlsx", shared, entities=LAUGHS))
    assert sum(told.values()) >= 1
    secret = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

    def reaching(archive: zipfile.ZipFile) -> None:
        archive.writestr(
            "xl/sharedStrings.xml", secret + STRINGS + b"<si><t>klacht</t></si><si><t>een &a; twee</t></si></sst>"
        )

    path = workbook(tmp_path / "uit.xlsx", reaching)
    outcomes = read_quietly(path.read_bytes(), "uit.xlsx", Wishes(take_proposal=True))
    assert not any("root:" in each.text for each in outcomes if isinstance(each, Heard))


def test_entities_in_an_html_mail_stay_what_they_are() -> None:
    head = b"From: a@b.example\nSubject: x\nContent-Type: text/html\n\n"
    secret = b'<!DOCTYPE x [<!ENTITY z SYSTEM "file:///etc/passwd">]>'
    (outcome,) = read_quietly(
        head + LAUGHS + secret + b"<html><body><p>&m; &z; brief</p></body></html>", "a.eml", Wishes()
    )
    assert isinstance(outcome, Heard)
    assert len(outcome.text) < 2_000
    assert "root:" not in outcome.text


def test_mail_of_which_the_parts_lie_a_thousand_deep() -> None:
    levels = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(1000))
    (outcome,) = read_quietly(b"From: a@b.example\nSubject: x\n" + levels + b"\nheel diep\n", "a.eml", Wishes())
    assert isinstance(outcome, Heard)
    assert any(b"heel diep" in each.data for each in outcome.attachments)


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b'{"a":' * 100_000, b'[{"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}]"]
)
def test_json_nested_without_end(data: bytes) -> None:
    assert read_quietly(data, "a.json", Wishes(take_proposal=True))


def test_text_in_the_wrong_encoding_is_read_as_far_as_it_can_be() -> None:
    text = "klacht,datum\nMijn brief is één keer weg,2024-01-01\nDe tweede brief ook,2024-01-02\n"
    for held in (text.encode("cp1252"), text.encode("utf-16"), text.encode("utf-8") + b"\xff\xfe kapot\x81,x\n"):
        outcomes = read_quietly(held, "a.csv", Wishes(take_proposal=True))
        assert [each.text for each in outcomes if isinstance(each, Heard)][:2] == [
            "Mijn brief is één keer weg",
            "De tweede brief ook",
        ]
