"""Quotes that represent a need, and its counter-voices: who, on the same topic, sounds the opposite."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gehoor.analysis.needs.neighbours import Floats, Integers, centred
from gehoor.analysis.needs.sentences import Span, sentences
from gehoor.analysis.needs.stance import stance
from gehoor.analysis.needs.words import content_words, lemma

LONGEST = 280
_CANDIDATES = 60
_VARIETY = 0.4
_NEAR = 0.25
"""A counter-voice from outside a need lies nearer to its centre than this part of the need's own asks."""
_STRONG = 0.6
_MILD = 0.1
_SOUND = 50.0


@dataclass(frozen=True, slots=True)
class Quote:
    """``texts[row][start:end]`` is the quote; ``score`` the cosine of the ask to its need's centre."""

    row: int
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class CounterVoice:
    """A quote that says the opposite. ``stance`` from -1 to 1, ``prevailing`` the need's own mean.

    ``score``: cosine to the need's centre times the distance between the two stances.
    """

    row: int
    start: int
    end: int
    score: float
    stance: float
    prevailing: float


def quotes(texts: Sequence[str], vectors: Floats, labels: Integers, need: int, n: int = 3) -> list[Quote]:
    """Up to ``n`` quotes for ``need``, most typical first, unlike each other.

    ``texts`` (m), ``vectors`` (m, d), ``labels`` (m) of all asks of the level. Variety by maximal marginal relevance,
    Carbonell & Goldstein 1998.
    """
    unit = centred(vectors)
    rows = np.flatnonzero(labels == need)
    if not len(rows):
        return []
    near = unit[rows] @ _centre(unit[rows])
    rows = rows[np.lexsort((rows, -near - _readable([texts[row] for row in rows.tolist()])))][:_CANDIDATES]
    near = unit[rows] @ _centre(unit[rows])
    typical = _typical([texts[row] for row in rows.tolist()])
    return [_quote(texts, int(rows[at]), float(near[at]), typical) for at in _varied(unit[rows], near, n)]


def counter_voices(
    texts: Sequence[str], vectors: Floats, labels: Integers, need: int, n: int = 3
) -> list[CounterVoice]:
    """Up to ``n`` asks on the topic of ``need`` whose stance is clearly opposite to its own, strongest first.

    Empty when there is none: a weak one is no counter-voice. Where a need is neither content nor discontent, content
    voices are its counter-voices: they do not need what is asked.
    """
    unit = centred(vectors)
    own = labels == need
    if not own.any():
        return []
    near = unit @ _centre(unit[own])
    rows = np.flatnonzero((own | (near >= np.quantile(near[own], _NEAR))) & vectors.any(axis=1))
    sounds = np.array([stance(texts[row]) for row in rows.tolist()])
    prevailing = float(np.mean(sounds[own[rows]])) if own[rows].any() else 0.0
    wanted = -1.0 if prevailing > _MILD else 1.0
    typical = _typical([texts[row] for row in np.flatnonzero(own)[:_CANDIDATES].tolist()])
    found = [
        _counter(texts, int(row), float(near[row]), float(sound), prevailing, typical)
        for row, sound in zip(rows, sounds, strict=True)
        if wanted * sound >= _STRONG and near[row] > 0
    ]
    return sorted(found, key=lambda voice: (-voice.score, voice.row))[:n]


def _counter(
    texts: Sequence[str], row: int, near: float, sound: float, prevailing: float, typical: Counter[str]
) -> CounterVoice:
    quote = _quote(texts, row, near, typical, sound)
    return CounterVoice(row, quote.start, quote.end, near * abs(sound - prevailing), sound, prevailing)


def _centre(unit: Floats) -> Floats:
    mean = unit.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def _readable(texts: Sequence[str]) -> Floats:
    """A small bonus for texts of a length that is read at a glance."""
    lengths = np.array([len(text) for text in texts])
    return np.where((lengths >= 30) & (lengths <= LONGEST), 0.1, 0.0).astype(np.float32)


def _varied(unit: Floats, near: Floats, n: int) -> list[int]:
    chosen: list[int] = []
    while len(chosen) < min(n, len(unit)):
        alike = (unit @ unit[chosen].T).max(axis=1) if chosen else np.zeros(len(unit))
        value = near - _VARIETY * alike
        value[[at for at in range(len(unit)) if chosen and alike[at] > 0.995]] -= 1e3
        value[chosen] = -np.inf
        if value.max() < -1e2:
            break
        chosen.append(int(value.argmax()))
    return chosen


def _typical(texts: Sequence[str]) -> Counter[str]:
    """In how many of ``texts`` each lemma stands."""
    return Counter(word for text in texts for word in {lemma(word) for word in content_words(text)})


def _quote(texts: Sequence[str], row: int, score: float, typical: Counter[str], sound: float = 0.0) -> Quote:
    start, end = passage(texts[row], typical, sound)
    return Quote(row, start, end, score)


def passage(text: str, typical: Counter[str], sound: float = 0.0) -> Span:
    """The run of whole sentences of at most ``LONGEST`` characters that holds most of what is typical.

    With a ``sound`` of -1 to 1, sentences that sound that way count more. A single sentence that is longer is cut
    after its last whole word. White space around is left out.
    """
    spans = [_trimmed(text, span) for span in sentences(text)]
    best, best_value = (0, 0), -np.inf
    for at, (start, _) in enumerate(spans):
        seen: set[str] = set()
        for _, end in spans[at:]:
            if end - start > LONGEST:
                break
            seen |= {lemma(word) for word in content_words(text[start:end])}
            value = sum(typical[word] for word in seen) + _SOUND * sound * stance(text[start:end])
            if value > best_value:
                best, best_value = (start, end), value
    return best if best[1] else _cut(text, spans[0] if spans else (0, 0))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _cut(text: str, span: Span) -> Span:
    start, end = span
    if end - start <= LONGEST:
        return span
    space = text.rfind(" ", start, start + LONGEST)
    return start, space if space > start else start + LONGEST
