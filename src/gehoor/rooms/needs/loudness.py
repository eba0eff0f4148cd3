"""Loud or weighty: where the number of voices and what they cost customers tell different stories.

The rule. Take the needs that show on one level. A need's share of the voices is its voices over the voices of all of
them; its share of the minutes likewise. It is *loud* when its share of the voices is at least twice its share of the
minutes and it ranks higher in voices than in minutes; *weighty* the other way round. The ranks must differ by at least
one in ten of the needs (and by one at least), and the need must hold at least three voices: one long letter is no
finding.
"""

from collections.abc import Sequence
from typing import Literal

from gehoor.rooms.needs.counting import ranks

Loudness = Literal["loud", "weighty"]

RATIO = 2.0
MIN_VOICES = 3


def loudness(voices: Sequence[int], minutes: Sequence[float]) -> list[Loudness | None]:
    """For the needs of one level, in order."""
    by_voices, by_minutes = ranks(voices), ranks(minutes)
    all_voices, all_minutes = sum(voices), sum(minutes)
    apart = max(1, round(len(voices) / 10))
    found: list[Loudness | None] = []
    for place, count in enumerate(voices):
        loud, heavy = count * all_minutes, minutes[place] * all_voices
        ahead = by_minutes[place] - by_voices[place]
        if count >= MIN_VOICES and ahead >= apart and loud >= RATIO * heavy:
            found.append("loud")
        elif count >= MIN_VOICES and -ahead >= apart and heavy >= RATIO * loud:
            found.append("weighty")
        else:
            found.append(None)
    return found
