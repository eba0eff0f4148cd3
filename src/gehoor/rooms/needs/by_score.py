"""What the satisfied and the dissatisfied ask: needs laid beside the score that was given with the same answer.

The score is never a result here, only a way to tell two groups of people apart. A scale is taken to be the smallest of
5, 7, 10 and 100 that holds every score of its source. Of ten the borders are those of the Net Promoter Score (9 and 10
promote, 0 to 6 detract: Reichheld 2003), of five and seven the two or three highest and lowest answers, as customer
satisfaction and customer effort scores have them. Intervals are Wilson's (1927), at 95 %.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from django.db.models import Max

from gehoor.rooms.needs.counting import spread
from gehoor.rooms.needs.listing import shown
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.needs.rows import read_asks, read_woods
from gehoor.rooms.voices.models import Voice

DISSATISFIED, NEUTRAL, SATISFIED = range(3)
BORDERS = {5: (2, 4), 7: (3, 5), 10: (6, 9), 100: (60, 90)}
"""For each scale: dissatisfied up to and including, satisfied from."""
FEWEST = 5
"""Voices of either group below which nothing is laid side by side."""
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of`` voices; ``low`` and ``high`` bound the share with 95 % confidence."""

    count: int
    of: int

    @property
    def part(self) -> float:
        """The share itself, 0 to 1."""
        return self.count / self.of if self.of else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """Wilson's interval."""
        if not self.of:
            return 0.0, 1.0
        centre, spread = self.part + _Z**2 / (2 * self.of), _Z**2 / self.of
        half = _Z * sqrt((self.part * (1 - self.part) + spread / 4) / self.of)
        return (max(0.0, (centre - half) / (1 + spread)), min(1.0, (centre + half) / (1 + spread)))


@dataclass(frozen=True, slots=True)
class Row:
    """A need among those who are dissatisfied and those who are satisfied."""

    need: Need
    dissatisfied: Share
    satisfied: Share

    @property
    def differs(self) -> bool:
        """Whether the intervals lie apart, so that it is surely more than chance."""
        one, other = self.dissatisfied.bounds, self.satisfied.bounds
        return one[0] > other[1] or other[0] > one[1]

    @property
    def leans(self) -> float:
        """How much more the dissatisfied ask it, in share; below 0: the satisfied do."""
        return self.dissatisfied.part - self.satisfied.part


@dataclass(frozen=True, slots=True)
class Compared:
    """Both groups, and every need of a level that either asks, the one that sets them apart most first."""

    dissatisfied: int
    neutral: int
    satisfied: int
    rows: list[Row]


def scale_of(highest: float) -> int | None:
    """The scale that scores up to ``highest`` are on; None when no usual scale holds them."""
    return next((scale for scale in sorted(BORDERS) if highest <= scale), None)


def group_of(score: float, scale: int) -> int:
    """DISSATISFIED, NEUTRAL or SATISFIED."""
    low, high = BORDERS[scale]
    return DISSATISFIED if score <= low else SATISFIED if score >= high else NEUTRAL


def groups_of_voices() -> dict[int, int]:
    """The group of every voice that came with a score, by primary key."""
    scored = Voice.objects.exclude(score=None)
    highest = scored.values_list("channel", "file").annotate(most=Max("score")).order_by()
    scales = {(channel, file): scale_of(most or 0.0) for channel, file, most in highest}
    found: dict[int, int] = {}
    for pk, channel, file, score in scored.values_list("pk", "channel", "file", "score").iterator():
        scale = scales[channel, file]
        if scale is not None and score is not None:
            found[pk] = group_of(score, scale)
    return found


def compared(generation: Generation, level: int) -> Compared | None:
    """The needs of a level by score; None when too few voices came with one."""
    group = groups_of_voices()
    sizes = np.bincount(np.fromiter(group.values(), np.int64), minlength=3)
    if min(sizes[DISSATISFIED], sizes[SATISFIED]) < FEWEST:
        return None
    woods = read_woods(generation)
    asks = read_asks(woods, AskNeed.objects.filter(generation=generation, voice__score__isnull=False))
    part = np.array([group.get(int(voice), -1) for voice in asks.voice], np.int64)
    voices = spread(woods.tree, asks, part, 3).voices
    number = {int(pk): at for at, pk in enumerate(woods.pks)}
    rows = []
    for need in shown(generation, level):
        bad, _, good = (int(count) for count in voices[number[need.pk]])
        if bad or good:
            rows.append(Row(need, Share(bad, int(sizes[DISSATISFIED])), Share(good, int(sizes[SATISFIED]))))
    rows.sort(key=lambda row: (-abs(row.leans), row.need.pk))
    return Compared(int(sizes[DISSATISFIED]), int(sizes[NEUTRAL]), int(sizes[SATISFIED]), rows)
