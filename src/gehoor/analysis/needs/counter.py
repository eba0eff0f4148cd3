"""Counter-voices: who, about the same matter, says the opposite. Better none than a wrong one.

Four things have to come together: the ask lies within the need or as near to its centre as its own do; it says in so
many words that it went well (or, where most are content, that something is wrong: see ``evidence``); what is quoted
holds a word that is typical of the need; and the need as a whole does not say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gehoor.analysis.needs.evidence import mostly_content, sounds_ill, sounds_well
from gehoor.analysis.needs.neighbours import Floats, Integers, centred
from gehoor.analysis.needs.quotes import LONGEST, pieces
from gehoor.analysis.needs.sentences import Span
from gehoor.analysis.needs.typical import matter_words, typical_words

_NEAR = 0.25
"""A counter-voice from outside a need lies nearer to its centre than this part of the need's own asks."""


@dataclass(frozen=True, slots=True)
class CounterVoice:
    """``texts[row][start:end]`` says the opposite of its need. ``stance``: 1 content, -1 discontent.

    ``score``: the cosine to the need's centre.
    """

    row: int
    start: int
    end: int
    score: float
    stance: float


def counter_voices(
    texts: Sequence[str],
    vectors: Floats,
    labels: Integers,
    need: int,
    n: int = 3,
    speakers: Integers | None = None,
) -> list[CounterVoice]:
    """Up to ``n`` asks about the matter of ``need`` that say the opposite of most in it, nearest first.

    Where most who speak clearly are content, those who complain; else those who are content: they do not need what is
    asked. One of each of ``speakers`` (m). Empty when there is none, and where it is not clear what most say.
    """
    own = labels == need
    if not own.any():
        return []
    unit = centred(vectors)
    mean = unit[own].mean(axis=0)
    near = unit @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
    rows = np.flatnonzero((own | (near >= np.quantile(near[own], _NEAR))) & vectors.any(axis=1) & (near > 0))
    well = {row: found for row in rows.tolist() if (found := sounds_well(texts[row], pieces(texts[row])))}
    ill = {row: found for row in rows.tolist() if (found := sounds_ill(texts[row], pieces(texts[row])))}
    praise, complaints = (sum(bool(own[row]) for row in found) for found in (well, ill))
    content = mostly_content(praise, complaints, int(own.sum()))
    if not content and mostly_content(praise, complaints, 0):
        return []
    speaking = ill if content else well
    words = typical_words(texts, own) if speaking else set()
    voices = [
        CounterVoice(row, *passage, float(near[row]), -1.0 if content else 1.0)
        for row, found in speaking.items()
        if (passage := _about(texts[row], found, words)) is not None
    ]
    voices.sort(key=lambda voice: (-voice.score, voice.row))
    first = {voice.row if speakers is None else int(speakers[voice.row]): voice for voice in reversed(voices)}
    return [voice for voice in voices if voice in first.values()][:n]


def _about(text: str, found: Sequence[Span], words: set[str]) -> Span | None:
    """The shortest passage of one of these sentences, alone or with a neighbour, that holds one of the words."""
    spans = pieces(text)
    for span in found:
        at = spans.index(span)
        for first, last in ((at, at), (at - 1, at), (at, at + 1)):
            if first >= 0 and last < len(spans) and spans[last][1] - spans[first][0] <= LONGEST:
                start, end = spans[first][0], spans[last][1]
                if "    " not in text[start:end] and words & matter_words(text[start:end]):
                    return start, end
    return None
