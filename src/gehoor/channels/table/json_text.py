"""JSON text of any length, taken value by value with a bounded part of it in memory."""

import io
import re
from collections.abc import Iterator

from gehoor.channels.table.flat import decoder, record_of, refused
from gehoor.channels.table.sheet import ROW_LIMIT, Aside, Cell, Keyed, Record, Refused, canonical_keyed
from gehoor.kernel.errors import TooLarge
from gehoor.kernel.language import sentence

_PIECE = 65_536
_DEEPEST = 8
_LOOSE = 10_000
"""Values outside rows that are remembered."""
_SIGNS = re.compile(r'["\\{}\[\]]')
_SPACE = re.compile(r"[\s﻿]*")


class Broken(Exception):
    """The text is no JSON from here on."""


class TooLong(Exception):
    """A single value is longer than a row may be."""


class JsonText:
    """A cursor over JSON text."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self._buffer = ""
        self._at = 0
        self._ended = False
        self._decode = decoder().raw_decode

    def _more(self) -> bool:
        """Read on: as much again as is pending, so that a long value is tried a few times only."""
        piece = self._text.read(max(_PIECE, len(self._buffer) - self._at))
        self._buffer = self._buffer[self._at :] + piece
        self._at = 0
        self._ended = not piece
        return bool(piece)

    def peek(self) -> str:
        """The next sign that is no space, ``""`` at the end."""
        while True:
            found = _SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def take(self, sign: str) -> bool:
        """Step over ``sign`` when it comes next."""
        if self.peek() != sign:
            return False
        self._at += 1
        return True

    def value(self) -> Cell:
        """The next whole value. Raises :class:`Broken` or :class:`TooLong`."""
        self.peek()
        while True:
            try:
                value, end = self._decode(self._buffer, self._at)
            except RecursionError:
                raise Broken from None
            except ValueError:
                if len(self._buffer) - self._at > ROW_LIMIT:
                    raise self._trouble() from None
                if not self._more():
                    raise Broken from None
                continue
            if end < len(self._buffer) or self._ended or not self._more():
                self._at = end if end <= len(self._buffer) else len(self._buffer)
                return value

    def _trouble(self) -> Exception:
        """A value that is too long goes on to the end of the buffer; a broken one stops making sense before it."""
        try:
            self._decode(self._buffer, self._at)
        except ValueError as error:
            place = getattr(error, "pos", len(self._buffer))
            unfinished = "Unterminated" in str(error) or place >= len(self._buffer) - 16
            return TooLong() if unfinished else Broken()
        return Broken()

    def rest(self) -> str:
        """What follows, no more than a row may hold."""
        while len(self._buffer) - self._at < ROW_LIMIT and self._more():
            pass
        return self._buffer[self._at : self._at + ROW_LIMIT]

    def pass_over(self) -> str:
        """Step over one value of any length; returns its beginning."""
        beginning = self.rest()
        depth, quoted = 0, False
        while self._at < len(self._buffer) or self._more():
            found = _SIGNS.search(self._buffer, self._at)
            if found is None:
                self._at = len(self._buffer)
                continue
            self._at = found.end()
            sign = found.group()
            if sign == "\\":
                self._step()
            elif sign == '"':
                quoted = not quoted
            elif not quoted:
                depth += 1 if sign in "{[" else -1
            if depth <= 0 and not quoted:
                break
        return beginning

    def _step(self) -> None:
        if self._at < len(self._buffer) or self._more():
            self._at += 1


class Walk:
    """Goes through one document and finds its rows: the elements of every outermost array, with the path of that array.

    An object without any such array is one row. What stands beside the arrays comes last, as :class:`Aside`.
    """

    def __init__(self, text: io.TextIOBase) -> None:
        self._json = JsonText(text)
        self._loose: dict[str, Cell] = {}
        self._found = False
        self._path = ""
        """The last array: what comes after it is told with it."""

    def __iter__(self) -> Iterator[tuple[str, Record]]:
        try:
            yield from self._value("", 0)
            if self._json.peek():
                raise Broken
        except Broken:
            yield self._path, refused(self._json.rest(), "from here on it is no JSON")
        except TooLong:
            yield self._path, _too_large(self._json.rest())
        if self._loose:
            yield self._path, Aside(canonical_keyed(Keyed(self._loose))) if self._found else record_of(self._loose)

    def _value(self, path: str, depth: int) -> Iterator[tuple[str, Record]]:
        sign = self._json.peek()
        if sign == "[":
            yield from self._elements(path)
        elif sign == "{" and depth < _DEEPEST:
            yield from self._members(path, depth)
        elif sign:
            self._put_aside(path, self._json.value())

    def _put_aside(self, path: str, value: Cell) -> None:
        if len(self._loose) < _LOOSE:
            self._loose[path or "column 1"] = value

    def _members(self, path: str, depth: int) -> Iterator[tuple[str, Record]]:
        self._json.take("{")
        while not self._json.take("}"):
            key = self._json.value()
            if not isinstance(key, str) or not self._json.take(":"):
                raise Broken
            yield from self._value(f"{path}.{key}" if path else key, depth + 1)
            if not self._json.take(",") and self._json.peek() != "}":
                raise Broken

    def _elements(self, path: str) -> Iterator[tuple[str, Record]]:
        self._json.take("[")
        while not self._json.take("]"):
            self._found, self._path = True, path
            try:
                yield path, record_of(self._json.value())
            except TooLong:
                yield path, _too_large(self._json.pass_over())
            if not self._json.take(",") and self._json.peek() != "]":
                raise Broken


def _too_large(beginning: str) -> Refused:
    return Refused(beginning.encode("utf-8", "replace"), TooLarge(what=sentence("row"), limit=sentence("1 MiB")))
