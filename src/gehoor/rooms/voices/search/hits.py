"""Where in a text the searched words stand, in whatever inflection."""

import re
from collections.abc import Iterator

from gehoor.analysis.text import index_terms, words
from gehoor.rooms.voices.search.query import Query, Term, folded, parse

_READ_CHARACTERS = 50_000
_MOST_HITS = 500

Span = tuple[int, int]


def hits(text: str, language: str, query: Query) -> list[Span]:
    """Positions ``(start, end)`` in ``text`` of what the query found, in order, not overlapping."""
    if not query:
        return []
    read = text[:_READ_CHARACTERS]
    found = sorted({*_phrases(read, query), *_words(read, language, _single(query))})
    return list(_apart(found))[:_MOST_HITS]


def _single(query: Query) -> list[Term]:
    """The wanted terms that were not typed as part of a phrase."""
    in_phrases = {term for phrase in query.phrases for term in parse(phrase).wanted}
    return [term for term in query.wanted if term not in in_phrases]


def _phrases(text: str, query: Query) -> Iterator[Span]:
    for phrase in query.phrases:
        for match in re.finditer(re.escape(phrase), text, re.IGNORECASE):
            yield match.span()


def _words(text: str, language: str, terms: list[Term]) -> Iterator[Span]:
    if not terms:
        return
    exact = {each for term in terms if not term.prefix for each in term.stands_for}
    prefixes = tuple(each for term in terms if term.prefix for each in term.stands_for)
    at = 0
    for word in words(text):
        start = text.index(word, at)
        at = start + len(word)
        held = folded(index_terms(word, language)).split()
        if not exact.isdisjoint(held) or (prefixes and any(each.startswith(prefixes) for each in held)):
            yield start, at


def _apart(spans: list[Span]) -> Iterator[Span]:
    end = 0
    for start, stop in spans:
        if start >= end:
            yield start, stop
            end = stop
