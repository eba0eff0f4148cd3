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
from gehoor.channels.letter.preparing import Prepared, ink, lies_sideways, prepare
from gehoor.channels.letter.vocabulary import is_known, share_language

SURE, SURE_UNKNOWN = 0.80, 0.93
"""A word above this confidence is not asked of the second engine; one that no dictionary has must be surer."""
CLEARLY = 2.0
"""From here on the first engine's judgement of which side is up is believed."""
DOUBTFUL_PAGE = 0.93
"""Below this the page is also read as it was scanned, and the surer reading counts: preparing can harm faint type."""
_HOPELESS = 0.4
_MOST_INK = 0.5
"""No page of writing is so dark; noise is, and keeps engines busy."""
_AT_LEAST = 1.02
_CERTAIN = 0.85
"""From here on what was read is text, in whatever language, where its words are longer than those of noise."""
_LETTERS_A_WORD = 3
_LEGIBLE, _FEW_WORDS = 0.3, 12
_TRUSTED, _PATIENCE = 0.6, 5
_DISAGREED, _SETTLED, _UNHEARD_OF = 0.55, 0.85, 0.8
_MOST_LINES, _LINES_OF_A_GOOD_PAGE = 20, 8
"""The second engine takes a fifth of a second a line."""
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
        sheet = self._first_look(prepared, alive)
        if not legible(sheet.read):
            if ink(prepared.image).mean() > _MOST_INK:
                return Sheet(PageRead(()), prepared)
            turned = prepare(scan, turns + (self._turns(prepared.image) or 2))
            sheet = max(sheet, self._first_look(turned, alive), key=lambda each: _worth(each.read))
        return self._second_look(sheet, alive)

    def _turns(self, image: Grey) -> int:
        if self._first is None:
            return 0
        turns, sure = self._first.quarter_turns(image)
        return turns if sure >= CLEARLY else 0

    def _first_look(self, prepared: Prepared, alive: Callable[[], None]) -> Sheet:
        """What the first engine makes of a page, in the state in which it reads best; the second where it is alone."""
        if self._first is None:
            whole = self._second.read_page(prepared.image) if self._second else PageRead(())
            alive()
            return Sheet(whole, prepared)
        read = self._first.read_page(prepared.image)
        alive()
        if DOUBTFUL_PAGE > read.confidence >= _HOPELESS:
            plain = self._first.read_page(prepared.plain, widely=True)
            alive()
            if _certainty(plain) > _certainty(read) * _AT_LEAST:
                read = plain
        return Sheet(read, prepared)

    def _second_look(self, sheet: Sheet, alive: Callable[[], None]) -> Sheet:
        if self._second is None or self._first is None:
            return sheet
        image = sheet.prepared.image
        if legible(sheet.read):
            checked = self._checked(sheet.read, image, self._second, alive)
            return Sheet(_wary(checked) if sheet.read.confidence < DOUBTFUL_PAGE else checked, sheet.prepared)
        whole = self._second.read_page(image)
        alive()
        return Sheet(max(sheet.read, whole, key=_worth), sheet.prepared)

    def _checked(self, read: PageRead, image: Grey, second: LineEngine, alive: Callable[[], None]) -> PageRead:
        """The page with its most doubtful lines read again, as long as the second engine makes something of them."""
        lines = [line.words for line in lines_of(read.words, image.shape[1] / image.shape[0])]
        doubts = sorted((doubt, at) for at, words in enumerate(lines) if (doubt := _doubt(words)))
        most = _MOST_LINES if read.confidence < DOUBTFUL_PAGE else _LINES_OF_A_GOOD_PAGE
        helped = 0
        for asked, (_, at) in enumerate(doubts[-most:][::-1]):
            if asked >= _PATIENCE and 2 * helped < asked:
                break
            ((text, sure),) = second.read_lines(image, [_around(lines[at])])
            alive()
            if text and sure >= _TRUSTED:
                helped += 1
                lines[at] = tuple(settled(lines[at], text, sure))
        words = tuple(word for words in lines for word in words)
        return PageRead(words, f"{read.engine} + {second.version()}" if helped else read.engine)


def legible(read: PageRead) -> bool:
    """Whether what was read is language, not the noise in which an engine sees letters."""
    if not read.words:
        return False
    few = len(read.words) < _FEW_WORDS
    letters = sum(len(word.text) for word in read.words)
    if read.confidence >= _CERTAIN and not few and letters >= _LETTERS_A_WORD * len(read.words):
        return True
    language = share_language(word.text for word in read.words)
    return read.confidence >= 0.5 and language >= (2 * _LEGIBLE if few else _LEGIBLE)


def _certainty(read: PageRead) -> float:
    """By how many letters more are right than wrong, as the engine itself judges."""
    return sum((word.confidence - 0.5) * len(word.text) for word in read.words)


def _worth(read: PageRead) -> float:
    """How much language there is in what was read."""
    language = share_language(word.text for word in read.words)
    return language * language * sum(len(word.text) for word in read.words) * (0.2 + read.confidence)


def _wary(read: PageRead) -> PageRead:
    """A page that reads badly, where engines agree on what is no word: neither sees the letters that are missing."""
    words = (
        PageWord(word.text, min(word.confidence, _UNHEARD_OF), word.box)
        if word.text.islower() and _PLAIN.fullmatch(word.text) and not is_known(word.text)
        else word
        for word in read.words
    )
    return PageRead(tuple(words), read.engine)


def _doubt(words: Sequence[PageWord]) -> float:
    """How much a line deserves a second look; 0 for not at all."""
    return sum(1.05 - word.confidence for word in words if _is_doubtful(word))


def _is_doubtful(word: PageWord) -> bool:
    if "@" in word.text:
        return True
    if not _PLAIN.fullmatch(word.text):
        return word.confidence < 0.9
    return word.confidence < (SURE if is_known(word.text) else SURE_UNKNOWN)


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
