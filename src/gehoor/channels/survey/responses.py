"""From the responses of an export to what was heard: a voice for each open answer that says something."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from gehoor.channels.base import Direction, Heard, Identity, NothingSaid, Outcome
from gehoor.channels.survey.export import Export, Question
from gehoor.channels.survey.platforms import squeezed
from gehoor.channels.survey.sheets import is_blank
from gehoor.channels.table import cells as reads
from gehoor.channels.table.dates import Moments, is_american, is_two_first
from gehoor.channels.table.rows import Row, row_of
from gehoor.channels.table.sheet import (
    MEDIA_TYPE,
    Aside,
    Canonical,
    Cell,
    Keyed,
    Refused,
    as_text,
)
from gehoor.channels.table.voices import NO_TEXT
from gehoor.kernel.ids import content_hash
from gehoor.kernel.language import sentence

LEFT_EMPTY = sentence("The open question was left empty.")
SAYS_NOTHING = sentence("The open answer says nothing, such as “-” or “n/a”.")
PREVIEW = sentence("A preview or a test of the survey, not a customer's answer.")
UNFINISHED = sentence("The survey was not finished, and no open question was answered.")
NO_OPEN_QUESTION = sentence("No open question was put in this response.")

_LONGEST_ID = 200
_TRIED = re.compile(r"preview|vorschau|voorbeeld|voorvertoning|aperçu|vista previa|\btest\b", re.IGNORECASE)
_TRIED_CODES = frozenset({"1", "2", "9", "17"})
_NOT_FINISHED = frozenset({"0", "false", "falsch", "onwaar", "nee", "no", "faux", "falso"})
_NOT_FINISHED_TYPES = frozenset({"started", "partial"})
_ANONYMOUS = frozenset({"", "anonym", "anonymous", "anoniem", "anonyme", "anónimo"})
_NOTHING = frozenset(
    {"nvt", "na", "niet van toepassing", "not applicable", "null", "none given", "nan", "x", "99", "-99"}
)
_UNDATED = datetime(1980, 1, 2, tzinfo=UTC)
"""LimeSurvey writes the first of January 1980 where it was told to keep no dates."""
_WORDS = re.compile(r"\w")


class Responses:
    """Makes outcomes of the responses of one export, in the given channel."""

    def __init__(self, export: Export, channel: str) -> None:
        self._export = export
        self._channel = channel
        self._columns = export.sheet.columns
        self._canonical = Canonical(self._columns)
        self._scope = "\x1f".join(self._columns)
        self._moments = [(place, self._reader_of(place)) for place in export.roles.get("said_at", ())]

    def _reader_of(self, place: int) -> Moments:
        cells = [row[place] for row in self._export.sheet.sample[self._export.lead :] if place < len(row)]
        american = any(map(is_two_first, cells)) and (
            is_american(self._column(place)) or (self._export.month_first and not self._day_first(place))
        )
        return Moments(american=american, zone=self._export.zone)

    def _day_first(self, place: int) -> bool:
        """Whether some date in the column can only begin with its day."""
        starts = (as_text(cell).strip()[:2] for cell in self._column(place) if is_two_first(cell))
        return any(start.isdecimal() and int(start) > 12 for start in starts)

    def _column(self, place: int) -> Iterator[Cell]:
        for record in self._export.sheet.records():
            if isinstance(record, Keyed):
                yield record.cells.get(self._columns[place], "")
            elif not isinstance(record, Refused | Aside) and place < len(record):
                yield record[place]

    def outcomes(self) -> Iterator[Outcome]:
        """What the responses say, in order. The rows of headings are no items."""
        name = self._export.sheet.name
        start = f"{name}!" if name else ""
        for number, record in enumerate(self._export.sheet.records(), start=1 - self._export.lead):
            if number < 1:
                continue
            position = f"{start}{number}"
            row = row_of(record, position, self._columns, self._canonical)
            if isinstance(row, Row):
                cells = [*row.cells, *[""] * (len(self._columns) - len(row.cells))]
                yield from self._response(cells, row.original, position)
            else:
                yield row

    def _response(self, cells: list[Cell], original: bytes, position: str) -> Iterator[Outcome]:
        silent = self._silence(cells)
        if silent:
            yield NothingSaid(position, original, MEDIA_TYPE, silent)
            return
        finished = self._is_finished(cells)
        told = False
        for question in self._export.questions:
            outcome = self._answer(question, cells, original, position, finished=finished)
            if outcome is not None:
                told = True
                yield outcome
        if not told:
            yield NothingSaid(position, original, MEDIA_TYPE, NO_OPEN_QUESTION if finished else UNFINISHED)

    def _silence(self, cells: list[Cell]) -> str:
        """Why a whole row is nobody's response, ``""`` when it is somebody's."""
        if is_blank(cells):
            return NO_TEXT
        status = self._text(cells, "status")
        tried = status in _TRIED_CODES or _TRIED.search(status) or _TRIED.search(self._text(cells, "distribution"))
        return PREVIEW if tried else ""

    def _is_finished(self, cells: list[Cell]) -> bool:
        finished = self._text(cells, "finished").casefold()
        if finished:
            return finished not in _NOT_FINISHED
        if self._text(cells, "status").casefold() in _NOT_FINISHED_TYPES:
            return False
        progress = self._text(cells, "progress")
        if progress:
            return progress == "100"
        places = self._export.roles.get("recorded", ())
        return not places or bool(self._text(cells, "recorded"))

    def _answer(
        self, question: Question, cells: list[Cell], original: bytes, position: str, *, finished: bool
    ) -> Outcome | None:
        """What stands under one question; None when the question was not put, or its silence says nothing."""
        text = as_text(cells[question.place]).strip()
        position = f"{position}/{question.label}"
        if text in self._export.not_shown and text:
            return None
        if text and not says_nothing(text):
            return self._voice(question, cells, original, position, text)
        if text:
            return NothingSaid(position, original, MEDIA_TYPE, SAYS_NOTHING)
        return NothingSaid(position, original, MEDIA_TYPE, LEFT_EMPTY) if finished and not question.aside else None

    def _voice(self, question: Question, cells: list[Cell], original: bytes, position: str, text: str) -> Heard:
        response = " ".join(self._text(cells, "id").split())[:_LONGEST_ID].replace(" ", "_")
        score = self._export.roles.get("score", ())
        return Heard(
            channel=self._channel,
            text=text,
            position=position,
            original=original,
            media_type=MEDIA_TYPE,
            direction=Direction.FROM_CUSTOMER,
            said_at=self._said_at(cells),
            author=self._author(cells),
            identities=self._identities(cells),
            subject=question.text,
            native_id=f"{response}#{question.key}" if response else "",
            id_is_global=False,
            scope=self._scope,
            conversation=response or content_hash(original).hex()[:32],
            score=reads.score(cells[score[0]]) if score else None,
        )

    def _said_at(self, cells: list[Cell]) -> datetime | None:
        """When it was recorded, else ended, else begun."""
        found = (moment for place, read in self._moments if (moment := read(cells[place])) is not None)
        return next((moment for moment in found if moment > _UNDATED), None)

    def _text(self, cells: list[Cell], role: str) -> str:
        """The first filled cell of a role."""
        places = self._export.roles.get(role, ())
        return next((text for place in places if (text := as_text(cells[place]).strip())), "")

    def _author(self, cells: list[Cell]) -> str:
        parts = (self._text(cells, "first_name"), self._text(cells, "last_name"))
        name = " ".join(part for part in parts if part) or self._text(cells, "author")
        name = " ".join(name.split())
        return "" if name.casefold() in _ANONYMOUS else name

    def _identities(self, cells: list[Cell]) -> tuple[Identity, ...]:
        found: tuple[Identity, ...] = ()
        for role, read in _IDENTIFYING.items():
            for place in self._export.roles.get(role, ()):
                found += read(cells[place])
        return tuple(dict.fromkeys(found))


def _reference(cell: Cell) -> tuple[Identity, ...]:
    """What the organisation sent along to know the customer by: a number, or an address."""
    return reads.emails(cell) or reads.customer_numbers(cell)


_IDENTIFYING = {"email": reads.emails, "phone": reads.phones, "customer_number": _reference}


def says_nothing(text: str) -> bool:
    """Whether an answer is filled in only to get past the question."""
    return not _WORDS.search(text) or squeezed(text) in _NOTHING
