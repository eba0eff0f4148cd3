"""A call as it went: who said what when, sentence by sentence, so that a reader can follow the sound."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from gehoor.rooms.voices.edits import Word
from gehoor.rooms.voices.marking import Numbered, Piece, Span, numbered, pieces
from gehoor.rooms.voices.models import Transcription

Side = Literal["theirs", "ours", "unknown"]

PAUSE = 1.2
"""Seconds of silence after which something else is said."""
_LONGEST = 45
"""Words after which a sentence ends, whatever the engine heard."""
_STOP = re.compile(r"[.?!…][\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` of what one side said, and when: seconds from the start, None where that is not known."""

    number: int
    start: int
    end: int
    begins: float | None
    ends: float | None
    pieces: list[Piece]

    @property
    def clock(self) -> str:
        """When it begins, as a clock says it."""
        return clock(self.begins)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said before the other spoke. ``said`` and ``version`` tell what is corrected here."""

    number: int
    side: Side
    name: str
    said: UUID
    version: int
    sentences: list[Sentence]
    text: str

    @property
    def clock(self) -> str:
        """When it begins."""
        return clock(next((each.begins for each in self.sentences if each.begins is not None), None))

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end


@dataclass(frozen=True, slots=True)
class _Spoken:
    side: Side
    read: Transcription
    order: float
    opens: bool
    sentence: Sentence


def clock(seconds: float | None) -> str:
    """``4:05``, ``1:02:07``; ``""`` when not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def turns_of(reads: Sequence[Transcription], marks: Sequence[Span], adviser: str = "") -> list[Turn]:
    """The turns of a call. ``reads`` are the texts that stand: the voice's, and those of the replies to it.

    Without a reply nobody knows who spoke. ``marks`` are in the voice's text.
    """
    alone = all(read.reply_id is None for read in reads)
    spoken: list[_Spoken] = []
    first = 1
    for read in reads:
        unsure = numbered(read.words, first)
        first += len(unsure)
        side: Side = "ours" if read.reply_id else "unknown" if alone else "theirs"
        spoken += _spoken(read, side, unsure, marks if read.reply_id is None else ())
    spoken.sort(key=lambda each: each.order)
    return list(_turns(spoken, adviser))


def _spoken(read: Transcription, side: Side, unsure: Sequence[Numbered], marks: Sequence[Span]) -> Iterator[_Spoken]:
    last = 0.0
    for words in sentences(read.text, read.words):
        start, end = words[0][0], words[-1][1]
        begins = next((word[5] for word in words if word[5] is not None), None)
        ends = next((word[6] for word in reversed(words) if word[6] is not None), None)
        last = last if begins is None else begins
        shown = Sentence(0, start, end, begins, ends, pieces(read.text, start, end, unsure, marks))
        yield _Spoken(side, read, last, "\n" in read.text[max(0, start - 1) : start], shown)


def sentences(text: str, words: Sequence[Word]) -> list[list[Word]]:
    """The words in sentences: by full stops, by pauses, by new lines. Of a text without words, each line is one.

    What stands between two words that has no place of its own goes with the first; each sentence's last word reaches
    to the end of what belongs to it.
    """
    if not words:
        lines = re.finditer(r"\S[^\n]*", text)
        return [[[line.start(), line.start() + len(line.group().rstrip()), 1.0, 0, None, None, None]] for line in lines]
    found: list[list[Word]] = [[]]
    for word, after in zip(words, [*words[1:], None], strict=True):
        found[-1].append(word)
        if after is not None and (_ends(text, word, after) or len(found[-1]) >= _LONGEST):
            found.append([])
    starts = [0, *(each[0][0] for each in found[1:]), len(text)]
    return [_reaching(text, each, starts[at], starts[at + 1]) for at, each in enumerate(found)]


def _ends(text: str, word: Word, after: Word) -> bool:
    between = text[word[1] : after[0]]
    paused = word[6] is not None and after[5] is not None and after[5] - word[6] >= PAUSE
    return paused or "\n" in between or _STOP.search(text[word[0] : after[0]].rstrip()) is not None


def _reaching(text: str, words: list[Word], start: int, end: int) -> list[Word]:
    """The same words, the first from where the sentence begins, the last to where it ends."""
    whole = text[start:end]
    first = start + len(whole) - len(whole.lstrip())
    last = start + len(whole.rstrip())
    if len(words) == 1:
        return [[first, last, *words[0][2:]]]
    return [[first, *words[0][1:]], *words[1:-1], [words[-1][0], last, *words[-1][2:]]]


def _turns(spoken: Iterable[_Spoken], adviser: str) -> Iterator[Turn]:
    held: list[_Spoken] = []
    number = sentence = 0
    for each in [*spoken, None]:
        if held and (each is None or each.read is not held[-1].read or (each.opens and each.side == "unknown")):
            number += 1
            yield _turn(number, sentence, held, adviser)
            sentence += len(held)
            held = []
        if each is not None:
            held.append(each)


def _turn(number: int, before: int, held: Sequence[_Spoken], adviser: str) -> Turn:
    read, side = held[0].read, held[0].side
    said = read.reply or read.voice
    assert said is not None  # noqa: S101 exactly one is set
    shown = [
        Sentence(at, s.start, s.end, s.begins, s.ends, s.pieces)
        for at, s in enumerate((each.sentence for each in held), start=before + 1)
    ]
    text = read.text[shown[0].start : shown[-1].end]
    return Turn(number, side, adviser if side == "ours" else "", said.public_id, read.pk, shown, text)
