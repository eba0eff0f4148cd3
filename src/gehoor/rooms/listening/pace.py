"""How long it takes to read or hear a voice, and from when on it was heard."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gehoor.rooms.voices.models import Voice

WORDS_PER_MINUTE = 230
"""Silent reading for understanding: 238 words a minute for English prose (Brysbaert 2019), a little less for text that
was not written to be published."""

_AT_LEAST_SECONDS = 2.0


def reading_seconds(words: int, duration_seconds: float | None) -> float:
    """The estimated time of one voice: how long it sounds where that is known, else its words at our pace."""
    if duration_seconds:
        return max(duration_seconds, _AT_LEAST_SECONDS)
    return max(words * 60 / WORDS_PER_MINUTE, _AT_LEAST_SECONDS)


def reading_seconds_of(words: Sequence[int], duration_seconds: Sequence[float | None]) -> NDArray[np.float64]:
    """The same for many voices, shape (n,)."""
    read = np.asarray(words, dtype=np.float64) * 60 / WORDS_PER_MINUTE
    sounds = np.array([seconds or np.nan for seconds in duration_seconds], dtype=np.float64)
    return np.maximum(np.where(np.isnan(sounds), read, sounds), _AT_LEAST_SECONDS)


def seconds_to_hear(voice: Voice) -> float:
    """After so many active seconds of one human a voice counts as heard: five seconds, or a fifth of its reading time
    when that is less. Low on purpose: it tells looked at from passed over, and the minutes tell how well."""
    return min(5.0, reading_seconds(voice.words, voice.duration_seconds) / 5)
