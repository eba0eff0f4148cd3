"""From words with their places to text in the order of reading: lines, columns, paragraphs.

The page is cut, over and over: by an empty gutter from top to bottom, else around a stretch of rows through which a
gutter runs, else by its widest empty band. What is left whole is a paragraph. Distances are measured in the height of
the page's words, so that no size of paper or type matters.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from gehoor.channels.letter.engines.base import Box, PageWord
from gehoor.channels.letter.vocabulary import is_known

MOST_WORDS = 5_000
"""On one page; what comes after has no place in a letter."""
_GUTTER = 2.0
_BAND = 0.9
_NARROW_GUTTER = 1.0
_SPACES = 2.0
"""A gutter is so many times as wide as the white between words, which a typewriter sets above one another."""
_ENOUGH = 5.0
"""A stretch of columns has so many rows times the width of its gutter: five with a narrow one, three with a wide."""
_FEWEST_ROWS = 3
_DEEPEST = 200
_NUMBER = re.compile(r"[€$\d.,:%+\-–/()]+")
_LIST = re.compile(r"(?:[-•*–]|\d{1,2}[.)]|[a-z][.)])\Z")
_TOWN = re.compile(r"[1-9]\d{3}\s?[A-Z]{2}\s+\S")
_SUSPENDED = ("en", "of", "and", "or")


@dataclass(frozen=True, slots=True)
class Line:
    """Words beside one another. Lines of one ``block`` belong together; ``joins`` says that the next goes on."""

    words: tuple[PageWord, ...]
    block: int
    joins: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return _around(self.words)


@dataclass(frozen=True, slots=True)
class _Measure:
    """Of a page: the height of its words, the white between lines and between words, and its width by its height."""

    em: float
    gap: float
    space: float
    aspect: float


_Row = tuple[PageWord, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rows from ``start`` up to ``end`` that stand in columns, with the gutter ``at`` so far from the left."""

    start: int
    end: int
    at: float


def lines_of(words: Sequence[PageWord], aspect: float) -> list[Line]:
    """The lines of a page in the order of reading. ``aspect`` is the page's width divided by its height."""
    words = [word for word in words if word.text][:MOST_WORDS]
    if not words:
        return []
    heights = [word.box[3] - word.box[1] for word in words]
    em = quantiles(heights, n=4)[2] if len(heights) > 1 else heights[0]
    em = max(em, 1e-4)
    rows = _rows(words, em)
    gaps = [_around(below)[1] - _around(above)[3] for above, below in pairwise(rows)]
    spaces = sorted(max(b.box[0] - a.box[2], 0.0) for row in rows for a, b in pairwise(row))
    space = median(spaces) if spaces else 0.0
    measure = _Measure(em, _usual(gaps, em), space, aspect)
    right = max(word.box[2] for word in words)
    blocks = _blocks(rows, right, measure, 0)
    return [
        Line(line, number, joins)
        for number, (block, edge) in enumerate(blocks)
        for line, joins in _joined(block, edge, measure)
    ]


