"""Walks the records of a WARC or ARC by their places in the file, so that only what is wanted is read.

A record says how long it is, and is not believed: what follows it has to be a record too. Where it is not, the record
is marked and the walk goes on at the next place that begins as one. warcio parses the headers within a record
and undoes chunks and compression.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO

from warcio.bufferedreaders import BufferedReader, ChunkedDataException, ChunkedDataReader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

HEADER = 64 << 10
"""Bytes that the head of a record may take."""
LARGEST = 16 << 20
"""Bytes of a record's body that are read, packed; what is in it, unpacked, has its own limit."""
_VERSION = re.compile(rb"WARC/\d")
_BEGINS = re.compile(rb"(?:\A|\n)(?=WARC/[01]\.\d\d?\r?\n)")
_ARC_LINE = re.compile(rb"\A(?:filedesc|[a-z][a-z0-9+.-]{1,12}):\S[^\n]{0,4096}? \S+ \d{8,14} \S+ \d{1,15}\r?\n")
_ARC_BEGINS = re.compile(rb"\n(?=(?:https?|dns)://?\S[^\n]{0,4096}? \S+ \d{14} \S+ \d{1,15}\r?\n)")
_ENDS = re.compile(rb"\r?\n\r?\n")
_WINDOW = 1 << 20
_LINE_ENDS = b"\r\n"
_BLANKS = 16
_DIGITS = "%Y%m%d%H%M%S"
KNOWN_PACKING = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_HTTP = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"], verify=False)


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``begins`` and ``length`` are where its body stands and how long it is in the file; ``is_lying`` when
    it said something else, ``is_cut`` when its end is missing or whoever saved it stopped before."""

    kind: str
    address: str
    content_type: str
    seen_at: datetime | None
    place: int
    begins: int
    length: int
    is_http: bool
    is_lying: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. ``packing`` is how the body stays packed when that could not be undone."""

    status: int
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    packing: str = ""
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes between records that are none."""

    place: int
    beginning: bytes


def is_archive(head: bytes) -> bool:
    """Whether these are the first bytes of a WARC or ARC."""
    start = head.lstrip(b"\r\n")
    return bool(_VERSION.match(start)) or (start.startswith(b"filedesc:") and _ARC_LINE.match(start) is not None)


class Walk:
    """The records in a stream that can be sought in, of this size."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._size = size
        self._is_arc = False

    def records(self) -> Iterator[Record | Gap]:
        """Every record, in order, and what lies between them."""
        place = self._past_blanks(0)
        self._is_arc = self._at(place, 9).startswith(b"filedesc:")
        while place < self._size:
            head = self._at(place, HEADER)
            record = self._arc(head, place) if self._is_arc else self._warc(head, place)
            if record is None:
                after = self._next(place + 1)
                yield Gap(place, head[: min(after - place, 1_024)])
                place = after
                continue
            after = record.begins + record.length
            following = self._past_blanks(after)
            if after > self._size or (following < self._size and not self._begins_at(following)):
                following = self._next(record.begins)
                is_end = after > self._size and following >= self._size
                record = _of_length(record, following - record.begins, is_lying=not is_end, is_cut=True)
            yield record
            place = following

    def answer(self, record: Record, largest: int) -> Answer:
        """What stands in a record, unpacked, at most ``largest`` bytes of it and one more."""
        self._stream.seek(record.begins)
        raw = self._stream.read(min(record.length, LARGEST))
        is_cut = record.is_cut or record.length > LARGEST
        if not record.is_http or not raw.startswith(b"HTTP/"):
            return Answer(200, record.content_type, {}, raw[: largest + 1], "", is_cut)
        return _http(BytesIO(raw), largest, is_cut=is_cut)

    def beginning(self, record: Record, count: int) -> bytes:
        """The first bytes of its body."""
        return self._at(record.begins, min(count, record.length))

    def whole(self, record: Record) -> bytes:
        """The record as it stands, or how it begins."""
        return self._at(record.place, min(record.begins + record.length - record.place, LARGEST))

    def _at(self, place: int, count: int) -> bytes:
        self._stream.seek(place)
        return self._stream.read(count)

    def _past_blanks(self, place: int) -> int:
        while blank := self._at(place, _BLANKS):
            rest = blank.lstrip(_LINE_ENDS)
            place += len(blank) - len(rest)
            if rest:
                break
        return place

    def _begins_at(self, place: int) -> bool:
        if self._is_arc:
            return _ARC_LINE.match(self._at(place, 8_192)) is not None
        return _VERSION.match(self._at(place, 8)) is not None

    def _next(self, place: int) -> int:
        """Where the next record begins; the end of the file when there is none."""
        begins = _ARC_BEGINS if self._is_arc else _BEGINS
        start = max(place - 1, 0)
        while start < self._size:
            window = self._at(start, _WINDOW)
            for found in begins.finditer(window):
                if start + found.end() >= place:
                    return start + found.end()
            if len(window) < _WINDOW:
                break
            start += len(window) - 8_192
        return self._size

    def _warc(self, head: bytes, place: int) -> Record | None:
        if not _VERSION.match(head) or (ends := _ENDS.search(head)) is None:
            return None
        told = _fields(head[: ends.start()])
        length = told.get("content-length", "")
        if not length.isdecimal() or len(length) > 15:
            following = self._next(place + ends.end())
            record = self._made(told, place, ends.end(), following - place - ends.end())
            return _of_length(record, record.length, is_lying=True, is_cut=True)
        return self._made(told, place, ends.end(), int(length))

    @staticmethod
    def _made(told: Mapping[str, str], place: int, head: int, length: int) -> Record:
        address = told.get("warc-target-uri", "").strip("<>").replace(" ", "%20")
        content_type = told.get("content-type", "")
        return Record(
            kind=told.get("warc-type", "").lower(),
            address=address,
            content_type=content_type,
            seen_at=_iso(told.get("warc-date", "")),
            place=place,
            begins=place + head,
            length=length,
            is_http=content_type.lower().startswith("application/http") or not content_type,
            is_cut=bool(told.get("warc-truncated")),
        )

    def _arc(self, head: bytes, place: int) -> Record | None:
        line = _ARC_LINE.match(head)
        if line is None:
            return None
        address, _, when, content_type, length = line[0].decode("utf-8", "replace").strip().rsplit(" ", 4)
        is_about = address.startswith("filedesc:")
        return Record(
            kind="warcinfo" if is_about else "response",
            address="" if is_about else address.replace(" ", "%20"),
            content_type=content_type,
            seen_at=_digits(when),
            place=place,
            begins=place + line.end(),
            length=int(length),
            is_http=not is_about,
        )


