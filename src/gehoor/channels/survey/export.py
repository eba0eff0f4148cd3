"""What an export of a survey comes down to: questions, columns that say something of the response, and rows to pass."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from gehoor.channels.table.dates import HOME
from gehoor.channels.table.sheet import Sheet
from gehoor.kernel.ids import content_hash

_LONGEST_KEY = 40
_HASH = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Question:
    """An open question. ``key`` names it the same in each export of the survey.

    An ``aside`` is the box of a closed question ("other, namely"): what stands in it was said, but leaving it empty is
    no silence.
    """

    place: int
    text: str
    key: str
    aside: bool = False

    @property
    def label(self) -> str:
        """What the question is called in a position: its code, or its column where it has none."""
        return f"column {self.place + 1}" if _HASH.fullmatch(self.key) else self.key


@dataclass(frozen=True, slots=True)
class Export:
    """How one sheet is to be read. ``lead`` is how many rows under the first are headings too.

    ``roles`` says in which column stands what is known of a response: ``id``, ``status``, ``finished``, ``progress``,
    ``distribution``, and the fields of a voice.
    """

    sheet: Sheet
    lead: int
    questions: tuple[Question, ...]
    roles: Mapping[str, tuple[int, ...]]
    zone: tzinfo = HOME
    month_first: bool = False
    """Whether dates name the month first where the column does not disprove it."""
    not_shown: frozenset[str] = field(default_factory=frozenset)
    """What stands in the place of an answer when the question was not put."""


def key_of_question(name: str) -> str:
    """The name itself where it is a code (short, without spaces); else a hash of it, since ids hold no spaces."""
    if name and len(name) <= _LONGEST_KEY and not any(map(str.isspace, name)):
        return name
    return content_hash(" ".join(name.split()).encode("utf-8", "replace")).hex()[:12]
