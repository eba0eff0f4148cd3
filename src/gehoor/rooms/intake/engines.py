"""Has engines work in a process beside this one, and watches over it."""

import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from django.conf import settings

from gehoor.channels.base import Document, Outcome, Wishes
from gehoor.channels.engine_room import Alive, Ended, Task, work
from gehoor.kernel.errors import EngineFailed
from gehoor.kernel.language import sentence

SILENCE_SECONDS = 240.0
"""An engine that gives no sign of life for so long is ended."""
_BLOCK = 1 << 20


class EngineRoom:
    """One process for engines, started when first needed and again after it was lost."""

    def __init__(self, silence_seconds: float = SILENCE_SECONDS) -> None:
        self._silence = silence_seconds
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """What the document's slow reader yields. Raises CannotRead; EngineFailed when the process was lost on it."""
        with _in_a_file(document) as path:
            pipe = self._opened()
            try:
                pipe.send(Task(path, document.name, document.size, wishes))
                yield from self._answers(pipe)
            except (EOFError, OSError):
                self.close()
                raise EngineFailed(engine=_ENGINE, why=sentence("it broke down")) from None
            except GeneratorExit:
                self.close()
                raise

    def _answers(self, pipe: Connection) -> Iterator[Outcome]:
        while True:
            if not pipe.poll(self._silence):
                self.close()
                raise EngineFailed(engine=_ENGINE, why=sentence("it gave no sign of life for too long"))
            message = pipe.recv()
            if isinstance(message, Ended):
                if message.error is not None:
                    raise message.error
                return
            if not isinstance(message, Alive):
                yield message

    def _opened(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self.close()
            context: Any = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            told = {name: value for name, value in os.environ.items() if name.startswith("GEHOOR_")}
            self._process = context.Process(target=work, args=(theirs, told), daemon=True, name="gehoor-engines")
            self._process.start()
            theirs.close()
        return self._pipe

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


_ENGINE = sentence("the engine")


@contextmanager
def _in_a_file(document: Document) -> Iterator[Path]:
    """Where the bytes stand; those that stand in the database are written out for as long as they are read."""
    if document.path is not None:
        yield document.path
        return
    with tempfile.NamedTemporaryFile(dir=settings.HOME.folder("working"), prefix="engine-") as copy:
        with document.open() as stream:
            while block := stream.read(_BLOCK):
                copy.write(block)
        copy.flush()
        yield Path(copy.name)
