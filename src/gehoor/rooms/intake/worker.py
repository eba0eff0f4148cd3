"""The worker: reads what waits and drains the stages, one at a time, for as long as it runs.

One worker a home, held by a lock on a file in the home. What it does stands on the data, so it can be killed at any
moment.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, close_old_connections, connections
from django.db.models import Max

from gehoor.kernel.errors import GehoorError
from gehoor.rooms.intake import turns
from gehoor.rooms.intake.actions import do_read_arrival
from gehoor.rooms.intake.beside import Beside, besides
from gehoor.rooms.intake.bringing import Bringers
from gehoor.rooms.intake.models import Arrival, Item, State
from gehoor.rooms.intake.stages import TAKES_LONG, Stage, stages

PAUSE_SECONDS = 1.0
_GLANCE_SECONDS = 0.2
BATCH = 2_000
SLICE = 20
_PATIENCE_SECONDS = 10.0
_hears = threading.Event()
"""Whether something that people wait for was done just now."""
_log = logging.getLogger(__name__)


@contextmanager
def only_worker() -> Iterator[bool]:
    """Whether this process is the home's only worker now."""
    with (settings.HOME.path / "worker.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def running() -> bool:
    """Whether a worker runs for this home."""
    with only_worker() as free:
        return not free


def work_once() -> int:
    """One round of all of it: what people wait for, else what takes long. Says how much."""
    return hear_once() or ponder_once()


def hear_once() -> int:
    """One round: every waiting arrival, then a batch of the first stage that has something to do. Says how much."""
    done = 0
    for arrival in Arrival.objects.filter(state__in=[State.WAITING, State.READING]).exclude(folder="").order_by("id"):
        done += 1 + do_read_arrival(arrival=arrival).items
    return done + _drain_first([stage for stage in stages() if stage.order < TAKES_LONG])


def ponder_once() -> int:
    """One round of what takes long. While no whole batch waits it goes in slices, and what people wait for goes first:
    who asks something meanwhile is seen at once. Says how much."""
    return 0 if _hears.is_set() else _drain_first([stage for stage in stages() if stage.order >= TAKES_LONG])


def _drain_first(of: Sequence[Stage]) -> int:
    for stage in of:
        waiting = 0 if stage.aside else stage.pending()
        at_once = SLICE if stage.order >= TAKES_LONG and waiting < BATCH else BATCH
        if waiting and (did := stage.drain(at_once)):
            return did
    return 0


def take_turns_once(goes_on: Callable[[], bool] = lambda: True) -> int:
    """One round of the engines: everything that waits its turn. Says how much."""
    turns.do_give_turns()
    return sum(1 for _ in turns.take_turns(goes_on=goes_on))


def work(goes_on: Callable[[], bool] = lambda: True) -> None:
    """Work until told to stop: here what people wait for; in threads of their own the sources, and what is done
    beside."""
    threads = _Threads(goes_on)
    bringers = Bringers()
    glance = Glance()
    try:
        _keep_on(lambda: threads.look() + bringers.look() + glance.look() + _hear(), goes_on, glance.pause)
    finally:
        bringers.close(_PATIENCE_SECONDS)
        threads.join(_PATIENCE_SECONDS)


def _hear() -> int:
    if done := hear_once():
        _hears.set()
    else:
        _hears.clear()
    return done


class _Threads:
    """A thread for each work that is done beside; one that a fault of ours ended is begun again."""

    def __init__(self, goes_on: Callable[[], bool]) -> None:
        self._goes_on = goes_on
        self._threads: dict[str, threading.Thread] = {}

    def look(self) -> int:
        """Begin what does not run. Always 0: it never keeps anyone busy."""
        for each in besides():
            running = self._threads.get(each.name)
            if running is None or not running.is_alive():
                self._begin(each)
        return 0

    def _begin(self, work: Beside) -> None:
        thread = threading.Thread(
            target=lambda: _keep_on(work.begin(self._goes_on), self._goes_on), daemon=True, name=work.name
        )
        self._threads[work.name] = thread
        thread.start()

    def join(self, seconds: float) -> None:
        """Wait for them a while."""
        for thread in self._threads.values():
            thread.join(seconds)


class Glance:
    """A pause that is no longer than until intake took something in: who asked is then seen at once."""

    def __init__(self) -> None:
        self._seen = 0

    def look(self) -> int:
        """Take note of what is there before the work of a round begins. Always 0: it never keeps anyone busy."""
        self._seen = self._newest()
        return 0

    def pause(self) -> None:
        """One cheap look now and then."""
        until = time.monotonic() + PAUSE_SECONDS
        while time.monotonic() < until and self._newest() == self._seen:
            time.sleep(_GLANCE_SECONDS)

    @staticmethod
    def _newest() -> int:
        return Item.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _pause() -> None:
    time.sleep(PAUSE_SECONDS)


def _keep_on(once: Callable[[], int], goes_on: Callable[[], bool], pause: Callable[[], None] = _pause) -> None:
    """Do it again and again. A failure is logged without contents and tried again after a pause."""
    while goes_on():
        close_old_connections()
        try:
            if not once():
                pause()
        except (GehoorError, OperationalError, OSError) as error:
            _log.warning("the worker stumbled over %s and goes on", type(error).__name__)
            _pause()
    connections.close_all()
