"""A watched folder: everything that is put there once, whole, and nothing that is still being written."""

import os
import threading
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.channels.base import Arrived, Inlet, Unreadable, Waiting
from gehoor.channels.folder import inlet as inlet_module
from gehoor.channels.folder import watching
from gehoor.channels.folder.inlet import INLET
from gehoor.channels.folder.memory import Taken, mark
from gehoor.channels.registry import inlets
from gehoor.kernel.errors import CannotReach

Brought = tuple[str, bytes | str]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inlet_module, "LOOK_EVERY", 0.02)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "scans"
    path.mkdir()
    return path


def settings(folder: Path, **others: str) -> dict[str, str]:
    return {"folder": str(folder), "still": "0.1", **others}


def put(folder: Path, name: str, data: bytes = b"hallo") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def told(each: Arrived | Unreadable) -> Brought:
    if isinstance(each, Unreadable):
        return each.position, each.error.code
    with each.document.open() as stream:
        return each.document.name, stream.read()


class Listener:
    """Keeps what comes, with the cursor, as intake does."""

    def __init__(self, folder: Path, cursor: str = "", **others: str) -> None:
        self.cursor = cursor
        self.waits: list[int] = []
        self.until = 0.0
        self._coming = INLET.hear(settings(folder, **others), cursor, lambda: time.monotonic() < self.until)

    def hear(self, seconds: float = 10.0, *, rests: int | None = 0) -> list[Brought]:
        """What comes until only ``rests`` wait; None: for so many seconds, and then it ends."""
        self.until = time.monotonic() + seconds
        brought = []
        for each in self._coming:
            if isinstance(each, Waiting):
                self.waits.append(each.waits)
                if each.waits == rests:
                    break
                continue
            brought.append(told(each))
            if isinstance(each, Arrived):
                self.cursor = each.cursor
        return brought


def hear(folder: Path, cursor: str = "", **others: str) -> tuple[list[Brought], str]:
    listener = Listener(folder, cursor, **others)
    return listener.hear(), listener.cursor


def test_it_is_found_and_keeps_the_contract() -> None:
    found: Inlet = inlets()["folder"]
    assert found is INLET and found.channel == ""
    assert [each.name for each in found.fields] == ["folder", "move", "still"]


def test_what_is_put_there_comes_once_in_order_subfolders_too(folder: Path) -> None:
    for name in ("b.txt", "a.txt", "map/dieper/c.txt"):
        put(folder, name, name.encode())
    listener = Listener(folder)
    first = [(name, name.encode()) for name in ("a.txt", "b.txt", "map/dieper/c.txt")]
    assert sorted(listener.hear()) == first
    put(folder, "map/d.txt", b"later")
    put(folder, "nieuw/e.txt", b"later")
    listener.waits.clear()
    assert [name for name, _ in listener.hear(1.5, rests=None)] == ["map/d.txt", "nieuw/e.txt"]
    assert listener.waits[-1] == 0


def test_a_restart_reads_nothing_again_and_a_changed_file_is_read_again(folder: Path) -> None:
    put(folder, "a.csv", b"een")
    put(folder, "b.csv", b"twee")
    _, cursor = hear(folder)
    assert hear(folder, cursor)[0] == []
    put(folder, "a.csv", b"een\nmeer")
    brought, cursor = hear(folder, cursor)
    assert brought == [("a.csv", b"een\nmeer")]
    assert hear(folder, cursor)[0] == []


def test_a_file_written_to_in_place_is_seen_while_it_listens(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "WHOLE_EVERY", 0.3)
    path = put(folder, "a.csv", b"een")
    listener = Listener(folder)
    listener.hear()
    time.sleep(0.1)
    with path.open("ab") as stream:
        stream.write(b"\nmeer")
    assert listener.hear(1.5, rests=None) == [("a.csv", b"een\nmeer")]


def test_a_copy_in_progress_is_not_read_half(folder: Path) -> None:
    path = folder / "groot.txt"

    def copy() -> None:
        with path.open("wb") as stream:
            for _ in range(10):
                stream.write(b"0123456789")
                stream.flush()
                time.sleep(0.08)

    writer = threading.Thread(target=copy)
    writer.start()
    listener = Listener(folder, still="0.4")
    brought = listener.hear(2.5, rests=None)
    writer.join()
    assert brought == [("groot.txt", b"0123456789" * 10)]
    assert 1 in listener.waits


