"""From bytes to text without losing a byte.

A byte that the chosen encoding cannot decode becomes the lone surrogate U+DC00 + byte. So the original can be told
exactly, and :func:`legible` makes of it what a person most likely wrote.
"""

import codecs
import re

from charset_normalizer import from_bytes

SAMPLE = 65_536
"""Bytes on which an encoding is decided."""

KEEP = "gehoor_keep"
"""The codec error handler that keeps undecodable bytes as lone surrogates."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1252", "cp1250", "cp850", "mac_roman", "iso8859_15")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_SURROGATES = re.compile("[\ud800-\udfff]+")


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    kept = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in kept), error.end


codecs.register_error(KEEP, _keep)


def encoding_of(sample: bytes) -> str:
    """The name of the codec for text that begins with ``sample``; decode with ``errors=KEEP``."""
    sample = sample[:SAMPLE]
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    return _without_mark(sample) or _utf_8_or_single_byte(sample)


def _without_mark(sample: bytes) -> str:
    """UTF-16 without a byte order mark: Latin text then has a zero in every other byte."""
    even, odd = sample[0::2], sample[1::2]
    if len(odd) < 4:
        return ""
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""


def _utf_8_or_single_byte(sample: bytes) -> str:
    """UTF-8 when most of what is not ASCII is valid UTF-8, so that a few damaged bytes do not spoil the rest."""
    valid = sum(len(found) for found in _MULTIBYTE.findall(sample))
    invalid = len(_HIGH.findall(_MULTIBYTE.sub(b"", sample)))
    if invalid <= 3 and invalid <= valid:
        return "utf-8"
    return "utf-8" if valid > invalid else _single_byte(sample)


def _single_byte(sample: bytes) -> str:
    """cp1252 unless another single-byte encoding clearly reads better."""
    best = from_bytes(sample, steps=3, cp_isolation=list(_SINGLE_BYTE)).best()
    return best.encoding if best is not None and best.encoding in _SINGLE_BYTE else "cp1252"


def decoded(data: bytes) -> str:
    """All of ``data`` as text, in its own encoding, with undecodable bytes kept as lone surrogates."""
    return data.decode(encoding_of(data), KEEP)


def legible(text: str) -> str:
    """``text`` fit to be shown and stored: kept bytes read as cp1252, lone surrogates replaced, NULs left out."""
    return _SURROGATES.sub(_repaired, text).replace("\0", "")


def _repaired(found: re.Match[str]) -> str:
    return "".join(_character(ord(each) - 0xDC00) for each in found.group())


def _character(byte: int) -> str:
    if not 0x20 <= byte <= 0xFF:
        return "�"
    return bytes([byte]).decode("cp1252", "replace")