def _usual(gaps: Sequence[float], em: float) -> float:
    """The white between the lines of a paragraph: the narrower half of what stands between rows."""
    narrow = sorted(gaps)[: max(1, len(gaps) // 2)]
    return min(max(median(narrow), 0.0), 1.2 * em) if narrow else em


def _around(words: Sequence[PageWord]) -> Box:
    boxes = [word.box for word in words]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _rows(words: Sequence[PageWord], em: float) -> list[_Row]:
    rows: list[list[PageWord]] = []
    middle = 0.0
    for word in sorted(words, key=_middle):
        if rows and _middle(word) - middle < 0.55 * em:
            rows[-1].append(word)
            middle += (_middle(word) - middle) / len(rows[-1])
        else:
            rows.append([word])
            middle = _middle(word)
    return [tuple(sorted(row, key=lambda word: word.box[0])) for row in rows]


def _middle(word: PageWord) -> float:
    return (word.box[1] + word.box[3]) / 2


def _blocks(rows: list[_Row], right: float, measure: _Measure, depth: int) -> Iterator[tuple[list[_Row], float]]:
    """Blocks of rows in the order of reading, each with how far to the right its column goes."""
    gutter = _gutter(rows, measure) if len(rows) > 1 and depth < _DEEPEST else None
    if gutter is not None:
        yield from _columns(rows, gutter, measure, depth)
        return
    found = _stretch(rows, measure) if depth < _DEEPEST else None
    if found is not None:
        if found.start:
            yield from _blocks(rows[: found.start], right, measure, depth + 1)
        yield from _columns(rows[found.start : found.end], found.at, measure, depth)
        if found.end < len(rows):
            yield from _blocks(rows[found.end :], right, measure, depth + 1)
        return
    cut = _band(rows, measure) if depth < _DEEPEST else None
    if cut is None:
        yield rows, right
        return
    yield from _blocks(rows[:cut], right, measure, depth + 1)
    yield from _blocks(rows[cut:], right, measure, depth + 1)


def _columns(rows: list[_Row], gutter: float, measure: _Measure, depth: int) -> Iterator[tuple[list[_Row], float]]:
    for side in (True, False):
        part = [tuple(word for word in row if (word.box[0] < gutter) is side) for row in rows]
        column = [row for row in part if row]
        edge = max(word.box[2] for row in column for word in row)
        yield from _blocks(column, edge, measure, depth + 1)


def _stretch(rows: list[_Row], measure: _Measure) -> _Stretch | None:
    """The longest stretch of rows through which a gutter runs, between rows that go across it; None for none."""
    best, most, start = None, 0, 0
    while start < len(rows):
        end, gutter = _reach(rows, start, measure)
        if gutter is None:
            start += 1
            continue
        both = sum(1 for row in rows[start:end] if row[0].box[0] < gutter[0] and row[-1].box[2] > gutter[1])
        clear = both * (gutter[1] - gutter[0]) * measure.aspect / _height(rows[start])
        at = sum(gutter) / 2
        if both >= _FEWEST_ROWS and clear >= _ENOUGH and both > most and not _is_table(rows[start:end], at):
            best, most = _Stretch(*_fitted(rows, start, end, gutter, measure), at), both
        start = max(end, start + 1)
    return best


def _reach(rows: list[_Row], start: int, measure: _Measure) -> tuple[int, tuple[float, float] | None]:
    """Up to which row a gutter in the first one runs, and from where to where it is empty."""
    least = max(_NARROW_GUTTER * _height(rows[start]) / measure.aspect, _SPACES * measure.space)
    free = [gap for gap in _free(rows[start])[1:-1] if gap[1] - gap[0] >= least]
    if not free:
        return start, None
    for at in range(start + 1, len(rows)):
        left = [
            (max(one[0], other[0]), min(one[1], other[1]))
            for one in free
            for other in _free(rows[at])
            if min(one[1], other[1]) - max(one[0], other[0]) >= least
        ]
        if not left:
            return at, max(free, key=lambda gap: gap[1] - gap[0])
        free = left
    return len(rows), max(free, key=lambda gap: gap[1] - gap[0])


def _free(row: _Row) -> list[tuple[float, float]]:
    """Where a row is empty: before it, between its words, behind it."""
    edges = [0.0, *(edge for word in row for edge in (word.box[0], word.box[2])), 1.0]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _height(row: _Row) -> float:
    return max(median(word.box[3] - word.box[1] for word in row), 1e-4)


def _fitted(rows: list[_Row], start: int, end: int, gutter: tuple[float, float], measure: _Measure) -> tuple[int, int]:
    """A stretch with the row above that belongs to one column, and without a heading of what goes across below it."""

    def parted(at: int) -> bool:
        return _around(rows[at])[1] - _around(rows[at - 1])[3] > max(_BAND * measure.em, 1.5 * measure.gap)

    def one_sided(row: _Row) -> bool:
        return row[-1].box[2] <= gutter[0] or row[0].box[0] >= gutter[1]

    while start and one_sided(rows[start - 1]) and not parted(start):
        start -= 1
    last = max(at for at in range(start, end) if not one_sided(rows[at]))
    if end < len(rows):
        end = next((at for at in range(last + 1, end) if parted(at)), end)
    return start, end


def _gutter(rows: list[_Row], measure: _Measure) -> float | None:
    """Where an empty gutter parts two columns that are read one after the other; None for none, or for a table."""
    spans = sorted((word.box[0], word.box[2]) for row in rows for word in row)
    reach, best, where = spans[0][1], _GUTTER * measure.em / measure.aspect, None
    for left, end in spans:
        if left - reach > best:
            best, where = left - reach, (left + reach) / 2
        reach = max(reach, end)
    if where is None or _is_table(rows, where):
        return None
    return where


def _is_table(rows: list[_Row], where: float) -> bool:
    """Whether what stands beside a gutter is read across it: a label or a sum, row by row."""
    sides = [
        (tuple(word for word in row if word.box[0] < where), tuple(word for word in row if word.box[0] >= where))
        for row in rows
    ]
    left, right = [a for a, _ in sides if a], [b for _, b in sides if b]
    both = sum(1 for a, b in sides if a and b)
    if not left or not right or both < 0.5 * min(len(left), len(right)):
        return False
    numbers = sum(1 for row in right if all(_NUMBER.fullmatch(word.text) for word in row))
    labels = sum(1 for row in left if len(row) <= 3 and row[-1].text.endswith(":"))
    marks = sum(1 for row in left if len(row) == 1 and _LIST.match(row[0].text))
    return 2 * max(numbers, labels, marks) > both


def _band(rows: list[_Row], measure: _Measure) -> int | None:
    """Before which row the widest empty band lies, where there is one wider than between lines."""
    widest, cut = max(_BAND * measure.em, 1.5 * measure.gap), None
    for at, (above, below) in enumerate(pairwise(rows), start=1):
        white = _around(below)[1] - _around(above)[3]
        if white > widest:
            widest, cut = white, at
    return cut


def _joined(block: list[_Row], edge: float, measure: _Measure) -> Iterator[tuple[_Row, bool]]:
    """Each row of a block, and whether its sentence runs on in the next row.

    It does when the next row's first word would not have fitted behind it. Rows of few words are an address or a list.
    """
    em = measure.em / measure.aspect
    left = min(row[0].box[0] for row in block)
    is_prose = sum(len(row) for row in block) >= 4.5 * len(block) or (len(block) == 2 and len(block[0]) > 4)
    for at, row in enumerate(block):
        following = block[at + 1] if at + 1 < len(block) else None
        if following is None or not is_prose:
            yield row, following is not None and _breaks_off(row, following)
            continue
        first = following[0].box
        room = edge - row[-1].box[2]
        indented = first[0] - left > em and row[0].box[0] - left < em
        begins = indented or _LIST.match(following[0].text) or _TOWN.match(" ".join(word.text for word in following))
        is_full = room < first[2] - first[0] + 1.3 * em or (room < 0.3 * (edge - left) and not _ends(row))
        yield row, is_full and not begins


def _ends(row: _Row) -> bool:
    return row[-1].text[-1] in ".?!:"


def _breaks_off(row: _Row, following: _Row) -> bool:
    return row[-1].text.endswith("-") and len(row[-1].text) > 2 and following[0].text[:1].islower() and len(row) > 2


def runs_on(above: Line, below: Line) -> bool:
    """Whether a sentence goes on from the last line of one page to the first of the next."""
    return len(above.words) > 4 and above.text[-1] not in ".!?:;,\"'”)" and below.text[:1].islower()


def glue(before: str, after: str) -> tuple[str, str]:
    """How a line ends and what stands between it and the next: ``(before without its hyphen, "")`` where one breaks."""
    if len(before) < 3 or not before.endswith("-") or not before[-2].isalpha() or not after[:1].islower():
        return before, " "
    if after.strip(".,;:!?") in _SUSPENDED:
        return before, " "
    head, tail = before[:-1], re.split(r"[^\w'’-]", after)[0]
    if not is_known(head + tail) and is_known(f"{head}-{tail}"):
        return before, ""
    return head, ""
