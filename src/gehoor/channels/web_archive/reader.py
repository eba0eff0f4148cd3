"""Reads web archives: WARC, ARC, and pages that were saved. See README.md."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from gehoor.channels.base import Document, Heard, NothingSaid, Outcome, Recognition, Unreadable, Wishes
from gehoor.channels.pages.decoding import text_in
from gehoor.channels.pages.errors import PageUnclear, Tangled
from gehoor.channels.pages.page import LARGEST, MEDIA_TYPE, Page, host_of, page_in
from gehoor.channels.pages.recognition import is_html, is_mhtml
from gehoor.channels.pages.saved import too_large
from gehoor.channels.spooling import Budget, spool
from gehoor.channels.web_archive import tally as sorts
from gehoor.channels.web_archive.errors import NotUnpacked, RecordBroken
from gehoor.channels.web_archive.hyves import HYVES_PAGES
from gehoor.channels.web_archive.mhtml import pages_in
from gehoor.channels.web_archive.records import Answer, Gap, Record, Walk, is_archive
from gehoor.channels.web_archive.sorting import outcomes_of
from gehoor.channels.web_archive.tally import Tally
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

SILENT = sentence("A page on which nobody speaks.")
_RECORD = "application/warc"
_NAMES = (".warc", ".arc", ".warc.gz", ".arc.gz")
_GZIP = b"\x1f\x8b"
_BROKEN = (OSError, EOFError, zlib.error, ValueError)
_PAGES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_SAID = frozenset({"response", "resource", "conversion"})
_LIES = sentence("it says another length than it has")
_NO_RECORD = sentence("there is something between two records that is none")
_CUT = sentence("the archive is cut off here, and what came after it is missing")
_UNREADABLE = sentence("its head cannot be read")


class WebArchiveReader:
    """See README.md beside this file."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Sure of a WARC or ARC, of a page saved whole and of Hyves; a little of any other page."""
        if document.path is not None and document.path.is_dir():
            return Recognition(0.0)
        head = document.head()
        if is_archive(_plain(head)):
            return Recognition(0.98)
        if document.name.lower().endswith(_NAMES):
            return Recognition(0.5)
        if is_mhtml(head):
            return Recognition(0.85)
        text = text_in(head)
        if not is_html(text, document.name):
            return Recognition(0.0)
        return Recognition(max(0.35, HYVES_PAGES.likeness(Page(head))))

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every page's voices, then what was found and what not. Raises Damaged, PageUnclear, Tangled, TooLarge."""
        head = document.head()
        if is_archive(_plain(head)):
            return _of_archive(document, wishes)
        if document.name.lower().endswith(_NAMES):
            raise Damaged(what=sentence("archive"), why=sentence("it does not begin as a WARC or ARC does"))
        return _of_mhtml(document, wishes) if is_mhtml(head) else _of_page(document, wishes)


def _plain(head: bytes) -> bytes:
    """The first bytes of what is compressed, or the bytes themselves."""
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 8_192)
    except zlib.error:
        return b""


# A saved page


