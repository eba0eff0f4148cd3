"""A zip that is cut off has lost its table of contents; its members still stand one after the other."""

import struct
import zlib
from collections.abc import Iterator
from io import RawIOBase
from typing import IO, BinaryIO, cast

_HEADER = struct.Struct("<4sHHHHHIIIHH")
_SIGN = b"PK\x03\x04"
_DESCRIPTOR = b"PK\x07\x08"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZE_FOLLOWS, _UTF_8 = 1, 8, 1 << 11
_PIECE = 1 << 16


def members_of_cut_zip(stream: BinaryIO) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each member, folders left out. Stops at the first that cannot be passed."""
    while len(header := stream.read(_HEADER.size)) == _HEADER.size:
        sign, _, flags, method, _, _, _, packed, _, name_length, extra_length = _HEADER.unpack(header)
        if sign != _SIGN or flags & _ENCRYPTED:
            return
        name = stream.read(name_length).decode("utf-8" if flags & _UTF_8 else "cp437", "replace")
        stream.read(extra_length)
        if method == _DEFLATED:
            member: _Deflated | _Stored = _Deflated(stream)
        elif method == _STORED and not flags & _SIZE_FOLLOWS:
            member = _Stored(stream, packed)
        else:
            return
        if not name.endswith("/"):
            yield name, cast(IO[bytes], member)
        while member.read(_PIECE):
            pass
        if flags & _SIZE_FOLLOWS:
            _pass_descriptor(stream)


def _pass_descriptor(stream: BinaryIO) -> None:
    if stream.read(4) == _DESCRIPTOR:
        stream.read(12)
    else:
        stream.read(8)


class _Stored(RawIOBase):
    """A member as it stands. Raises EOFError where the zip is cut off."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = size

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes."""
        if not self._left:
            return b""
        piece = self._stream.read(min(size if size >= 0 else self._left, self._left))
        if not piece:
            raise EOFError
        self._left -= len(piece)
        return piece


class _Deflated(RawIOBase):
    """A deflated member, whose end deflate itself tells. Raises EOFError where the zip is cut off."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes; a size has to be given."""
        piece = b""
        while not (piece or self._inflate.eof):
            piece = self._inflated(size)
        return piece

    def _inflated(self, size: int) -> bytes:
        taken = self._inflate.unconsumed_tail or self._stream.read(_PIECE)
        if not taken:
            raise EOFError
        piece = self._inflate.decompress(taken, size)
        if self._inflate.eof:
            self._stream.seek(-len(self._inflate.unused_data), 1)
        return piece
