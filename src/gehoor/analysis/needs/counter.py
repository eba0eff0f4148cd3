"""Counter-voices: who, about the same matter, says the opposite. Better none than a wrong one.

Four things have to come together: the ask lies within the need or as near to its centre as its own do; it says in so
many words that it went well (or, where most are content, that something is wrong: see ``evidence``); what is quoted
holds a word that is typical of the need; and the need as a whole does not say the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gehoor.analysis.needs.evidence import mostly_content, sounds_ill, sounds_well
from gehoor.analysis.needs.neighbours import Floats, Integers, centred
from gehoor.analysis.needs.phrases import is_measure, is_pale
from gehoor.analysis.needs.quotes import LONGEST, pieces
from gehoor.analysis.needs.sentences import Span
from gehoor.analysis.needs.words import WORD, content_words, lemma, lexicon

_NEAR = 0.25
"""A counter-voice from outside a need lies nearer to its centre than this part of the need's own asks."""
_READ = 200
"""Of so many asks of the need, and so many others, it is counted which words they hold."""
_SHARE = 0.06
_LIFT = 2.0
"""A typical word stands in this part of the need's asks, and so many times as often as in the others."""
_FEWEST = 2
_FILLER = lexicon("filler_nl") | lexicon("filler_en") | lexicon("content") | lexicon("very_content")


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
    asked. One of each of ``speakers`` (m). Empty when there is none.
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
    content = mostly_content(sum(bool(own[row]) for row in well), sum(bool(own[row]) for row in ill))
    words = typical_words(texts, own)
    voices = [
        CounterVoice(row, *passage, float(near[row]), -1.0 if content else 1.0)
        for row, found in (ill if content else well).items()
        if (passage := _about(texts[row], found, words)) is not None
    ]
    voices.sort(key=lambda voice: (-voice.score, voice.row))
    first = {voice.row if speakers is None else int(speakers[voice.row]): voice for voice in reversed(voices)}
    return [voice for voice in voices if voice in first.values()][:n]


def typical_words(texts: Sequence[str], own: np.ndarray) -> set[str]:
    """Lemmas that stand in a fair part of the need's asks (``own``, bool (m)) and clearly more often than in others."""
    inside, outside = np.flatnonzero(own), np.flatnonzero(~own)
    here, there = _held(texts, inside), _held(texts, outside)
    many, others = min(len(inside), _READ), max(1, min(len(outside), _READ))
    least = max(_FEWEST, _SHARE * many)
    return {word for word, n in here.items() if n >= least and n / many >= _LIFT * there[word] / others}


def _held(texts: Sequence[str], rows: Integers) -> Counter[str]:
    """In how many of these texts each lemma stands; of many, an evenly spread part is read."""
    some = rows if len(rows) <= _READ else rows[np.linspace(0, len(rows) - 1, _READ).astype(np.int64)]
    return Counter(word for row in some.tolist() for word in _matter(texts[row], names=False))


def _matter(text: str, names: bool = True) -> set[str]:
    """Lemmas of the words of ``text`` that tell what it is about: no times, amounts or fillers, and without ``names``

    none that is written with a capital.
    """
    small = {word for word in WORD.findall(text) if word.islower()}
    return {
        word
        for word in (lemma(each) for each in content_words(text) if (names or each in small) and each not in _FILLER)
        if len(word) > 2 and word not in _FILLER and not is_measure(word) and not is_pale(word)
    }


def _about(text: str, found: Sequence[Span], words: set[str]) -> Span | None:
    """The shortest passage of one of these sentences, alone or with a neighbour, that holds one of the words."""
    spans = pieces(text)
    for span in found:
        at = spans.index(span)
        for first, last in ((at, at), (at - 1, at), (at, at + 1)):
            if first >= 0 and last < len(spans) and spans[last][1] - spans[first][0] <= LONGEST:
                start, end = spans[first][0], spans[last][1]
                if "    " not in text[start:end] and words & _matter(text[start:end]):
                    return start, end
    return None
