"""What a statement claims: about what, and whether people want it, say something of it, or do it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from gehoor.analysis.needs.words import STOP_WORDS, WORD, lemma
from gehoor.analysis.statement.patterns import any_of, heads, lexicon, meanings, opposites, plain
from gehoor.kernel.patterns import regex

MOST_CHARACTERS = 300
MOST_TERMS = 6
NEEDED_PART = 0.66
"""Of three or more words of the subject, the part that has to stand in a passage; of fewer, all."""


class Frame(StrEnum):
    """How a statement speaks of its subject."""

    WISH = "wish"
    """People want it."""
    STATE = "state"
    """Something is said of it that has an opposite: it is slow, or people are pleased with it."""
    FACT = "fact"
    """Anything else: it happens."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or meaning of the subject. ``name`` is stable. ``heads``: one of these begins a word in every text that
    the pattern fits."""

    name: str
    pattern: re.Pattern[str]
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """``positive``: not denied ("nobody", "not"). ``aspect``: for a state, its name in the list of opposites, and
    ``side`` 0 for the first of the two, 1 for the second. ``topic``: the subject's own words, to find passages by."""

    frame: Frame
    positive: bool
    terms: tuple[Term, ...]
    topic: str
    aspect: str = ""
    side: int = 0

    @property
    def speaks(self) -> bool:
        """Whether it is about anything at all."""
        return bool(self.terms or self.aspect)

    @property
    def finders(self) -> tuple[tuple[str, ...], ...]:
        """For each part of the subject, beginnings of words of which a passage has at least one."""
        if self.terms:
            return tuple(term.heads for term in self.terms)
        return (opposites()[self.aspect].heads,) if self.aspect else ()

    @property
    def needed(self) -> int:
        """How many parts of the subject a voice has to hold."""
        n = len(self.finders)
        if self.frame is Frame.STATE:
            return ceil(n / 2)
        return n if n <= 2 else ceil(NEEDED_PART * n)

    @property
    def key(self) -> str:
        """Equal for statements that claim the same, in whatever words."""
        said = f"{self.aspect}{self.side}" if self.frame is Frame.STATE else ""
        return (
            f"{self.frame}{'+' if self.positive else '-'}{said}:{' '.join(sorted({term.name for term in self.terms}))}"
        )


_WISH = regex(
    r"\b(?:wil(?:len|t)?|wensen|wens(?:t)?|verlang\w*|graag|liever|behoefte aan|vragen om|vraagt om|nodig|zouden|zou"
    r"|missen|mist|moet(?:en)? (?:er )?(?:komen|kunnen)|zit(?:ten)? (?:niet )?te wachten op|hoeft|vraagt om"
    r"|want(?:s|ed)?|would like|likes?|wish(?:es)?|need(?:s)?|prefer|ask(?:s)? for|should|miss(?:es)?|demand|like to)\b"
)
_DENIED = regex(
    r"\b(?:niet|geen|niemand|nooit|nauwelijks|niks|niets|weinig|zelden|not|no|nobody|no one|never|none|hardly|few)\b"
    r"|n't\b"
)
_EMPTY = lexicon("empty")
_PEOPLE = frozenset({"adviser", "telephone", "waiting", "waiting on the line"})
"""Subjects that an opinion which needs no subject is about anyway."""


def read_claim(text: str) -> Claim:
    """The claim of a statement; its terms are empty when no word of it says anything."""
    typed = " ".join(text.split())[:MOST_CHARACTERS]
    said = plain(typed)
    aspect, side, spans = _aspect(said)
    whole = bool(aspect) and opposites()[aspect].whole
    wish = _WISH.search(said) is not None and not (spans and _WISH.search(_without(said, spans)) is None)
    positive = _DENIED.search(_without(said, spans)) is None
    rest = _without(said, [] if wish else spans)
    terms = _terms(rest)
    if aspect and not wish and (terms or whole):
        terms = tuple(term for term in terms if not whole or term.name not in _PEOPLE)
        return Claim(Frame.STATE, positive, terms, _topic(rest) or typed, aspect, side)
    terms = terms or _terms(said)
    return Claim(Frame.WISH if wish else Frame.FACT, positive, terms, _topic(rest) or typed)


def _aspect(said: str) -> tuple[str, int, list[tuple[int, int]]]:
    """The opinion that a statement holds, and where it stands: one that needs no subject, or else the last."""
    best: tuple[bool, int, int, str, int] | None = None
    for name, opposite in opposites().items():
        for side, pattern in enumerate(opposite.sides):
            for found in pattern.finditer(said):
                key = (opposite.whole, found.end(), found.end() - found.start(), name, side)
                if best is None or key[:3] > best[:3]:
                    best = key
    if best is None:
        return "", 0, []
    _, end, length, name, side = best
    return name, side, [(end - length, end)]


def _without(said: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        said = said[:start] + " " * (end - start) + said[end:]
    return said


def _terms(said: str) -> tuple[Term, ...]:
    """Meanings that stand in it, the longest first, then the words that are left."""
    found: list[tuple[int, Term]] = []
    left = said
    hits = [
        (-(hit.end() - hit.start()), hit.start(), hit.end(), name, pattern)
        for name, pattern in meanings().items()
        for hit in pattern.finditer(said)
    ]
    for _, start, end, name, pattern in sorted(hits, key=lambda hit: hit[:4]):
        if left[start:end].strip() and left[start:end] == said[start:end]:
            left = left[:start] + " " * (end - start) + left[end:]
            found.append((start, Term(name, pattern, heads(name))))
    for hit in WORD.finditer(left):
        word = hit[0]
        if not _empty(word):
            forms = _forms(word)
            found.append((hit.start(), Term(lemma(word), any_of(forms), tuple(form.rstrip("*") for form in forms))))
    named: dict[str, Term] = {}
    for _, term in sorted(found, key=lambda each: each[0]):
        named.setdefault(term.name, term)
    return tuple(named.values())[:MOST_TERMS]


def _empty(word: str) -> bool:
    return len(word) < 2 or word in _EMPTY or word in STOP_WORDS["nl"] or word in STOP_WORDS["en"] or word[0].isdigit()


def _forms(word: str) -> list[str]:
    """A word, its dictionary form, and longer words that begin with either where it is not short."""
    base = {word, lemma(word, "nl"), lemma(word, "en")}
    stems = {form[:-2] if form.endswith("en") and len(form) > 6 else form for form in base}
    return [f"{form}*" if len(form) > 4 else form for form in base | {stem for stem in stems if len(stem) > 4}]


def _topic(said: str) -> str:
    """The words that say something, in order."""
    return " ".join(word for word in WORD.findall(said) if not _empty(word))