def test_what_belongs_together_comes_together(folder: Path) -> None:
    put(folder, "gesprek.vtt", b"WEBVTT")
    wave = folder / "gesprek.wav"

    def record() -> None:
        with wave.open("wb") as stream:
            for _ in range(8):
                stream.write(b"x")
                stream.flush()
                time.sleep(0.08)

    recorder = threading.Thread(target=record)
    recorder.start()
    time.sleep(0.05)
    listener = Listener(folder, still="0.3", move="on")
    coming = listener.hear(2.5, rests=None)
    recorder.join()
    assert coming == [("gesprek.vtt", b"WEBVTT"), ("gesprek.wav", b"x" * 8)]


def test_companions_stand_beside_it_until_all_are_kept(folder: Path) -> None:
    put(folder, "gesprek.vtt")
    put(folder, "gesprek.wav")
    stood = []
    until = time.monotonic() + 1.0
    for each in INLET.hear(settings(folder, move="on"), "", lambda: time.monotonic() < until):
        if isinstance(each, Arrived):
            stood.append(sorted(path.name for path in folder.iterdir() if path.is_file()))
            assert set(each.document.beside()) >= {"gesprek.vtt", "gesprek.wav"}
    assert stood == [["gesprek.vtt", "gesprek.wav"]] * 2
    assert sorted(path.name for path in (folder / "taken-in").iterdir()) == ["gesprek.vtt", "gesprek.wav"]


@pytest.mark.parametrize(
    "name", [".a.txt", "~$brief.docx", "a.part", "a.tmp", "a.crdownload", ".map/a.txt", "Thumbs.db", "taken-in/a.txt"]
)
def test_hidden_unfinished_and_taken_in_are_passed_over(folder: Path, name: str) -> None:
    put(folder, name)
    put(folder, "wel.txt")
    assert hear(folder)[0] == [("wel.txt", b"hallo")]


def test_archives_are_opened_and_known_as_a_whole(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("een.txt", b"een")
        archive.writestr("twee.txt", b"twee")
    put(folder, "map/los.txt")
    listener = Listener(folder)
    cursors = {}
    listener.until = time.monotonic() + 1.0
    for each in INLET.hear(settings(folder), "", lambda: time.monotonic() < listener.until):
        if isinstance(each, Arrived):
            cursors[each.document.name] = each.cursor
    assert list(cursors) == ["a.zip/een.txt", "a.zip/twee.txt", "map/los.txt"]
    assert hear(folder, cursors["a.zip/een.txt"])[0] != []
    assert [name for name, _ in hear(folder, cursors["a.zip/twee.txt"])[0]] == ["map/los.txt"]


def test_what_was_moved_does_not_overwrite_and_is_not_read_again(folder: Path) -> None:
    put(folder, "map/a.txt", b"een")
    _, cursor = hear(folder, move="on")
    assert (folder / "taken-in/map/a.txt").read_bytes() == b"een"
    put(folder, "map/a.txt", b"twee")
    brought, _ = hear(folder, cursor, move="on")
    assert brought == [("map/a.txt", b"twee")]
    assert (folder / "taken-in/map/a.txt").read_bytes() == b"een"
    assert (folder / "taken-in/map/a (2).txt").read_bytes() == b"twee"


def test_killed_after_keeping_and_before_moving_it_moves_and_does_not_read_again(folder: Path) -> None:
    put(folder, "a.txt")
    coming = INLET.hear(settings(folder, move="on"), "", lambda: True)
    arrived = next(each for each in coming if isinstance(each, Arrived))
    coming.close()
    assert (folder / "a.txt").exists()
    assert hear(folder, arrived.cursor, move="on")[0] == []
    assert (folder / "taken-in/a.txt").exists() and not (folder / "a.txt").exists()


def test_what_changes_while_it_is_read_stays_and_comes_again(folder: Path) -> None:
    path = put(folder, "a.txt", b"een")
    seen = []
    until = time.monotonic() + 1.5
    for each in INLET.hear(settings(folder, move="on"), "", lambda: time.monotonic() < until):
        if isinstance(each, Arrived):
            seen.append(told(each))
            if len(seen) == 1:
                path.write_bytes(b"een en twee")
    assert seen == [("a.txt", b"een"), ("a.txt", b"een en twee")]
    assert [each.read_bytes() for each in (folder / "taken-in").iterdir()] == [b"een en twee"]


def test_links_out_are_refused_once_and_links_within_are_passed_over(folder: Path, tmp_path: Path) -> None:
    put(tmp_path, "geheim.txt")
    put(folder, "wel.txt")
    (folder / "uit.txt").symlink_to(tmp_path / "geheim.txt")
    (folder / "uitmap").symlink_to(tmp_path)
    (folder / "binnen.txt").symlink_to(folder / "wel.txt")
    os.mkfifo(folder / "pijp")
    brought = Listener(folder).hear(1.0, rests=None)
    refused = [("pijp", "dangerous"), ("uit.txt", "dangerous"), ("uitmap", "dangerous")]
    assert sorted(brought) == [*refused, ("wel.txt", b"hallo")]


def test_an_empty_file_is_given_time_to_be_filled(folder: Path) -> None:
    path = put(folder, "a.txt", b"")
    listener = Listener(folder)
    assert listener.hear(rests=1) == []
    path.write_bytes(b"gevuld")
    assert listener.hear(1.0, rests=None) == [("a.txt", b"gevuld")]


def test_a_file_that_stays_empty_is_told_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inlet_module, "EMPTY_FOR", 0.2)
    put(folder, "a.txt", b"")
    assert Listener(folder).hear(1.0, rests=None) == [("a.txt", "empty")]


