"""Which needs rose or fell, where that is more than chance."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db.models import Max, Min

from gehoor.kernel import clock
from gehoor.rooms.needs.listing import shown
from gehoor.rooms.needs.models import AskNeed, Decision, Generation, Need
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.today.chance import p_of_difference, surely
from gehoor.rooms.today.kept import kept
from gehoor.rooms.voices.models import Voice

WINDOW = timedelta(days=30)
_MOST = 4


class Why(Enum):
    """Why nothing is shown as moved."""

    NO_NEEDS = "no_needs"
    TOO_SHORT = "too_short"
    CHANCE = "chance"


@dataclass(frozen=True, slots=True)
class Move:
    """A need, and how many voices asked it in the earlier and in the later window."""

    name: str
    public_id: UUID
    before: int
    after: int

    @property
    def rose(self) -> bool:
        """Whether it is asked more."""
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved, between two windows that meet in ``between``; ``why`` nothing did, if so. ``looked_at`` needs."""

    moves: list[Move]
    since: datetime | None = None
    between: datetime | None = None
    until: datetime | None = None
    looked_at: int = 0
    why: Why | None = None


def what_moved() -> Moved:
    """The needs that moved most surely, on the default level. The windows end at the last thing that was said, so that
    a week in which nothing was taken in does not show as a fall."""
    generation = current_generation()
    if generation is None:
        return Moved([], why=Why.NO_NEEDS)
    decided = Decision.objects.aggregate(last=Max("pk"))["last"]
    names = (generation.pk, generation.counted, generation.asks, decided)
    return kept("moved", *names, clock.now().date(), make=lambda: _moved(generation))


def _moved(generation: Generation) -> Moved:
    said = Voice.objects.filter(said_at__lte=clock.now()).aggregate(first=Min("said_at"), last=Max("said_at"))
    until, first = said["last"], said["first"]
    if until is None or first > until - 2 * WINDOW:
        return Moved([], why=Why.TOO_SHORT)
    between = until - WINDOW
    counts = _counts(generation, between - WINDOW, between, until)
    needs = {need.pk: need for need in shown(generation, generation.default_level)}
    rows = [(needs[pk], before, after) for pk, (before, after) in counts.items() if pk in needs]
    moves = list(_sure(rows))
    return Moved(moves, between - WINDOW, between, until, len(needs), None if moves else Why.CHANCE)


def _sure(rows: list[tuple[Need, int, int]]) -> Iterator[Move]:
    probabilities = [p_of_difference(before, after) for _, before, after in rows]
    moved = surely(probabilities)
    order = sorted(range(len(rows)), key=lambda at: (probabilities[at], str(rows[at][0].public_id)))
    for at in [at for at in order if moved[at]][:_MOST]:
        need, before, after = rows[at]
        yield Move(str(need), need.public_id, before, after)


def _counts(generation: Generation, since: datetime, between: datetime, until: datetime) -> dict[int, tuple[int, int]]:
    """For each need of the default level: distinct voices in the earlier and in the later window."""
    up = generation.levels - generation.default_level
    path = "need" + "__parent" * up
    hidden = {f"need{'__parent' * step}__aside": True for step in range(up)}
    rows = AskNeed.objects.filter(
        generation=generation, need__isnull=False, voice__said_at__gt=since, voice__said_at__lte=until
    )
    for name, value in hidden.items():
        rows = rows.exclude(**{name: value})
    found = set(rows.values_list(path, "voice", "voice__said_at"))
    before = Counter(need for need, _, at in found if at <= between)
    after = Counter(need for need, _, at in found if at > between)
    return {need: (before[need], after[need]) for need in before.keys() | after.keys()}
