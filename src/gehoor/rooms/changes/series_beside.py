"""What the asks for a change are held against: people who ask for something else, through the same channels.

Whatever moves both alike (the season, a campaign, growth) then falls away. Never the need itself, nor anything beside
it under the same broader need, nor what another change was about: those may have moved with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import numpy as np
from django.core.cache import cache

from gehoor.kernel.ids import key_of
from gehoor.rooms.changes.asked import Basis, Said, state_of_asks
from gehoor.rooms.changes.models import ChangeNeed
from gehoor.rooms.changes.series import Calendar, Integers
from gehoor.rooms.needs.listing import shown
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.needs.rows import columns

_A_DAY = 24 * 3600
FEWEST = 40
"""Fewer voices than this beside it say nothing."""


class By(StrEnum):
    """How a comparison was chosen."""

    AUTO = "auto"
    NEED = "need"
    CHANNEL = "channel"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """What someone chose to hold it against: ``value`` is a need's public id or a channel."""

    by: By = By.AUTO
    value: str = ""

    @classmethod
    def read(cls, given: str) -> "Choice":
        """From an address; what makes no sense there is automatic."""
        by, _, value = given.partition(":")
        if by == By.NONE:
            return cls(By.NONE)
        if by == By.CHANNEL and value and len(value) <= 40:
            return cls(By.CHANNEL, value)
        if by == By.NEED and _uuid(value) is not None:
            return cls(By.NEED, value)
        return cls()

    def __str__(self) -> str:
        return f"{self.by}:{self.value}" if self.value else str(self.by)


@dataclass(frozen=True, slots=True)
class Beside:
    """A comparison: voices a week, None when there is none. ``needs`` (public id, name) and ``channels`` say of what;
    ``chosen`` is what was asked for, ``by`` what it became."""

    chosen: Choice
    by: By
    counts: Integers | None = None
    needs: tuple[tuple[UUID, str], ...] = ()
    channels: tuple[str, ...] = ()


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def beside(calendar: Calendar, basis: Basis, asked: Sequence[Said], choice: Choice) -> Beside:
    """What the asks for a change are held against. A choice that gives too little is said to give nothing."""
    if choice.by is By.NONE:
        return Beside(choice, By.NONE)
    own = calendar.places({said.voice for said in asked})
    channels = tuple(sorted({said.channel for said in asked}))
    if choice.by is By.CHANNEL:
        rows = np.flatnonzero(calendar.channel == calendar.number(choice.value))
        return _made(calendar, choice, By.CHANNEL, np.setdiff1d(rows, own), (), (choice.value,))
    generation = current_generation()
    if generation is None:
        return Beside(choice, By.NONE)
    needs = _needs(generation, basis, choice)
    rows = np.setdiff1d(calendar.places(_voices_of(generation, needs)), own)
    if choice.by is By.AUTO:
        numbers = [calendar.number(channel) for channel in channels]
        rows = rows[np.isin(calendar.channel[rows], numbers)]
    named = tuple((need.public_id, str(need)) for need in needs)
    return _made(calendar, choice, choice.by, rows, named, channels if choice.by is By.AUTO else ())


def _made(
    calendar: Calendar,
    choice: Choice,
    by: By,
    rows: Integers,
    needs: tuple[tuple[UUID, str], ...],
    channels: tuple[str, ...],
) -> Beside:
    counts = calendar.counted(rows)
    if counts.sum() < FEWEST:
        return Beside(choice, By.NONE)
    return Beside(choice, by, counts, needs, channels)


def choosable(basis: Basis) -> list[Need]:
    """The needs that someone may hold it against, by name."""
    generation = current_generation()
    if generation is None:
        return []
    return sorted(_others(generation, basis), key=lambda need: str(need).casefold())


def _needs(generation: Generation, basis: Basis, choice: Choice) -> list[Need]:
    others = _others(generation, basis)
    if choice.by is By.NEED:
        return [need for need in others if str(need.public_id) == choice.value]
    taken = _of_other_changes(generation, basis)
    kept = [need for need in others if need.pk not in taken]
    return sorted(kept, key=lambda need: (-need.voices, need.pk))


def _others(generation: Generation, basis: Basis) -> list[Need]:
    """The needs of the default level that hold nothing of what the change is about."""
    own = _above(generation, basis.finest)
    return [need for need in shown(generation, generation.default_level) if need.pk not in own]


def _of_other_changes(generation: Generation, basis: Basis) -> set[int]:
    """The needs of the default level that hold a need of a change."""
    named = set(ChangeNeed.objects.filter(change__removed=False).values_list("need", flat=True)) - basis.needs
    rows = Need.objects.filter(generation=generation, public_id__in=named)
    pks = set(rows.values_list("pk", flat=True))
    return _above(generation, pks) | (
        pks & set(shown(generation, generation.default_level).values_list("pk", flat=True))
    )


def _above(generation: Generation, needs: Iterable[int]) -> set[int]:
    """The needs of the default level that these stand under, or are; and those broader ones' other parts are not."""
    parents = dict(Need.objects.filter(generation=generation).values_list("pk", "parent_id"))
    levels = dict(Need.objects.filter(generation=generation).values_list("pk", "level"))
    found: set[int] = set()
    for need in needs:
        at: int | None = need
        while at is not None and levels.get(at, 0) > generation.default_level:
            at = parents.get(at)
        if at is not None:
            found.add(at)
    return found


def _voices_of(generation: Generation, needs: Sequence[Need]) -> list[int]:
    """The voices with an ask under these needs of the default level."""
    if not needs:
        return []
    need, voice = _pairs(generation)
    below = _finest(generation, {each.pk for each in needs})
    return [int(each) for each in np.unique(voice[np.isin(need, sorted(below))])]


def _finest(generation: Generation, needs: set[int]) -> set[int]:
    rows = Need.objects.filter(generation=generation, level=generation.levels).values_list("pk", "parent_id")
    parents = dict(Need.objects.filter(generation=generation).values_list("pk", "parent_id"))
    found = set()
    for pk, _ in rows:
        at: int | None = pk
        while at is not None and at not in needs:
            at = parents.get(at)
        if at is not None:
            found.add(pk)
    return found


def _pairs(generation: Generation) -> tuple[Integers, Integers]:
    """The finest need and the voice of every ask; kept in memory while nothing moves."""
    key = f"gehoor.changes.pairs.{key_of([state_of_asks()]).hex()}"
    found: tuple[Integers, Integers] | None = cache.get(key)
    if found is None:
        rows = AskNeed.objects.filter(generation=generation).exclude(need=None).values_list("need_id", "voice_id")
        need, voice = columns(rows.iterator(), 2)
        found = need, voice
        cache.set(key, found, _A_DAY)
    return found
