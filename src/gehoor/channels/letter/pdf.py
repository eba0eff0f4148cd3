"""The pages of a PDF, by PDFium; it is not safe in threads, so every call of it stands under one lock."""

import ctypes
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from gehoor.channels.letter.engines.base import Grey, PageWord
from gehoor.channels.letter.guarding import LONG_SIDE, MOST_PIXELS, check_pages, guarded
from gehoor.channels.letter.media_types import PDF
from gehoor.channels.unpacking import Locked
from gehoor.kernel.errors import CannotRead, Damaged, TooLarge
from gehoor.kernel.language import sentence

_MOST_LETTERS = 60_000
_PASSWORD = 4
_FULL = 10_000
_BREAKS = (0x02, 0xFFFE)
"""What PDFium gives for a hyphen at the end of a line, with nothing between it and the next line."""
_LOCK = RLock()
_IDENTITY = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]*)>\s*<([0-9A-Fa-f]*)>\s*\]")
_MADE_AT = re.compile(rb"/(?:CreationDate|ModDate)\s*\(D:(\d{14})")


@contextmanager
def opened_pdf(data: bytes) -> Iterator["PdfPaper"]:
    """The PDF that the bytes are. Raises Damaged, TooLarge or Locked."""
    with _LOCK:
        held = _opened(data)
    try:
        yield PdfPaper(data, held)
    finally:
        with _LOCK:
            held.close()


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        held = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise Locked(what="PDF") from error
        raise Damaged(what="PDF", why=sentence("it breaks off, or is not what its name says")) from error
    try:
        check_pages(len(held))
    except CannotRead:
        held.close()
        raise
    return held


class PdfPaper:
    """A PDF as :class:`gehoor.channels.letter.paper.Paper`."""

    media_type = PDF

    def __init__(self, data: bytes, held: pdfium.PdfDocument) -> None:
        self.data = data
        self.count = len(held)
        self._held = held

    def scan(self, page: int) -> Grey:
        with self._page(page) as each:
            _check_pictures(each)
            drawn = each.render(scale=LONG_SIDE / _longest(each), grayscale=True)
            return np.ascontiguousarray(np.asarray(drawn.to_pil().convert("L")))

    def layer(self, page: int) -> tuple[list[PageWord], bool]:
        with self._page(page) as each:
            return list(_words_of_layer(each)), _is_mostly_picture(each)

    def is_empty(self, page: int) -> bool:
        with self._page(page) as each:
            return bool(raw.FPDFPage_CountObjects(each) == 0)

    def aspect(self, page: int) -> float:
        with self._page(page) as each:
            wide, high = each.get_size()
            return float(wide / max(high, 1))

    def picture(self, page: int, width: int) -> Image.Image:
        with self._page(page) as each:
            _check_pictures(each)
            wide, high = each.get_size()
            scale = min(width / max(wide, 1), 4 * width / max(high, 1))
            drawn: Image.Image = each.render(scale=scale).to_pil()
            return drawn.convert("RGB")

    def whole(self, page: int) -> Image.Image:
        return self.picture(page, 2_400)

    def part(self, pages: Sequence[int]) -> bytes:
        if list(pages) == list(range(self.count)):
            return self.data
        return assembled([(self._held, pages)])

    @contextmanager
    def _page(self, page: int) -> Iterator[Any]:
        with _LOCK, guarded():
            each = self._held[page]
            try:
                yield each
            finally:
                each.close()


def assembled(parts: Sequence[tuple[pdfium.PdfDocument, Sequence[int]]]) -> bytes:
    """One PDF of the pages named, the same bytes every time."""
    with _LOCK, guarded():
        made = pdfium.PdfDocument.new()
        try:
            for held, pages in parts:
                made.import_pages(held, list(pages))
            return _saved(made)
        finally:
            made.close()


def _saved(made: pdfium.PdfDocument) -> bytes:
    """The bytes of a PDF, with what PDFium invents each time (an identity, the hour) put at rest."""
    stream = io.BytesIO()
    made.save(stream)
    data = bytearray(stream.getvalue())
    for found in [*_IDENTITY.finditer(data), *_MADE_AT.finditer(data)]:
        for group in range(1, (found.lastindex or 0) + 1):
            start, end = found.span(group)
            data[start:end] = b"0" * (end - start)
    digest = hashlib.sha256(data).hexdigest().encode()
    for found in _IDENTITY.finditer(bytes(data)):
        for group in (1, 2):
            start, end = found.span(group)
            data[start:end] = (digest * ((end - start) // len(digest) + 1))[: end - start]
    return bytes(data)


def _longest(page: Any) -> float:
    longest = float(max(page.get_size()))
    if longest <= 0:
        raise Damaged(what=sentence("scan"), why=sentence("a page without size"))
    return longest


def _check_pictures(page: Any) -> None:
    """Raises TooLarge when the pictures on a page would take too much memory to draw."""
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        wide, high = each.get_px_size()
        if wide * high > MOST_PIXELS:
            raise TooLarge(what=sentence("page"), limit=sentence("80 million dots"))


def _is_mostly_picture(page: Any) -> bool:
    wide, high = page.get_size()
    covered = 0.0
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = each.get_bounds()
        covered += max(0.0, min(right, wide) - max(left, 0.0)) * max(0.0, min(top, high) - max(bottom, 0.0))
    return bool(covered > 0.4 * wide * high)


def _words_of_layer(page: Any) -> Iterator[PageWord]:
    textpage = page.get_textpage()
    try:
        letters: list[str] = []
        box = (1.0, 1.0, 0.0, 0.0)
        for letter, place in _letters(page, textpage):
            if letter.isspace() or letter == "\0":
                if letters:
                    yield PageWord("".join(letters), 1.0, box)
                letters, box = [], (1.0, 1.0, 0.0, 0.0)
                continue
            letters.append(letter)
            box = (min(box[0], place[0]), min(box[1], place[1]), max(box[2], place[2]), max(box[3], place[3]))
        if letters:
            yield PageWord("".join(letters), 1.0, box)
    finally:
        textpage.close()


def _letters(page: Any, textpage: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Every letter with its box in fractions of the page as it is shown."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for at in range(min(raw.FPDFText_CountChars(textpage), _MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(textpage, at)
        if not raw.FPDFText_GetCharBox(textpage, at, left, right, bottom, top):
            yield _letter(code), (1.0, 1.0, 0.0, 0.0)
            continue
        x0, y0 = _shown_at(page, left.value, bottom.value)
        x1, y1 = _shown_at(page, right.value, top.value)
        yield _letter(code), (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if code in _BREAKS:
            yield " ", (1.0, 1.0, 0.0, 0.0)


def _letter(code: int) -> str:
    if code in _BREAKS:
        return "-"
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def _shown_at(page: Any, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _FULL, _FULL, 0, x, y, across, down)
    return min(max(across.value / _FULL, 0.0), 1.0), min(max(down.value / _FULL, 0.0), 1.0)
