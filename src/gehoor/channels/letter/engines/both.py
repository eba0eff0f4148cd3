"""Both engines as one: each line that the first is unsure of is read by the second, and word by word the better wins.

Where both engines agree a word is sure; where they do not, a dictionary decides, and the word says that it is unsure.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from gehoor.channels.letter.engines.base import Box, Engine, Grey, LineEngine, PageRead, PageWord
from gehoor.channels.letter.engines.tesseract import Tesseract
from gehoor.channels.letter.flow import lines_of
from gehoor.channels.letter.preparing import Prepared, lies_sideways, prepare
from gehoor.channels.letter.vocabulary import is_known, share_language

SURE = 0.93
"""A word above this confidence, and known, is not asked of the second engine."""
CLEARLY = 2.0
"""From here on the first engine's judgement of which side is up is believed."""
_LEGIBLE = 0.3
_DISAGREED, _SETTLED = 0.55, 0.85
_MOST_LINES = 120
_PLAIN = re.compile(r"[^\W\d_]+[.,;:!?]?")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+[.,;]?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page made out: its words on the page as it was prepared."""

    read: PageRead
    prepared: Prepared


class Readers:
    """The engines that are there, the first of them the one that reads whole pages."""

    def __init__(self, first: Tesseract | None, second: LineEngine | None) -> None:
        self._first = first
        self._second = second

    def read(self, scan: Grey, alive: Callable[[], None]) -> Sheet:
        """Make out a page, however it lies. Words are few or none where there is nothing to make out."""
        turns = 0
        prepared = prepare(scan)
        if lies_sideways(prepared.image):
            turns = self._turns(prepared.image) or 1
            prepared = prepare(scan, turns)
        alive()
        sheet = self._made_out(prepared, alive)
        if legible(sheet.read):
            return sheet
        other = self._made_out(prepare(scan, turns + (self._turns(prepared.image) or 2)), alive)
        return max(sheet, other, key=lambda each: _worth(each.read))

    def _turns(self, image: Grey) -> int:
        if self._first is None:
            return 0
        turns, sure = self._first.quarter_turns(image)
        return turns if sure >= CLEARLY else 0

    def _made_out(self, prepared: Prepared, alive: Callable[[], None]) -> Sheet:
        image = prepared.image
        read = self._first.read_page(image) if self._first else PageRead(())
        alive()
        if self._second is None:
            return Sheet(read, prepared)
        if not legible(read):
            whole = self._second.read_page(image)
            alive()
            return Sheet(max(read, whole, key=_worth), prepared)
        return Sheet(self._checked(read, image, self._second, alive), prepared)

    def _checked(self, read: PageRead, image: Grey, second: LineEngine, alive: Callable[[], None]) -> PageRead:
        """The page with its doubtful lines read again."""
        lines = [line.words for line in lines_of(read.words, image.shape[1] / image.shape[0])]
        doubtful = [at for at, words in enumerate(lines) if any(_is_doubtful(word) for word in words)][:_MOST_LINES]
        if not doubtful:
            return PageRead(tuple(word for words in lines for word in words), read.engine)
        for at in doubtful:
            ((text, sure),) = second.read_lines(image, [_around(lines[at])])
            lines[at] = tuple(settled(lines[at], text, sure))
            alive()
        words = tuple(word for words in lines for word in words)
        return PageRead(words, f"{read.engine} + {second.version()}")


def legible(read: PageRead) -> bool:
    """Whether what was read is language, not the noise in which an engine sees letters."""
    if not read.words:
        return False
    least = _LEGIBLE if len(read.words) >= 12 else 2 * _LEGIBLE
    return read.confidence >= 0.5 and share_language(word.text for word in read.words) >= least


def _worth(read: PageRead) -> float:
    """How much language there is in what was read."""
    language = share_language(word.text for word in read.words)
    return language * language * sum(len(word.text) for word in read.words) * (0.2 + read.confidence)


def _is_doubtful(word: PageWord) -> bool:
    if word.confidence < SURE:
        return True
    return not (is_known(word.text) if _PLAIN.fullmatch(word.text) else word.confidence > 0.95)


def _around(words: Sequence[PageWord]) -> Box:
    boxes = [word.box for word in words]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def settled(words: Sequence[PageWord], text: str, sure: float) -> Iterator[PageWord]:
    """The words of a line, each as the better of two readings has it."""
    other = text.split()
    matcher = SequenceMatcher(None, [word.text for word in words], other, autojunk=False)
    for kind, start, end, begin, finish in matcher.get_opcodes():
        mine, theirs = words[start:end], other[begin:finish]
        if kind == "equal":
            for word in mine:
                yield PageWord(word.text, max(0.96, 1 - (1 - word.confidence) * (1 - sure)), word.box)
        elif kind == "delete":
            yield from (word for word in _lone(mine, sure) if word.text)
        elif kind == "replace":
            yield from _better(mine, theirs, sure)


def _lone(words: Sequence[PageWord], sure: float) -> Iterator[PageWord]:
    """What only the first engine sees: a speck when it is no word, else a word that is unsure."""
    for word in words:
        if sum(letter.isalnum() for letter in word.text) or word.confidence > 0.9:
            yield PageWord(word.text, min(word.confidence, _DISAGREED), word.box)


def _better(mine: Sequence[PageWord], theirs: Sequence[str], sure: float) -> Iterator[PageWord]:
    """One of two readings of the same place on a line."""
    if len(mine) == len(theirs):
        for word, text in zip(mine, theirs, strict=True):
            yield _chosen(word, text, sure)
        return
    ours = [word.text for word in mine]
    if "".join(ours) == "".join(theirs):
        joined = _ADDRESS.fullmatch("".join(ours)) is not None
        take = len(theirs) == 1 if joined else _value(theirs) > _value(ours)
        confidence = _SETTLED
    else:
        take = _value(theirs) + 0.1 * sure > _value(ours) + 0.1 * min(word.confidence for word in mine)
        confidence = _DISAGREED
    if not take:
        yield from (PageWord(word.text, min(word.confidence, confidence), word.box) for word in mine)
        return
    yield from _placed(theirs, _around(mine), confidence)


def _placed(texts: Sequence[str], box: Box, confidence: float) -> Iterator[PageWord]:
    """Words side by side in a box, each as wide as its letters ask."""
    letters = sum(len(text) + 1 for text in texts) - 1
    step, at = (box[2] - box[0]) / max(letters, 1), 0
    for text in texts:
        left = box[0] + at * step
        yield PageWord(text, confidence, (left, box[1], left + len(text) * step, box[3]))
        at += len(text) + 1


def _chosen(word: PageWord, text: str, sure: float) -> PageWord:
    if _letters(word.text) == _letters(text):
        return PageWord(text, min(_SETTLED, max(word.confidence, 0.8)), word.box)
    ours, theirs = _value([word.text]), _value([text])
    if ours != theirs:
        better = word.text if ours > theirs else text
        return PageWord(better, _SETTLED if abs(ours - theirs) >= 0.5 else _DISAGREED, word.box)
    mine = word.confidence >= 0.6 or word.confidence > sure - 0.3
    return PageWord(word.text if mine else text, min(_DISAGREED, word.confidence), word.box)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _value(texts: Sequence[str]) -> float:
    """How much a reading looks like what people write, from 0 to 1."""
    return sum(_worth_of(text) for text in texts) / max(len(texts), 1)


def _worth_of(text: str) -> float:
    if _ADDRESS.fullmatch(text):
        return 1.0
    if _PLAIN.fullmatch(text):
        return 1.0 if is_known(text) else 0.4
    return 0.3 if any(letter.isalnum() for letter in text) else 0.0


def available(first: Tesseract, second: LineEngine) -> Readers | None:
    """The engines that are installed; None for none."""
    found: list[Engine] = [each for each in (first, second) if each.there()]
    return Readers(first if first in found else None, second if second in found else None) if found else None
