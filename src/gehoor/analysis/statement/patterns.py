"""The word lists of this part as patterns over a text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from gehoor.kernel.patterns import regex

_APART = r"(?:\W+\w+){0,3}?\W+"


def plain(text: str) -> str:
    """Lower case, one kind of apostrophe; as long as ``text``, so that positions stay right."""
    lower = text.replace("\u2019", "'").replace("\u2018", "'").lower()
    return lower if len(lower) == len(text) else text


def pattern(phrase: str) -> str:
    """A regular expression: a star takes any ending, a star alone some words; words may stand apart a little."""
    parts = [re.escape(word).replace(r"\*", r"\w*") for word in phrase.split() if word != "*"]
    return _APART.join(parts)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of these phrases, as whole words; the longest first."""
    return regex(rf"(?<!\w)(?:{'|'.join(sorted(map(pattern, phrases), key=len, reverse=True))})(?!\w)")


def _lines(name: str) -> Iterator[str]:
    text = (files("gehoor.analysis.statement") / "lexicon" / f"{name}.txt").read_text("utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=4)
def lexicon(name: str) -> frozenset[str]:
    """The words in ``lexicon/<name>.txt``."""
    return frozenset(word for line in _lines(name) for word in line.split())


def _phrases(part: str) -> list[str]:
    return [phrase.strip() for phrase in part.split("|") if phrase.strip()]


@lru_cache(maxsize=1)
def meanings() -> dict[str, re.Pattern[str]]:
    """Each meaning by its name."""
    found = (_phrases(line) for line in _lines("same"))
    return {phrases[0]: any_of(phrases) for phrases in found}


@lru_cache(maxsize=1)
def _heads() -> dict[str, tuple[str, ...]]:
    found = (_phrases(line) for line in _lines("same"))
    return {phrases[0]: tuple(dict.fromkeys(map(_longest, phrases))) for phrases in found}


def heads(name: str) -> tuple[str, ...]:
    """Beginnings of words, of which every text that holds this meaning has at least one."""
    return _heads()[name]


def _longest(phrase: str) -> str:
    """The most telling word of a phrase, without what a full-text index would cut it at."""
    words = [word.rstrip("*") for word in phrase.split()]
    return max((part for word in words for part in re.split(r"[^\w]", word)), key=len)


@dataclass(frozen=True, slots=True)
class Opposite:
    """What is said of things (side 0) and its opposite (side 1). ``whole``: it says itself what it is about. ``heads``:
    beginnings of words, of which every text that says either has one."""

    sides: tuple[re.Pattern[str], re.Pattern[str]]
    whole: bool
    heads: tuple[str, ...]


@lru_cache(maxsize=1)
def opposites() -> dict[str, Opposite]:
    """By the name of its first side."""
    found = {}
    for line in _lines("opposite"):
        one, other = (_phrases(part) for part in line.removeprefix("!").split("="))
        heads = tuple(dict.fromkeys(map(_longest, one + other)))
        found[one[0]] = Opposite((any_of(one), any_of(other)), line.startswith("!"), heads)
    return found
