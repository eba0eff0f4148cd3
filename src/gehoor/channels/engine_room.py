"""The process in which engines work: started by the intake room, ended by it when it falls silent or takes too much.

It is given one :class:`Task` after another through a pipe, and answers each with outcomes, signs of life, and how it
ended. An engine that brings its process down takes nothing else with it.
"""

import os
import resource
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from gehoor.channels.base import Document, Outcome, SlowReader, Wishes
from gehoor.channels.registry import reader_for
from gehoor.kernel.errors import CannotRead, EngineFailed
from gehoor.kernel.language import sentence

MEMORY = 8 << 30
"""Bytes of its own data that the process may hold."""
_NICENESS = 5
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read: where its bytes stand, and what it is called."""

    path: Path
    name: str
    size: int
    wishes: Wishes = field(default_factory=Wishes)

    def document(self) -> Document:
        """The document, to be opened in this process."""
        return Document(self.name, self.size, lambda: self.path.open("rb"), self.path)


@dataclass(frozen=True, slots=True)
class Alive:
    """A sign of life."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The task is done; ``error`` says why it could not be read as a whole."""

    error: CannotRead | None = None


Message = Outcome | Alive | Ended


def work(pipe: Connection, environment: Mapping[str, str]) -> None:
    """Read tasks until the pipe closes. Runs in a process of its own."""
    os.environ.update(environment)
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    while True:
        try:
            task: Task = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_read(task, pipe))


def _read(task: Task, pipe: Connection) -> Ended:
    document = task.document()
    try:
        reader = reader_for(document, task.wishes)
        if not isinstance(reader, SlowReader):
            raise EngineFailed(
                engine=sentence("the engine"), why=sentence("no engine knows this kind of file any more")
            )
        for outcome in reader.read_slowly(document, task.wishes, lambda: pipe.send(Alive())):
            pipe.send(outcome)
    except CannotRead as error:
        return Ended(error)
    except MemoryError:
        return Ended(EngineFailed(engine=sentence("the engine"), why=sentence("it takes more memory than is allowed")))
    return Ended()
