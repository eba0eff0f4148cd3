"""What people type, made fit to keep: without signs that no keyboard has, and no longer than is right."""

import re

from gehoor.analysis.linking.normalise import normalise
from gehoor.channels.base import Identity

LONGEST_TEXT = 20_000
LONGEST_NAME = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ud800-\udfff]")


def one_line(raw: str, longest: int = LONGEST_NAME) -> str:
    """On one line: no break and no control sign can get into the head of a mail by it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in raw).split())[:longest]


def words(raw: str) -> str:
    """A text with its lines, without control signs."""
    return _CONTROL.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()


def reach(raw: str) -> Identity | None:
    """The mail address or phone number that someone gave; None when it is neither."""
    line = one_line(raw, 300)
    if normalise("email", line) is not None:
        return Identity("email", line)
    return Identity("phone", line) if normalise("phone", line) is not None else None
