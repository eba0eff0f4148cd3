"""Questions and answers in a table: which column holds what, and a row as an entry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gehoor.channels.base import Document, Unreadable
from gehoor.channels.table.encoding import legible
from gehoor.channels.table.formats import sheets_of
from gehoor.channels.table.mapping import UnknownColumn, listed, shown
from gehoor.channels.table.rows import Row, row_of
from gehoor.channels.table.sheet import Canonical, Cell, Sheet, as_text
from gehoor.channels.table.words import squeezed
from gehoor.kernel.language import LANGUAGES
from gehoor.rooms.answers.book.reading.html import plain_text
from gehoor.rooms.answers.book.reading.incoming import (
    Incoming,
    Read,
    Unread,
    looked_at,
    read_audience,
    read_day,
    read_id,
    read_language,
    read_state,
)
from gehoor.rooms.answers.models import Manner

_FORMS = {f"{manner.value}_{language}": (manner.value, language) for manner in Manner for language in LANGUAGES}
FIELD_WORDS: Mapping[str, str] = {
    "question": "question vraag vraagstelling questions faq titel title klantvraag name naam",
    "answer": "answer antwoord referenceanswer antwoordtekst text tekst standaardantwoord body inhoud content reply",
    "id": "id nummer nr key sleutel faqid vraagid identifier guid uuid code kenmerk articleid artikelnummer",
    "phrasings": "phrasings phrasing varianten andersgevraagd ookzogevraagd synoniemen synonyms alternatives "
    "alternatievevragen formuleringen trainingphrases utterances",
    "subject": "subject subjects onderwerp onderwerpen categorie category rubriek thema theme groep group sectie",
    "language": "language taal lang locale",
    "state": "state status staat",
    "audience": "audience doelgroep zichtbaarheid visibility publiek",
    "owner": "owner eigenaar beheerder verantwoordelijke redacteur contentowner",
    "valid_from": "validfrom geldigvanaf geldigvan ingangsdatum startdatum geldigper publicatiedatum",
    "valid_to": "validto geldigtot geldigtotenmet einddatum vervaldatum expires expirydate verloopt",
    "review_on": "reviewon reviewdate nakijkenop herzieningsdatum reviewdatum controledatum",
    **{name: name.replace("_", "") for name in _FORMS},
}
"""What a column can hold, and the words that name it: lower case, without anything but letters and digits."""
FIELDS = tuple(FIELD_WORDS)
_MEANS = {word: field for field, words in FIELD_WORDS.items() for word in words.split()}
SHOWN = 5
"""Rows of a table that are shown before it is read."""


@dataclass(frozen=True, slots=True)
class Preview:
    """How a table begins, and what each field is proposed to stand in."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: Mapping[str, str]


def preview(document: Document) -> Preview:
    """The columns, the first rows and the mapping proposed. Raises CannotRead."""
    sheet = _sheet(document)
    rows = tuple(tuple(legible(as_text(cell)) for cell in row) for row in sheet.sample[:SHOWN])
    columns = tuple(map(legible, sheet.columns))
    return Preview(columns, rows, propose(columns))


def propose(columns: Sequence[str]) -> dict[str, str]:
    """Field to column, by the names of the columns; the first that fits."""
    found: dict[str, str] = {}
    for column in columns:
        field = _MEANS.get(squeezed(column), "")
        if field and field not in found:
            found[field] = column
    return found


def read_table(document: Document, mapping: Mapping[str, str]) -> Iterator[Read]:
    """Every row as an entry, or why it is none. Raises CannotRead, UnknownColumn."""
    sheet = _sheet(document, frozenset(filter(None, mapping.values())))
    places = {field: _place(column, sheet.columns) for field, column in mapping.items() if column}
    canonical = Canonical(sheet.columns)
    for number, record in enumerate(sheet.records(), start=1):
        row = row_of(record, str(number), sheet.columns, canonical)
        if isinstance(row, Row):
            yield _entry(number, row.cells, places)
        elif isinstance(row, Unreadable):
            yield Unread(f"row {number}", row.error.reason)


def _sheet(document: Document, wanted: frozenset[str] = frozenset()) -> Sheet:
    """The sheet with most columns that we know; the first of those."""
    sheets = sheets_of(document, wanted)
    return max(sheets, key=lambda sheet: len(propose(sheet.columns)))


def _place(name: str, columns: Sequence[str]) -> int:
    plain = " ".join(name.casefold().split())
    found = next((at for at, each in enumerate(columns) if " ".join(legible(each).casefold().split()) == plain), None)
    if found is None:
        raise UnknownColumn(name=shown(name), columns=listed(columns))
    return found


def _entry(number: int, cells: Sequence[Cell], places: Mapping[str, int]) -> Read:
    def cell(field: str) -> Cell:
        at = places.get(field)
        return cells[at] if at is not None and at < len(cells) else None

    def text(field: str) -> str:
        return unguarded(legible(as_text(cell(field))).strip())

    def said(field: str) -> str | None:
        return text(field) if field in places else None

    forms = tuple((*_FORMS[name], _plain(text(name))) for name in _FORMS if text(name))
    return looked_at(
        Incoming(
            place=f"row {number}",
            question=_plain(text("question")),
            text=_plain(text("answer")),
            key=text("id")[:300],
            own=read_id(text("id")),
            phrasings=tuple(cut(text("phrasings"))),
            forms=forms if any(name in places for name in _FORMS) else None,
            language=read_language(text("language")),
            subject=said("subject"),
            state=read_state(text("state")),
            audience=read_audience(text("audience")),
            owner=said("owner"),
            valid_from=read_day(cell("valid_from")),
            valid_to=read_day(cell("valid_to")),
            review_on=read_day(cell("review_on")),
            says_days="valid_from" in places and "valid_to" in places and "review_on" in places,
        )
    )


def cut(written: str) -> list[str]:
    """Several phrasings of one cell: a line each, or apart with bars."""
    return [each.strip() for each in (written.splitlines() if "\n" in written else written.split("|")) if each.strip()]


_MARKUP = ("<p>", "<p ", "<br", "<ul", "<ol", "<div", "<a href", "</")


def _plain(text: str) -> str:
    """Text without markup, where somebody kept markup in a cell."""
    low = text[:20_000].lower()
    return plain_text(text) if "<" in low and sum(mark in low for mark in _MARKUP) >= 2 else text


_RUNS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Text for a cell that no program takes for a formula."""
    return f"'{text}" if text.startswith((*_RUNS, "'")) else text


def unguarded(text: str) -> str:
    """What :func:`guarded` made, as it was."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*_RUNS, "'")) else text
