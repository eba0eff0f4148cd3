"""Where a colleague's own words took over a customer's. Pure functions over text."""

import re
from collections.abc import Iterable, Sequence

from gehoor.analysis.needs.sentences import sentences

_RUN = 4
"""So many of a customer's words in a row are taken over, not said by chance: "ik heb het" is anybody's."""
_WORD = re.compile(r"\w+")
_SHORTEST_NAME = 3


def without_words_of(note: str, *, said: Iterable[str], names: Iterable[str]) -> str:
    """The note without the sentences that hold four words in a row of what was ``said``, or a word of a name."""
    runs = {run for text in said for run in _runs(_words(text))}
    parts = {word for name in names for word in _words(name) if len(word) >= _SHORTEST_NAME}
    kept = [note[start:end] for start, end in sentences(note) if not _taken_over(_words(note[start:end]), runs, parts)]
    return "".join(kept).strip() if len(kept) < len(sentences(note)) else note


def _words(text: str) -> list[str]:
    return [found.group().casefold() for found in _WORD.finditer(text)]


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _taken_over(words: Sequence[str], runs: set[tuple[str, ...]], parts: set[str]) -> bool:
    return not parts.isdisjoint(words) or any(run in runs for run in _runs(words))
