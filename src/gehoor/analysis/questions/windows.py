"""The parts of a text in which something is asked: the text itself when it is short, else sentences two by two."""

from itertools import pairwise

from gehoor.analysis.needs.matter import matter
from gehoor.analysis.needs.sentences import Span, sentences

SHORT = 50
"""Words up to which a text is looked up as a whole."""
_LEAST = 5
"""A sentence of fewer words goes with the next one."""


def spoken(text: str) -> str:
    """The same length, without greeting, sign-off and numbers of reference; as it was when nothing would be left."""
    left = matter(text)
    return left if left.strip() else text


def asked_sentences(text: str) -> list[Span]:
    """(start, end) of the sentences of ``text`` without white space around them, small ones joined to what follows."""
    found: list[Span] = []
    held: int | None = None
    for start, end in (_tight(text, span) for span in sentences(text)):
        if start == end:
            continue
        begin = start if held is None else held
        held = begin if len(text[begin:end].split()) < _LEAST else None
        if held is None:
            found.append((begin, end))
    if held is not None:
        last = len(text.rstrip())
        found = [*found[:-1], (found[-1][0], last)] if found else [(held, last)]
    return found


def windows(text: str) -> list[Span]:
    """What is looked up: the whole of a short text; of a longer one every two sentences that follow each other."""
    parts = asked_sentences(text)
    if not parts:
        return []
    if len(text.split()) <= SHORT or len(parts) == 1:
        return [(parts[0][0], parts[-1][1])]
    return [(first[0], second[1]) for first, second in pairwise(parts)]


def _tight(text: str, span: Span) -> Span:
    start, end = span
    inner = text[start:end]
    return (start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())) if inner.strip() else (start, start)
