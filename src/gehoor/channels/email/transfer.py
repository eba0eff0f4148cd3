"""Undo a content-transfer-encoding, also where the encoded bytes are damaged or the label is wrong."""

import binascii
import quopri
import re

from gehoor.channels.email.charset import decode

_STRANGE = 0.05
_FULL_LINE = 60
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_UU_BLOCK = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n((?:[ -`][^\r\n]*\r?\n)*?)[` ]?\r?\n?end[ \t]*\r?$", re.M
)


def undo(data: bytes, encoding: str) -> bytes:
    """The bytes that were sent; ``data`` unchanged where the encoding is unknown or not used. Raises nothing."""
    match encoding.strip().strip("\"'").lower():
        case "quoted-printable" | "quotedprintable" | "quoted printable":
            return quopri.decodestring(data)
        case "base64" | "base-64" | "b":
            return undo_base64(data)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return b"".join(block for _, block in uu_blocks(data)) or data
        case _:
            return data


def undo_base64(data: bytes) -> bytes:
    """Base64, also with strange bytes, wrong padding, or plain lines after it. Not base64: unchanged."""
    lines = data.split(b"\n")
    encoded = [index for index, line in enumerate(lines) if _is_base64(line.strip())]
    size = sum(len(lines[index]) for index in encoded)
    if not encoded or (size * 2 < len(data.strip()) and not _is_surely_base64(lines[encoded[0]].strip())):
        return data
    last = encoded[-1] + 1
    after = b"\n".join(lines[last:]).strip()
    return join_base64(b"".join(lines[:last])) + (b"\n" + after if after else b"")


def _is_base64(line: bytes) -> bool:
    strange = len(_NOT_BASE64.findall(line.rstrip(b"=")))
    return bool(line) and b" " not in line and strange <= len(line) * _STRANGE


def _is_surely_base64(line: bytes) -> bool:
    return len(line) % 4 == 0 and (len(line) >= _FULL_LINE or line.endswith(b"="))


def join_base64(data: bytes) -> bytes:
    """Every whole group of ``data``, whatever stands between; each padded piece is decoded by itself."""
    pieces = re.split(rb"=+", data.replace(b"-", b"+").replace(b"_", b"/"))
    return b"".join(_base64_piece(_NOT_BASE64.sub(b"", piece)) for piece in pieces)


def _base64_piece(piece: bytes) -> bytes:
    if len(piece) % 4 == 1:
        piece = piece[:-1]
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))


def uu_blocks(data: bytes) -> list[tuple[str, bytes]]:
    """Name and bytes of every uuencoded file in ``data``."""
    return [
        (decode(found[1]), b"".join(_uu_line(line) for line in found[2].splitlines()))
        for found in _UU_BLOCK.finditer(data)
    ]


def without_uu_blocks(data: bytes) -> bytes:
    """``data`` with those files cut out."""
    return _UU_BLOCK.sub(b"", data)


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return _short_uu_line(line)


def _short_uu_line(line: bytes) -> bytes:
    """A line whose encoder left wrong padding behind: trust its own count of bytes."""
    wanted = (((line[0] - 32) & 63) * 4 + 5) // 3
    try:
        return binascii.a2b_uu(line[:wanted])
    except binascii.Error:
        return b""
