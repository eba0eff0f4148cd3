"""What a person needs to put a split right by hand: a look at a page, and cutting and joining documents."""

import io
from contextlib import ExitStack

import pypdfium2 as pdfium
from PIL import Image

from gehoor.channels.letter.guarding import guarded
from gehoor.channels.letter.media_types import PDF, TIFF, media_type_of
from gehoor.channels.letter.paper import Paper, opened
from gehoor.channels.letter.pdf import assembled
from gehoor.channels.letter.picture import as_tiff
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence

WIDEST = 2_400
"""Pixels that a page is drawn wide at most."""


def page_count(data: bytes, media_type: str) -> int:
    """How many pages. Raises :class:`gehoor.kernel.errors.CannotRead`."""
    with opened(data) as paper:
        return paper.count


def render_page(data: bytes, media_type: str, page: int, width_px: int) -> bytes:
    """A page, counted from 1, as PNG. Raises CannotRead, or Refused when there is no such page."""
    with opened(data) as paper:
        _check_page(paper, page)
        held = io.BytesIO()
        paper.picture(page - 1, max(16, min(width_px, WIDEST))).save(held, "PNG")
        return held.getvalue()


def split(data: bytes, media_type: str, before_page: int) -> tuple[bytes, bytes]:
    """Two documents: what stands before a page (counted from 1), and the rest.

    Raises CannotRead, or Refused when there is no such page or nothing before it.
    """
    with opened(data) as paper:
        _check_page(paper, before_page)
        if before_page == 1:
            raise Refused(why=sentence("nothing stands before the first page"))
        return paper.part(range(before_page - 1)), paper.part(range(before_page - 1, paper.count))


def join(first: bytes, second: bytes) -> bytes:
    """One document of the pages of both: a TIFF when both are, else a PDF. Raises CannotRead."""
    kinds = {media_type_of(first[:1024]), media_type_of(second[:1024])}
    with ExitStack() as stack:
        papers = [stack.enter_context(opened(each)) for each in (first, second)]
        if kinds == {TIFF}:
            return as_tiff([frame for each in (first, second) for frame in _frames(each)])
        sources = [_as_pdf(paper) for paper in papers]
        for source in sources:
            stack.callback(source.close)
        return assembled([(source, range(len(source))) for source in sources])


def _check_page(paper: Paper, page: int) -> None:
    if not 1 <= page <= paper.count:
        raise Refused(why=sentence("it has no such page"))


def _frames(data: bytes) -> list[Image.Image]:
    with guarded(), Image.open(io.BytesIO(data), formats=["TIFF"]) as picture:
        frames: list[Image.Image] = []
        for page in range(getattr(picture, "n_frames", 1)):
            picture.seek(page)
            frames.append(picture.copy())
        return frames


def _as_pdf(paper: Paper) -> pdfium.PdfDocument:
    """A PDF as it is; pictures as a PDF of their own, a page each, without loss."""
    if paper.media_type == PDF:
        return pdfium.PdfDocument(paper.data)
    made = pdfium.PdfDocument.new()
    for page in range(paper.count):
        picture = paper.whole(page)
        image = pdfium.PdfImage.new(made)
        image.set_bitmap(pdfium.PdfBitmap.from_pil(picture))
        width, height = (side * 595 / picture.width for side in picture.size)
        image.set_matrix(pdfium.PdfMatrix().scale(width, height))
        sheet = made.new_page(width, height)
        sheet.insert_obj(image)
        sheet.gen_content()
    return made