def _of_page(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    page = page_in(document)
    anything = False
    for outcome in outcomes_of(page, wishes):
        anything = True
        yield outcome
    if not anything:
        raise PageUnclear
    if page.is_cut:
        yield too_large(page)


def _of_mhtml(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    tally = Tally()
    heard = 0
    for page in pages_in(document, tally):
        for outcome in _on_page(page, wishes, tally):
            heard += isinstance(outcome, Heard)
            yield outcome
    if not heard:
        raise PageUnclear
    yield from tally.told()


# An archive


def _of_archive(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    with document.open() as stream:
        if document.head(2) == _GZIP:
            yield from _of_compressed(document, stream, wishes)
        else:
            yield from _walked(stream, document.size, wishes)


def _of_compressed(document: Document, stream: BinaryIO, wishes: Wishes) -> Iterator[Outcome]:
    spooled, error = spool(cast(BinaryIO, gzip.GzipFile(fileobj=stream)), Budget(document.size), _BROKEN)
    with spooled.open() as plain:
        yield from _walked(plain, spooled.size, wishes)
    if error is not None:
        raised = Damaged(what=sentence("archive"), why=_CUT)
        yield Unreadable(document.name, document.head(1_024), "application/gzip", raised)


def _walked(stream: BinaryIO, size: int, wishes: Wishes) -> Iterator[Outcome]:
    walk = Walk(stream, size)
    tally = Tally()
    any_record = False
    for record in walk.records():
        if isinstance(record, Gap):
            raised = RecordBroken(why=_UNREADABLE if not any_record else _NO_RECORD)
            yield Unreadable(f"@{record.place}", record.beginning, _RECORD, raised)
            continue
        any_record = True
        yield from _of_record(walk, record, wishes, tally)
    if not any_record:
        raise Damaged(what=sentence("archive"), why=sentence("there is no record in it"))
    yield from tally.told()


def _of_record(walk: Walk, record: Record, wishes: Wishes, tally: Tally) -> Iterator[Outcome]:
    host = host_of(record.address)
    if record.is_lying or record.is_cut:
        tally.count(host, sorts.CUT)
        why = _LIES if record.is_lying else _CUT
        yield Unreadable(f"@{record.place}", walk.beginning(record, 1_024) or b"\0", _RECORD, RecordBroken(why=why))
    if record.kind == "revisit":
        tally.count(host, sorts.REPEATS, record.address)
    elif record.kind not in _SAID or not record.address.startswith(("http:", "https:")):
        tally.count("", sorts.NOTES)
    else:
        yield from _of_answer(walk, record, wishes, tally)


def _of_answer(walk: Walk, record: Record, wishes: Wishes, tally: Tally) -> Iterator[Outcome]:
    host = host_of(record.address)
    sort, about = _sort(walk, record)
    if sort:
        tally.count(host, sort, f"{record.address} {about} {record.length}")
        return
    answer = walk.answer(record, LARGEST)
    page = Page(
        answer.body[:LARGEST], record.address, answer.content_type, record.seen_at, len(answer.body) > LARGEST
    )  # fmt: skip
    if answer.packing:
        tally.count(host, sorts.ERRORS)
        yield Unreadable(record.address, walk.whole(record), _RECORD, NotUnpacked())
        return
    if answer.is_cut and not record.is_cut:
        tally.count(host, sorts.CUT)
        yield Unreadable(record.address, answer.body[:1_024] or b"\0", MEDIA_TYPE, RecordBroken(why=_CUT))
    yield from _on_page(page, wishes, tally)


def _sort(walk: Walk, record: Record) -> tuple[str, str]:
    """What a record is when it is no page, and its media type; "" when it is a page. Reads no more than its head."""
    answer = _head(walk, record)
    media_type = answer.content_type.partition(";")[0].strip().lower()
    if 300 <= answer.status < 400:
        return sorts.REDIRECTS, f"{answer.status} {answer.headers.get('location', '')}"
    if not 200 <= answer.status < 300:
        return sorts.ERRORS, str(answer.status)
    if media_type.startswith("image/"):
        return sorts.IMAGES, media_type
    if media_type in _PAGES:
        return "", ""
    looks = not media_type and is_html(text_in(answer.body), record.address)
    return ("", "") if looks else (sorts.OTHERS, media_type)


def _head(walk: Walk, record: Record) -> Answer:
    begun = replace(record, length=min(record.length, 32_768))
    return walk.answer(begun, 4_096)


def _on_page(page: Page, wishes: Wishes, tally: Tally) -> Iterator[Outcome]:
    """What is said on it; counted, and kept when nobody speaks."""
    heard = False
    try:
        for outcome in outcomes_of(page, wishes):
            heard = heard or isinstance(outcome, Heard)
            yield replace(outcome, position=_position(page, outcome))
    except Tangled as error:
        tally.count(page.site, sorts.ERRORS)
        yield Unreadable(page.address or page.name, page.raw, MEDIA_TYPE, error)
        return
    tally.count(page.site, sorts.HEARD if heard else sorts.SILENT)
    if not heard:
        yield NothingSaid(page.address or page.name, page.raw or b"\0", MEDIA_TYPE, SILENT)
    if page.is_cut:
        yield too_large(page)


def _position(page: Page, outcome: Outcome) -> str:
    """Where on which page."""
    address = page.address or page.name
    return outcome.position if outcome.position == address else f"{address}#{outcome.position}"[:600]


READER = WebArchiveReader()
