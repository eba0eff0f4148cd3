"""Many documents as one, for the printer."""

import io
import re
from collections.abc import Iterable
from hashlib import sha256

import pypdfium2 as pdfium

_ID = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]{32})>\s*<([0-9A-Fa-f]{32})>\s*\]")
_A4 = (595.276, 841.89)


def joined(documents: Iterable[bytes], *, both_sides: bool = False) -> bytes:
    """One PDF with the pages of all, in order; ``both_sides`` begins each document on the front of a sheet.

    A single document is passed on as it is. Of several, what is not on the pages (tags, outline, title) is lost.
    """
    parts = list(documents)
    if len(parts) == 1:
        return parts[0]
    whole = pdfium.PdfDocument.new()
    try:
        for part in parts:
            if both_sides and len(whole) % 2:
                whole.new_page(*_A4)
            _append(whole, part)
        held = io.BytesIO()
        whole.save(held)
        return _named_by_content(held.getvalue())
    finally:
        whole.close()


def _named_by_content(document: bytes) -> bytes:
    """With an id made of its bytes instead of by chance, so that equal runs give equal documents."""
    found = _ID.search(document)
    if found is None:
        return document
    first, second = (sha256(document[: found.start()]).hexdigest().upper()[: len(each)] for each in found.groups())
    return document[: found.start()] + b"/ID[<%s><%s>]" % (first.encode(), second.encode()) + document[found.end() :]


def count_pages(document: bytes) -> int:
    """How many pages a PDF has."""
    opened = pdfium.PdfDocument(document)
    try:
        return len(opened)
    finally:
        opened.close()


def _append(whole: pdfium.PdfDocument, part: bytes) -> None:
    opened = pdfium.PdfDocument(part)
    try:
        whole.import_pages(opened)
    finally:
        opened.close()
