"""From the records of a sheet to what was heard.

A record becomes a voice of the customer, then (when the answer is mapped and filled) the reply. Positions count the
records of a sheet from 1; blank lines are no records.
"""

from collections.abc import Callable, Iterator, Mapping

from gehoor.channels.base import Direction, Heard, Identity, NothingSaid, Outcome, Unreadable
from gehoor.channels.table import cells as reads
from gehoor.channels.table.dates import Moments, is_american, is_two_first
from gehoor.channels.table.mapping import places
from gehoor.channels.table.rows import Row, row_of
from gehoor.channels.table.sheet import (
    MEDIA_TYPE,
    Aside,
    Canonical,
    Cell,
    Keyed,
    Record,
    Refused,
    Sheet,
    as_text,
    canonical_keyed,
    is_damaged,
    mended,
)
from gehoor.kernel.errors import CannotRead
from gehoor.kernel.ids import content_hash
from gehoor.kernel.language import sentence

NO_TEXT = sentence("There is no text in this row.")

_Read = Callable[[Cell], object]


class Voices:
    """Makes outcomes of one sheet's records. Raises :class:`CannotRead` when the mapping does not fit the sheet."""

    def __init__(self, sheet: Sheet, mapping: Mapping[str, str], channel: str) -> None:
        found = places(mapping, sheet.columns)
        self._sheet = sheet
        self._channel = channel
        self._texts = found.texts
        self._places = found.fields
        self._needed = max((*found.texts, *found.fields.values())) + 1
        self._canonical = Canonical(sheet.columns)
        self._scope = "\x1f".join(sheet.columns)
        self._identifying = self._plan(
            email=reads.emails,
            phone=reads.phones,
            customer_number=reads.customer_numbers,
            handle=lambda cell: reads.handles(cell, channel),
        )
        self._details = self._plan(
            said_at=self._moments("said_at"),
            author=_line,
            subject=_line,
            adviser=_line,
            score=reads.score,
            id=_line,
            conversation=_line,
            duration=reads.seconds,
            waited=reads.seconds,
        )
        self._answered_at = self._moments("answered_at")

    def _plan(self, **read: _Read) -> tuple[tuple[str, int, _Read], ...]:
        """The mapped fields among ``read``: name in a Heard, place in the record, and how to read it."""
        return tuple(
            (_IN_HEARD.get(field, field), self._places[field], how)
            for field, how in read.items()
            if field in self._places
        )

    def _moments(self, field: str) -> Moments:
        """A reader of this column's dates, which knows whether the column writes them the American way."""
        place = self._places.get(field)
        if place is None or not any(is_two_first(row[place]) for row in self._sheet.sample if place < len(row)):
            return Moments()
        return Moments(american=is_american(_column(self._sheet, place)))

    def outcomes(self) -> Iterator[Outcome]:
        """What the sheet's records say, in order."""
        start = f"{self._sheet.name}!" if self._sheet.name else ""
        for number, record in enumerate(self._sheet.records(), start=1):
            position = f"{start}{number}"
            if type(record) is list:
                yield from self._said(record, self._canonical(record), position)
            else:
                yield from self._uncommon(record, position)

    def _uncommon(self, record: Record, position: str) -> Iterator[Outcome]:
        row = row_of(record, position, self._sheet.columns, self._canonical)
        if isinstance(row, Row):
            yield from self._said(row.cells, row.original, position)
        else:
            yield row

    def _said(self, cells: list[Cell], original: bytes, position: str) -> tuple[Outcome, ...]:
        if is_damaged(original):
            cells = mended(cells)
        if len(cells) < self._needed:
            cells = [*cells, *[""] * (self._needed - len(cells))]
        text = self._text(cells)
        answer = self._cell_text(cells, self._places["answer"]) if "answer" in self._places else ""
        if answer.strip():
            return tuple(self._exchange(cells, original, position, text, answer))
        if text.strip():
            return (self._voice(cells, original, position, text),)
        return (NothingSaid(position, original, MEDIA_TYPE, NO_TEXT),)

    def _text(self, cells: list[Cell]) -> str:
        if len(self._texts) == 1:
            return self._cell_text(cells, self._texts[0])
        parts = (self._cell_text(cells, place) for place in self._texts)
        return "\n\n".join(part for part in parts if part.strip())

    def _cell_text(self, cells: list[Cell], place: int) -> str:
        """A cell's text. Text in the last column that was cut by its own delimiters is joined again."""
        width = len(self._sheet.columns)
        if place == width - 1 and len(cells) > width:
            return self._sheet.joint.join(map(as_text, cells[place:]))
        cell = cells[place]
        return cell if type(cell) is str else as_text(cell)

    def _identities(self, cells: list[Cell]) -> tuple[Identity, ...]:
        found: tuple[Identity, ...] = ()
        for _, place, read in self._identifying:
            found += read(cells[place])  # type: ignore[operator]  # these four give tuples
        return found

    def _details_of(self, cells: list[Cell]) -> dict[str, object]:
        return {name: read(cells[place]) for name, place, read in self._details}

    def _voice(self, cells: list[Cell], original: bytes, position: str, text: str, conversation: str = "") -> Heard:
        details = self._details_of(cells)
        if conversation:
            details["conversation"] = conversation
        return Heard(
            channel=self._channel,
            text=text,
            position=position,
            original=original,
            media_type=MEDIA_TYPE,
            direction=Direction.FROM_CUSTOMER,
            identities=self._identities(cells) if self._identifying else (),
            id_is_global=False,
            scope=self._scope,
            **details,  # type: ignore[arg-type]  # the plan reads each field as its type
        )

    def _exchange(self, cells: list[Cell], original: bytes, position: str, text: str, answer: str) -> Iterator[Heard]:
        """The voice, when there is one, and the reply to it, in one conversation."""
        details = self._details_of(cells)
        native_id = str(details.get("native_id", ""))
        conversation = str(details.get("conversation", "")) or native_id or content_hash(original).hex()[:32]
        if text.strip():
            yield self._voice(cells, original, position, text, conversation)
        place = self._places.get("answered_at")
        yield Heard(
            channel=self._channel,
            text=answer,
            position=position,
            original=original,
            media_type=MEDIA_TYPE,
            direction=Direction.TO_CUSTOMER,
            said_at=None if place is None else self._answered_at(cells[place]),
            recipients=self._identities(cells),
            subject=str(details.get("subject", "")),
            native_id=f"{native_id}#answer" if native_id else "",
            id_is_global=False,
            scope=self._scope,
            thread=(native_id,) if native_id else (),
            conversation=conversation,
            adviser=str(details.get("adviser", "")),
        )


_IN_HEARD = {"id": "native_id", "duration": "duration_seconds", "waited": "waited_seconds"}


def _line(cell: Cell) -> str:
    """A short text on one line."""
    text = as_text(cell)
    return text if text.isalnum() else " ".join(text.split())


def _column(sheet: Sheet, place: int) -> Iterator[Cell]:
    for record in sheet.records():
        if isinstance(record, Keyed):
            yield record.cells.get(sheet.columns[place], "")
        elif not isinstance(record, Refused | Aside) and place < len(record):
            yield record[place]


def unreadable(sheet: Sheet, error: CannotRead) -> Iterator[Outcome]:
    """Every record of a sheet that the mapping does not fit: kept, and listed with the reason."""
    canonical = Canonical(sheet.columns)
    for number, record in enumerate(sheet.records(), start=1):
        if isinstance(record, Refused | Aside):
            original = record.original
        else:
            original = canonical_keyed(record) if isinstance(record, Keyed) else canonical(record)
        yield Unreadable(f"{sheet.name}!{number}" if sheet.name else str(number), original, MEDIA_TYPE, error)
