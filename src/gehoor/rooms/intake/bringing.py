"""Takes in what sources bring, each for as long as it is not paused.

What a source brought is stored first and its cursor after: killed in between, the item comes again and is known.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator

from django.db import OperationalError, close_old_connections, connections
from django.utils import timezone

from gehoor.channels.base import Arrived, Unreadable, Wishes
from gehoor.kernel import clock
from gehoor.kernel.errors import CannotReach, GehoorError
from gehoor.kernel.language import sentence
from gehoor.rooms.intake.models import Arrival, Source, State
from gehoor.rooms.intake.reading import Reading
from gehoor.rooms.intake.sources import inlet_of, sources
from gehoor.rooms.intake.summary import Summary

PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 300.0
_TELL_SECONDS = 30.0
_ONCE_SECONDS = 60.0
"""Hearing a source once waits so long for what is still being written there, or comes in pieces."""
_log = logging.getLogger(__name__)

BROKEN = sentence("Something unexpected came from the other side.")
BROKEN_REMEDY = sentence("Gehoor tries again by itself; if it stays, look in the log.")


def hear(source: Source, goes_on: Callable[[], bool], *, once: bool = False) -> Summary:
    """Take in what the source brings, for as long as ``goes_on()``; ``once``: until nothing waits there any more.

    Raises CannotReach when it is away. Returns what came of what it brought.
    """
    told, whole, until = 0.0, Summary(), time.monotonic() + _ONCE_SECONDS
    for what in inlet_of(source.kind).hear({**source.settings, **source.secret}, source.cursor, goes_on):
        if isinstance(what, Arrived):
            whole.add(_take_in(source, what))
        elif isinstance(what, Unreadable):
            whole.add(_reading(source).mark(what))
        else:
            if once or time.monotonic() - told > _TELL_SECONDS or source.trouble or source.waits != what.waits:
                _tell_well(source, what.waits)
                told = time.monotonic()
            if once and (not what.waits or time.monotonic() > until):
                break
    return whole


def _take_in(source: Source, arrived: Arrived) -> Summary:
    summary = _reading(source).again(arrived.document)
    source.heard_at = source.tried_at = clock.now()
    source.trouble = []
    source.save(update_fields=["heard_at", "tried_at", "trouble"])
    if source.cursor != arrived.cursor:
        source.cursor = arrived.cursor
        source.save(update_fields=["cursor"])
    return summary


def _reading(source: Source) -> Reading:
    """Into the arrival of this source and day."""
    day = timezone.localdate()
    arrival = source.arrivals.filter(at__date=day).order_by("-id").first()
    if arrival is None:
        arrival = Arrival.objects.create(name=source.name, source=source, state=State.DONE, channel=source.channel)
    return Reading(arrival, Wishes(channel=source.channel), goes_on=True)


def _tell_well(source: Source, waits: int) -> None:
    source.tried_at, source.waits, source.trouble = clock.now(), waits, []
    source.save(update_fields=["tried_at", "waits", "trouble"])


def _tell_trouble(source: Source, trouble: list[object]) -> None:
    source.tried_at, source.trouble = clock.now(), trouble
    source.save(update_fields=["tried_at", "trouble"])


def keep_hearing(pk: int, goes_on: Callable[[], bool]) -> None:
    """Hear one source until told to stop; when it is away, try again after a pause that grows to five minutes."""
    failed = 0
    while goes_on():
        close_old_connections()
        source = sources().filter(pk=pk, paused=False).first()
        if source is None:
            break
        try:
            hear(source, goes_on)
            failed = 0
        except CannotReach as error:
            failed += 1
            _tell_trouble(source, [error.text, error.remedy, dict(error.fields)])
        except (GehoorError, OperationalError, OSError) as error:
            failed += 1
            _log.warning("a source stumbled over %s and goes on", type(error).__name__)
            _tell_trouble(source, [BROKEN, BROKEN_REMEDY, {}])
        _rest(min(PAUSE_SECONDS * 2.0**failed, LONGEST_PAUSE_SECONDS), goes_on)
    connections.close_all()


def _rest(seconds: float, goes_on: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while goes_on() and time.monotonic() < until:
        time.sleep(0.2)


class Bringers:
    """A thread for every source that is not paused."""

    def __init__(self) -> None:
        self._stops: dict[int, threading.Event] = {}
        self._as: dict[int, object] = {}
        self._threads: dict[int, threading.Thread] = {}

    def look(self) -> int:
        """Begin what was added, stop what was paused, changed or removed. Always 0: it never keeps anyone busy."""
        active = {source.pk: source for source in sources().filter(paused=False)}
        for pk in list(self._threads):
            if pk not in active or self._as[pk] != _as_set(active[pk]) or not self._threads[pk].is_alive():
                self._stops.pop(pk).set()
                self._threads.pop(pk).join(PAUSE_SECONDS)
        for pk in active.keys() - self._threads.keys():
            self._begin(active[pk])
        return 0

    def _begin(self, source: Source) -> None:
        pk = source.pk
        stop = self._stops[pk] = threading.Event()
        self._as[pk] = _as_set(source)
        thread = threading.Thread(
            target=keep_hearing, args=(pk, lambda: not stop.is_set()), daemon=True, name=f"source {pk}"
        )
        self._threads[pk] = thread
        thread.start()

    def close(self, seconds: float = 10.0) -> None:
        """Stop all, and wait for them a while."""
        for stop in self._stops.values():
            stop.set()
        for thread in self._threads.values():
            thread.join(seconds)


def _as_set(source: Source) -> object:
    """What a source does its work by; when it changes, the work begins anew."""
    return source.kind, source.channel, source.settings, source.secret


def hear_all_once() -> Iterator[tuple[Source, Summary | CannotReach]]:
    """Everything that sources have now; for the command line, when no worker runs."""
    for source in list(sources().filter(paused=False)):
        try:
            yield source, hear(source, lambda: True, once=True)
        except CannotReach as error:
            _tell_trouble(source, [error.text, error.remedy, dict(error.fields)])
            yield source, error
