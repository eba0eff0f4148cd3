"""Pages that a browser saved with everything on them (MHTML): the page itself, and frames within it."""

import email
from collections.abc import Iterator
from datetime import UTC, datetime
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime

from gehoor.channels.base import Document
from gehoor.channels.pages.page import LARGEST as LARGEST_PAGE
from gehoor.channels.pages.page import Page
from gehoor.channels.web_archive import tally as sorts
from gehoor.channels.web_archive.tally import Tally
from gehoor.kernel.errors import Damaged, TooLarge
from gehoor.kernel.language import sentence

LARGEST = 64 << 20
MOST_PARTS = 5_000
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def pages_in(document: Document, tally: Tally) -> Iterator[Page]:
    """Every page in it. Raises Damaged, TooLarge."""
    with document.open() as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise TooLarge(what=sentence("saved page"), limit=sentence("64 MiB"))
    try:
        whole = email.message_from_bytes(raw)
        parts = [part for part, _ in zip(whole.walk(), range(MOST_PARTS), strict=False) if not part.is_multipart()]
    except (MessageError, ValueError, LookupError, RecursionError):
        raise Damaged(what=sentence("saved page"), why=sentence("it is cut off or corrupt")) from None
    address, seen_at = _told(whole, "snapshot-content-location"), _moment(whole)
    any_page = False
    for part in parts:
        where = _told(part, "content-location")
        if part.get_content_type() not in _PAGES:
            sort = sorts.IMAGES if part.get_content_maintype() == "image" else sorts.OTHERS
            tally.count(Page(b"", where).site, sort, f"{where} {part.get_content_type()}")
            continue
        data = _bytes(part)
        given = where if where.startswith("http") else address if not any_page else ""
        any_page = True
        yield Page(data[:LARGEST_PAGE], given, _told(part, "content-type"), seen_at, len(data) > LARGEST_PAGE)
    if not any_page:
        raise Damaged(what=sentence("saved page"), why=sentence("there is no page in it"))


def _told(part: Message, name: str) -> str:
    return " ".join(str(part.get(name, "")).split())


def _bytes(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError):
        data = None
    return data if isinstance(data, bytes) else b""


def _moment(whole: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(_told(whole, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
