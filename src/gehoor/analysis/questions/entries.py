"""An entry of the answer book as the index sees it, and the texts of it that are embedded."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from gehoor.analysis.needs.sentences import sentences
from gehoor.kernel.patterns import regex

LONGEST = 450
"""Characters of a passage of an answer; what the teacher reads of a text is some 900."""
_PARAGRAPH = regex(r"\n\s*\n")


class Field(IntEnum):
    """Which text of an entry."""

    QUESTION = 0
    PHRASING = 1
    PASSAGE = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """``phrasings``: other ways to ask for it. ``answer``: plain text, may be empty."""

    key: int
    question: str
    phrasings: tuple[str, ...] = ()
    answer: str = ""


def passages(answer: str) -> list[str]:
    """The answer in passages of about ``LONGEST`` characters, cut between paragraphs; long ones between sentences."""
    units: list[str] = []
    for paragraph in _PARAGRAPH.split(answer):
        whole = paragraph.strip()
        parts = [whole[a:b].strip() for a, b in sentences(whole)] if len(whole) > LONGEST else [whole]
        units += [part for part in parts if part]
    found: list[str] = []
    for unit in units:
        if found and len(found[-1]) + len(unit) <= LONGEST:
            found[-1] = f"{found[-1]}\n{unit}"
        else:
            found.append(unit)
    return found


def texts_of(entry: Entry) -> list[tuple[Field, str]]:
    """The texts to embed of one entry, in order; a passage stands behind the question, which says what it is about."""
    return [
        (Field.QUESTION, entry.question),
        *((Field.PHRASING, phrasing) for phrasing in entry.phrasings),
        *((Field.PASSAGE, f"{entry.question} {passage}") for passage in passages(entry.answer)),
    ]


def texts_to_embed(entries: Sequence[Entry]) -> list[str]:
    """The texts of all entries, one after another: the order in which the index takes their vectors."""
    return [text for entry in entries for _, text in texts_of(entry)]
