"""Whether a string is a word: what tells text from what only looks like it."""

import re
from collections.abc import Iterable
from functools import lru_cache

import simplemma

_FIRST = ("nl", "en")
_OTHERS = ("de", "fr")
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_PIECE = re.compile(r"[^\W_]+")
_ORDINARY = re.compile(r"[\w.,;:!?'\"’‘“”()€%&/@+\-–—…§°*=<>\[\]#]+")
_MEMORY = 65_536


@lru_cache(_MEMORY)
def is_known(word: str, *, widely: bool = False) -> bool:
    """Whether a dictionary has it: Dutch or English, ``widely`` also German and French."""
    bare = word.strip(".,;:!?\"'’‘“”()[]")
    if not bare or (not bare.isascii() and not _WORD.fullmatch(bare)):
        return False
    languages = _FIRST + _OTHERS if widely else _FIRST
    return any(simplemma.is_known(each, lang=languages) for each in {bare, bare.lower()})


def share_known(texts: Iterable[str]) -> tuple[float, int]:
    """Which share of the words among ``texts`` is in a dictionary, and of how many words that is."""
    words = [word for text in texts for word in _WORD.findall(text)]
    if not words:
        return 0.0, 0
    known = sum(is_known(word) for word in words)
    if known < len(words) / 2:
        known = max(known, sum(is_known(word, widely=True) for word in words))
    return known / len(words), len(words)


def share_language(texts: Iterable[str]) -> float:
    """Which share of all letters and figures stands in words of three letters or more that a dictionary has.

    Noise in which an engine sees letters comes out in bits of one or two.
    """
    words = [word for text in texts for word in _PIECE.findall(text)]
    letters = sum(map(len, words))
    long = [word for word in words if len(word) > 2]
    known = sum(len(word) for word in long if is_known(word))
    if 2 * known < letters:
        known = max(known, sum(len(word) for word in long if is_known(word, widely=True)))
    return known / letters if letters else 0.0


def share_ordinary(texts: Iterable[str]) -> float:
    """Which share of the characters are those that people write letters with."""
    joined = "".join(texts)
    return sum(len(found) for found in _ORDINARY.findall(joined)) / len(joined) if joined else 0.0
