"""A list of calls: a table with a column that names files, and what it tells about each of them."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from gehoor.channels.base import Document, Identity
from gehoor.channels.call.facts import Facts
from gehoor.channels.table import cells
from gehoor.channels.table.dates import Moments, is_american
from gehoor.channels.table.delimited import shape_of
from gehoor.channels.table.encoding import decoded, legible
from gehoor.channels.table.lines import allow_long_cells
from gehoor.channels.table.words import field_named, squeezed
from gehoor.kernel.errors import CannotRead

LARGEST = 16 << 20
"""Bytes of a list that is looked at."""
_NAMES = (".csv", ".tsv", ".txt")
_FILE = re.compile(r"\.(?:wav|wave|mp3|ogg|oga|opus|m4a|vtt|srt|json|txt)\b", re.IGNORECASE)
_OWN_WORDS = {
    "file": "bestand bestandsnaam file filename naambestand opname opnamebestand opnamenaam recording recordingfile "
    "recordingname recordingfilename audio audiobestand audiofile geluidsbestand transcriptbestand",
    "time": "tijd time tijdstipgesprek starttijd starttime begintijd aanvang",
    "said_at": "datumgesprek gespreksdatum calldate calltime start gestart begonnen starttijdstip",
    "phone": "beller bellernummer nummerbeller nummervanbeller callerid caller callernumber ani cli klanttelefoon",
    "customer_number": "relatienr customer klantcode",
    "adviser": "toestel extension medewerkercode agentid operator",
    "waited": "wachtseconden waitedseconds wachttijdseconden waitseconds wachttijds inwacht queueseconds holdtime",
    "duration": "duurseconden gespreksduurseconden lengte length seconds seconden",
    "side": "klantkant klantzijde kantklant customerside customerchannel klantkanaal kanaalklant sideofcustomer",
    "author": "klantnaam naamklant",
}
_OURS = {word: field for field, words in _OWN_WORDS.items() for word in words.split()}
_LEFT, _RIGHT = {"left", "links", "l", "0", "a"}, {"right", "rechts", "r", "1", "b"}

Row = Mapping[str, str]


def could_be_list(name: str) -> bool:
    """Whether a file's name is one that a list may have."""
    return name.lower().endswith((".csv", ".tsv"))


def files_named(document: Document) -> list[str]:
    """The files that a list names; none when it is no such list, or when customers speak in it themselves."""
    head = document.head()
    if document.size > LARGEST or not _FILE.search(head.decode("latin-1").replace("\0", "")):
        return []
    listed = _read(document)
    return [] if listed.holds_voices else list(listed.facts)


def facts_of(document: Document, name: str) -> Facts:
    """What a list tells about the file of this name; nothing when it does not name it."""
    if document.size > LARGEST:
        return Facts()
    return _read(document).facts.get(name, Facts())


@dataclass(frozen=True, slots=True)
class _List:
    """Facts by file name, and whether a column holds what customers said."""

    facts: Mapping[str, Facts]
    holds_voices: bool = False


def _read(document: Document) -> _List:
    try:
        with document.open() as stream:
            return _listed(stream.read(LARGEST))
    except (CannotRead, OSError):
        return _List({})


@lru_cache(maxsize=4)
def _listed(data: bytes) -> _List:
    """What a list says. The bytes are the key, so that a list of many calls is read once."""
    rows = _rows(legible(decoded(data)))
    american = is_american(row["said_at"] for row in rows if "said_at" in row)
    moments = Moments(american=american)
    facts = {_last(row["file"]): _facts(row, moments) for row in rows if "file" in row}
    return _List(MappingProxyType(facts), any("text" in row for row in rows))


def _rows(text: str) -> list[Row]:
    """The rows of a table that names files, by field; none of any other table."""
    allow_long_cells()
    shape = shape_of(text[:65_536])
    if shape.declared:
        text = text.partition("\n")[2]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=shape.delimiter)
    try:
        columns = [_field(name) for name in next(rows, [])]
        if "file" not in columns:
            return []
        return list(_by_field(columns, rows))
    except csv.Error:
        return []


def _by_field(columns: Sequence[str], rows: Iterator[list[str]]) -> Iterator[Row]:
    for row in rows:
        held: dict[str, str] = {}
        for column, cell in zip(columns, row, strict=False):
            if column and cell.strip():
                held.setdefault(column, cell.strip())
        yield held


def _field(name: str) -> str:
    return _OURS.get(squeezed(name)) or field_named(name)


def _last(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _facts(row: Row, moments: Moments) -> Facts:
    at, time = row.get("said_at", ""), row.get("time", "")
    identities: tuple[Identity, ...] = (
        *cells.phones(row.get("phone", "")),
        *cells.customer_numbers(row.get("customer_number", "")),
        *cells.emails(row.get("email", "")),
    )
    return Facts(
        said_at=(moments(f"{at} {time}") if time else None) or moments(at),
        identities=identities,
        author=row.get("author", "")[:300],
        subject=row.get("subject", "")[:300],
        adviser=row.get("adviser", "")[:300],
        duration_seconds=cells.seconds(row.get("duration", "")),
        waited_seconds=cells.seconds(row.get("waited", "")),
        customer_side=_side(row.get("side", "")),
    )


def _side(cell: str) -> str:
    word = cell.casefold()
    return "left" if word in _LEFT else "right" if word in _RIGHT else ""
