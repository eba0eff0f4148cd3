"""Workbooks: XLSX, XLS and ODS, by calamine.

calamine holds a sheet in memory as a full rectangle. So a workbook is measured first: how large it is unpacked (really,
not as it says), and how large the rectangle of each sheet would be. What is past the limits is refused unopened.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from typing import BinaryIO, TypeVar

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from gehoor.channels.base import Document
from gehoor.channels.table.heading import has_heading, names, numbered
from gehoor.channels.table.sheet import ROW_LIMIT, SAMPLE_ROWS, Record, Refused, Sheet, as_text
from gehoor.kernel.errors import Damaged, Dangerous, Empty, TooLarge
from gehoor.kernel.language import sentence

T = TypeVar("T")

UNPACKED_LIMIT = 1 << 30
"""Bytes in all parts of a workbook together, unpacked."""
RATIO_LIMIT = 300
"""Times that a part may be larger unpacked, once it is past ``RATIO_FROM`` bytes."""
RATIO_FROM = 64 << 20
CELL_LIMIT = 16_000_000
"""Cells in the rectangle that holds a sheet's data."""
FILE_LIMIT = 1 << 29
"""Bytes of the workbook as it stands."""

_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ODS_TAG = re.compile(rb"<table:(?:covered-)?table-(row|cell)\b([^>]*)>|</table:table-row>|<table:table\b")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,9})[\"']")
_PIECE = 1 << 20
_KEPT = 16_384
"""Bytes of one piece that are looked at again with the next, since a tag may be cut in two."""


def sheets_of(document: Document, wanted: frozenset[str]) -> list[Sheet]:
    """Every sheet that holds data. Raises :class:`CannotRead`."""
    if document.size > FILE_LIMIT:
        raise TooLarge(what=sentence("workbook"), limit=sentence("512 MiB"))
    with document.open() as stream:
        check_size(stream)
    source = _Source(document, wanted)
    sheets = [sheet for name in source.names() if (sheet := source.sheet(name))]
    if not sheets:
        raise Empty(what=sentence("workbook"))
    if len(sheets) == 1:
        return [Sheet("", sheets[0].columns, sheets[0].sample, sheets[0].records)]
    return sheets


def check_size(stream: BinaryIO) -> None:
    """Pass, or raise :class:`Dangerous`, :class:`TooLarge` or :class:`Damaged`. Old XLS is bounded by its format."""
    if stream.read(4) != b"PK\x03\x04":
        return
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Damaged(what=sentence("workbook"), why=sentence("it cannot be unpacked")) from None


def _check_parts(archive: zipfile.ZipFile) -> None:
    total = 0
    for part in archive.infolist():
        total += part.file_size
        if part.file_size > RATIO_FROM and part.file_size > RATIO_LIMIT * max(part.compress_size, 1):
            raise Dangerous(
                what=sentence("workbook"), why=sentence("a part of it grows out of all proportion when unpacked")
            )
        if total > UNPACKED_LIMIT:
            raise TooLarge(what=sentence("workbook"), limit=sentence("1 GiB unpacked"))
        with archive.open(part) as opened:
            if _extent(part.filename, opened.read) > CELL_LIMIT:
                raise TooLarge(what=sentence("sheet"), limit=f"{CELL_LIMIT} cells")


def _extent(name: str, read: Callable[[int], bytes]) -> int:
    """The cells of the rectangle that this part would fill; reads the part to its end, which proves its size."""
    measure: _Squares | _Repeats = _Repeats() if name == "content.xml" else _Squares()
    before = b""
    while piece := read(_PIECE):
        if name.endswith(".xml"):
            before = measure.take(before + piece)
    return measure.cells


