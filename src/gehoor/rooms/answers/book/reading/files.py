"""Which kind of file it is, and what stands in it."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from gehoor.channels.base import Document
from gehoor.channels.table.encoding import decoded, encoding_of, legible
from gehoor.channels.table.mapping import UnknownField, listed, shown
from gehoor.kernel.errors import CannotRead, NotRecognised, Refused, TooLarge
from gehoor.kernel.language import sentence
from gehoor.rooms.answers.book.reading.html import read_html
from gehoor.rooms.answers.book.reading.incoming import Read, once
from gehoor.rooms.answers.book.reading.markdown import OWN_MARK, read_markdown
from gehoor.rooms.answers.book.reading.tables import FIELDS, preview, read_table

TEXT_LIMIT = 20 * 1024 * 1024
"""Bytes of Markdown or HTML, which are read whole."""
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|dl|h[1-6]|details|section|div|script|p)\b", re.I
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})", re.I)


class Format(StrEnum):
    """What a file is."""

    TABLE = "table"
    MARKDOWN = "markdown"
    HTML = "html"


class NoQuestion(CannotRead):
    """A table of which nobody said where the questions and answers stand."""

    code = "no_question_column"
    text = sentence("It is not known which columns hold the question and the answer; there are: {columns}.")
    remedy = sentence("Say it with --map question=COLUMN --map answer=COLUMN, or choose the columns on the screen.")
    retry_helps = True


def format_of(document: Document) -> Format:
    """What it is, by its name and how it begins. Raises NotRecognised, Refused."""
    name = document.name.lower()
    head = document.head()
    if not head.strip():
        raise Refused(why=sentence("this file is empty: there is no question and no answer in it"))
    begins = head.decode(encoding_of(head), "replace").lstrip("﻿")
    if begins.lstrip().startswith(OWN_MARK) or name.endswith((".md", ".markdown")):
        return Format.MARKDOWN
    if name.endswith((".html", ".htm", ".xhtml")) or _HTML.match(begins):
        return Format.HTML
    if name.endswith((".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".jsonl", ".ndjson")):
        return Format.TABLE
    if re.search(r"^#{1,6} \S", begins, re.MULTILINE):
        return Format.MARKDOWN
    raise NotRecognised()


def read_file(document: Document, mapping: Mapping[str, str] | None = None) -> Iterator[Read]:
    """Every entry, each once, or why something is none. ``mapping`` says for a table which column holds what; without
    it, what is proposed. Raises CannotRead."""
    kind = format_of(document)
    if kind is Format.TABLE:
        return once(read_table(document, mapping or _proposed(document)))
    text = _text(document)
    return once(read_markdown(text) if kind is Format.MARKDOWN else read_html(text))


def mapping_for(document: Document, given: Mapping[str, str]) -> dict[str, str] | None:
    """For a table, which column holds what: as proposed, with what was ``given`` in its place; None for another file.
    Raises CannotRead."""
    if format_of(document) is not Format.TABLE:
        return None
    if unknown := next((name for name in given if name not in FIELDS), None):
        raise UnknownField(name=shown(unknown), fields=", ".join(FIELDS))
    mapping = {**preview(document).mapping, **given}
    if not {"question", "answer"} <= mapping.keys():
        raise NoQuestion(columns=listed(preview(document).columns))
    return mapping


def _proposed(document: Document) -> Mapping[str, str]:
    return mapping_for(document, {}) or {}


def _text(document: Document) -> str:
    if document.size > TEXT_LIMIT:
        raise TooLarge(what=sentence("file"), limit="20 MiB")
    with document.open() as stream:
        data = stream.read(TEXT_LIMIT)
    said = _CHARSET.search(data[:4096])
    if said:
        try:
            return legible(data.decode(said[1].decode("ascii"), "replace").lstrip("﻿"))
        except LookupError:
            pass
    return legible(decoded(data).lstrip("﻿"))
