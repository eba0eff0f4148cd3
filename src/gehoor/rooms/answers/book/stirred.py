"""What was done about needs: rooms above tell it, so that answers to those needs are looked at again.

Each registers, in the ``ready`` of its app, a function that gives what it knows of some needs (public ids).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Stirred:
    """Something was done about a need: when, what it is called, and where it stands."""

    need: UUID
    at: datetime
    name: str
    href: str


Teller = Callable[[Collection[UUID]], Iterable[Stirred]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Add one who can tell."""
    _tellers.append(teller)


def stirred(needs: Collection[UUID]) -> Iterator[Stirred]:
    """All that was done about these needs."""
    for teller in _tellers:
        yield from teller(needs)
