"""The contract of an engine that reads paper: one page in, its words out, each with its place and how sure it is.

An engine gets a page that has been prepared (grey, even light, lines level) and turns nothing itself. It reads what is
there or says nothing; it never downloads anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
"""A page in grey: rows by columns, 0 black, 255 white."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in fractions of the page."""

UNSURE = 0.85
"""A word below this confidence deserves a look; what share of the errors that finds stands in benchmarks/paper.md."""


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word on a page, with how sure the engine is of it, from 0 to 1."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class PageRead:
    """What an engine made out of one page, in the order in which it reads. ``engine`` says who, in which version."""

    words: tuple[PageWord, ...]
    engine: str = ""

    @property
    def confidence(self) -> float:
        """Mean over the words, long ones counting more; 0 where there are none."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 0.0


class Engine(Protocol):
    """Reads pages."""

    name: str
    remedy: str
    """A translatable sentence: how to get it."""

    def there(self) -> bool:
        """Whether it is installed; quick."""
        ...

    def version(self) -> str:
        """Its name, version and language, as a transcription names it. Asked only of an engine that is there."""
        ...

    def read_page(self, image: Grey) -> PageRead:
        """The words on a page; none where it finds none, or takes too long over it. Raises EngineFailed."""
        ...


class LineEngine(Engine, Protocol):
    """An engine that can also read lines of which another has already found the place, which is far quicker."""

    def read_lines(self, image: Grey, lines: Sequence[Box]) -> list[tuple[str, float]]:
        """For each line its text and how sure it is; ``("", 0.0)`` where it sees nothing."""
        ...
