"""From a path to documents: everything once, in order, and nothing that harms."""

import bz2
import gzip
import io
import lzma
import os
import stat
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gehoor.channels import spooling, unpacking
from gehoor.channels.base import Document, Unreadable
from gehoor.channels.opening import documents

FILES = {"a.txt": b"een", "map/b.csv": b"x,y\n1,2\n", "map/c.eml": b"From: a@b.nl\n\nhoi"}


def content(opened: Document) -> bytes:
    with opened.open() as stream:
        return stream.read()


def seen(path: Path) -> list[tuple[str, bytes | str]]:
    """Name and bytes of every document, name and error code of everything else."""
    return [
        (each.name, content(each)) if isinstance(each, Document) else (each.position, each.error.code)
        for each in documents(path)
    ]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return held.getvalue()


def tarred(files: dict[str, bytes], *others: tarfile.TarInfo) -> bytes:
    held = BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
        for info in others:
            archive.addfile(info)
    return held.getvalue()


ARCHIVES = {
    "a.zip": zipped(FILES),
    "s.zip": zipped(FILES, zipfile.ZIP_STORED),
    "a.tar": tarred(FILES),
    "a.tar.gz": gzip.compress(tarred(FILES), mtime=0),
    "a.tgz": gzip.compress(tarred(FILES), mtime=0),
    "a.tar.bz2": bz2.compress(tarred(FILES)),
    "a.tar.xz": lzma.compress(tarred(FILES)),
}


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ARCHIVES)
def test_members_come_out_whole_named_after_their_archive_and_can_be_opened_again(tmp_path: Path, name: str) -> None:
    opened = list(documents(put(tmp_path, name, ARCHIVES[name])))
    assert all(isinstance(each, Document) for each in opened)
    for _ in range(2):
        assert {each.name: content(each) for each in opened} == {f"{name}/{key}": data for key, data in FILES.items()}
    assert [each.size for each in opened] == [len(data) for data in FILES.values()]


@pytest.mark.parametrize(
    ("name", "pack"), [("t.csv.gz", gzip.compress), ("t.csv.bz2", bz2.compress), ("t.csv.xz", lzma.compress)]
)
def test_a_single_compressed_file(tmp_path: Path, name: str, pack) -> None:
    assert seen(put(tmp_path, name, pack(b"x,y\n"))) == [(f"{name}/t.csv", b"x,y\n")]


def test_a_folder_is_walked_in_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    root = tmp_path / "post"
    for name in ("b.txt", "a/z.txt", "a/y.txt", ".hidden", ".git/x"):
        put(root, name, name.encode())
    assert seen(root) == [("post/a/y.txt", b"a/y.txt"), ("post/a/z.txt", b"a/z.txt"), ("post/b.txt", b"b.txt")]
    assert next(documents(root)).path == root / "a" / "y.txt"


def test_a_maildir_is_one_document(tmp_path: Path) -> None:
    put(tmp_path, "in/box/cur/1:2,S", b"12345")
    put(tmp_path, "in/box/new/2", b"678")
    (box,) = documents(tmp_path / "in")
    assert isinstance(box, Document)
    assert (box.name, box.path, box.size, box.head()) == ("in/box", tmp_path / "in" / "box", 8, b"")


def test_links_do_not_lead_out_of_the_folder_nor_give_a_file_twice(tmp_path: Path) -> None:
    put(tmp_path, "secret.txt", b"secret")
    put(tmp_path, "in/a.txt", b"a")
    (tmp_path / "in" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "self").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "twice.txt").symlink_to(tmp_path / "in" / "a.txt")
    assert seen(tmp_path / "in") == [("in/a.txt", b"a"), ("in/out.txt", "dangerous")]


