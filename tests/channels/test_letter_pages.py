"""Cutting and joining by hand, and looking at a page."""

import io

import numpy as np
import pytest
from PIL import Image
from tests.channels.render_letters import LETTER, NOTE, SECOND
from tests.channels.rendering import as_file, lines, pdf, scanned

from gehoor.channels.letter.pages import join, page_count, render_page, split
from gehoor.kernel.errors import Refused

PDF = "application/pdf"


def stack() -> bytes:
    return pdf([lines(LETTER), lines(SECOND), lines(NOTE)])


def tiff(mode: str = "L") -> bytes:
    first, second = (Image.fromarray(scanned(lines(text), 60)).convert(mode) for text in (LETTER, SECOND))
    held = io.BytesIO()
    first.save(held, "TIFF", save_all=True, append_images=[second])
    return held.getvalue()


def looks(data: bytes, page: int) -> bytes:
    return render_page(data, "", page, 300)


def test_what_was_split_and_joined_again_has_the_same_pages() -> None:
    joined = join(*split(stack(), PDF, 2))
    assert page_count(joined, PDF) == 3
    assert [looks(joined, page) for page in (1, 2, 3)] == [looks(stack(), page) for page in (1, 2, 3)]


@pytest.mark.parametrize("mode", ["L", "1", "RGB"])
def test_a_tiff_stays_a_tiff_without_loss(mode: str) -> None:
    first, second = split(tiff(mode), "image/tiff", 2)
    assert first.startswith(b"II*\0") and page_count(first, "image/tiff") == page_count(second, "image/tiff") == 1
    joined = join(first, second)
    assert [looks(joined, page) for page in (1, 2)] == [looks(tiff(mode), page) for page in (1, 2)]


def test_splitting_and_joining_give_the_same_bytes_every_time() -> None:
    assert split(stack(), PDF, 3) == split(stack(), PDF, 3)
    assert join(stack(), tiff()) == join(stack(), tiff())


def test_a_picture_and_a_pdf_join_as_pdf_and_the_picture_loses_nothing() -> None:
    grey = scanned(lines(SECOND), 72)
    joined = join(as_file(grey), stack())
    assert page_count(joined, PDF) == 4
    shown = np.asarray(Image.open(io.BytesIO(render_page(joined, PDF, 1, grey.shape[1]))).convert("L"))
    assert np.abs(shown.astype(int) - grey[: shown.shape[0], : shown.shape[1]]).mean() < 2


def test_a_page_is_drawn_as_wide_as_asked_and_never_wider_than_memory_allows() -> None:
    assert Image.open(io.BytesIO(render_page(stack(), PDF, 2, 640))).width == pytest.approx(640, abs=1)
    assert Image.open(io.BytesIO(render_page(stack(), PDF, 2, 10**9))).width <= 2_401


@pytest.mark.parametrize("before", [0, 1, 4])
def test_there_is_nothing_before_the_first_page_nor_after_the_last(before: int) -> None:
    with pytest.raises(Refused):
        split(stack(), PDF, before)
