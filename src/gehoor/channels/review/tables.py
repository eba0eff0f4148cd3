"""Tables of review sites, known by the names of their columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from gehoor.channels.base import Document, Identity, Outcome, Wishes
from gehoor.channels.review.review import Review, as_written
from gehoor.channels.table import cells as reads
from gehoor.channels.table.dates import HOME, Moments, is_american
from gehoor.channels.table.formats import sheets_of
from gehoor.channels.table.rows import Row, row_of
from gehoor.channels.table.sheet import Canonical, Cell, Sheet, as_text
from gehoor.channels.table.words import squeezed

_COMMON: Mapping[str, str] = {
    "text": "reviewtext reviewcontent reviewbody text content body review comments comment feedback toelichting "
    "opmerking",
    "title": "reviewtitle title headline onderwerp titel samenvatting oneliner beoordelinginéénzin",
    "score": "starrating reviewstars stars reviewrating rating totaalscore score cijfer beoordeling sterren",
    "said_at": "reviewsubmitdateandtime reviewcreatedutc createddateutc reviewcreated reviewdate createddate createdat "
    "date datum dateposted reviewdatum dateandtime aangemaakt",
    "author": "reviewusername consumername reviewername reviewernickname reviewer author username naam name auteur",
    "email": "consumeremail customeremail reviewuseremail email emailadres",
    "customer_number": "referenceid referencenumber referentienummer klantnummer",
    "id": "reviewid reviewlink beoordelingid id",
    "answer": "developerreplytext companyreply companyreplytext companyreplycontent ownerresponse ownerreply "
    "hostresponse response reply reactie reactiebedrijf antwoord",
    "answered_at": "developerreplydateandtime companyreplydateutc companyreplydate replydate responsedate reactiedatum "
    "datumreactie",
}
"""Field to the names that its column may have, the surest first; lower case, letters and digits only."""


@dataclass(frozen=True, slots=True)
class Site:
    """``signs``: sets of columns, of which one has to stand in the table as a whole."""

    name: str
    signs: tuple[str, ...]


SITES = (
    Site("google-play", ("packagename starrating reviewtext",)),
    Site("trustpilot", ("reviewcontent reviewstars", "reviewtext reviewstars", "reviewusername reviewstars")),
    Site("app-store", ("reviewernickname rating", "storefront rating title review")),
    Site("airbnb", ("listingid comments", "listingid feedback id")),
    Site("klantenvertellen", ("totaalscore aanbeveling naam", "totaalscore samenvatting")),
    Site("google", ("starrating comment reviewer", "reviewid starrating comment")),
)


def site_of(columns: Sequence[str]) -> Site | None:
    """The site whose table has these columns; None for any other table."""
    names = {squeezed(column) for column in columns}
    return next((site for site in SITES for signs in site.signs if set(signs.split()) <= names), None)


def known_sheets(document: Document) -> list[tuple[Sheet, Site | None]]:
    """The sheets of a document, each with its site. Raises :class:`CannotRead`."""
    wanted = frozenset(
        {"Review Text", "Star Rating", "Review Content", "listing_id", "Totaalscore", "reviewerNickname"}
    )
    return [(sheet, site_of(sheet.columns)) for sheet in sheets_of(document, wanted)]


def outcomes(sheet: Sheet, site: Site, wishes: Wishes) -> Iterator[Outcome]:
    """Every review of a sheet, in order."""
    yield from _Table(sheet, site, wishes).outcomes()


class _Table:
    def __init__(self, sheet: Sheet, site: Site, wishes: Wishes) -> None:
        self._sheet = sheet
        self._site = site
        self._wishes = wishes
        self._canonical = Canonical(sheet.columns)
        self._places = _places(sheet)
        self._said_at, self._answered_at = self._moments("said_at"), self._moments("answered_at")
        self._scope = "\x1f".join(sheet.columns)

    def _moments(self, field: str) -> Moments:
        at = self._places.get(field)
        if at is None:
            return Moments()
        american = is_american(row[at] for row in self._sheet.sample if at < len(row))
        return Moments(american=american, zone=UTC if "utc" in self._sheet.columns[at].casefold() else HOME)

    def outcomes(self) -> Iterator[Outcome]:
        start = f"{self._sheet.name}!" if self._sheet.name else ""
        for number, record in enumerate(self._sheet.records(), start=1):
            row = row_of(record, f"{start}{number}", self._sheet.columns, self._canonical)
            if isinstance(row, Row):
                yield from self._review(row, f"{start}{number}").outcomes(self._wishes)
            else:
                yield row

    def _review(self, row: Row, position: str) -> Review:
        cells = row.cells
        native_id = self._line(cells, "id")
        return Review(
            position=position,
            original=row.original,
            text=as_written(as_text(self._cell(cells, "text"))),
            title=self._line(cells, "title"),
            score=reads.score(self._cell(cells, "score")),
            said_at=self._said_at(self._cell(cells, "said_at")),
            author=self._line(cells, "author"),
            identities=self._identities(cells),
            native_id=f"{self._site.name}-{native_id}".replace(" ", "-") if native_id else "",
            answer=as_text(self._cell(cells, "answer")),
            answered_at=self._answered_at(self._cell(cells, "answered_at")),
            scope=self._scope,
        )

    def _cell(self, cells: list[Cell], field: str) -> Cell:
        at = self._places.get(field, len(cells))
        return cells[at] if at < len(cells) else ""

    def _line(self, cells: list[Cell], field: str) -> str:
        return " ".join(as_text(self._cell(cells, field)).split())

    def _identities(self, cells: list[Cell]) -> tuple[Identity, ...]:
        return reads.emails(self._cell(cells, "email")) + reads.customer_numbers(self._cell(cells, "customer_number"))


def _places(sheet: Sheet) -> dict[str, int]:
    """Field to column: the first of a field's names that the table has."""
    names = [squeezed(column) for column in sheet.columns]
    found: dict[str, int] = {}
    for field, wanted in _COMMON.items():
        at = next(
            (names.index(name) for name in wanted.split() if name in names and names.index(name) not in found.values()),
            -1,
        )
        if at >= 0:
            found[field] = at
    return found
