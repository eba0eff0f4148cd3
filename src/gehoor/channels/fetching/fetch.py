"""The one door to the web: :func:`fetch`."""

import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from urllib.parse import urljoin

from gehoor.channels.fetching.addresses import Resolve, Target, system_resolve, target
from gehoor.channels.fetching.errors import ADDRESS, NotFetchable, NotTaken
from gehoor.channels.fetching.line import Connection, TooSlow
from gehoor.kernel.errors import CannotReach
from gehoor.kernel.language import sentence

AGENT = "Gehoor/1 (hears customers; fetches what an organisation asked it to)"
MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SECRET = frozenset({"authorization", "cookie", "api-key", "api-username"})
_PIECE = 65_536
_LOOK_UP = 10.0
_DEFLATE = "deflate"


@dataclass(frozen=True, slots=True)
class Fence:
    """Within what an answer has to stay. ``loopback`` lets this machine itself be reached, for tests."""

    http: bool = False
    loopback: bool = False
    largest: int = 16 << 20
    """Bytes of an answer, packed and unpacked alike."""
    seconds: float = 30.0
    """For everything: looking up, connecting, redirects, the last byte."""
    media_types: frozenset[str] = frozenset()
    """What may come (``text/html``, or ``image/*``); empty is anything."""
    context: ssl.SSLContext | None = None
    """Whom to trust; None is whom the system trusts."""
    resolve: Resolve | None = None
    """How names are looked up; None is as the system does."""


OPEN_WEB = Fence()


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier answer said of itself, to ask only for what changed."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``address`` is where it came from in the end; names of headers are in lower case.

    Whatever the status (404, 429), the answer is given: who asked knows what it means.
    """

    status: int
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_unchanged(self) -> bool:
        """Whether it still is what ``known`` told of."""
        return self.status == 304

    @property
    def media_type(self) -> str:
        """Without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def known(self) -> Known:
        """To be given back at the next time."""
        return Known(self.headers.get("etag", ""), self.headers.get("last-modified", ""))


def _always() -> bool:
    return True


def fetch(
    address: str,
    fence: Fence = OPEN_WEB,
    *,
    where: str = ADDRESS,
    headers: Mapping[str, str] | None = None,
    known: Known | None = None,
    goes_on: Callable[[], bool] = _always,
) -> Fetched:
    """Get an address, following at most five redirects, each of them checked.

    Raises :class:`NotFetchable` for an address that may not be reached, :class:`NotTaken` for an answer past the fence
    or damaged, and CannotReach when the other side is away, too slow, or ``goes_on()`` says no. ``where`` is what the
    other side is called in those. ``authorization`` among the headers goes to the first server only.
    """
    asked = {name.lower(): value for name, value in (headers or {}).items()} | _conditions(known)
    _check_headers(asked, where)
    deadline = time.monotonic() + fence.seconds
    resolve = fence.resolve or system_resolve(min(_LOOK_UP, fence.seconds))
    origin: tuple[str, str, int] | None = None
    for _ in range(MOST_REDIRECTS + 1):
        to = target(address, where, http=fence.http, loopback=fence.loopback, resolve=resolve)
        if origin not in (None, to.origin):
            asked = {name: value for name, value in asked.items() if name not in _SECRET}
        origin = to.origin
        answer = _once(to, fence, asked, where, deadline, goes_on)
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            return answer
        address = urljoin(to.url.geturl(), answer.headers["location"].strip())
        if to.is_secure and not address.lower().startswith("https:"):
            raise NotFetchable(where=where, why=sentence("it leads on from a secure address to one that is not"))
    raise NotTaken(where=where, why=sentence("it leads on to another address more than five times"))


def _conditions(known: Known | None) -> dict[str, str]:
    if known is None:
        return {}
    given = {"if-none-match": known.etag, "if-modified-since": known.last_modified}
    return {name: value for name, value in given.items() if value and value.isprintable()}


def _check_headers(headers: Mapping[str, str], where: str) -> None:
    if any(not (value.isprintable() and value.isascii()) for value in headers.values()):
        raise NotFetchable(where=where, why=sentence("a key or header holds a sign that cannot be sent"))


