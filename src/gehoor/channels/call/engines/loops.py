"""A speech engine that is stuck says the same words over and over; one time of them is kept."""

from collections.abc import Sequence

from gehoor.channels.call.engines import SpokenWord

_LONGEST = 12
_TIMES = 4
"""What is said more often in a row, and nothing in between, is a loop."""


def without_loops(words: Sequence[SpokenWord]) -> list[SpokenWord]:
    """The words, with each loop once."""
    said = ["".join(filter(str.isalnum, word.text.casefold())) for word in words]
    kept: list[SpokenWord] = []
    at = 0
    while at < len(words):
        length, times = _loop(said, at)
        kept += words[at : at + length]
        at += length * times
    return kept


def _loop(said: Sequence[str], at: int) -> tuple[int, int]:
    """How many words repeat from here on, and how often; one word, once, when it is no loop."""
    for length in range(1, _LONGEST + 1):
        times = 1
        while said[at : at + length] == said[at + times * length : at + (times + 1) * length]:
            times += 1
        if times > _TIMES:
            return length, times
    return 1, 1
