"""Reads letters on paper: scans and born-digital documents, one letter or a stack of them.

A PDF whose own text is good on every page is read at once. Everything else waits for the engines, which read page by
page; a stack is told apart into letters as it is read, so that no more than one letter is held.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

from gehoor.channels.base import (
    Document,
    EngineState,
    Heard,
    NothingSaid,
    Outcome,
    Recognition,
    Transcription,
    Unreadable,
    Wishes,
)
from gehoor.channels.letter.engines import engines, rapid, tesseract
from gehoor.channels.letter.engines.both import Readers, available, legible
from gehoor.channels.letter.errors import NothingLegible
from gehoor.channels.letter.flow import lines_of
from gehoor.channels.letter.heading import heading_of
from gehoor.channels.letter.layer import LAYER, layer_of
from gehoor.channels.letter.letters import Stack, says_separator
from gehoor.channels.letter.marks import has_barcode, is_blank
from gehoor.channels.letter.media_types import media_type_of
from gehoor.channels.letter.paper import Paper, bytes_of, opened
from gehoor.channels.letter.writing import Leaf, written
from gehoor.kernel.errors import CannotRead, EngineNeeded, EngineTurn
from gehoor.kernel.language import sentence

BLANK = sentence("The paper is blank.")
SEPARATOR = sentence("A separator sheet between two letters: nobody says anything on it.")
ENGINE = sentence("the engine that reads scans")
HOW = sentence("Debian's packages tesseract-ocr and tesseract-ocr-nld, or the Python package rapidocr")
WHOLE, POSITION = "whole", "position"
"""Hints: somebody said that this is one letter, and where in its stack it stood."""
_SURE = 0.6

Page = Leaf | CannotRead
ReadPage = Callable[[Paper, int], Leaf]


class LetterReader:
    """See README.md beside this file."""

    engine = ENGINE

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Fairly sure of a PDF, PNG, JPEG or TIFF, by its first bytes."""
        if document.path is not None and document.path.is_dir():
            return Recognition(0.0)
        return Recognition(_SURE if media_type_of(document.head(1_024)) else 0.0)

    def engines(self) -> Sequence[EngineState]:
        """Both."""
        return engines()

    def ready(self) -> bool:
        """Whether one of the engines is installed."""
        return tesseract().there() or rapid().there()

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every letter of a PDF that carries its own text.

        Raises EngineTurn (or EngineNeeded, where there is none) when a page has to be made out by an engine.
        """
        data = bytes_of(document)
        with opened(data) as paper:
            if any(layer_of(paper, page) is None for page in range(paper.count)):
                raise self._turn(wishes)
            yield from _letters(paper, wishes, _read_layer)

    def _turn(self, wishes: Wishes) -> CannotRead:
        turn = EngineTurn(engine=ENGINE) if self.ready() else EngineNeeded(engine=ENGINE, how=HOW)
        turn.hints = dict(wishes.hints)
        return turn

    def read_slowly(self, document: Document, wishes: Wishes, alive: Callable[[], None]) -> Iterator[Outcome]:
        """Every letter, each page by its own text where that is good, else by the engines."""
        readers = available(tesseract(), rapid())
        if readers is None:
            raise EngineNeeded(engine=ENGINE, how=HOW)
        data = bytes_of(document)
        with opened(data) as paper:
            yield from _letters(paper, wishes, _by_engine(readers, alive))


def _read_layer(paper: Paper, page: int) -> Leaf:
    leaf = layer_of(paper, page)
    if leaf is None:
        raise EngineNeeded(engine=ENGINE, how=HOW)
    return leaf


def _by_engine(readers: Readers, alive: Callable[[], None]) -> ReadPage:
    def read_page(paper: Paper, page: int) -> Leaf:
        alive()
        leaf = layer_of(paper, page) or _scanned(paper, page, readers, alive)
        alive()
        return leaf

    return read_page


def _scanned(paper: Paper, page: int, readers: Readers, alive: Callable[[], None]) -> Leaf:
    scan = paper.scan(page)
    if is_blank(scan):
        return Leaf((), is_blank=True)
    sheet = readers.read(scan, alive)
    image = sheet.prepared.image
    words = sheet.read.words if legible(sheet.read) else ()
    lines = tuple(lines_of(words, image.shape[1] / image.shape[0]))
    leaf = Leaf(lines, sheet.prepared, sheet.read.engine)
    few = len(words) <= 15
    return Leaf(
        lines, sheet.prepared, sheet.read.engine, is_separator=says_separator(leaf) or (few and has_barcode(image))
    )


def _letters(paper: Paper, wishes: Wishes, read_page: ReadPage) -> Iterator[Outcome]:
    """Every letter, separator and page that could not be read, in order."""
    stack = Stack()
    held: dict[int, Leaf] = {}
    for page in range(paper.count):
        try:
            leaf = read_page(paper, page)
        except CannotRead as error:
            if paper.count == 1:
                raise
            if held:
                yield _letter(paper, held, wishes)
            held = {}
            yield Unreadable(_position([page]), _part(paper, [page]), paper.media_type, error)
            continue
        if leaf.is_separator or (stack.begins(leaf) and held and WHOLE not in wishes.hints):
            if held:
                yield _letter(paper, held, wishes)
            held = {}
        if leaf.is_separator:
            stack.begins(leaf)
            yield NothingSaid(_position([page]), _part(paper, [page]), paper.media_type, SEPARATOR)
        else:
            held[page] = leaf
    if held:
        yield _letter(paper, held, wishes)


def _letter(paper: Paper, held: dict[int, Leaf], wishes: Wishes) -> Outcome:
    pages = list(held)
    position, original = wishes.hints.get(POSITION) or _position(pages), _part(paper, pages)
    if all(leaf.is_blank for leaf in held.values()):
        return NothingSaid(position, original, paper.media_type, BLANK)
    leaves = list(held.values())
    text, words = written(leaves)
    if not text:
        return Unreadable(position, original, paper.media_type, NothingLegible())
    lines = [line for leaf in leaves for line in leaf.lines]
    heading = heading_of(lines)
    return Heard(
        channel=wishes.channel or "letter",
        text=text,
        position=position,
        original=original,
        media_type=paper.media_type,
        said_at=heading.said_at,
        author=heading.author,
        identities=heading.identities,
        subject=heading.subject,
        native_id=_native_id(paper, pages),
        transcription=Transcription(_engines(leaves), words, _confidence(leaves), len(pages)),
    )


def _engines(leaves: Sequence[Leaf]) -> str:
    names = (name for leaf in leaves for name in leaf.engine.split(" + ") if name)
    return " + ".join(dict.fromkeys(names))


def _confidence(leaves: Sequence[Leaf]) -> float | None:
    """The mean over the words that an engine made out, long ones counting more."""
    words = [word for leaf in leaves if leaf.engine != LAYER for word in leaf.words]
    letters = sum(len(word.text) for word in words)
    return round(sum(word.confidence * len(word.text) for word in words) / letters, 3) if letters else None


def _native_id(paper: Paper, pages: Sequence[int]) -> str:
    digest = hashlib.sha256(paper.data).hexdigest()
    return digest if len(pages) == paper.count else f"{digest}/{pages[0] + 1}-{pages[-1] + 1}"


def _position(pages: Sequence[int]) -> str:
    first, last = pages[0] + 1, pages[-1] + 1
    return f"page {first}" if first == last else f"pages {first}-{last}"


def _part(paper: Paper, pages: Sequence[int]) -> bytes:
    """The pages as a document of their own; the whole where they cannot be taken out."""
    try:
        return paper.part(pages)
    except CannotRead:
        return paper.data


READER = LetterReader()
