"""Figures over all voices, kept until the voices change.

Going over a hundred thousand voices takes a second or so; the page has a tenth of one. Voices are never changed, so a
total is right as long as there are as many voices and the newest is the same. Only figures and primary keys are kept,
in the memory of this process.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Max

from gehoor.analysis.weight import Table
from gehoor.kernel.ids import key_of
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.weight import current_table

_A_DAY = 24 * 3600
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class State:
    """How many voices there are, the newest one's key, and the thresholds of now.

    Its text differs as soon as a voice is added or erased, or the thresholds are changed.
    """

    voices: int
    newest: int | None
    table: Table

    def __str__(self) -> str:
        return f"{self.voices} {self.newest} {self.table.name}"


def state_of_voices() -> State:
    """The state now."""
    found = Voice.objects.aggregate(count=Count("pk"), newest=Max("pk"))
    return State(found["count"], found["newest"], current_table())


def kept(what: str, *depends: object, make: Callable[[], Value]) -> Value:
    """``make()``, or what it gave before while all that it depends on was the same."""
    key = f"gehoor.today.{what}.{key_of(str(each) for each in depends).hex()}"
    found: Value | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, _A_DAY)
    return found


def forget(what: str, *depends: object) -> None:
    """Make it anew the next time."""
    cache.delete(f"gehoor.today.{what}.{key_of(str(each) for each in depends).hex()}")
