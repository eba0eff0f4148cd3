"""Words by which a need is known: those that its asks hold and others do not."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.needs.neighbours import Integers
from gehoor.analysis.needs.phrases import is_measure, is_pale
from gehoor.analysis.needs.stance import KEPT
from gehoor.analysis.needs.words import WORD, content_words, lemma, lexicon

_READ = 100
"""Of so many asks of the need, and so many others, it is counted which words they hold."""
_SHARE = 0.06
_LIFT = 2.0
"""A typical word stands in this part of the need's asks, and so many times as often as in the others."""
_FEWEST = 2
_FILLER = lexicon("filler_nl") | lexicon("filler_en") | lexicon("content") | lexicon("very_content")


def typical_words(texts: Sequence[str], own: NDArray[np.bool_]) -> set[str]:
    """Lemmas that stand in a fair part of the need's asks (``own``, bool (m)) and clearly more often than in others."""
    inside, outside = np.flatnonzero(own), np.flatnonzero(~own)
    here, there = _held(texts, inside), _held(texts, outside)
    many, others = min(len(inside), _READ), max(1, min(len(outside), _READ))
    least = max(_FEWEST, _SHARE * many)
    return {word for word, n in here.items() if n >= least and n / many >= _LIFT * there[word] / others}


def _held(texts: Sequence[str], rows: Integers) -> Counter[str]:
    """In how many of these texts each lemma stands; of many, an evenly spread part is read."""
    some = rows if len(rows) <= _READ else rows[np.linspace(0, len(rows) - 1, _READ).astype(np.int64)]
    return Counter(word for row in some.tolist() for word in matter_words(texts[row], names=False))


@lru_cache(maxsize=KEPT)
def matter_words(text: str, names: bool = True) -> frozenset[str]:
    """Lemmas of the words of ``text`` that tell what it is about: no times, amounts or fillers, and without ``names``

    none that is written with a capital.
    """
    small = {word for word in WORD.findall(text) if word.islower()}
    return frozenset(
        word
        for word in (lemma(each) for each in content_words(text) if (names or each in small) and each not in _FILLER)
        if len(word) > 2 and word not in _FILLER and not is_measure(word) and not is_pale(word)
    )
