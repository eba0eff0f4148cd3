"""What someone typed, taken apart.

Words must all occur, in any inflection; ``-word`` must not occur; ``"exact words"`` must stand in the text as they are;
``word*`` finds every word that begins so. Accents make no difference.
"""

import re
import unicodedata
from dataclasses import dataclass

from gehoor.analysis.text import query_terms, words

_PART = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Term:
    """One word: any of ``stands_for`` will do; ``prefix`` takes every longer word too."""

    stands_for: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """``wanted`` all, ``unwanted`` none, each of ``phrases`` word for word, and none of ``unwanted_phrases``."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    phrases: tuple[str, ...] = ()
    unwanted_phrases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted or self.phrases or self.unwanted_phrases)


def folded(text: str) -> str:
    """``text`` without accents: the index and what is searched in it are both folded, on every database."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)))


def _plain(term: str) -> str:
    """A term as the index can hold it: letters and digits, and nothing that a query language could read."""
    return "".join(filter(str.isalnum, folded(term)))


def _terms(text: str) -> list[Term]:
    """The terms of a run of text; with a star at its end its last word stands for every longer one."""
    found = [Term(tuple(dict.fromkeys(filter(None, map(_plain, query_terms(word)))))) for word in words(text)]
    if text.endswith("*") and found:
        found[-1] = Term((_plain(words(text)[-1].lower()),), prefix=True)
    return [term for term in found if any(term.stands_for)]


def parse(typed: str) -> Query:
    """Take apart what someone typed. Any text is a query; one without a word in it is empty."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    phrases: list[str] = []
    unwanted_phrases: list[str] = []
    for minus_phrase, phrase, minus, word in _PART.findall(typed.replace("\0", " ")):
        if phrase.strip():
            (unwanted_phrases if minus_phrase else phrases).append(phrase.strip())
        if not minus_phrase:
            (unwanted if minus else wanted).extend(_terms(phrase or word))
    most = slice(_MOST_WORDS)
    return Query(tuple(wanted[most]), tuple(unwanted[most]), tuple(phrases[most]), tuple(unwanted_phrases[most]))
