"""What the rooms above know about a voice: filters, and facts to show beside it.

The search screen stands here, low in the house, but people ask it for persons, needs and what was heard. Each of those
rooms registers a lens in the ``ready`` of its app, so that this room imports none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to show beside a voice: a text, and where it leads."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """``condition`` turns a filter's value (from the address bar) into a condition on Voice; raises NotFound when
    there is no such thing. ``facts`` gives, for the voices' primary keys, what to show, in a fixed number of queries.
    ``describe`` says a filter's value in words."""

    name: str
    condition: Callable[[str], Q]
    facts: Callable[[Sequence[int]], Mapping[int, Fact]]
    describe: Callable[[str], str]


_lenses: dict[str, Lens] = {}


def register(lens: Lens) -> None:
    """Add a lens under its name; the name is the filter's name in the address bar."""
    _lenses[lens.name] = lens


def lenses() -> Mapping[str, Lens]:
    """Every lens by name."""
    return dict(_lenses)
