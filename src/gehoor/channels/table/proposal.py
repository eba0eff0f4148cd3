"""Proposes which column holds what: from the names of the columns, then from what stands in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gehoor.channels.base import Document, Wishes
from gehoor.channels.table import cells as reads
from gehoor.channels.table.dates import Moments, is_american
from gehoor.channels.table.formats import sheets_of
from gehoor.channels.table.mapping import wanted_columns
from gehoor.channels.table.sheet import Cell, Sheet, as_text
from gehoor.channels.table.words import FIELDS, field_named, squeezed

UNKNOWN_CHANNEL = "note"
"""The channel of a table that nobody named and that looks like no other."""

_COUNTERS = (
    "nummer",
    "number",
    "turn",
    "count",
    "aantal",
    "index",
    "jaar",
    "year",
    "leeftijd",
    "age",
    "maand",
    "month",
)
_CHANNEL_SIGNS = (
    ("x", ("tweet", "tweetid", "retweets", "retweetcount", "screenname", "twitterhandle")),
    ("review", ("review", "reviews", "reviewid", "reviewtext", "reviewer", "sterren", "stars", "listingid")),
    ("mystery_visit", ("mysteryshopper", "bezoekrapport", "mysteryvisit", "bezoekdatum")),
    ("forum", ("topic", "topicid", "forum", "forumid", "topictitel")),
    ("call", ("duration", "duur", "gespreksduur", "callduration", "wachttijd", "callid", "transcript")),
    ("chat", ("chatid", "utterance", "utteranceid", "turnnumber", "convoid", "chat")),
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What the mapping screen shows of one table: its columns, its first rows as text, and the mapping proposed."""

    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: Mapping[str, str]
    channel: str


def propose(document: Document, wishes: Wishes) -> Mapping[str, str]:
    """Field to column for the first sheet that holds text; empty when none does. Raises :class:`CannotRead`."""
    proposals = (propose_for(sheet) for sheet in sheets_of(document, wanted_columns(wishes.mapping)))
    return next((proposal for proposal in proposals if "text" in proposal), {})


def preview(document: Document, wishes: Wishes, rows: int = 5) -> Preview:
    """The first sheet that holds text (else the first), with its first rows. Raises :class:`CannotRead`."""
    sheets = sheets_of(document, wanted_columns(wishes.mapping))
    sheet = next((each for each in sheets if "text" in propose_for(each)), sheets[0])
    mapping = dict(wishes.mapping) or propose_for(sheet)
    first = tuple(tuple(map(as_text, row)) for row in sheet.sample[:rows])
    channel = wishes.channel or propose_channel(sheet.columns, mapping)
    return Preview(sheet.name, sheet.columns, first, mapping, channel)


def propose_for(sheet: Sheet) -> dict[str, str]:
    """Field to column for one sheet, in the order of ``FIELDS``; without ``text`` when no column holds any."""
    columns = [_Column(name, _filled(sheet, place)) for place, name in enumerate(sheet.columns)]
    found: dict[str, str] = {}
    for naming in (_by_name, _by_word, _by_content):
        free = [column for column in columns if column.name not in found.values()]
        for field, column in naming(free):
            if field not in found and column.name not in found.values():
                found[field] = column.name
    return {field: found[field] for field in FIELDS if field in found}


def propose_channel(columns: Sequence[str], mapping: Mapping[str, str]) -> str:
    """The channel that the columns speak of: a score beside text is a survey; without any sign, a note."""
    names = {squeezed(part) for column in columns for part in (column, column.rpartition(".")[2])}
    for channel, signs in _CHANNEL_SIGNS:
        if names & set(signs):
            return channel
    return "survey" if "score" in mapping else UNKNOWN_CHANNEL


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    filled: tuple[Cell, ...]

    def share(self, test: Callable[[Cell], object]) -> float:
        """Which part of the filled cells passes."""
        return sum(bool(test(cell)) for cell in self.filled) / len(self.filled) if self.filled else 0.0

    @property
    def length(self) -> float:
        """Characters of prose in a cell, on average; what has no spaces is no prose."""
        texts = [as_text(cell) for cell in self.filled]
        return sum(len(text) for text in texts if len(text.split()) > 2) / len(texts) if texts else 0.0