def _once(
    to: Target, fence: Fence, asked: Mapping[str, str], where: str, deadline: float, goes_on: Callable[[], bool]
) -> Fetched:
    sent = {
        "host": to.host_header,
        "user-agent": AGENT,
        "accept-encoding": "gzip, deflate",
        "connection": "close",
        "accept": ", ".join(sorted(fence.media_types)) or "*/*",
        **asked,
    }
    connection = Connection(to, deadline, fence.context, goes_on)
    try:
        response = _answered(connection, to.path, sent)
        given = {name.lower(): value for name, value in response.getheaders()}
        empty = response.status in {204, 304} or response.status in _REDIRECTS
        body = b"" if empty else _body(response, given, fence, where)
    except TooSlow:
        raise CannotReach(where=where, why=sentence("it takes too long")) from None
    except ssl.SSLError:
        raise CannotReach(where=where, why=sentence("its certificate is not trusted, or it speaks no TLS")) from None
    except HTTPException:
        raise NotTaken(where=where, why=sentence("it is no proper answer, or it is cut off")) from None
    except (OSError, ValueError):
        raise CannotReach(where=where, why=sentence("it does not answer")) from None
    finally:
        connection.shut()
    return Fetched(response.status, to.url.geturl(), given, body)


def _answered(connection: Connection, path: str, sent: Mapping[str, str]) -> HTTPResponse:
    connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
    for name, value in sent.items():
        connection.putheader(name, value)
    connection.endheaders()
    return connection.getresponse()


def _body(response: HTTPResponse, given: Mapping[str, str], fence: Fence, where: str) -> bytes:
    media_type = given.get("content-type", "").partition(";")[0].strip().lower()
    if response.status == 200 and fence.media_types and not _is_wanted(media_type, fence.media_types):
        raise NotTaken(where=where, why=sentence("it is of another kind than was asked for"))
    if response.length is not None and response.length > fence.largest:
        raise _too_large(where)
    found = bytearray()
    for piece in _unpacked(_pieces(response, fence, where), given.get("content-encoding", ""), fence, where):
        found += piece
        if len(found) > fence.largest:
            raise _too_large(where)
    return bytes(found)


def _is_wanted(media_type: str, wanted: frozenset[str]) -> bool:
    return media_type in wanted or f"{media_type.partition('/')[0]}/*" in wanted


def _pieces(response: HTTPResponse, fence: Fence, where: str) -> Iterator[bytes]:
    """The body as it comes. Raises :class:`NotTaken` when it ends before it said that it would."""
    total = 0
    while piece := response.read1(_PIECE):
        total += len(piece)
        if total > fence.largest:
            raise _too_large(where)
        yield piece
    if response.length:
        raise NotTaken(where=where, why=sentence("it is cut off"))


def _unpacked(pieces: Iterator[bytes], encoding: str, fence: Fence, where: str) -> Iterator[bytes]:
    """Without its compression, a bounded piece at a time."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        yield from pieces
        return
    if encoding not in {"gzip", "x-gzip", _DEFLATE}:
        raise NotTaken(where=where, why=sentence("it is packed in a way that was not asked for"))
    try:
        yield from _inflated(pieces, encoding, where)
    except zlib.error:
        raise NotTaken(where=where, why=sentence("it is damaged: it cannot be unpacked")) from None


def _inflated(pieces: Iterator[bytes], encoding: str, where: str) -> Iterator[bytes]:
    inflate = None
    for piece in pieces:
        if inflate is None:
            inflate = zlib.decompressobj(_window(encoding, piece))
        while piece and not inflate.eof:
            yield inflate.decompress(piece, _PIECE)
            piece = inflate.unconsumed_tail
    if inflate is not None and not inflate.eof:
        raise NotTaken(where=where, why=sentence("it is cut off"))


def _window(encoding: str, first: bytes) -> int:
    """zlib's number for a format; what is called deflate comes with and without its header."""
    if encoding != _DEFLATE:
        return 16 + zlib.MAX_WBITS
    return zlib.MAX_WBITS if first[0] & 0x0F == 8 and first[:1] == b"\x78" else -zlib.MAX_WBITS


def _too_large(where: str) -> NotTaken:
    return NotTaken(where=where, why=sentence("it is larger than was agreed"))
