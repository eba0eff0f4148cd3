"""What someone typed, taken apart.

Words must all occur, in any inflection; ``-word`` must not occur; ``"exact words"`` must stand in the text as they are;
``word*`` finds every word that begins so.
"""

import re
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
    """``wanted`` all, ``unwanted`` none, and each of ``phrases`` word for word."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    phrases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted or self.phrases)


def _terms(text: str) -> list[Term]:
    if text.endswith("*"):
        return [Term((word.lower(),), prefix=True) for word in words(text)[-1:]]
    return [Term(query_terms(word)) for word in words(text)]


def parse(typed: str) -> Query:
    """Take apart what someone typed. Any text is a query; one without a word in it is empty."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    phrases: list[str] = []
    for minus_phrase, phrase, minus, word in _PART.findall(typed):
        terms = _terms(phrase or word)
        (unwanted if minus_phrase or minus else wanted).extend(terms)
        if phrase.strip() and not minus_phrase:
            phrases.append(phrase.strip())
    return Query(tuple(wanted[:_MOST_WORDS]), tuple(unwanted[:_MOST_WORDS]), tuple(phrases[:_MOST_WORDS]))
