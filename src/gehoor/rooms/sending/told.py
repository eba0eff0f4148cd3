"""Who wants to know that people were told, or after all were not: rooms above, in the ``ready`` of their app."""

from collections.abc import Callable, Collection

from gehoor.rooms.sending.models import Run, RunKind

Told = Callable[[Run, Collection[int | None]], None]
"""Gets the run and the primary keys of persons (None for someone unknown, in a run of one); called inside the
transaction in which they were told."""

_told: list[Told] = []
_not_told: list[Told] = []
_failed: list[Callable[[Run], None]] = []


def on_told(callback: Told) -> None:
    """Call this when persons were told in a run. It may be called again for the same person (told, undone, told)."""
    _told.append(callback)


def on_not_told(callback: Told) -> None:
    """Call this when it turns out that persons were not told after all: a mail came back, a call was noted wrongly."""
    _not_told.append(callback)


def on_failed(callback: Callable[[Run], None]) -> None:
    """Call this when what was to be told in a run could not be delivered; called inside the transaction in which that
    is written down. Also after :func:`on_not_told`, where it came back."""
    _failed.append(callback)


def fail(run: Run) -> None:
    """Something of this run could not be delivered. Of runs to many it is seen on their own page."""
    for callback in _failed if run.kind != RunKind.MANY else ():
        callback(run)


def tell(run: Run, persons: Collection[int | None]) -> None:
    """Persons were told."""
    for callback in _told if persons else ():
        callback(run, persons)


def take_back(run: Run, persons: Collection[int | None]) -> None:
    """Persons turned out not to have been told."""
    for callback in _not_told if persons else ():
        callback(run, persons)
