"""Which kind of table a document is, told by its first bytes and its name."""

from gehoor.channels.base import Document
from gehoor.channels.table import delimited, json_rows, workbook
from gehoor.channels.table.encoding import encoding_of
from gehoor.channels.table.sheet import Sheet
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".ods")
JSON_NAMES = (".json", ".jsonl", ".ndjson")


def sheets_of(document: Document, wanted: frozenset[str] = frozenset()) -> list[Sheet]:
    """The sheets of a document; at least one. Raises :class:`CannotRead`."""
    head = document.head()
    if head.startswith((ZIP, OLE)):
        return workbook.sheets_of(document, wanted)
    if document.name.lower().endswith(WORKBOOK_NAMES) and b"\0" in head[:512]:
        raise Damaged(what=sentence("workbook"), why=sentence("it cannot be unpacked"))
    if is_json(document.name, head):
        return json_rows.sheets_of(document)
    return [delimited.sheet_of(document, wanted)]


def is_json(name: str, head: bytes) -> bool:
    """Whether the text is JSON: by its name, or since it begins as an array or object of JSON does."""
    if name.lower().endswith(JSON_NAMES):
        return True
    start = head[:512].decode(encoding_of(head), "replace").lstrip("﻿ \t\r\n")
    return start[:1] in {"{", "["} and start[1:].lstrip()[:1] in {'"', "{", "[", "}", "]"} and '":' in head_text(head)


def head_text(head: bytes) -> str:
    """The first bytes as text, to look for signs in; spaces left out."""
    return head.decode(encoding_of(head), "replace").replace(" ", "")
