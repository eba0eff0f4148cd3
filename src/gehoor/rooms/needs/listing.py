"""Which needs show on a level, in three ranks, loud or weighty; and which asks stand under a need."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet

from gehoor.rooms.needs.counting import ranks
from gehoor.rooms.needs.loudness import Loudness, loudness
from gehoor.rooms.needs.models import AskNeed, Generation, Need

Order = Literal["minutes", "voices", "persons"]
ORDERS: tuple[Order, ...] = ("minutes", "voices", "persons")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A need among those of its level. Ranks begin at 1."""

    need: Need
    by_voices: int
    by_persons: int
    by_minutes: int
    loudness: Loudness | None

    @property
    def name(self) -> str:
        """What it is called: for charts."""
        return str(self.need)

    @property
    def voices(self) -> int:
        """How many voices: for charts."""
        return self.need.voices

    @property
    def customer_minutes(self) -> float:
        """How many customer minutes: for charts."""
        return self.need.customer_minutes


def shown(generation: Generation, level: int) -> QuerySet[Need]:
    """The needs of a level that people see: not merged away, not set aside (nor what they are under), with voices."""
    needs = Need.objects.filter(generation=generation, level=level, merged_into=None, aside=False, voices__gt=0)
    above = "parent"
    for _ in range(level - 1):
        needs = needs.exclude(**{f"{above}__aside": True})
        above += "__parent"
    return needs


def ranked(generation: Generation, level: int, order: Order = "minutes") -> list[Ranked]:
    """The needs of a level, first the one that ranks highest in ``order``."""
    needs = list(shown(generation, level).order_by("-customer_minutes", "pk"))
    found = rank(needs)
    places = {each.need.pk: (each.by_minutes, each.by_voices, each.by_persons)[ORDERS.index(order)] for each in found}
    return sorted(found, key=lambda each: places[each.need.pk])


def rank(needs: Sequence[Need]) -> list[Ranked]:
    """These needs of one level with their ranks among each other."""
    voices = [need.voices for need in needs]
    minutes = [need.customer_minutes for need in needs]
    persons = [need.persons for need in needs]
    columns = zip(needs, ranks(voices), ranks(persons), ranks(minutes), loudness(voices, minutes), strict=True)
    return [Ranked(*each) for each in columns]


def belonging(need: Need, levels: int) -> QuerySet[AskNeed]:
    """The asks that count for a need: of itself, of what is finer, and of what was merged into either."""
    finest = [need.pk]
    for _ in range(levels - need.level):
        below = Need.objects.filter(generation=need.generation_id, parent__in=finest, aside=False)
        finest = list(below.values_list("pk", flat=True))
    return AskNeed.objects.filter(need__in=finest)
