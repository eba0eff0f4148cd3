"""Mends the text of Facebook's exports: each byte of UTF-8 stands in them as a sign of its own (``\\u00c3\\u00a9``).

Such a file is ASCII throughout and escapes nothing beyond ``\\u00ff``. Of any other file nothing is mended, and of a
broken one only text that is UTF-8 when its signs are taken as bytes.
"""

import re
from collections.abc import Callable

from gehoor.channels.base import Document
from gehoor.channels.json_records import Value

_PIECE = 1 << 20
_PROPER = re.compile(rb"[\x80-\xff]|(?<!\\)(?:\\\\)*\\u(?!00)[0-9a-fA-F]{4}")
_LONGEST_SIGN = 16

Mend = Callable[[Value], Value]


def is_broken(document: Document) -> bool:
    """Whether the text of a file is to be mended. Reads all of it, a piece at a time."""
    with document.open() as stream:
        kept = b""
        while piece := stream.read(_PIECE):
            if _PROPER.search(kept + piece):
                return False
            kept = (kept + piece)[-_LONGEST_SIGN:]
    return True


def mended(value: Value) -> Value:
    """The value with all text in it mended, once."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [mended(each) for each in value]
    if isinstance(value, dict):
        return {_text(key): mended(each) for key, each in value.items()}
    return value


def as_it_is(value: Value) -> Value:
    """The value of a file that is not broken."""
    return value


def mending(document: Document) -> Mend:
    """What has to be done with every value of a file."""
    return mended if is_broken(document) else as_it_is


def _text(text: str) -> str:
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
