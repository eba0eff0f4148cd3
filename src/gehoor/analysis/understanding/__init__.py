"""What is understood of a text by itself: language, kind, words for the index, and its asks.

Pure functions. Many texts are read by two processes beside each other, since reading is all computing.
"""

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial

from gehoor.analysis import kind as kinds
from gehoor.analysis import text as texts
from gehoor.analysis.needs.asks import split_asks

Learned = Mapping[str, tuple[str, float]]

_WORTH_A_PROCESS = 2_000
_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Passage:
    """An ask: ``text[start:end]``, with its number of words."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. ``terms`` go into the index; ``judged`` has the kind and the cues that spoke."""

    language: str
    judged: kinds.Judgement
    terms: str
    asks: tuple[Passage, ...]


def read(said: tuple[str, str], learned: Learned) -> Reading:
    """Understand one ``(subject, text)``. ``learned`` are the cues from people's corrections."""
    subject, text = said
    language = texts.language(text)
    return Reading(
        language=language,
        judged=kinds.classify(texts.customers_part(text), learned),
        terms=texts.index_terms(f"{subject} {text}", language),
        asks=tuple(Passage(start, end, texts.count_words(text[start:end])) for start, end in split_asks(text)),
    )


def read_many(said: Sequence[tuple[str, str]], learned: Learned) -> Iterator[Reading]:
    """Understand many, in order: the same as :func:`read` on each. Goes on reading while what is there is used."""
    if len(said) < _WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
        return (read(each, learned) for each in said)
    return _processes().map(partial(read, learned=dict(learned)), said, chunksize=_AT_ONCE)


@cache
def _processes() -> ProcessPoolExecutor:
    """Two helpers, started when first needed and kept: each loads its lexicons once."""
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))
