"""The survey reader: every open answer a voice, every open question that was left empty counted."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from gehoor.channels.base import Document, Outcome, Recognition, Wishes
from gehoor.channels.salvage import members_of_cut_zip
from gehoor.channels.survey.export import Export
from gehoor.channels.survey.platforms import platform_of
from gehoor.channels.survey.responses import Responses
from gehoor.channels.survey.sheets import CHANNEL, SEVERAL, exports_of
from gehoor.channels.table.encoding import KEEP, encoding_of
from gehoor.channels.table.formats import OLE, ZIP
from gehoor.channels.table.reader import READER as TABLES
from gehoor.kernel.errors import CannotRead, Empty
from gehoor.kernel.language import sentence

SURE, WISHED, HIDDEN = 0.98, 0.97, 0.96
_SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".jsonl", ".ndjson")
_SIGNS = re.compile(
    r"ImportId|ResponseI[dD]|Respondent ID|Response ID|startlanguage|lastpage|Network ID|Submit Date \(UTC\)|"
    r"Antwoord.ID"
)
_PART = 1 << 18
"""Bytes of one part of a workbook that are looked at to recognise it."""
_HEAD = 65_536


class SurveyReader:
    """Reads exports of survey makers, and any table of which is said that it is a survey."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Surer than the table reader of an export that it knows, or of a wished survey with several open questions.

        Whoever says which column is the text has the table reader.
        """
        if {"text", "answer"} & set(wishes.mapping) or (document.path is not None and document.path.is_dir()):
            return Recognition(0.0)
        if PurePosixPath(document.name.lower()).suffix not in _SUFFIXES:
            return Recognition(0.0)
        return Recognition(_confidence(document, wishes))

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every open answer of every response, in order.

        Raises :class:`Damaged` when there are only headings, and as the table reader does, which reads what holds no
        survey after all.
        """
        exports = _surveys(exports_of(document, wishes))
        if not exports:
            yield from TABLES.read(document, wishes)
            return
        empty = True
        for export in exports:
            for outcome in Responses(export, wishes.channel or CHANNEL).outcomes():
                empty = False
                yield outcome
        if empty:
            raise Empty(what=sentence("table"))


def _confidence(document: Document, wishes: Wishes) -> float:
    head = document.head(_HEAD)
    wished = wishes.channel == CHANNEL
    if head.startswith((ZIP, OLE)) and document.size > len(head):
        return HIDDEN if wished or _speaks_of_a_survey(head) else 0.0
    if not (wished or head.startswith(ZIP) or _SIGNS.search(head.decode(encoding_of(head), KEEP))):
        return 0.0
    beginning = Document(document.name, len(head), lambda: BytesIO(head))
    try:
        exports = exports_of(beginning, Wishes(wishes.channel))
    except (CannotRead, RecursionError):
        return 0.0
    if any(_is_known(export) for export in exports):
        return SURE
    return WISHED if wished and _surveys(exports) else 0.0


def _is_known(export: Export) -> bool:
    return platform_of(export.sheet.columns, export.sheet.sample) is not None


def _surveys(exports: list[Export]) -> list[Export]:
    """The exports that we know; any other only when several open questions stand in it."""
    return [each for each in exports if len(each.questions) >= SEVERAL or _is_known(each)]


def _speaks_of_a_survey(head: bytes) -> bool:
    """Whether the parts of a workbook that begin in ``head`` hold words of an export that we know."""
    try:
        for _, part in members_of_cut_zip(BytesIO(head)):
            if _SIGNS.search(part.read(_PART).decode("utf-8", "replace")):
                return True
    except (EOFError, OSError, ValueError, zlib.error):
        return False
    return False


READER = SurveyReader()
