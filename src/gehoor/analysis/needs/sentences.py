"""Where sentences and paragraphs of Dutch and English text begin and end, by character offset."""

import re
from itertools import pairwise

from gehoor.analysis.needs.words import lexicon
from gehoor.kernel.patterns import regex

Span = tuple[int, int]

ABBREVIATIONS = lexicon("abbreviations")
_STOP = regex(
    r"(?:[.!?]+|\u2026)[\"'\u201d\u2019)\]]*(?=\s|$)|(?<=[a-z]{2})[.!?](?=[A-Z][a-z])|[?!.](?=\d{1,2}\.\s*[A-Z])"
)
_PARAGRAPH = regex(r"\n[ \t]*\n\s*|\n(?=\s*(?:[-*\u2022\u2013]|\(?\d{1,2}[.)]|[a-z]\))\s)|\r?\n(?=\S)")
_LAST_TOKEN = regex(r"([^\s?!(\"'\u201c\u2018]+)$")


def sentences(text: str) -> list[Span]:
    """(start, end) of each sentence, in order, covering all of ``text``; white space goes with what precedes."""
    cuts = [end for end in _ends(text) if text[:end].strip() and text[end:].strip()]
    edges = [0, *dict.fromkeys(cuts), len(text)]
    return list(pairwise(edges)) if text else []


def paragraphs(text: str) -> list[Span]:
    """(start, end) of each paragraph, list item or line, in order, together covering all of ``text``."""
    cuts = [
        found.end()
        for found in _PARAGRAPH.finditer(text)
        if text[: found.end()].strip() and text[found.end() :].strip()
    ]
    edges = [0, *dict.fromkeys(cuts), len(text)]
    return list(pairwise(edges)) if text else []


def _ends(text: str) -> list[int]:
    """Where a new sentence may begin, ascending: after a stop that ends a sentence, or on a new line."""
    found = {_after_space(text, stop.end()) for stop in _STOP.finditer(text) if _ends_sentence(text, stop)}
    found |= {line.end() for line in re.finditer(r"\n\s*", text)}
    return sorted(found)


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    following = text[_after_space(text, stop.end()) :][:1]
    if not stop.group().startswith("."):
        return True
    if stop.group().startswith(".."):
        return following.isupper()
    word, start = _word_before(text, stop.start())
    if word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or _numbers_an_item(text, word, start):
        return False
    return not following.islower()


def _word_before(text: str, at: int) -> tuple[str, int]:
    """The word that ends at ``at`` and where it begins."""
    token = _LAST_TOKEN.search(text, max(0, at - 40), at)
    return (token.group(1), token.start(1)) if token else ("", at)


def _numbers_an_item(text: str, word: str, start: int) -> bool:
    """Is ``word`` the number of a list's item: one or two digits where a sentence or line begins?"""
    if not (word.isdigit() and len(word) <= 2):
        return False
    before = text[:start].rstrip(" \t")
    if before.endswith("."):
        return _word_before(before, len(before) - 1)[0].lower() not in ABBREVIATIONS
    return not before or before[-1] in "\n\r?!:;"
