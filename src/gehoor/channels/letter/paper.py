"""A document on paper: a PDF, a picture, or a TIFF of many pages; its pages as they were scanned, one at a time.

PDFium is not safe in threads: every call of it stands under one lock. What a file says of its own size is checked
before anything is unpacked.
"""

import ctypes
import hashlib
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, Protocol

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageOps, ImageSequence

from gehoor.channels.base import Document
from gehoor.channels.letter.engines.base import Grey, PageWord
from gehoor.channels.unpacking import Locked
from gehoor.kernel.errors import CannotRead, Damaged, Dangerous, TooLarge
from gehoor.kernel.language import sentence

PDF, PNG, JPEG, TIFF = "application/pdf", "image/png", "image/jpeg", "image/tiff"
LARGEST = 200 * 1024 * 1024
"""Bytes of a document."""
MOST_PAGES = 500
MOST_PIXELS = 80_000_000
"""Of one page: A4 at 900 dots an inch."""
LONG_SIDE = 2_900
"""Pixels along the longer side of a page of a PDF: A4 at 250 dots an inch."""
_MOST_LETTERS = 60_000
_PASSWORD = 4
_FULL = 10_000
_BREAKS = (0x02, 0xFFFE)
"""What PDFium gives for a hyphen at the end of a line, with nothing between it and the next line."""
_PDF_LOCK = RLock()
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ZeroDivisionError,
    OverflowError,
    RuntimeError,
)
"""What Pillow and PDFium raise on damaged input."""
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_IDENTITY = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]*)>\s*<([0-9A-Fa-f]*)>\s*\]")
_MADE_AT = re.compile(rb"/(?:CreationDate|ModDate)\s*\(D:(\d{14})")


class Paper(Protocol):
    """An opened document. Pages count from 0; every method raises :class:`CannotRead` for what it cannot do."""

    media_type: str
    data: bytes
    count: int

    def scan(self, page: int) -> Grey:
        """The page in grey."""
        ...

    def layer(self, page: int) -> tuple[list[PageWord], bool]:
        """The words that are written in the file itself, and whether a picture lies under most of the page."""
        ...

    def is_empty(self, page: int) -> bool:
        """Whether the file puts nothing at all on the page."""
        ...

    def aspect(self, page: int) -> float:
        """Its width divided by its height."""
        ...

    def picture(self, page: int, width: int) -> Image.Image:
        """The page in colour, ``width`` pixels wide."""
        ...

    def whole(self, page: int) -> Image.Image:
        """The page in colour, as large as it is."""
        ...

    def part(self, pages: Sequence[int]) -> bytes:
        """A document of the same kind with only these pages; the same bytes every time."""
        ...


def media_type_of(head: bytes) -> str:
    """What the first bytes say it is; ``""`` for no paper."""
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    return TIFF if head.startswith((b"II*\0", b"MM\0*")) else ""


def bytes_of(document: Document) -> bytes:
    """The whole document. Raises TooLarge before reading what is too large."""
    if document.size > LARGEST:
        raise TooLarge(what=sentence("scan"), limit=sentence("200 MiB"))
    with document.open() as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge(what=sentence("scan"), limit=sentence("200 MiB"))
    return data


@contextmanager
def opened(data: bytes) -> Iterator[Paper]:
    """The document that the bytes are. Raises Damaged, TooLarge, Dangerous or Locked."""
    if media_type_of(data[:1024]) == PDF:
        with _PDF_LOCK:
            held = _opened_pdf(data)
        try:
            yield _Pdf(data, held)
        finally:
            with _PDF_LOCK:
                held.close()
        return
    with guarded(), io.BytesIO(data) as stream:
        picture = Image.open(stream, formats=["PNG", "JPEG", "TIFF"])
    yield _Picture(data, picture)


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever Pillow or PDFium raise on damaged or hostile input comes out as a :class:`CannotRead`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            yield
    except CannotRead:
        raise
    except _BOMBS as error:
        raise Dangerous(what=sentence("scan"), why=sentence("it unpacks to far more than a page")) from error
    except MemoryError as error:
        raise TooLarge(what=sentence("scan"), limit=sentence("what fits in memory")) from error
    except _BROKEN as error:
        raise Damaged(what=sentence("scan"), why=sentence("it breaks off, or is not what its name says")) from error


