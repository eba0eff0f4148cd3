"""A text as people wrote it, cut into paragraphs or turns of speaking, with the marked passages in place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_TURN = re.compile(r"^(?:\[(?P<at>[\d:.]{4,12})\]\s*)?(?P<speaker>[A-ZÀ-ÖØ-Ý][\w .'’()-]{0,40}?)\s?:\s+", re.MULTILINE)
_OURS = ("adviseur", "medewerker", "agent", "adviser", "advisor", "employee", "webcare", "bot")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that is marked, or is not."""

    text: str
    marked: bool = False


@dataclass(slots=True)
class Turn:
    """What one speaker said before the other spoke. A text without speakers is one turn without a speaker."""

    speaker: str = ""
    at: str = ""
    ours: bool = False
    paragraphs: list[list[Piece]] = field(default_factory=list)


def _pieces(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> list[Piece]:
    pieces, here = [], start
    for mark_start, mark_end in marks:
        first, last = max(mark_start, here), min(mark_end, end)
        if first < last:
            pieces += [Piece(text[here:first])] if here < first else []
            pieces.append(Piece(text[first:last], marked=True))
            here = last
    return [*pieces, Piece(text[here:end])] if here < end else pieces


def _paragraphs(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> list[list[Piece]]:
    return [_pieces(text, found.start(), found.end(), marks) for found in _PARAGRAPH.finditer(text, start, end)]


def _speakers(text: str) -> Iterator[tuple[re.Match[str], int]]:
    found = list(_TURN.finditer(text))
    for position, match in enumerate(found):
        yield match, found[position + 1].start() if position + 1 < len(found) else len(text)


def turns(text: str, marks: Iterable[tuple[int, int]] = (), *, spoken: bool = True) -> list[Turn]:
    """The turns of a text. ``marks`` are ``(start, end)`` positions in ``text``, in characters.

    Only a ``spoken`` text is searched for speakers ("Klant: ..."), and only when at least two turns show it to be one;
    a letter with "PS: ..." in it stays whole.
    """
    sorted_marks = sorted(marks)
    said = list(_speakers(text)) if spoken else []
    if len(said) < 2:
        return [Turn(paragraphs=_paragraphs(text, 0, len(text), sorted_marks))]
    opening = _paragraphs(text, 0, said[0][0].start(), sorted_marks)
    return ([Turn(paragraphs=opening)] if opening else []) + [
        Turn(
            speaker=match["speaker"],
            at=match["at"] or "",
            ours=match["speaker"].lower().startswith(_OURS),
            paragraphs=_paragraphs(text, match.end(), end, sorted_marks),
        )
        for match, end in said
    ]


def excerpt(text: str, marks: Iterable[tuple[int, int]] = (), *, length: int = 400) -> tuple[int, list[Piece]]:
    """Where a short piece of the text begins, and the piece: its opening, or the words around the first mark."""
    sorted_marks = sorted(marks)
    start = max(0, sorted_marks[0][0] - 50) if sorted_marks else 0
    if start:
        start = text.find(" ", start, start + 40) + 1 or start
    end = min(len(text), start + length)
    return start, [
        Piece(" ".join(piece.text.split("\n")), piece.marked) for piece in _pieces(text, start, end, sorted_marks)
    ]
