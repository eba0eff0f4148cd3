"""Which passage of a reply answers which of the things that were asked."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.needs.matter import matter
from gehoor.analysis.needs.sentences import sentences
from gehoor.analysis.needs.words import content_words, lemma

Span = tuple[int, int]
Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

_ENOUGH = 0.12
"""A sentence that is nearer than this to what was asked begins the answer to it."""
_CLEARLY = 0.06
"""And nearer than to anything else by this much."""
_CONTINUES = re.compile(
    r"^\W*(?:ook |verder |daarbij |dat |dit |die |deze |het |er |daar|hier|u |you |this |that |it |also )",
    re.IGNORECASE,
)


def body_of(text: str) -> Span:
    """The reply without greeting and sign-off; all of it where nothing else is there."""
    bare = matter(text)
    if not bare.strip():
        return 0, len(text)
    return len(bare) - len(bare.lstrip()), len(bare.rstrip())


def part(reply: str, asks: Sequence[str], embed: Embed | None = None) -> list[Span | None]:
    """For each of ``asks`` (one at least) the passage of the reply that answers it; None for one that it passes over.

    Sentence by sentence, by shared words and, with ``embed``, by meaning; a sentence that is near to nothing goes with
    the one before. Where the reply cannot be parted, each gets the whole.
    """
    start, end = body_of(reply)
    if len(asks) == 1:
        return [(start, end)]
    pieces = [(start + a, start + b) for a, b in sentences(reply[start:end]) if reply[start + a : start + b].strip()]
    if len(pieces) < 2:
        return [(start, end)] * len(asks)
    near = _nearness([reply[a:b] for a, b in pieces], asks, embed)
    owner = _owners(near, [reply[a:b] for a, b in pieces])
    if len(set(owner) - {-1}) < 2:
        return [(start, end)] * len(asks)
    return [_run(reply, pieces, owner, ask) for ask in range(len(asks))]


def _nearness(pieces: Sequence[str], asks: Sequence[str], embed: Embed | None) -> NDArray[np.float64]:
    """(pieces, asks), from 0 to 1: words, weighed by how few of the asks have them, and meaning."""
    bags = [Counter(map(lemma, content_words(text))) for text in asks]
    within = Counter(word for bag in bags for word in bag)
    weight = {word: math.log(1 + len(asks) / number) for word, number in within.items()}
    words = np.zeros((len(pieces), len(asks)))
    for row, piece in enumerate(pieces):
        said = set(map(lemma, content_words(piece)))
        for column, bag in enumerate(bags):
            whole = sum(weight[word] for word in bag) or 1.0
            words[row, column] = sum(weight[word] for word in bag if word in said) / whole
    if embed is None:
        return words
    vectors = embed([*pieces, *asks])
    vectors = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.where(lengths, lengths, 1.0)
    meant = vectors[: len(pieces)] @ vectors[len(pieces) :].T
    return np.asarray(0.5 * words + 0.5 * np.clip(meant, 0.0, 1.0), np.float64)


def _owners(near: NDArray[np.float64], pieces: Sequence[str]) -> list[int]:
    """Which ask each sentence answers: the nearest where that is clear, else that of the sentence before."""
    owner: list[int] = []
    for row, piece in enumerate(pieces):
        order = np.argsort(-near[row], kind="stable")
        best, next_best = near[row, order[0]], near[row, order[1]]
        clear = best >= _ENOUGH and best - next_best >= _CLEARLY
        before = owner[-1] if owner else -1
        continues = before >= 0 and _CONTINUES.match(piece) is not None and best < 2 * _ENOUGH
        owner.append(int(order[0]) if clear and not continues else before)
    first = next((each for each in owner if each >= 0), -1)
    return [first if each < 0 else each for each in owner]


def _run(reply: str, pieces: Sequence[Span], owner: Sequence[int], ask: int) -> Span | None:
    """The longest unbroken run of sentences that answer this ask."""
    runs: list[list[int]] = []
    for number, each in enumerate(owner):
        if each == ask:
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
    if not runs:
        return None
    best = max(runs, key=lambda run: (pieces[run[-1]][1] - pieces[run[0]][0], -run[0]))
    start, end = pieces[best[0]][0], pieces[best[-1]][1]
    return start, start + len(reply[start:end].rstrip())
