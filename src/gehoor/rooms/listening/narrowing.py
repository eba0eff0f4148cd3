"""To what a stack can be narrowed, and how that is said."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from gehoor.channels.registry import cards
from gehoor.rooms.listening.drawing import channels_of, reading_rank, state_of_voices
from gehoor.rooms.needs.listing import shown
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.voices.weight import current_table

_MOST_NEEDS = 60


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: its value, and what it is called."""

    value: str
    label: str


def need_options(also: str = "") -> list[Option]:
    """The needs of the default level, first what cost customers most; and ``also`` one by its public id, of whatever
    level."""
    generation = current_generation()
    if generation is None:
        return []
    needs = shown(generation, generation.default_level).order_by("-customer_minutes", "pk")[:_MOST_NEEDS]
    found = [Option(str(need.public_id), str(need)) for need in needs.only("public_id", "name", "proposed_name")]
    if also and all(option.value != also for option in found) and (other := _need(also)):
        found.insert(0, Option(str(other.public_id), str(other)))
    return found


def _need(public_id: str) -> Need | None:
    try:
        wanted = UUID(public_id)
    except ValueError:
        return None
    return Need.objects.filter(Q(generation__current=True), public_id=wanted).first()


def channel_options(state: str = "") -> list[Option]:
    """The channels of which there is something to read, first what one would rather put off. ``state`` is that of the
    voices, where it is known."""
    table = current_table()
    channels = sorted(channels_of(state or state_of_voices()), key=lambda channel: reading_rank(channel, table))
    return [Option(channel, name_of(channel)) for channel in channels]


def name_of(channel: str) -> str:
    """The channel's name from its card."""
    card = cards().get(channel)
    if card is None:
        return channel
    return card.name_nl if (get_language() or "nl").startswith("nl") else card.name_en


@dataclass(frozen=True, slots=True)
class Told:
    """To what a stack was narrowed, to be said: ``need`` is empty where it is there no longer."""

    by_need: bool
    need: str
    need_id: UUID | None
    channel: str
    since: datetime | None
    days: int | None

    @property
    def any(self) -> bool:
        """Whether it was narrowed at all."""
        return bool(self.by_need or self.channel or self.since or self.days)


def told(need: UUID | None, channel: str, since: datetime | None = None, days: int | None = None) -> Told:
    """A narrowing in words."""
    found = _need(str(need)) if need else None
    return Told(need is not None, str(found) if found else "", found.public_id if found else None, channel, since, days)
