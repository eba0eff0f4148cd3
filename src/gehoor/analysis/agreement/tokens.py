"""Words, figures and signs of a text, and where sentences and clauses end. Everything is linear in the text."""

from typing import NamedTuple

from gehoor.analysis.agreement.lexicon import any_of, lines
from gehoor.kernel.patterns import regex

_TOKEN = regex(
    r"(?P<number>\d+(?:[.,]\d+)*(?:,-|,=|\.-)?)"
    r"|(?P<word>[^\W\d_]+(?:['-][^\W\d_]+)*)"
    r"|(?P<sign>[€£$%‰½¼¾⅓⅔²³/+:;,.!?()\u2013\u2014-])"
)


class Token(NamedTuple):
    """One word, number or sign; ``text`` in lower case."""

    text: str
    start: int
    end: int
    sort: str


def tokens(said: str) -> list[Token]:
    """All of a text in lower case, in order."""
    return [Token(each[0], *each.span(), each.lastgroup or "") for each in _TOKEN.finditer(said)]


_STOP = regex(r"[.!?\u2026]+['\")\]]*(?=\s|$)|\n+|;|(?<=[a-z]{3})[.!?](?=[A-Z][a-z])")
_CUT = regex(
    r",(?!\d|-|=)|:(?!\d)|\s[\u2013\u2014-]\s|\(|\)|(?<!\w)(?:maar|want|omdat|terwijl|echter|daarna|anders|hoewel|but|because|although|"
    r"however|otherwise|whereas|while|afterwards|dus|so|en dan|and then)(?!\w)"
)
_AND = regex(r"(?<!\w)(?:en|and)(?!\w)")
_WORD_BEFORE = regex(r"([^\W\d_]+(?:\.[^\W\d_]+)*|\d+)$")


def sentences(said: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, in order, together covering the text; a semicolon and a new line end one too."""
    found, start = [], 0
    for stop in _STOP.finditer(said):
        if stop[0] == "." and _shortened(said, stop.start()):
            continue
        found.append((start, stop.end()))
        start = stop.end()
    if start < len(said):
        found.append((start, len(said)))
    return [piece for start, end in found for piece in _bounded(said, start, end)]


def _bounded(said: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence of any length in pieces of at most ``_LONGEST``, so that reading stays linear."""
    pieces = []
    while end - start > _LONGEST:
        cut = said.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _shortened(said: str, at: int) -> bool:
    """Does this full stop belong to an abbreviation, or to the number of a list's item?"""
    before = _WORD_BEFORE.search(said, max(0, at - 12), at)
    if before is None:
        return False
    word = before[0]
    if word.isdigit():
        line = said[max(0, at - 4) : before.start()]
        return len(word) <= 2 and (not line.strip() or line.endswith("\n"))
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())


_LONGEST = 600
_ABBREVIATIONS = frozenset(word for line in lines("abbreviations") for word in line.split())


def clauses(said: str, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of each clause of one sentence: cut at commas, colons, dashes, brackets and words such as "maar"."""
    found, at = [], start
    for cut in _CUT.finditer(said, start, end):
        if cut.start() > at:
            found.append((at, cut.start()))
        at = cut.start() if cut[0].isalpha() else cut.end()
    if at < end:
        found.append((at, end))
    return found or [(start, end)]


def split_at_and(said: str, start: int, end: int) -> list[tuple[int, int]]:
    """A clause cut at "en" and "and" too, where both sides hold a verb that can stand alone."""
    found, at = [], start
    for cut in _AND.finditer(said, start, end):
        if _FINITE.search(said, at, cut.start()) and _FINITE.search(said, cut.end(), end):
            found.append((at, cut.start()))
            at = cut.start()
    return [*found, (at, end)]


_FINITE = any_of(lines("finite"))
