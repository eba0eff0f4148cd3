"""What a statement claims: about what, and whether people want it, say something of it, or do it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from gehoor.analysis.needs.words import STOP_WORDS, WORD, lemma
from gehoor.analysis.statement.patterns import any_of, heads, lexicon, meanings, opposites, plain

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
    def key(self) -> str:
        """Equal for statements that claim the same, in whatever words."""
        said = f"{self.aspect}{self.side}" if self.frame is Frame.STATE else ""
        return (
            f"{self.frame}{'+' if self.positive else '-'}{said}:{' '.join(sorted({term.name for term in self.terms}))}"
        )


_WISH = re.compile(
    r"\b(?:wil(?:len|t)?|wensen|wens(?:t)?|verlang\w*|graag|liever|behoefte aan|vragen om|vraagt om|nodig|zouden|zou"
    r"|missen|mist|moet(?:en)? (?:er )?(?:komen|kunnen)|moet(?:en)?|hoeven|hoeft|zitten te wachten op"
    r"|want(?:s|ed)?|would like|wish(?:es)?|need(?:s)?|prefer|ask(?:s)? for|should|miss(?:es)?|demand|like to)\b"
)
_DENIED = re.compile(
    r"\b(?:niet|geen|niemand|nooit|nauwelijks|niks|niets|weinig|zelden|not|no|nobody|no one|never|none|hardly|few)\b"
    r"|n't\b"
)
_EMPTY = lexicon("empty")


def read_claim(text: str) -> Claim:
    """The claim of a statement; its terms are empty when no word of it says anything."""
    typed = " ".join(text.split())[:MOST_CHARACTERS]
    said = plain(typed)
    aspect, side, spans = _aspect(said)
    wish = _WISH.search(said) is not None and not _state_first(said, spans)
    positive = _DENIED.search(_without(said, spans)) is None
    rest = _without(said, [] if wish else spans)
    terms = _terms(rest)
    if aspect and not wish and terms:
        return Claim(Frame.STATE, positive, terms, _topic(rest), aspect, side)
    terms = terms or _terms(said)
    return Claim(Frame.WISH if wish else Frame.FACT, positive, terms, _topic(rest) or typed)


def _state_first(said: str, spans: list[tuple[int, int]]) -> bool:
    """ "Customers want to know why it is slow" is a wish; "what is slow has to be quicker" too. Only a bare opinion."""
    return bool(spans) and _WISH.search(_without(said, spans)) is None


def _aspect(said: str) -> tuple[str, int, list[tuple[int, int]]]:
    """The opinion that a statement holds: the one that stands last, and where it stands."""
    best: tuple[int, int, str, int] | None = None
    for name, sides in opposites().items():
        for side, pattern in enumerate(sides):
            for found in pattern.finditer(said):
                key = (found.end(), found.end() - found.start(), name, side)
                if best is None or key[:2] > best[:2]:
                    best = key
    if best is None:
        return "", 0, []
    end, length, name, side = best
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
