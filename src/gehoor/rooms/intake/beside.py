"""What the worker does beside the way of a voice, each in a thread of its own: rooms above register it in the ``ready``
of their app.

As with everything that the worker does, its state stands on the data: it may be killed at any moment.
"""

from collections.abc import Callable
from dataclasses import dataclass

GoesOn = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Beside:
    """Work beside. ``begin`` is called in its thread and given whether to go on; it gives what does one round and says
    how much it did. A round asks ``goes_on`` at least every second."""

    name: str
    begin: Callable[[GoesOn], Callable[[], int]]


_besides: list[Beside] = []


def register(beside: Beside) -> None:
    """Add work."""
    _besides.append(beside)


def besides() -> list[Beside]:
    """All of it."""
    return list(_besides)
