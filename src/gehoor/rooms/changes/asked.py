"""Who asked for a change, and what it cost them to ask: from its needs as they are grouped now, and from single voices
of which someone of ours said that they ask for it, or do not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db.models import Max

from gehoor.kernel.ids import key_of
from gehoor.rooms.changes.models import ChangeNeed, ChangeVoice
from gehoor.rooms.needs.models import AskNeed, Decision, Generation, Need
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.weight import current_table, minutes_expression

_AT_ONCE = 5_000
_A_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Asked:
    """How many asked, and since when. ``anonymous`` voices count as voices and in minutes, never as persons.

    ``channels`` is (channel, voices, customer minutes), what cost most first.
    """

    voices: int = 0
    persons: int = 0
    anonymous: int = 0
    minutes: float = 0.0
    since: datetime | None = None
    until: datetime | None = None
    channels: tuple[tuple[str, int, float], ...] = ()


class Said(NamedTuple):
    """One voice that asks for it: its part of the customer minutes, and who said it."""

    voice: int
    minutes: float
    channel: str
    at: datetime | None
    person: int | None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a change rests on. ``finest`` are the finest needs of the current generation, ``needs`` what was named."""

    needs: frozenset[UUID] = frozenset()
    finest: frozenset[int] = frozenset()
    also: frozenset[int] = frozenset()
    but: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Woods:
    """The needs of the current generation: what stands under each, by public id and by primary key."""

    of: dict[UUID, int] = field(default_factory=dict)
    under: dict[int, list[int]] = field(default_factory=dict)
    into: dict[int, int] = field(default_factory=dict)
    finest: set[int] = field(default_factory=set)

    def below(self, need: UUID) -> set[int]:
        """The finest needs whose asks count for this one."""
        start = self.of.get(need)
        edge = [] if start is None else [self.into.get(start, start)]
        found: set[int] = set()
        while edge:
            at = edge.pop()
            found |= {at} & self.finest
            edge += self.under.get(at, [])
        return found


def _woods(generation: Generation | None) -> _Woods:
    woods = _Woods()
    if generation is None:
        return woods
    rows = Need.objects.filter(generation=generation).values_list(
        "pk", "public_id", "level", "parent_id", "merged_into_id", "aside"
    )
    for pk, public_id, level, parent, into, aside in rows:
        woods.of[public_id] = pk
        if level == generation.levels:
            woods.finest.add(pk)
        if into is not None:
            woods.into[pk] = into
        if parent is not None and not aside:
            woods.under.setdefault(parent, []).append(pk)
    return woods


def bases(changes: Collection[int]) -> dict[int, Basis]:
    """What these changes rest on now; four queries."""
    needs: dict[int, set[UUID]] = {pk: set() for pk in changes}
    for change, need in ChangeNeed.objects.filter(change__in=changes).values_list("change_id", "need"):
        needs[change].add(need)
    voices: dict[tuple[int, bool], set[int]] = {}
    for change, voice, asks in ChangeVoice.objects.filter(change__in=changes).values_list("change", "voice", "asks"):
        voices.setdefault((change, asks), set()).add(voice)
    woods = _woods(current_generation() if any(needs.values()) else None)
    return {
        pk: Basis(
            frozenset(needs[pk]),
            frozenset().union(*(woods.below(need) for need in needs[pk])),
            frozenset(voices.get((pk, True), ())),
            frozenset(voices.get((pk, False), ())),
        )
        for pk in changes
    }


def said_for(found: Mapping[int, Basis]) -> dict[int, list[Said]]:
    """The voices that ask for each change, each once, in no particular order; a few queries for all together."""
    by_need = _said_under(frozenset().union(*(basis.finest for basis in found.values())))
    by_hand = _said_by_hand(sorted(frozenset().union(*(basis.also for basis in found.values()))))
    return {pk: _of_basis(basis, by_need, by_hand) for pk, basis in found.items()}


