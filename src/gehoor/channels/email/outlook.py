"""A message that Outlook saved (``.msg``, MS-OXMSG), as the mail that it was.

What Outlook keeps in properties is written as MIME, so that the rest of this channel reads it as any other mail. The
headers that it came with win; what they lack is made of the properties.
"""

import re
from base64 import encodebytes
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime, quote
from urllib.parse import quote as percent

from gehoor.channels.email.charset import clean, decode
from gehoor.channels.email.compound import SIGN, Properties, Storage, properties_of, root_of
from gehoor.channels.email.errors import NotMail
from gehoor.channels.email.rtf import decompressed, unwrapped

MEDIA_TYPE = "application/vnd.ms-outlook"
DEEPEST = 20
"""Messages in each other that are looked into."""

_OF_MESSAGE, _OF_EMBEDDED, _OF_OTHERS = 32, 24, 8
_TEXT, _TEXT_8, _BYTES, _OBJECT = 0x001F, 0x001E, 0x0102, "000D"
_EMBEDDED = f"__substg1.0_3701{_OBJECT}"
_CLASS, _SUBJECT, _HEADERS, _BODY, _HTML, _RTF = 0x001A, 0x0037, 0x007D, 0x1000, 0x1013, 0x1009
_SUBMITTED, _DELIVERED, _FLAGS = 0x0039, 0x0E06, 0x0E07
_MESSAGE_ID, _REFERENCES, _IN_REPLY_TO = 0x1035, 0x1039, 0x1042
_INTERNET_CODEPAGE, _MESSAGE_CODEPAGE = 0x3FDE, 0x3FFD
_FROM = (0x0042, 0x5D02, 0x0064, 0x0065)
_SENDER = (0x0C1A, 0x5D01, 0x0C1E, 0x0C1F)
_RECIPIENT = (0x3001, 0x39FE, 0x3002, 0x3003)
"""Name, SMTP address, kind of address, address."""
_RECIPIENT_TYPE = 0x0C15
_TO, _CC = 1, 2
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _DATA, _MIME = 0x3707, 0x3704, 0x3001, 0x3701, 0x370E
_UNSENT = 8
_SMIME = "multipart/signed"