def check_pixels(width: float, height: float) -> None:
    """Pass, or raise TooLarge for a page that would take too much memory."""
    if width < 1 or height < 1:
        raise Damaged(what=sentence("scan"), why=sentence("a page without size"))
    if width * height > MOST_PIXELS:
        raise TooLarge(what=sentence("page"), limit=sentence("80 million dots"))


def check_pages(count: int) -> None:
    """Pass, or raise TooLarge for more pages than a stack of letters has."""
    if count > MOST_PAGES:
        raise TooLarge(what=sentence("scan"), limit=sentence("500 pages"))
    if count < 1:
        raise Damaged(what=sentence("scan"), why=sentence("it has no pages"))


def _opened_pdf(data: bytes) -> pdfium.PdfDocument:
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


class _Pdf:
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
        with _PDF_LOCK, guarded():
            each = self._held[page]
            try:
                yield each
            finally:
                each.close()


def assembled(parts: Sequence[tuple[pdfium.PdfDocument, Sequence[int]]]) -> bytes:
    """One PDF of the pages named, the same bytes every time."""
    with _PDF_LOCK, guarded():
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


class _Picture:
    def __init__(self, data: bytes, picture: Image.Image) -> None:
        self.data = data
        self.media_type = media_type_of(data[:16]) or PNG
        with guarded():
            self.count = _frames(data)
        check_pages(self.count)
        check_pixels(*picture.size)

    def scan(self, page: int) -> Grey:
        with self._frame(page) as frame:
            return np.ascontiguousarray(np.asarray(_on_white(frame).convert("L")))

    def layer(self, page: int) -> tuple[list[PageWord], bool]:
        return [], True

    def is_empty(self, page: int) -> bool:
        return False

    def aspect(self, page: int) -> float:
        with self._frame(page) as frame:
            return frame.width / frame.height

    def picture(self, page: int, width: int) -> Image.Image:
        with self._frame(page) as frame:
            shown = _on_white(frame).convert("RGB")
            height = min(round(shown.height * width / shown.width), 4 * width)
            return shown.resize((width, max(1, height)), Image.Resampling.LANCZOS, reducing_gap=2.0)

    def whole(self, page: int) -> Image.Image:
        with self._frame(page) as frame:
            return _on_white(frame).convert("RGB")

    def part(self, pages: Sequence[int]) -> bytes:
        if list(pages) == list(range(self.count)):
            return self.data
        frames: list[Image.Image] = []
        for page in pages:
            with self._frame(page) as frame:
                frames.append(frame.copy())
        return as_tiff(frames)

    @contextmanager
    def _frame(self, page: int) -> Iterator[Image.Image]:
        with guarded(), Image.open(io.BytesIO(self.data), formats=["PNG", "JPEG", "TIFF"]) as picture:
            picture.seek(page)
            check_pixels(*picture.size)
            if picture.format == "JPEG":
                picture.draft(None, (LONG_SIDE, LONG_SIDE))
            picture.load()
            yield picture


def as_tiff(frames: Sequence[Image.Image]) -> bytes:
    """The frames as one TIFF, without loss; the same bytes every time."""
    stream = io.BytesIO()
    with guarded():
        for frame in frames:
            frame.encoderinfo = {"compression": "group4" if frame.mode == "1" else "tiff_adobe_deflate"}
        how = "group4" if all(frame.mode == "1" for frame in frames) else "tiff_adobe_deflate"
        dots = frames[0].info.get("dpi", (200, 200))
        frames[0].save(stream, "TIFF", save_all=True, append_images=frames[1:], compression=how, dpi=dots)
    return stream.getvalue()


def _frames(data: bytes) -> int:
    """How many pages, counted no further than it takes to see that they are too many."""
    with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "TIFF"]) as picture:
        if picture.format != "TIFF":
            return 1
        count = 0
        for _ in ImageSequence.Iterator(picture):
            count += 1
            if count > MOST_PAGES:
                break
        return count


def _on_white(frame: Image.Image) -> Image.Image:
    """The frame upright as its camera held it, on white paper, with eight bits a colour."""
    shown = ImageOps.exif_transpose(frame)
    if shown.mode.startswith(("I", "F")):
        deep = np.asarray(shown, dtype=np.float32)
        most = float(deep.max()) if deep.size else 0.0
        shown = Image.fromarray((deep * (255 / (65_535 if most > 255 else 255))).clip(0, 255).astype(np.uint8))
    if shown.mode in {"RGBA", "LA", "PA"} or "transparency" in shown.info:
        layered = shown.convert("RGBA")
        paper = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        paper.alpha_composite(layered)
        shown = paper
    return shown