class _Squares:
    """The rectangle of an XLSX sheet, from the places that its cells name (``r="C7"``)."""

    def __init__(self) -> None:
        self._columns: set[bytes] = set()
        self._rows = 0

    def take(self, text: bytes) -> bytes:
        """Look at a piece; returns its end, to be put before the next."""
        for column, row in _PLACE.findall(text):
            self._columns.add(column)
            self._rows = max(self._rows, int(row))
        return text[-64:]

    @property
    def cells(self) -> int:
        """Rows times columns."""
        return self._rows * max(map(_column_number, self._columns), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Repeats:
    """The rectangle of an ODS sheet, whose rows and cells say how often they are repeated."""

    def __init__(self) -> None:
        self._rows = self._across = self._repeat = 0
        self._widest = self._lowest = self._most = 0

    def take(self, text: bytes) -> bytes:
        """Look at a piece; returns its end, to be put before the next."""
        end = text.rfind(b">") + 1
        for tag in _ODS_TAG.finditer(text[:end]):
            self._see(tag)
        return text[end:][-_KEPT:]

    def _see(self, tag: re.Match[bytes]) -> None:
        found = _REPEATED.search(tag.group(2) or b"")
        count = int(found.group(1)) if found else 1
        if tag.group(1) == b"row":
            self._rows += count
            self._across = 0
        elif tag.group(1) == b"cell":
            self._across += count
            if b"value-type" in tag.group(2):
                self._widest, self._lowest = max(self._widest, self._across), max(self._lowest, self._rows)
                self._most = max(self._most, self._widest * self._lowest)
        elif tag.group().startswith(b"<table:table"):
            self._rows = self._widest = self._lowest = 0

    @property
    def cells(self) -> int:
        """Rows times columns of the largest sheet."""
        return self._most


class _Source:
    def __init__(self, document: Document, wanted: frozenset[str]) -> None:
        with document.open() as stream:
            data = BytesIO(stream.read())
        self._book = guarded(lambda: CalamineWorkbook.from_filelike(data))
        self._wanted = wanted

    def names(self) -> list[str]:
        """The sheets' names, in order."""
        return list(self._book.sheet_names)

    def sheet(self, name: str) -> Sheet | None:
        """One sheet, None when it is empty."""
        first = tuple(islice(self.rows(name), SAMPLE_ROWS + 1))
        if not first:
            return None
        headed = has_heading(first, self._wanted)
        columns = names(first[0]) if headed else numbered(len(first[0]))
        return Sheet(name, columns, first[headed:][:SAMPLE_ROWS], lambda: self._records(name, headed))

    def rows(self, name: str) -> Iterator[list[object]]:
        """The rows from the first that holds anything; empty rows in between are rows too."""
        rows = iter(guarded(lambda: self._book.get_sheet_by_name(name)).iter_rows())
        started = False
        while (row := guarded(lambda: next(rows, None))) is not None:
            started = started or any(cell != "" for cell in row)
            if started:
                yield list(row)

    def _records(self, name: str, headed: bool) -> Iterator[Record]:
        for row in islice(self.rows(name), int(headed), None):
            yield row if sum(map(len, filter(_is_text, row))) <= ROW_LIMIT else _refused(row)  # type: ignore[arg-type]


def _is_text(cell: object) -> bool:
    return isinstance(cell, str)


def _refused(row: list[object]) -> Refused:
    beginning = "\t".join(map(as_text, row))[:ROW_LIMIT]
    return Refused(beginning.encode("utf-8", "replace"), TooLarge(what=sentence("row"), limit=sentence("1 MiB")))


def guarded(call: Callable[[], T]) -> T:
    """What ``call`` gives; what goes wrong inside calamine becomes :class:`CannotRead`.

    Its Rust code can panic on a damaged file; that reaches Python as an exception outside ``Exception``.
    """
    try:
        return call()
    except PasswordError:
        raise Damaged(what=sentence("workbook"), why=sentence("it is locked with a password")) from None
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Damaged(what=sentence("workbook"), why=sentence("it cannot be read")) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Damaged(what=sentence("workbook"), why=sentence("it cannot be read")) from None
