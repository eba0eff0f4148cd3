"""Language, words and lemmas of a text."""

import re
from dataclasses import dataclass
from functools import lru_cache

import simplemma
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from gehoor.kernel.patterns import regex

LANGUAGES = ("nl", "en", "de", "fr")
"""The languages that are told apart; ``und`` (undetermined) is a text without letters."""

_WORD = regex(r"[^\W_]+(?:['’.\-][^\W_]+)*", re.UNICODE)
_SHORTEST_PART = 4
_TURN = regex(r"^[ \t]*[^\W\d_][\w .'’-]{0,30}:[ \t]*", re.MULTILINE)
_OUR_TURN = regex(r"^[ \t]*(?:adviseur|medewerker|adviser|advisor|agent|helpdesk|webcare)[ \t]*:", re.I | re.M)
_INSIDE = regex(r"['’.\-]")
_LETTER = regex(r"[^\W\d_]")
_DETECT_CHARACTERS = 600


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def language(text: str) -> str:
    """The language of a text, one of :data:`LANGUAGES`, or ``und`` when it holds no letter."""
    if not _LETTER.search(text):
        return "und"
    code, _ = _identifier().classify(text[:_DETECT_CHARACTERS])
    return str(code)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a transcript: ``text[start:end]``, what was said from ``begin`` on, and whether our side said it."""

    start: int
    begin: int
    end: int
    ours: bool


def turns(text: str) -> list[Turn]:
    """The turns of a transcript; none when no line begins as our side's turn does ("Adviseur:")."""
    if not _OUR_TURN.search(text):
        return []
    marks = list(_TURN.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [
        Turn(mark.start(), mark.end(), end, bool(_OUR_TURN.match(mark[0])))
        for mark, end in zip(marks, ends, strict=True)
    ]


def customers_part(text: str) -> str:
    """A transcript without what our side said and without labels. Other texts as they are."""
    theirs = [text[turn.begin : turn.end].rstrip("\n") for turn in turns(text) if not turn.ours]
    return "\n".join(theirs) or text


def words(text: str) -> list[str]:
    """The words of a text, in order, as written. Hyphens and apostrophes inside a word belong to it."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """How many words, as a person counts them."""
    return len(text.split())


@lru_cache(maxsize=200_000)
def lemma(word: str, code: str) -> str:
    """The lemma of a lower-case word.

    A compound that no dictionary holds ("bouwdepots") is bent as its last part is: the longest known end decides.
    """
    spoken = code if code in LANGUAGES else "nl"
    base = simplemma.lemmatize(word, lang=spoken).lower()
    if base != word or len(word) < 2 * _SHORTEST_PART or simplemma.is_known(word, lang=spoken):
        return base
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        end = word[cut:]
        if simplemma.is_known(end, lang=spoken):
            return word[:cut] + simplemma.lemmatize(end, lang=spoken).lower()
    return base


def index_terms(text: str, code: str) -> str:
    """What the search index holds: each word in lower case, then its lemma where that differs.

    A word with a hyphen, full stop or apostrophe inside is also held without it, and in its parts.
    """
    return " ".join(term for word in words(text.lower()) for term in _terms(word, code))


@lru_cache(maxsize=200_000)
def _terms(word: str, code: str) -> tuple[str, ...]:
    parts = _INSIDE.split(word)
    whole = "".join(parts)
    terms = [whole, lemma(word, code) if len(parts) == 1 else whole, *(parts if len(parts) > 1 else ())]
    return tuple(dict.fromkeys(term for term in terms if term.isalnum()))


def query_terms(word: str) -> tuple[str, ...]:
    """Everything that a searched word may stand for in the index, sorted: itself, its lemma in each language, and for
    a longer word the plain Dutch plural or singular, since dictionaries bend compounds unevenly."""
    lower = "".join(_INSIDE.split(word.lower()))
    plain: tuple[str, ...] = ()
    if len(lower) > _SHORTEST_PART:
        singular = (lower[:-1],) if lower.endswith(("en", "s")) else ()
        plain = (f"{lower}n", f"{lower}s") if lower.endswith("e") else singular
    return tuple(sorted({lower, *plain, *(lemma(lower, code) for code in LANGUAGES)}))
