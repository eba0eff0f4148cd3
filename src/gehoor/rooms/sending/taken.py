"""Writes down what the other side took: at once that it did, and a moment later, with others, what was said to whom.

Killed in between, a delivery is ``sent`` and has no ``told_at``: what that lacks is written when sending begins again,
with the text instead of the bytes.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby

from django.db import DatabaseError, transaction

from gehoor.channels.outgoing import Sent
from gehoor.kernel.clock import now
from gehoor.kernel.errors import GehoorError
from gehoor.rooms.sending import told
from gehoor.rooms.sending.models import Delivery, Run, RunKind, State
from gehoor.rooms.sending.replies import keep_replies
from gehoor.rooms.sending.runs import finish
from gehoor.rooms.sending.states import move_one

TOGETHER = 25
SECONDS = 1.0
"""So many messages, or so long, before what was said stands on the dossiers."""
_TRIES = 5
_log = logging.getLogger(__name__)
_Written = tuple[Delivery, Sent | None, datetime]


class Taken:
    """What the other side took and the dossiers do not show yet."""

    def __init__(self) -> None:
        self._left: list[_Written] = []
        self._since = 0.0

    def take(self, delivery: Delivery, sent: Sent) -> None:
        """The other side took it: that is kept, whatever else happens."""
        _insist(lambda: mark(delivery))
        if not self._left:
            self._since = time.monotonic()
        self._left.append((delivery, sent, now()))

    def is_due(self, *, within: float) -> bool:
        """Whether there is enough of it to write it up, or it would wait too long in so many seconds."""
        waits_for = time.monotonic() + max(within, 0.0) - self._since
        return bool(self._left) and (len(self._left) >= TOGETHER or waits_for > SECONDS)

    def write(self) -> int:
        """Write it up now; says how many."""
        for _, of_run in groupby(sorted(self._left, key=_run_of), key=_run_of):
            written = list(of_run)
            _insist(partial(do_write_up, written[0][0].run, written))
        written_up = len(self._left)
        self._left.clear()
        return written_up

    def write_left(self) -> None:
        """Write up what an earlier process took and could not. Only for the one who sends, when it begins."""
        found = Delivery.objects.filter(state=State.SENT, told_at=None, ended_at__isnull=False)
        left = found.select_related("run__wording", "person__merged_into", "voice").order_by("run", "id")
        for run, of_run in groupby(left, key=lambda each: each.run):
            do_write_up(run, [(each, None, each.ended_at or now()) for each in of_run])


def mark(delivery: Delivery) -> bool:
    """The other side took this message; whether that was still open."""
    return move_one(delivery, State.ENDING, State.SENT, reason=[])


def do_write_up(run: Run, taken: Sequence[_Written]) -> None:
    """These persons were told by these messages. Who was erased meanwhile is left out. That we received something is no
    reply to it, so it becomes none."""
    with transaction.atomic():
        there = set(Delivery.objects.filter(pk__in=[each.pk for each, _, _ in taken]).values_list("pk", flat=True))
        kept = [each for each in taken if each[0].pk in there]
        said = [(delivery, sent) for delivery, sent, _ in kept]
        replies = keep_replies(run, said, None) if said and run.kind != RunKind.RECEIPT else {}
        persons: list[int | None] = []
        for delivery, _, moment in kept:
            fresh = Delivery.objects.filter(pk=delivery.pk, state=State.SENT, told_at=None)
            if fresh.update(told_at=moment, reply_id=replies.get(delivery.pk)):
                persons.append(delivery.person_id)
        told.tell(run, persons)


def do_keep_sent(delivery: Delivery, sent: Sent) -> None:
    """This person was told by this message."""
    with transaction.atomic():
        mark(delivery)
        do_write_up(delivery.run, [(delivery, sent, now())])
    finish(delivery.run)


def _run_of(written: _Written) -> int:
    return int(written[0].run_id)


def _insist(work: Callable[[], object]) -> None:
    """The database may be busy for a while; a message that went out must not be forgotten for that."""
    for left in reversed(range(_TRIES)):
        try:
            work()
            return
        except (DatabaseError, GehoorError) as error:
            _log.warning("keeping what was sent stumbled over %s", type(error).__name__)
            if not left:
                raise
            time.sleep(1.0)
