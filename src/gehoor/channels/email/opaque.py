"""S/MIME that is signed in one piece (RFC 5652 SignedData): take the signed content out, verify nothing."""

from dataclasses import dataclass

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_OCTETS = 0x04
_CONSTRUCTED = 0x20
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Element:
    tag: int
    start: int
    end: int
    """Of the content."""
    after: int


class _NotDer(ValueError):
    """The bytes break off or are something else."""


def content_of(data: bytes) -> bytes:
    """The signed content; ``b""`` when it is encrypted, damaged or no S/MIME. Raises nothing."""
    try:
        return _content_of(data)
    except (IndexError, ValueError):
        return b""


def _content_of(data: bytes) -> bytes:
    outer = _element(data, 0, 0)
    kind, explicit, *_ = _within(data, outer)
    if data[kind.start : kind.end] != _SIGNED_DATA:
        return b""
    signed_data = _within(data, explicit)[0]
    encapsulated = _within(data, signed_data)[2]
    wrapper = _within(data, encapsulated)[1]
    return _octets(data, _within(data, wrapper)[0], 0)


def _octets(data: bytes, element: _Element, depth: int) -> bytes:
    """An octet string, also one that is cut in pieces."""
    if not element.tag & _CONSTRUCTED:
        return data[element.start : element.end]
    if depth > _DEEPEST:
        raise _NotDer
    return b"".join(_octets(data, piece, depth + 1) for piece in _within(data, element))


def _within(data: bytes, element: _Element, depth: int = 0) -> list[_Element]:
    found, position = [], element.start
    while position < element.end:
        piece = _element(data, position, depth)
        found.append(piece)
        position = piece.after
    return found


def _element(data: bytes, position: int, depth: int) -> _Element:
    tag, size = data[position], data[position + 1]
    start = position + 2
    if size == 0x80:
        return _until_marked(data, tag, start, depth)
    if size > 0x80:
        count = size & 0x7F
        size = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + size > len(data):
        raise _NotDer
    return _Element(tag, start, start + size, start + size)


def _until_marked(data: bytes, tag: int, start: int, depth: int) -> _Element:
    """An element of indefinite length: it ends at two zero bytes of its own."""
    if depth > 2 * _DEEPEST:
        raise _NotDer
    position = start
    while data[position : position + 2] != b"\0\0":
        position = _element(data, position, depth + 1).after
    return _Element(tag, start, position, position + 2)