def _filled(sheet: Sheet, place: int) -> tuple[Cell, ...]:
    cells = (row[place] for row in sheet.sample if place < len(row))
    return tuple(cell for cell in cells if cell is not None and cell != "")


Found = list[tuple[str, _Column]]


def _by_name(columns: Sequence[_Column]) -> Found:
    return _named(columns, lambda column: [column.name, column.name.rpartition(".")[2]])


def _by_word(columns: Sequence[_Column]) -> Found:
    """By a single word of the name; only when the contents fit clearly."""
    found = _named(columns, lambda column: column.name.replace("_", " ").replace("-", " ").split())
    return [(field, column) for field, column in found if field in _WORDED and column.filled]


def _named(columns: Sequence[_Column], parts: Callable[[_Column], list[str]]) -> Found:
    """Columns by what a part of their name means, as far as the contents allow it; the longest text goes first."""
    found = []
    for column in columns:
        fields = (field_named(part) for part in parts(column))
        field = next((each for each in fields if each), "")
        if field and _fits(field, column):
            found.append((field, column))
    return sorted(found, key=lambda each: -each[1].length if each[0] in {"text", "answer"} else 0)


def _by_content(columns: Sequence[_Column]) -> Found:
    prose = sorted((column for column in columns if column.length >= 10), key=lambda column: -column.length)
    found = [("text", column) for column in prose[:1]]
    for field, fits in _TELLING.items():
        found.extend((field, column) for column in columns if column.filled and fits(column))
    return found


def _has_dates(column: _Column) -> bool:
    """Dates in writing: a column of bare numbers has to be named to count as one of dates."""
    moment = _moments(column)
    return column.share(lambda cell: _is_written(cell) and moment(cell)) >= 0.8


def _moments(column: _Column) -> Moments:
    return Moments(american=is_american(column.filled))


def _is_written(cell: Cell) -> bool:
    text = as_text(cell)
    return not isinstance(cell, int | float) and len(text) >= 6 and not text.replace(".", "").isdecimal()


def _is_mark(cell: Cell) -> bool:
    mark = reads.score(cell)
    return mark is not None and 0 <= mark <= 10 and mark.is_integer() and len(as_text(cell)) <= 4


def _is_trunk_phone(cell: Cell) -> bool:
    return as_text(cell).strip().startswith(("0", "+")) and bool(reads.phones(cell))


def _has_marks(column: _Column) -> bool:
    """Small whole numbers that come back, in a column that does not count anything."""
    if any(word in squeezed(column.name) for word in _COUNTERS) or column.share(_is_mark) < 1.0:
        return False
    marks = [reads.score(cell) or 0.0 for cell in column.filled]
    return 3 <= len(set(marks)) < len(marks) and sum(marks) / len(marks) > 2.5


_WORDED = ("text", "said_at", "answered_at", "email", "phone", "duration", "waited")
_FITS: dict[str, Callable[[Cell], object]] = {
    "text": lambda cell: len(as_text(cell).split()) > 1,
    "email": reads.emails,
    "phone": reads.phones,
    "score": lambda cell: reads.score(cell) is not None,
    "duration": lambda cell: reads.seconds(cell) is not None,
    "waited": lambda cell: reads.seconds(cell) is not None,
}

_TELLING: dict[str, Callable[[_Column], bool]] = {
    "said_at": _has_dates,
    "email": lambda column: column.share(reads.emails) >= 0.6,
    "phone": lambda column: column.share(_is_trunk_phone) >= 0.6,
    "score": _has_marks,
}


def _fits(field: str, column: _Column) -> bool:
    """Whether the contents allow the field that the name suggests; an empty column shows nothing against it."""
    test = _moments(column) if field in {"said_at", "answered_at"} else _FITS.get(field)
    if test is None or not column.filled:
        return True
    return column.share(test) >= (0.2 if field == "text" else 0.5)
