"""Reads .postcard files: lines of text, each a card. Some of them make the engine behave badly."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from gehoor.channels.base import (
    Document,
    EngineState,
    Heard,
    NothingSaid,
    Outcome,
    ReadWord,
    Recognition,
    Transcription,
    Wishes,
)
from gehoor.kernel.errors import Damaged, EngineNeeded, EngineTurn

ENGINE = "the postcard engine"


class PostcardReader:
    """An engine that is there when the environment says so."""

    engine = ENGINE

    def engines(self) -> tuple[EngineState, ...]:
        """The one."""
        return (EngineState("postcards", self.ready(), "1.0", "Make the file."),)

    def ready(self) -> bool:
        """Whether the file that stands for the engine exists."""
        return Path(os.environ.get("GEHOOR_TEST_ENGINE", "/nowhere")).exists()

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """By its name."""
        return Recognition(1.0 if document.name.endswith(".postcard") else 0.0)

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Everything waits for the engine."""
        if not self.ready():
            raise EngineNeeded(engine=ENGINE, how="make the file")
        turn = EngineTurn(engine=ENGINE)
        turn.hints = {"place": "Texel"}
        raise turn
        yield

    def read_slowly(self, document: Document, wishes: Wishes, alive: Callable[[], None]) -> Iterator[Outcome]:
        """A card a line."""
        with document.open() as stream:
            lines = stream.read().split(b"\n")
        for number, line in enumerate(lines, start=1):
            alive()
            yield _card(number, line, wishes)


def _card(number: int, line: bytes, wishes: Wishes) -> Outcome:
    match line.strip().decode("utf-8", "replace"):
        case "":
            return NothingSaid(f"card {number}", line or b"\n", "text/plain", "The card is empty.")
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "silence":
            time.sleep(60)
        case "greed":
            raise MemoryError
        case "damage":
            raise Damaged(what="card", why="it is torn")
    text = line.decode("utf-8", "replace")
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        words.append(ReadWord(at, at + len(word), 0.9, 1, (0.1, 0.1, 0.2, 0.2)))
        at += len(word)
    return Heard(
        channel="postcard",
        text=text,
        position=f"card {number}",
        original=line,
        media_type="text/plain",
        author=wishes.hints.get("place", ""),
        transcription=Transcription("postcard engine 1.0", tuple(words), 0.9, pages=1),
    )


READER = PostcardReader()
