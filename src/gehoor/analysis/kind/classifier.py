"""Adds up the cues of a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from gehoor.analysis.kind.cues import CUES, NEGATIONS
from gehoor.kernel.patterns import regex

KINDS = ("question", "complaint", "remark", "compliment", "wish")
UNSURE = "unsure"

_REMARK_PRIOR = 0.5
_LEAST = 0.5
_MARGIN = 0.3
_ASKED = 1.1
_READ_CHARACTERS = 4_000
_WORD = regex(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the text that spoke for a kind."""

    phrase: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind (or ``unsure``) and the cues that spoke, heaviest first."""

    kind: str
    cues: tuple[Cue, ...] = field(default=())


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, tuple[str, float]]:
    return {
        phrase: (kind, weight)
        for kind, weights in CUES.items()
        for weight, phrases in weights.items()
        for phrase in phrases.split("|")
        if not phrase.endswith("*")
    }


@lru_cache(maxsize=1)
def _stems() -> Mapping[str, tuple[str, float]]:
    return {
        phrase[:-1]: (kind, weight)
        for kind, weights in CUES.items()
        for weight, phrases in weights.items()
        for phrase in phrases.split("|")
        if phrase.endswith("*")
    }


@lru_cache(maxsize=100_000)
def _by_stem(word: str) -> tuple[str, float] | None:
    return next((found for stem, found in _stems().items() if word.startswith(stem)), None)


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """The words with which phrases of more than one word begin."""
    return frozenset(phrase.split(" ")[0] for phrase in _phrases() if " " in phrase)


def _cue(words: list[str], at: int, learned: Mapping[str, tuple[str, float]]) -> tuple[int, Cue] | None:
    """The longest phrase that begins at a word, and how many words it has."""
    word = words[at]
    if word in _openings():
        for length in range(min(4, len(words) - at), 1, -1):
            phrase = " ".join(words[at : at + length])
            if found := _phrases().get(phrase):
                return length, Cue(phrase, *found)
    alone = _phrases().get(word) or learned.get(word) or _by_stem(word)
    return (1, Cue(word, *alone)) if alone else None


def _negated(words: list[str], at: int) -> bool:
    return any(word in NEGATIONS for word in words[max(0, at - 2) : at])


def _found(text: str, learned: Mapping[str, tuple[str, float]]) -> list[Cue]:
    words = _WORD.findall(text[:_READ_CHARACTERS].lower().replace("’", "'"))
    cues: list[Cue] = []
    at = 0
    while at < len(words):
        match = _cue(words, at, learned)
        if match is None:
            at += 1
            continue
        length, cue = match
        if cue.kind == "compliment" and _negated(words, at):
            cue = Cue(f"{words[at - 1]} {cue.phrase}", "complaint", cue.weight)
        cues.append(cue)
        at += length
    return cues


def _totals(text: str, cues: list[Cue]) -> dict[str, float]:
    """The strongest cue of a kind counts whole, each further one half of what is left: long texts do not shout."""
    totals = dict.fromkeys(KINDS, 0.0)
    totals["remark"] = _REMARK_PRIOR
    for kind in CUES:
        weights = sorted({cue.phrase: cue.weight for cue in cues if cue.kind == kind}.values(), reverse=True)
        totals[kind] = sum(weight / 2 ** min(place, 4) for place, weight in enumerate(weights))
    asked = text.count("?")
    if asked:
        ends = text.rstrip().endswith("?") or len(text) < 200
        totals["question"] += _ASKED if ends else _ASKED / 2
    return totals


def classify(text: str, learned: Mapping[str, tuple[str, float]] | None = None) -> Judgement:
    """Judge a text. ``learned`` maps a word to a kind and weight, as :func:`learn` made it from corrections."""
    cues = _found(text, learned or {})
    totals = _totals(text, cues)
    (first, most), (_, next_most) = sorted(totals.items(), key=lambda item: -item[1])[:2]
    told = tuple(sorted(cues, key=lambda cue: -cue.weight)[:5])
    if not text.strip() or most < _LEAST or most - next_most < _MARGIN:
        return Judgement(UNSURE, told)
    return Judgement(first, told)