def _of_length(record: Record, length: int, *, is_lying: bool, is_cut: bool) -> Record:
    return Record(
        record.kind, record.address, record.content_type, record.seen_at, record.place, record.begins, length,
        record.is_http, is_lying, record.is_cut or is_cut,
    )  # fmt: skip


def _fields(head: bytes) -> dict[str, str]:
    """The fields of a record's head, by name in lower case; a line that begins with a space goes on with the last."""
    told: dict[str, str] = {}
    last = ""
    for line in head.decode("utf-8", "replace").splitlines()[1:]:
        if line[:1] in {" ", "\t"} and last:
            told[last] += f" {line.strip()}"
            continue
        name, colon, value = line.partition(":")
        if colon:
            last = name.strip().lower()
            told.setdefault(last, value.strip())
    return told


def _iso(told: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(told.replace("Z", "+00:00"))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _digits(told: str) -> datetime | None:
    try:
        return datetime.strptime(told.ljust(14, "0")[:14], _DIGITS).replace(tzinfo=UTC)
    except ValueError:
        return None


def _http(stream: BytesIO, largest: int, *, is_cut: bool) -> Answer:
    try:
        head = _HTTP.parse(stream)
    except (StatusAndHeadersParserException, EOFError, ValueError, IndexError):
        return Answer(0, "", {}, b"", "", is_cut)
    headers = {str(name).lower(): str(value) for name, value in head.headers}
    status = str(head.statusline).split(" ")[0]
    packing = headers.get("content-encoding", "").strip().lower()
    body, whole = _unpacked(stream, headers, packing if packing in KNOWN_PACKING else "", largest)
    stays = "" if packing in KNOWN_PACKING else packing
    number = int(status) if status.isdecimal() and len(status) == 3 else 0
    return Answer(number, headers.get("content-type", ""), headers, body, stays, is_cut or not whole)


def _unpacked(stream: BytesIO, headers: Mapping[str, str], packing: str, largest: int) -> tuple[bytes, bool]:
    """The body without chunks and compression, and whether nothing broke on the way."""
    kind = {"x-gzip": "gzip", "identity": ""}.get(packing, packing) or None
    is_chunked = "chunked" in headers.get("transfer-encoding", "").lower()
    reader = ChunkedDataReader(stream, decomp_type=kind) if is_chunked else BufferedReader(stream, decomp_type=kind)
    found = bytearray()
    try:
        while len(found) <= largest and (piece := reader.read(65_536)):
            found += piece
    except (zlib.error, ChunkedDataException, ValueError, EOFError, OSError):
        return bytes(found[: largest + 1]), False
    return bytes(found[: largest + 1]), True
