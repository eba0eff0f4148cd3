"""Goes through JSON of any size and gives out what stands in its arrays one by one, with a bounded part in memory.

A path names where something stands: ``messages[]`` is an element of the array ``messages``, ``chats.list[].name`` a
member of each element of ``chats.list``. Of text that stops being JSON, what came before is given first.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from gehoor.channels.base import Document
from gehoor.channels.table.encoding import KEEP, SAMPLE, encoding_of, legible
from gehoor.channels.table.json_text import Broken, JsonText, TooLong
from gehoor.kernel.errors import CannotRead, Damaged, TooLarge
from gehoor.kernel.language import sentence

MEDIA_TYPE = "application/json"
DEEPEST = 8
"""Objects within objects that are gone into; what lies deeper is given as one value."""
_LONGEST_PREFIX = 200

Value = object
"""What JSON holds: text, number, truth, nothing, a list or an object by its keys."""
Members = dict[str, object]


@dataclass(frozen=True, slots=True)
class Record:
    """A value and where it stands, or why it could not be read. ``original`` is its own bytes, or how they begin."""

    path: str
    value: Value
    error: CannotRead | None = None
    beginning: bytes = b""

    @property
    def members(self) -> Members:
        """The value as an object; empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def original(self) -> bytes:
        """Canonical JSON of the value."""
        return self.beginning if self.error is not None else canonical(self.value)


def canonical(value: Value) -> bytes:
    """A value as JSON without spaces; text that is no proper Unicode is written with escapes."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def records(
    document: Document, *, inner: frozenset[str] = frozenset(), whole: bool = False, assigned: bool = False
) -> Iterator[Record]:
    """Everything in the document, in order.

    ``inner`` names arrays whose elements are gone into, instead of given as values. ``whole``: an object that stands by
    itself is a value. ``assigned``: the JSON follows an ``=`` of JavaScript. Several values after each other are
    allowed. Raises nothing: the last record says what was wrong.
    """
    with document.open() as stream:
        text = io.TextIOWrapper(stream, encoding_of(document.head(SAMPLE)), KEEP, newline="\n")
        if assigned:
            _pass_assignment(text)
        walk = _Walk(text, inner)
        try:
            yield from walk.all(whole=whole)
        except Broken:
            error: CannotRead = Damaged(what=sentence("JSON"), why=sentence("from here on it is no JSON"))
            yield Record("", None, error, walk.rest())
        except TooLong:
            yield Record("", None, _too_large(), walk.rest())


def _pass_assignment(text: io.TextIOBase) -> None:
    for _ in range(_LONGEST_PREFIX):
        if text.read(1) in {"=", ""}:
            break


def _too_large() -> CannotRead:
    return TooLarge(what=sentence("item"), limit=sentence("1 MiB"))


class _Walk:
    def __init__(self, text: io.TextIOBase, inner: frozenset[str]) -> None:
        self._json = JsonText(text)
        self._inner = inner

    def rest(self) -> bytes:
        """What could not be read, as far as it may be held."""
        return self._json.rest().encode("utf-8", "replace") or b"\0"

    def all(self, *, whole: bool) -> Iterator[Record]:
        while sign := self._json.peek():
            if sign == ";":
                self._json.take(sign)
            elif sign == "{" and whole:
                yield self._one("")
            else:
                yield from self._value("", 0)

    def _value(self, path: str, depth: int) -> Iterator[Record]:
        sign = self._json.peek()
        if sign == "[":
            yield from self._elements(path, depth)
        elif sign == "{" and depth < DEEPEST:
            yield from self._members(path, depth)
        else:
            yield self._one(path)

    def _members(self, path: str, depth: int) -> Iterator[Record]:
        self._json.take("{")
        while not self._json.take("}"):
            key = self._json.value()
            if not isinstance(key, str) or not self._json.take(":"):
                raise Broken
            yield from self._value(f"{path}.{key}" if path else key, depth + 1)
            self._part("}")

    def _elements(self, path: str, depth: int) -> Iterator[Record]:
        self._json.take("[")
        element = f"{path}[]"
        while not self._json.take("]"):
            if path in self._inner and self._json.peek() == "{":
                yield Record(path, None)
                yield from self._members(element, depth + 1)
            else:
                yield self._one(element)
            self._part("]")

    def _part(self, end: str) -> None:
        """Past the comma, up to the end of what is gone through."""
        if not self._json.take(",") and self._json.peek() != end:
            raise Broken

    def _one(self, path: str) -> Record:
        try:
            return Record(path, self._json.value())
        except TooLong:
            return Record(path, None, _too_large(), self._json.pass_over().encode("utf-8", "replace"))


def text_of(value: Value) -> str:
    """A value as legible text: "" unless it is text or a number."""
    if isinstance(value, str):
        return legible(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def member(value: Value, *keys: str) -> Value:
    """What stands under these keys, one within the other; None where anything is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def elements(value: Value) -> list[object]:
    """A list; empty for anything else."""
    return cast(list[object], value) if isinstance(value, list) else []