def _of_basis(basis: Basis, by_need: Mapping[int, Sequence[Said]], by_hand: Mapping[int, Said]) -> list[Said]:
    together: dict[int, Said] = {}
    for need in basis.finest:
        for said in by_need.get(need, ()):
            before = together.get(said.voice)
            together[said.voice] = said if before is None else before._replace(minutes=before.minutes + said.minutes)
    for voice in basis.also:
        if voice not in together and voice in by_hand:
            together[voice] = by_hand[voice]
    for voice in basis.but:
        together.pop(voice, None)
    return list(together.values())


def _said_under(finest: Iterable[int]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = {}
    needs = sorted(finest)
    for start in range(0, len(needs), _AT_ONCE):
        rows = AskNeed.objects.filter(need__in=needs[start : start + _AT_ONCE]).values_list(
            "need_id", "voice_id", "minutes", "voice__channel", "voice__said_at", "voice__attribution__person_id"
        )
        for need, voice, spent, channel, at, person in rows.iterator():
            found.setdefault(need or 0, []).append(Said(voice, spent, channel, at, person))
    return found


def _said_by_hand(voices: Sequence[int]) -> dict[int, Said]:
    """Voices that someone named count with all their minutes."""
    found: dict[int, Said] = {}
    for start in range(0, len(voices), _AT_ONCE):
        some = Voice.objects.filter(pk__in=voices[start : start + _AT_ONCE])
        rows = some.annotate(spent=minutes_expression(current_table()))
        for row in rows.values_list("pk", "spent", "channel", "said_at", "attribution__person_id"):
            found[row[0]] = Said(*row)
    return found


def asked_for(changes: Collection[int]) -> dict[int, Asked]:
    """How many asked for each of these changes. Kept in memory as long as nothing changes that it rests on; only
    figures are."""
    found = bases(changes)
    state = _state()
    keys = {pk: _key(basis, state) for pk, basis in found.items()}
    known: dict[str, Asked] = cache.get_many(set(keys.values()))
    missing = {pk: basis for pk, basis in found.items() if keys[pk] not in known}
    if missing:
        made = {keys[pk]: _sum(said) for pk, said in said_for(missing).items()}
        cache.set_many(made, _A_DAY)
        known |= made
    return {pk: known[key] for pk, key in keys.items()}


def state_of_asks() -> str:
    """Differs as soon as something changed that who asks for what rests on, besides the changes themselves."""
    return " ".join(map(str, _state()))


def _state() -> tuple[object, ...]:
    generation = current_generation()
    decided = Decision.objects.aggregate(last=Max("pk"))["last"]
    who = Attribution.objects.aggregate(last=Max("pk"))["last"]
    if generation is None:
        return (None, decided, who, current_table().name)
    return (generation.pk, generation.counted, generation.asks, decided, who, current_table().name)


def _key(basis: Basis, state: tuple[object, ...]) -> str:
    parts = [*map(str, state), "n", *map(str, sorted(basis.needs)), "+", *map(str, sorted(basis.also))]
    return f"gehoor.asked.{key_of([*parts, '-', *map(str, sorted(basis.but))]).hex()}"


def _sum(said: Sequence[Said]) -> Asked:
    channels: dict[str, tuple[int, float]] = {}
    for each in said:
        voices, spent = channels.get(each.channel, (0, 0.0))
        channels[each.channel] = (voices + 1, spent + each.minutes)
    moments = [each.at for each in said if each.at is not None]
    order = sorted(channels.items(), key=lambda each: (-each[1][1], each[0]))
    return Asked(
        voices=len(said),
        persons=len({each.person for each in said if each.person is not None}),
        anonymous=sum(each.person is None for each in said),
        minutes=sum(each.minutes for each in said),
        since=min(moments, default=None),
        until=max(moments, default=None),
        channels=tuple((channel, voices, spent) for channel, (voices, spent) in order),
    )