def test_what_cannot_be_opened_is_told_and_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path, "in/empty.csv", b"")
    os.mkfifo(tmp_path / "in" / "pipe")
    put(tmp_path, "in/z.txt", b"z")
    assert seen(tmp_path / "in") == [("in/empty.csv", "empty"), ("in/pipe", "dangerous"), ("in/z.txt", b"z")]
    assert seen(tmp_path / "nowhere") == [("nowhere", "not_opened")]


def test_a_file_without_permission_is_told(tmp_path: Path, monkeypatch) -> None:
    path = put(tmp_path, "a.txt", b"a")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert seen(path) == [("a.txt", "not_opened")]


def test_archives_in_archives_up_to_a_depth(tmp_path: Path) -> None:
    third = zipped({"3.txt": b"drie"})
    second = zipped({"2.tgz": gzip.compress(tarred({"third.zip": third})), "2.txt": b"twee"})
    found = seen(put(tmp_path, "1.zip", second))
    assert ("1.zip/2.tgz/third.zip/3.txt", b"drie") in found
    assert ("1.zip/2.txt", b"twee") in found
    deeper = seen(put(tmp_path, "0.zip", zipped({"1.zip": second})))
    assert ("0.zip/1.zip/2.tgz/third.zip", "dangerous") in deeper
    assert ("0.zip/1.zip/2.txt", b"twee") in deeper


@pytest.mark.parametrize("name", ["t.xlsx", "t.docx", "t.ods", "t.eml"])
def test_office_files_and_mail_are_documents(tmp_path: Path, name: str) -> None:
    data = zipped(FILES)
    assert seen(put(tmp_path, name, data)) == [(name, data)]


@pytest.mark.parametrize("bad", ["../up.txt", "/abs.txt", "C:\\x.txt", "a/../../up.txt", "..\\up.txt"])
def test_names_that_climb_out_are_refused_and_the_rest_goes_on(tmp_path: Path, bad: str) -> None:
    files = {bad: b"kwaad", "ok.txt": b"goed"}
    for name, data in (("a.zip", zipped(files)), ("a.tar", tarred(files))):
        codes = [each[1] for each in seen(put(tmp_path, name, data))]
        assert codes == ["dangerous", b"goed"]


def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path) -> None:
    odd = []
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        info = tarfile.TarInfo(f"odd{kind!r}")
        info.type, info.linkname = kind, "/etc/passwd"
        odd.append(info)
    assert [code for _, code in seen(put(tmp_path, "a.tar", tarred({"a.txt": b"a"}, *odd)))] == [
        b"a",
        *["dangerous"] * 4,
    ]


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert seen(put(tmp_path, "a.zip", held.getvalue())) == [("a.zip/link", "dangerous")]


def test_a_locked_member_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"geheim"}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + place] |= 1
    assert seen(put(tmp_path, "a.zip", bytes(data))) == [("a.zip/a.txt", "locked")]


def test_bombs_are_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(spooling, "RATIO_FROM", 1 << 20)
    zeros = bytes(8 << 20)
    for name, data in (
        ("a.zip", zipped({"zeros": zeros})),
        ("a.tar.gz", gzip.compress(tarred({"zeros": zeros}))),
        ("a.csv.gz", gzip.compress(zeros)),
        ("b.zip", zipped({"in.zip": zipped({"zeros": zeros})}, zipfile.ZIP_STORED)),
    ):
        assert "dangerous" in [code for _, code in seen(put(tmp_path, name, data))], name


