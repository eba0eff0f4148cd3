"""Paper that was made to do harm, or breaks off: it is refused with a reason, quickly and in little memory."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.channels.render_letters import LETTER, SECOND
from tests.channels.rendering import as_file, lines, pdf, scanned

from gehoor import channels
from gehoor.channels.base import Document, Outcome, Wishes
from gehoor.channels.letter.guarding import MOST_PAGES
from gehoor.channels.letter.pages import page_count, render_page, split
from gehoor.channels.letter.reader import READER
from gehoor.channels.registry import reader_for
from gehoor.kernel.errors import CannotRead, GehoorError


def document(data: bytes, name: str = "scan") -> Document:
    return Document(name, len(data), lambda: io.BytesIO(data))


def read(data: bytes) -> list[Outcome]:
    return list(READER.read(document(data), Wishes()))


def code(data: bytes) -> str:
    with pytest.raises(CannotRead) as caught:
        read(data)
    return caught.value.code


def codes(use: Callable[[], object]) -> str:
    """The code of what a use of damaged paper raised, "" when it went well; anything outside the tree comes through."""
    try:
        use()
    except GehoorError as error:
        return error.code
    return ""


def png(width: int, height: int) -> bytes:
    """A PNG of so many black dots, which takes a thousandth of their room."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))

    rows = zlib.compress(b"\0" * ((width // 8 + 1) * min(height, 4_000)), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def locked() -> bytes:
    data = pdf([lines(LETTER)])
    words = b"(" + b"x" * 32 + b")"
    entry = b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O %s /U %s >> /ID [<00><00>] /Root" % (
        words,
        words,
    )
    return data.replace(b"/Root", entry)


def test_a_picture_that_unpacks_to_far_more_than_a_page_is_not_opened() -> None:
    for data in (png(12_000, 12_000), png(60_000, 60_000)):
        with pytest.raises(CannotRead) as caught:
            page_count(data, "image/png")
        assert caught.value.code in {"too_large", "dangerous"}


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    def never() -> io.BytesIO:
        raise AssertionError("it was opened")

    with pytest.raises(CannotRead) as caught:
        list(READER.read(Document("scan.pdf", 2 << 30, never), Wishes()))
    assert caught.value.code == "too_large"


def test_a_stack_of_too_many_pages_is_refused() -> None:
    assert code(pdf([[]] * (MOST_PAGES + 1))) == "too_large"


def test_an_endless_tiff_is_counted_no_further_than_the_limit() -> None:
    frames = [Image.new("1", (8, 8))] * (MOST_PAGES + 5)
    held = io.BytesIO()
    frames[0].save(held, "TIFF", save_all=True, append_images=frames[1:])
    assert code(held.getvalue()) == "too_large"


def test_a_page_of_a_kilometre_is_drawn_small() -> None:
    data = pdf([lines(LETTER)]).replace(b"[0 0 595 842]", b"[0 0 1e7 9]  ")
    picture = Image.open(io.BytesIO(render_page(data, "application/pdf", 1, 400)))
    assert picture.width * picture.height < 10_000_000


def test_a_pdf_with_a_password_says_so() -> None:
    assert code(locked()) == "locked"


def test_pages_that_lead_to_themselves_come_to_an_end() -> None:
    data = pdf([lines(LETTER)]).replace(b"/Kids [", b"/Kids [2 0 R 2 0 R ")
    assert codes(lambda: read(data)) in ("", "damaged", "too_large")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_that_breaks_off_is_damaged(kind: str) -> None:
    data = as_file(scanned(lines(SECOND), 60), kind)
    with pytest.raises(CannotRead) as caught:
        render_page(data[: len(data) // 3], "", 1, 200)
    assert caught.value.code == "damaged"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3_000), st.sampled_from(["pdf", "png", "jpg", "tif"]))
def test_whatever_is_damaged_gives_a_reason_and_nothing_else(junk: bytes, at: int, kind: str) -> None:
    whole = WHOLE[kind]
    at %= len(whole)
    data = whole[:at] + junk + whole[at + len(junk) :]
    for use in (lambda: read(data), lambda: render_page(data, "", 1, 64), lambda: split(data, "", 2)):
        assert codes(use) in {
            "",
            "damaged",
            "too_large",
            "dangerous",
            "locked",
            "engine_turn",
            "engine_needed",
            "refused",
        }


REFUSALS = ("damaged", "too_large", "dangerous", "locked")
SMALL = np.full((40, 30), 255, np.uint8)
WHOLE = {
    "pdf": pdf([lines(LETTER), lines(SECOND)]),
    "png": as_file(SMALL),
    "jpg": as_file(SMALL, "JPEG"),
    "tif": as_file(SMALL, "TIFF"),
}


def test_paper_is_recognised_by_its_bytes_and_nothing_else_is_taken_for_it() -> None:
    for path in sorted(Path(str(channels.__file__)).parent.glob("*/fixtures/*")):
        if path.is_dir():
            continue
        found = Document(path.name, path.stat().st_size, lambda path=path: path.open("rb"), path)
        mine = READER.recognise(found, Wishes()).confidence > 0
        assert mine == (path.parent.parent.name == "letter"), path.name
        if mine:
            assert reader_for(found, Wishes()) is READER