def test_a_file_that_may_not_be_read_is_told_once_tried_again_and_stops_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "a.txt").chmod(0)
    put(folder, "b.txt")
    if os.access(folder / "a.txt", os.R_OK):
        pytest.skip("this user may read everything")
    monkeypatch.setattr(inlet_module, "TRY_AGAIN", 0.3)
    listener = Listener(folder)
    assert listener.hear(1.0, rests=None) == [("a.txt", "not_opened"), ("b.txt", b"hallo")]
    assert listener.waits[-1] == 1


@pytest.mark.parametrize("given", ["", "scans", "weg", "bestand"])
def test_a_folder_that_is_not_there_cannot_be_reached(folder: Path, given: str) -> None:
    put(folder, "bestand")
    path = str(folder / given) if given in {"weg", "bestand"} else given
    with pytest.raises(CannotReach):
        next(INLET.hear({"folder": path}, "", lambda: True))


def test_a_folder_that_goes_while_it_listens_cannot_be_reached_and_then_goes_on(folder: Path) -> None:
    put(folder, "a.txt")
    listener = Listener(folder)
    listener.hear()
    folder.rename(folder.with_name("weg"))
    with pytest.raises(CannotReach):
        listener.hear(rests=None)
    folder.mkdir()
    assert hear(folder, listener.cursor)[0] == []
    folder.rmdir()
    folder.with_name("weg").rename(folder)
    assert hear(folder, listener.cursor)[0] == []


def test_what_vanished_is_forgotten() -> None:
    taken = Taken("")
    marks = [mark(f"{number}.txt", 1, 1) for number in range(100)]
    for each in marks:
        taken.add(each)
    taken.forget_all_but(set(marks[:10]))
    assert len(Taken(taken.cursor(exact=True))) == 10
    taken.forget_all_but(set())
    assert len(taken) == 10


def test_the_cursor_is_not_written_anew_for_every_file_of_many() -> None:
    taken = Taken("")
    written = set()
    for number in range(20_000):
        taken.add(mark(f"{number}.txt", 1, 1))
        written.add(taken.cursor(exact=False))
    assert len(written) < 1_500
    again = Taken(taken.cursor(exact=True))
    assert len(again) == 20_000 and len(again.cursor(exact=True)) < 200_000


@given(st.sets(st.binary(min_size=6, max_size=6)))
def test_a_cursor_gives_back_what_was_put_in(marks: set[bytes]) -> None:
    taken = Taken("")
    for each in marks:
        taken.add(each)
    again = Taken(taken.cursor(exact=True))
    assert len(again) == len(marks) and all(each in again for each in marks)


@pytest.mark.parametrize("cursor", ["", "x", "{}", "[]", '{"taken": 3}', '{"taken": "%%"}', "null"])
def test_a_cursor_that_makes_no_sense_remembers_nothing(cursor: str) -> None:
    assert len(Taken(cursor)) == 0


def test_names_that_are_no_text_are_told_as_text(folder: Path) -> None:
    raw = os.fsencode(folder) + b"/caf\xe9.txt"
    with open(raw, "wb") as stream:
        stream.write(b"hallo")
    assert hear(folder)[0] == [("caf�.txt", b"hallo")]
