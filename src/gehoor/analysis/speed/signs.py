"""Phrases that show that an answer cannot wait, or that it can: one list a sign, in ``lexicon/``, Dutch and English."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from gehoor.kernel.patterns import regex

_FOLDER = Path(__file__).parent / "lexicon"
_SENTENCE = regex(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*[.!?]*")
_BETWEEN = r"(?:\W+[\w'’-]+){0,5}?\W+"


class Sign(StrEnum):
    """Why an answer cannot wait, or why it can."""

    STRANDED = "stranded"
    DEADLINE = "deadline"
    MONEY = "money"
    PUBLIC = "public"
    AGAIN = "again"
    VULNERABLE = "vulnerable"
    HASTE = "haste"
    CALM = "calm"
    FAR = "far"
    FRIENDLY = "friendly"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Found:
    """A sign and the words of the customer in which it was found: ``text[start:end]``, the whole text where both are 0
    (the sign is in no single words)."""

    sign: Sign
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one list, and those that take away what they stand beside in a sentence."""

    phrases: re.Pattern[str]
    but: re.Pattern[str] | None

    def find(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Where one of the phrases first stands in a sentence; None where something takes it away."""
        found = self.phrases.search(text, start, end)
        if found is None or (self.but is not None and self.but.search(text, start, end)):
            return None
        return found.span()

    def all(self, text: str) -> Iterator[tuple[int, int]]:
        """Every place of a phrase, whatever stands beside it."""
        return (found.span() for found in self.phrases.finditer(text))


@cache
def lexicon(name: str) -> Lexicon:
    """One of the lists."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    told = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    but = [line[2:] for line in told if line.startswith("- ")]
    return Lexicon(_pattern([line for line in told if not line.startswith("- ")]), _pattern(but) if but else None)


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    return regex("|".join(map(_phrase, phrases)), re.IGNORECASE)


def _phrase(line: str) -> str:
    """``..`` stands for up to five words, ``|`` between words for one of them, ``*`` for any ending."""
    found, glue = r"(?<!\w)", ""
    for part in line.split():
        if part == "..":
            glue = _BETWEEN
            continue
        words = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in part.split("|"))
        found += f"{glue}(?:{words})"
        glue = r"\W+"
    return f"(?:{found}(?!\\w))"


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; lines are sentences too."""
    return (found.span() for found in _SENTENCE.finditer(text) if found[0].strip())


def found_in(name: str, sign: Sign, text: str) -> Iterator[Found]:
    """Every sentence in which a list has a phrase."""
    for start, end in sentences(text):
        place = lexicon(name).find(text, start, end)
        if place is not None:
            yield Found(sign, *place)
