"""Who wants to know that people were told, or after all were not: rooms above, in the ``ready`` of their app."""

from collections.abc import Callable, Collection

from gehoor.rooms.sending.models import Run

Told = Callable[[Run, Collection[int]], None]
"""Gets the run and the primary keys of persons; called inside the transaction in which they were told."""

_told: list[Told] = []
_not_told: list[Told] = []


def on_told(callback: Told) -> None:
    """Call this when persons were told in a run. It may be called again for the same person (told, undone, told)."""
    _told.append(callback)


def on_not_told(callback: Told) -> None:
    """Call this when it turns out that persons were not told after all: a mail came back, a call was noted wrongly."""
    _not_told.append(callback)


def tell(run: Run, persons: Collection[int]) -> None:
    """Persons were told."""
    for callback in _told if persons else ():
        callback(run, persons)


def take_back(run: Run, persons: Collection[int]) -> None:
    """Persons turned out not to have been told."""
    for callback in _not_told if persons else ():
        callback(run, persons)
