"""Reads exports of review sites: tables and JSON. See README.md."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from gehoor.channels.base import Document, Outcome, Recognition, Wishes
from gehoor.channels.review import sites, tables
from gehoor.channels.table.encoding import KEEP, encoding_of
from gehoor.channels.table.formats import OLE, ZIP
from gehoor.channels.table.reader import READER as TABLES
from gehoor.kernel.errors import CannotRead, Empty
from gehoor.kernel.language import sentence

SURE = 0.97
_JSON = (".json", ".jsonl", ".ndjson")
_TABLES = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", *_JSON)
_SMALL = 4 << 20
"""Bytes of a workbook that is opened to recognise it."""


class ReviewReader:
    """See README.md beside this file."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Sure of what has the members or columns of a site that it knows. A mapping is for the table reader."""
        is_folder = document.path is not None and document.path.is_dir()
        if is_folder or wishes.mapping or wishes.channel not in {"", "review"}:
            return Recognition(0.0)
        suffix = PurePosixPath(document.name.lower()).suffix
        if suffix not in _TABLES:
            return Recognition(0.0)
        if suffix in _JSON and sites.site_of(_head(document)):
            return Recognition(SURE)
        return Recognition(SURE if suffix not in _JSON and _is_known_table(document) else 0.0)

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every review, with the owner's answer. Raises as the table reader does, which reads what no site wrote."""
        head = document.head()
        site = "" if head.startswith((ZIP, OLE)) else sites.site_of(_head(document))
        if site and document.name.lower().endswith(_JSON):
            yield from sites.outcomes(document, site, wishes)
            return
        found = [(sheet, of) for sheet, of in tables.known_sheets(document) if of is not None]
        if not found:
            yield from TABLES.read(document, wishes)
            return
        empty = True
        for sheet, of in found:
            for outcome in tables.outcomes(sheet, of, wishes):
                empty = False
                yield outcome
        if empty:
            raise Empty(what=sentence("table"))


def _head(document: Document) -> str:
    head = document.head()
    return head.decode(encoding_of(head), KEEP)


def _is_known_table(document: Document) -> bool:
    head = document.head()
    is_workbook = head.startswith((ZIP, OLE))
    if is_workbook and document.size > len(head):
        return document.size <= _SMALL and _any_known(document)
    return _any_known(Document(document.name, len(head), lambda: BytesIO(head)))


def _any_known(document: Document) -> bool:
    try:
        return any(site is not None for _, site in tables.known_sheets(document))
    except (CannotRead, RecursionError):
        return False


READER = ReviewReader()
"""The reader of reviews."""
