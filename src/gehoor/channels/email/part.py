"""The parts of a message, by Python's own parser, held within bounds.

The parser asks each part whether to look inside it. A :class:`Part` says no for a message within a message (its bytes
stay exact, and are parsed when they are wanted) and below :data:`DEEPEST`, so that what lies deeper is kept as bytes.
"""

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32, Policy
from typing import Any

from gehoor.channels.email.transfer import undo
from gehoor.kernel.errors import TooLarge
from gehoor.kernel.language import sentence

DEEPEST = 50
MOST_PARTS = 2_000
LONGEST_HEADER = 65_536
_LEAF = "application"
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}")


class _AsWritten(Compat32):
    """Gives header values as they stand in the message, undecoded."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value[:LONGEST_HEADER]


_AS_WRITTEN: "Policy[Any]" = _AsWritten()


class Part(Message):
    """A message or a part of one. ``depth`` is 0 for the message itself."""

    depth = 0

    def __init__(self, policy: "Policy[Any]" = _AS_WRITTEN) -> None:
        super().__init__(policy)
        self.counted = [0]

    def attach(self, payload: Message) -> None:  # type: ignore[override]
        """Called by the parser for each part that it begins. Raises :class:`TooLarge` past :data:`MOST_PARTS`."""
        if isinstance(payload, Part):
            payload.depth = self.depth + 1
            payload.counted = self.counted
        self.counted[0] += 1
        if self.counted[0] > MOST_PARTS:
            raise TooLarge(what=sentence("message"), limit=f"{MOST_PARTS} parts")
        super().attach(payload)

    def get_content_type(self) -> str:
        kind = self.kind
        return "application/octet-stream" if self._closed(kind) else kind

    def get_content_maintype(self) -> str:
        kind = self.kind
        return _LEAF if self._closed(kind) else kind.split("/")[0]

    def _closed(self, kind: str) -> bool:
        return kind.startswith("message/") or (self.depth >= DEEPEST and kind.startswith("multipart/"))

    def get_boundary(self, failobj: Any = None) -> Any:
        """The boundary as written, for the parser; ``failobj`` when there is none."""
        return self.plain_parameter("boundary").rstrip() or failobj

    @property
    def kind(self) -> str:
        """The media type that the part claims, ``text/plain`` when it makes no sense."""
        kind = super().get_content_type()
        if _MEDIA_TYPE.fullmatch(kind):
            return kind
        return "text/plain" if kind.startswith("text/") else "application/octet-stream"

    def header(self, name: str) -> str:
        """The first header of that name as written, ``""`` when there is none."""
        value = self.get(name, "")
        return value if isinstance(value, str) else str(value)

    def headers(self, name: str) -> list[str]:
        """Every header of that name, as written."""
        return [str(value) for value in self.get_all(name, [])]

    def parameter(self, name: str, header: str = "content-type") -> str | tuple[str | None, str | None, str]:
        """A parameter, as a triple of charset, language and value where it came in RFC 2231's way."""
        try:
            value = self.get_param(name, "", header)
        except (ValueError, TypeError):  # of its own making, on numbers that are none and on continuations without one
            return ""
        if isinstance(value, tuple) and len(value) == 3:
            return value
        return value if isinstance(value, str) else ""

    def plain_parameter(self, name: str, header: str = "content-type") -> str:
        """A parameter that should be a bare word."""
        value = self.parameter(name, header)
        return value if isinstance(value, str) else value[2]

    @property
    def disposition(self) -> str:
        """``attachment``, ``inline``, something else, or ``""``."""
        return self.header("content-disposition").split(";")[0].strip().lower()

    @property
    def children(self) -> list["Part"]:
        """The parts within a multipart; none for any other."""
        payload = self._written
        return [each for each in payload if isinstance(each, Part)] if isinstance(payload, list) else []

    @property
    def _written(self) -> object:
        """The payload as the parser left it: get_payload() would already decode, by a charset that may be a lie."""
        return self._payload  # type: ignore[attr-defined]

    def raw(self) -> bytes:
        """A leaf's bytes as they stand in the message."""
        payload = self._written
        return payload.encode("ascii", "surrogateescape") if isinstance(payload, str) else b""

    def content(self) -> bytes:
        """A leaf's bytes, transfer encoding undone."""
        return undo(self.raw(), self.header("content-transfer-encoding"))

    def leaves(self) -> Iterator["Part"]:
        """Every part that holds no others, in order."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            waiting.extend(reversed(part.children))
            if not part.children:
                yield part


def parse(data: bytes, depth: int = 0) -> Part:
    """The parts of ``data``, itself found at ``depth``. Raises :class:`TooLarge` for a message of too many parts."""

    def make(policy: "Policy[Any]" = _AS_WRITTEN) -> Part:
        part = Part(policy)
        part.depth = depth
        return part

    parser: BytesParser[Part] = BytesParser(make, policy=_AS_WRITTEN)
    return parser.parsebytes(data)