_NO_MAIL = ("ipm.contact", "ipm.appointment", "ipm.task", "ipm.stickynote", "ipm.activity", "ipm.distlist")
_ADDRESS = re.compile(r"[^\s@<>\"]{1,200}@[^\s@<>\"]{1,250}")
_HEADER = re.compile(r"([!-9;-~]{1,100}):")
_OF_THE_BODY = re.compile(r"(?:content-|mime-version\Z|x-mimeole\Z)", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")
_START = datetime(1601, 1, 1, tzinfo=UTC)
_NAMED = {65001: "utf-8", 1200: "utf-16-le", 20127: "us-ascii", 20866: "koi8-r", 21866: "koi8-u", 936: "gbk",
          50220: "iso-2022-jp", 50221: "iso-2022-jp", 51932: "euc-jp", 51949: "euc-kr", 54936: "gb18030"}  # fmt: skip

Headers = list[tuple[str, str]]


def is_outlook(head: bytes) -> bool:
    """Whether bytes begin as a compound file that names Outlook's properties."""
    names = ("__properties_version1.0".encode("utf-16-le"), "__substg1.0_".encode("utf-16-le"))
    return head.startswith(SIGN) and any(name in head for name in names)


def as_mime(data: bytes) -> bytes:
    """The message in a ``.msg`` as MIME. Raises :class:`CannotRead`."""
    root = root_of(data)
    if "__properties_version1.0" not in root.streams:
        raise NotMail
    return _Saved(root, _OF_MESSAGE, 0).mime()


class _Saved:
    """One saved message, ``depth`` messages deep."""

    def __init__(self, storage: Storage, header: int, depth: int) -> None:
        self._storage = storage
        self._depth = depth
        self._own = properties_of(storage, header)
        codepage = self._own.number(_MESSAGE_CODEPAGE)
        self._codec = _codec(codepage) if codepage else ""

    def mime(self) -> bytes:
        """All of it. Raises :class:`NotMail` for what is kept in Outlook and is no mail."""
        kind = self._text(self._own, _CLASS).lower()
        if kind.startswith(_NO_MAIL):
            raise NotMail
        headers = self._headers(kind)
        parts = [*self._bodies(), *self._attachments()]
        if not parts:
            return _entity(headers, "text/plain", b"")
        return _several(headers, "mixed", parts, self._depth)

    def is_draft(self) -> bool:
        """Whether it was never sent: it says so, and nothing says when it went or came."""
        flags = self._own.number(_FLAGS) or 0
        moments = (self._own.ticks(_SUBMITTED), self._own.ticks(_DELIVERED))
        return bool(flags & _UNSENT) and not any(moments) and not self._text(self._own, _HEADERS)

    def _text(self, properties: Properties, key: int) -> str:
        wide = properties.stream(key, _TEXT)
        if wide is not None:
            return clean(wide.decode("utf-16-le", "replace")).rstrip("\0")
        narrow = properties.stream(key, _TEXT_8)
        return decode(narrow, self._codec) if narrow else ""

    # Headers

    def _headers(self, kind: str) -> Headers:
        headers = _as_they_came(self._text(self._own, _HEADERS))
        known = {name.lower() for name, _ in headers}
        headers += [(name, value) for name, value in self._made() if value and name.lower() not in known]
        if kind.startswith("report."):
            headers.append(("X-Failed-Recipients", "report"))
        if kind.startswith("ipm.note.rules.oof"):
            headers.append(("Auto-Submitted", "auto-replied"))
        return headers

    def _made(self) -> Headers:
        sender = self._person(self._own, _FROM) or self._person(self._own, _SENDER)
        recipients = list(self._recipients())
        return [
            ("From", sender),
            ("To", ", ".join(person for kind, person in recipients if kind == _TO)),
            ("Cc", ", ".join(person for kind, person in recipients if kind == _CC)),
            ("Subject", _header_text(self._text(self._own, _SUBJECT))),
            ("Date", self._date()),
            ("Message-ID", _one_line(self._text(self._own, _MESSAGE_ID))),
            ("In-Reply-To", _one_line(self._text(self._own, _IN_REPLY_TO))),
            ("References", _one_line(self._text(self._own, _REFERENCES))),
        ]

    def _recipients(self) -> Iterator[tuple[int, str]]:
        for storage in self._storage.within("__recip_version1.0_#"):
            properties = properties_of(storage, _OF_OTHERS)
            person = self._person(properties, _RECIPIENT)
            if person:
                yield (properties.number(_RECIPIENT_TYPE) or _TO), person

    def _person(self, properties: Properties, keys: tuple[int, int, int, int]) -> str:
        """Name and address, fit for a header. An address within Exchange (``/O=...``) is none outside it."""
        name, smtp, kind, address = (_one_line(self._text(properties, key)) for key in keys)
        outside = smtp or (address if kind.upper() in {"SMTP", ""} else "")
        outside = outside if _ADDRESS.fullmatch(outside) else ""
        if not outside and _ADDRESS.fullmatch(name):
            outside = name
        name = "" if name == outside or name.upper().startswith("/O=") else name
        if outside:
            return f"{_phrase(name)} <{outside}>" if name else outside
        return _phrase(name)

    def _date(self) -> str:
        for key in (_SUBMITTED, _DELIVERED):
            ticks = self._own.ticks(key)
            try:
                if ticks:
                    return format_datetime(_START + timedelta(microseconds=ticks // 10))
            except OverflowError:
                continue
        return ""

    # Body and attachments

    def _bodies(self) -> list[bytes]:
        """Plain text and HTML; what is wrapped in RTF only where neither is there."""
        plain, html = self._text(self._own, _BODY), self._html()
        if not plain.strip() and not html.strip():
            text, is_html = unwrapped(decompressed(self._own.stream(_RTF, _BYTES) or b""))
            plain, html = ("", text) if is_html else (text, "")
        found = [_text_part(kind, text) for kind, text in (("plain", plain), ("html", html)) if text.strip()]
        return [_several([], "alternative", found, self._depth, "a")] if len(found) > 1 else found

    def _html(self) -> str:
        data = self._own.stream(_HTML, _BYTES)
        if data is None:
            return self._text(self._own, _HTML)
        codepage = self._own.number(_INTERNET_CODEPAGE)
        return decode(data, _codec(codepage) if codepage else self._codec)

    def _attachments(self) -> Iterator[bytes]:
        for storage in self._storage.within("__attach_version1.0_#"):
            properties = properties_of(storage, _OF_OTHERS)
            embedded = storage.storages.get(_EMBEDDED)
            if embedded is not None and "__properties_version1.0" in embedded.streams:
                if self._depth < DEEPEST:
                    yield from _message_part(_Saved(embedded, _OF_EMBEDDED, self._depth + 1))
            elif (data := properties.stream(_DATA, _BYTES)) is not None:
                yield self._attachment(properties, data)

    def _attachment(self, properties: Properties, data: bytes) -> bytes:
        keys = (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME)
        name = next((text for key in keys if (text := _one_line(self._text(properties, key)))), "")
        kind = _one_line(self._text(properties, _MIME)).lower()
        kind = kind if _MEDIA_TYPE.fullmatch(kind) else "application/octet-stream"
        if kind == _SMIME:  # a message signed in the clear, kept whole as its one attachment
            return _signed(data)
        if kind.startswith(("multipart/", "message/")):
            kind = "application/octet-stream"
        named = f"; filename*=utf-8''{percent(name, safe='')}" if name else ""
        return _entity([("Content-Disposition", f"attachment{named}")], kind, data)


def is_draft(data: bytes) -> bool:
    """Whether the message was never sent. Raises :class:`CannotRead`."""
    return _Saved(root_of(data), _OF_MESSAGE, 0).is_draft()


def _message_part(saved: _Saved) -> Iterator[bytes]:
    try:
        yield _entity([], "message/rfc822", saved.mime())
    except NotMail:
        return


def _signed(data: bytes) -> bytes:
    """The signed MIME as it stands, with the headers that it begins with."""
    return data if data[:13].lower() == b"content-type:" else _entity([], "application/octet-stream", data)


def _codec(codepage: int) -> str:
    if 28591 <= codepage <= 28605:
        return f"iso-8859-{codepage - 28590}"
    return _NAMED.get(codepage, f"cp{codepage}")


def _as_they_came(text: str) -> Headers:
    """The headers of a message on its way, but for those that say how its body was written."""
    headers: Headers = []
    for line in text.split("\n"):
        line = line.rstrip("\r")
        found = _HEADER.match(line)
        if found:
            headers.append((found.group(1), line[found.end() :].strip()))
        elif line[:1] in {" ", "\t"} and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
    return [(name, value) for name, value in headers if not _OF_THE_BODY.match(name)]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _header_text(text: str) -> str:
    text = _one_line(text)
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=10_000).encode()


def _phrase(name: str) -> str:
    """A name before an address."""
    if not name:
        return ""
    return f'"{quote(name)}"' if name.isascii() else Header(name, "utf-8", maxlinelen=10_000).encode()


def _text_part(kind: str, text: str) -> bytes:
    return _entity([], f"text/{kind}; charset=utf-8", text.encode("utf-8", "replace"))


def _entity(headers: Headers, kind: str, data: bytes) -> bytes:
    body = [("Content-Type", kind), ("Content-Transfer-Encoding", "base64")]
    return _written([*headers, *body]) + b"\n" + encodebytes(data)


def _several(headers: Headers, kind: str, parts: list[bytes], depth: int, mark: str = "m") -> bytes:
    """A multipart. What is in its parts is base64, or signed text whose own boundary is another."""
    boundary = f"=_gehoor_{depth}_{mark}"
    line = f"--{boundary}".encode()
    head = _written([*headers, ("Content-Type", f'multipart/{kind}; boundary="{boundary}"')])
    pieces = [piece for part in parts for piece in (b"\n", line, b"\n", part)]
    return b"".join([head, *pieces, b"\n", line, b"--\n"])


def _written(headers: Headers) -> bytes:
    return b"".join(f"{name}: {value}\n".encode("utf-8", "replace") for name, value in headers)
