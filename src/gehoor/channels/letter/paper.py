"""A document on paper: a PDF, a picture, or a TIFF of many pages; its pages as they were scanned, one at a time.

What a file says of its own size is checked before anything is unpacked.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from PIL import Image

from gehoor.channels.base import Document
from gehoor.channels.letter.engines.base import Grey, PageWord
from gehoor.channels.letter.media_types import PDF, media_type_of
from gehoor.channels.letter.pdf import opened_pdf
from gehoor.channels.letter.picture import opened_picture
from gehoor.kernel.errors import TooLarge
from gehoor.kernel.language import sentence

LARGEST = 200 * 1024 * 1024
"""Bytes of a document."""


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
        with opened_pdf(data) as paper:
            yield paper
    else:
        yield opened_picture(data)