def test_a_zip_that_lies_about_its_sizes_is_counted_as_it_comes(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(spooling, "TOTAL_LIMIT", 1 << 20)
    assert [code for _, code in seen(put(tmp_path, "a.zip", zipped({"r": os.urandom(3 << 20)})))] == ["too_large"]


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(spooling, "MEMBER_LIMIT", 2)
    for name in ("a.zip", "a.tar"):
        codes = [code for _, code in seen(put(tmp_path, name, ARCHIVES[name]))]
        assert codes == [b"een", b"x,y\n1,2\n", "too_large"]


def test_the_description_of_a_member_of_a_tar_has_a_limit(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(unpacking, "HEADER_LIMIT", 1 << 16)
    info = tarfile.TarInfo("a.txt")
    info.pax_headers = {"comment": "x" * (1 << 18)}
    held = BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    assert [code for _, code in seen(put(tmp_path, "a.tar", held.getvalue()))] == ["dangerous"]


BIG = {f"{number}.txt": os.urandom(3000) for number in range(20)}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(BIG)),
        ("s.zip", zipped(BIG, zipfile.ZIP_STORED)),
        ("a.tar", tarred(BIG)),
        ("a.tar.gz", gzip.compress(tarred(BIG))),
    ],
)
def test_of_a_cut_archive_what_came_before_the_cut_is_given(tmp_path: Path, name: str, data: bytes) -> None:
    found = seen(put(tmp_path, name, data[: len(data) // 2]))
    whole = [each for each in found if isinstance(each[1], bytes)]
    assert 8 <= len(whole) < 20
    assert all(BIG[each.rpartition("/")[2]] == data for each, data in whole)
    assert [code for _, code in found if not isinstance(code, bytes)] == ["damaged"]


def test_of_a_cut_compressed_file_what_came_before_the_cut_is_given(tmp_path: Path) -> None:
    rows = "".join(f"{number},vraag\n" for number in range(20_000)).encode()
    packed = gzip.compress(rows)
    (name, part), (_, code) = seen(put(tmp_path, "t.csv.gz", packed[: len(packed) // 2]))
    assert name == "t.csv.gz/t.csv"
    assert rows.startswith(part)
    assert len(part) > 10_000
    assert code == "damaged"


def test_a_tar_that_is_damaged_in_the_middle_says_so(tmp_path: Path) -> None:
    data = bytearray(tarred(BIG))
    data[512 * 7 * 5 : 512 * 7 * 5 + 100] = b"\xff" * 100
    assert seen(put(tmp_path, "a.tar", bytes(data)))[-1] == ("a.tar", "damaged")


def test_a_large_member_is_spooled_and_its_file_goes_with_its_document(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "spool"))
    (tmp_path / "spool").mkdir()
    path = put(tmp_path, "a.zip", zipped({"big": os.urandom(3 << 20)}))
    opened = next(documents(path))
    assert len(list((tmp_path / "spool").iterdir())) == 1
    assert isinstance(opened, Document)
    assert len(content(opened)) == len(content(opened)) == 3 << 20
    del opened
    assert list((tmp_path / "spool").iterdir()) == []


def test_the_name_of_a_member_that_is_no_proper_text_can_still_be_stored(tmp_path: Path) -> None:
    os.rename(put(tmp_path, "in/a.txt", b"x"), os.fsencode(tmp_path / "in") + b"/caf\xe9.txt")
    ((name, _),) = seen(tmp_path / "in")
    assert name.encode()


ANY_NAME = [*sorted(ARCHIVES), "a.gz", "a.xz", "a.bz2"]
STARTS = [b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00"]


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(ARCHIVES)), st.integers(0, 100_000), st.binary(max_size=8), st.booleans())
def test_mutated_and_truncated_archives_raise_nothing(
    tmp_path: Path, name: str, place: int, new: bytes, cut: bool
) -> None:
    data = ARCHIVES[name]
    place %= len(data) + 1
    path = put(tmp_path, name, data[:place] + new + (b"" if cut else data[place + len(new) :]))
    check_opens(path)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ANY_NAME), st.binary(max_size=400), st.sampled_from(STARTS))
def test_random_bytes_raise_nothing(tmp_path: Path, name: str, data: bytes, start: bytes) -> None:
    check_opens(put(tmp_path, name, start + data))


def check_opens(path: Path) -> None:
    for each in documents(path):
        if isinstance(each, Document):
            assert len(content(each)) == each.size
        else:
            assert isinstance(each, Unreadable)
            assert isinstance(io.StringIO(str(each.error)).read(), str)
