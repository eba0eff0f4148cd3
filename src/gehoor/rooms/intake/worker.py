"""The worker: reads what waits and drains the stages, one at a time, for as long as it runs.

One worker a home, held by a lock on a file in the home. What it does stands on the data, so it can be killed at any
moment.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator
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
QUIET_SECONDS = 2.0
IN_A_ROW = 10
"""So many slices of one stage, then the next has its turn, however much comes."""
RESTS_SECONDS = 10.0
RESTS_TIMES = 5
FULL_RESTS_SECONDS = 60.0
"""What takes long is done while for so long nothing came for which people wait. Else it rests after each slice: so many
seconds, and so many times what it took; a minute while there comes more than can be heard at once, since then every
second that it takes lets people wait a second longer."""
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


def hear_once() -> int:
    """One round: every waiting arrival, then a batch of each stage, so that what came in first goes all the way
    however much follows. Says how much."""
    done = 0
    for arrival in Arrival.objects.filter(state__in=[State.WAITING, State.READING]).exclude(folder="").order_by("id"):
        done += 1 + do_read_arrival(arrival=arrival).items
    return done + sum(_drain(stage) for stage in stages() if stage.order < TAKES_LONG)


def ponder_once(place: int = TAKES_LONG) -> tuple[int, int]:
    """One round of what takes long; in slices, while no whole batch waits. Takes the first stage from this place in the
    way on that has something to do, else the first of all. Says how much, and the place."""
    long = [stage for stage in stages() if stage.order >= TAKES_LONG]
    for stage in sorted(long, key=lambda stage: stage.order < place):
        if done := _drain(stage):
            return done, stage.order
    return 0, TAKES_LONG


def _drain(stage: Stage) -> int:
    waiting = 0 if stage.aside else stage.pending()
    at_once = SLICE if stage.order >= TAKES_LONG and waiting < BATCH else BATCH
    return stage.drain(at_once) if waiting else 0


class Pace:
    """Who may now: what people wait for always, what takes long when that leaves it room."""

    def __init__(self) -> None:
        self._heard = self._room = self._ended = float("-inf")
        self._took = 0.0
        self._place, self._in_a_row = TAKES_LONG, 0

    def hear(self) -> int:
        """A round of what people wait for."""
        done = hear_once()
        if done:
            self._heard = time.monotonic()
        else:
            self._room = time.monotonic()
        return done

    def ponder(self) -> int:
        """A round of what takes long, if it may."""
        began = time.monotonic()
        if began < min(self._heard + QUIET_SECONDS, self._ended + self._rests(began)):
            return 0
        done, place = ponder_once(self._place + (self._in_a_row >= IN_A_ROW))
        self._in_a_row = self._in_a_row + 1 if place == self._place else 1
        self._place = place
        self._ended = time.monotonic()
        self._took = self._ended - began
        return done

    def _rests(self, now: float) -> float:
        """Seconds between two slices while people keep coming."""
        full = now > self._room + QUIET_SECONDS
        return max(FULL_RESTS_SECONDS if full else RESTS_SECONDS, RESTS_TIMES * self._took)


pace = Pace()


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
        _keep_on(lambda: threads.look() + bringers.look() + glance.look() + pace.hear(), goes_on, glance.pause)
    finally:
        bringers.close(_PATIENCE_SECONDS)
        threads.join(_PATIENCE_SECONDS)


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
