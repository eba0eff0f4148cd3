"""How sure it is that a document is a table, from its name and its first bytes."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from gehoor.channels.base import Document, Wishes
from gehoor.channels.table import delimited
from gehoor.channels.table.delimited import NONE, Shape
from gehoor.channels.table.encoding import KEEP, encoding_of
from gehoor.channels.table.formats import JSON_NAMES, OLE, ZIP, is_json

CERTAIN, LIKELY, PERHAPS, HARDLY = 0.95, 0.8, 0.4, 0.2

_DELIMITED = (".csv", ".tsv", ".tab", ".psv")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_OPEN = ("", ".txt", ".text", ".dat")
"""Names that say nothing: only contents can show a table."""
_MAIL = re.compile(r"(?:From |[A-Za-z][A-Za-z-]{1,40}: )")
_MARKUP = re.compile(r"\s*(?:<[!?a-zA-Z]|%PDF|\{\\rtf|#!)")
_MANY = 3
"""Rows that an unnamed table has at least."""


def confidence(document: Document, wishes: Wishes) -> float:
    """From 0 (no table) to 1. A mapping says that it is one, where the contents allow it."""
    if document.path is not None and document.path.is_dir():
        return 0.0
    suffix = PurePosixPath(document.name.lower()).suffix
    head = document.head()
    judged = _by_contents(document, suffix, head)
    return max(judged, LIKELY) if judged and wishes.mapping else judged


def _by_contents(document: Document, suffix: str, head: bytes) -> float:
    if suffix in _WORKBOOKS:
        return _workbook(suffix, head)
    if suffix not in (*_DELIMITED, *JSON_NAMES, *_OPEN) or head.startswith((ZIP, OLE)) or _is_binary(head):
        return 0.0
    if suffix in JSON_NAMES or is_json(document.name, head):
        return _json(suffix, head)
    text = delimited.beginning(document)
    return 0.0 if _MARKUP.match(text) else _delimited(suffix, text)


def _workbook(suffix: str, head: bytes) -> float:
    if suffix == ".xls":
        return CERTAIN if head.startswith((OLE, ZIP)) else 0.0
    return CERTAIN if head.startswith(ZIP) else PERHAPS


def _is_binary(head: bytes) -> bool:
    """Whether the bytes are no text: signs that no text holds, beyond a stray one."""
    text = head.decode(encoding_of(head), KEEP)
    odd = sum(text.count(chr(sign)) for sign in (*range(9), *range(14, 27)))
    return odd > 0.02 * len(text) + 3


def _json(suffix: str, head: bytes) -> float:
    start = head[:4096].decode(encoding_of(head), "replace").lstrip("﻿ \t\r\n")[:1]
    if start not in {"{", "["}:
        return HARDLY if suffix in JSON_NAMES else 0.0
    return 0.6 if suffix in JSON_NAMES else HARDLY


def _delimited(suffix: str, text: str) -> float:
    shape = delimited.shape_of(text)
    if suffix in _DELIMITED:
        return LIKELY if shape.share > 0.5 else PERHAPS
    lines = text.splitlines()
    return PERHAPS if _is_unnamed_table(shape, lines) else 0.0


def _is_unnamed_table(shape: Shape, lines: Sequence[str]) -> bool:
    """Tabs that cut nearly every line alike, in a text that does not begin as mail does."""
    if shape.delimiter in {NONE, ","} or shape.width < 2 or len(lines) < _MANY or _MAIL.match(lines[0]):
        return False
    cut = sum(line.count(shape.delimiter) == shape.width - 1 for line in lines)
    return shape.delimiter == "\t" and shape.share >= 0.95 and cut >= 0.5 * len(lines)
