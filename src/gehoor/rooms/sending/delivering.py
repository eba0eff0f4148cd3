"""Takes messages out, one at a time, so that each goes out once although anything may be killed at any moment.

Before the last step of a message its delivery is ``ending``, committed with the message's id. Found ``ending`` by
someone who is not just sending it, nobody knows whether it went out: it is ``unsure`` (``settling.py``). Everything
else is as before: what waits is sent, what was sent is not.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from gehoor.channels.outgoing import Carrier, Line, Outgoing
from gehoor.channels.registry import senders as kinds
from gehoor.kernel.clock import now
from gehoor.kernel.errors import CannotDeliver, CannotReach, DeliveryUnsure
from gehoor.kernel.language import sentence
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.sending import told
from gehoor.rooms.sending.models import Delivery, Run, RunKind, RunState, SenderSettings, State
from gehoor.rooms.sending.outgoing import outgoing
from gehoor.rooms.sending.runs import finish
from gehoor.rooms.sending.settling import settle
from gehoor.rooms.sending.sparing import as_reason, has_twin, spared
from gehoor.rooms.sending.states import OPEN, move, move_one
from gehoor.rooms.sending.taken import Taken

AT_ONCE = 200
"""Messages over one line to the other side."""
LOOK_SECONDS = 2.0
"""So often, at most, it is looked whether an answer waits while a run to many goes out."""
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 900.0
MOST_ATTEMPTS = 12
"""Of one message that the other side keeps wanting later; with growing waits that is some hours."""

GAVE_UP = sentence("The other side asked {times} times to try again later.")
GAVE_UP_REMEDY = sentence("Look whether the address is right, try again, or reach this person in another way.")
CUT_OFF = sentence("The work was cut off at the very moment that this message went out: it may have arrived or not.")
CUT_OFF_REMEDY = sentence(
    "Gehoor finds out by the copy of the message, where the sender makes one; else look in the mail server's log, or "
    "ask this customer, and say here what it is."
)


BROKEN = sentence("something unexpected happened on the way")


class _Stopped(Exception):
    """Someone stopped the run, or took the delivery away, while its message was being handed over."""


class Desk:
    """Where one worker sends from. ``goes_on`` is asked at least every tenth of a second while it waits."""

    def __init__(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        self._goes_on = goes_on
        self._turn: dict[int, float] = {}
        self._taken = Taken()
        self._begins = True
        self._looked = 0.0

    def once(self) -> int:
        """Send all that is due, and settle what is unsure; says how much was done."""
        _survive_a_power_cut()
        self._finish_the_last_round()
        return settle() + sum(self._send_for(sender) for sender in _carriers())

    def _finish_the_last_round(self) -> None:
        find_cut_off()
        if self._begins:
            self._taken.write_left()
            self._begins = False
        self._taken.write()
        finish_runs()

    def _send_for(self, sender: SenderSettings) -> int:
        """All that is due for one sender, over one line. Trouble with the other side is kept for the screen."""
        answers = _answers_due(sender)
        due = [*answers, *_many_due(sender, AT_ONCE - len(answers))]
        carrier = kinds().get(sender.kind)
        if not due or not isinstance(carrier, Carrier):
            return 0
        done, trouble = 0, None
        try:
            with carrier.open({**sender.settings, **sender.secret}, current_letterhead()) as line:
                for place, pk in enumerate(due):
                    if not self._wait_for_turn(sender) or (place >= len(answers) and self._answer_waits(sender)):
                        break
                    done += send_one(line, sender, pk, self._taken)
        except CannotReach as error:
            trouble = error
        except OSError:
            trouble = CannotReach(where=sender.name, why=BROKEN)
        self._write_up(sender)
        if trouble is not None:
            _tell_trouble(sender, trouble)
        return done

    def _answer_waits(self, sender: SenderSettings) -> bool:
        """Whether an answer to one customer became due while a run to many goes out: it is not kept waiting for it."""
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return False
        self._looked = time.monotonic()
        return bool(_answers_due(sender))

    def _write_up(self, sender: SenderSettings) -> None:
        """What was taken by this sender's other side; so all is well there."""
        if self._taken.write():
            _tell_well(sender)
        finish_runs()

    def _wait_for_turn(self, sender: SenderSettings) -> bool:
        """Not more a minute than the other side likes; False when told to stop."""
        turn = self._turn.get(sender.pk, 0.0)
        if self._taken.is_due(within=turn - time.monotonic()):
            self._write_up(sender)
        while self._goes_on() and (left := turn - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))
        gap = 60 / sender.per_minute if sender.per_minute else 0.0
        self._turn[sender.pk] = max(turn, time.monotonic()) + gap
        return self._goes_on()


def _survive_a_power_cut() -> None:
    """What this thread commits is on the disk when it is committed; elsewhere the last moments may be lost."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def find_cut_off() -> int:
    """Whatever is at its end while nobody is sending was cut off there. Only for the one who sends."""
    reason = [CUT_OFF, CUT_OFF_REMEDY, {}]
    return move(Delivery.objects.all(), State.ENDING, State.UNSURE, reason=reason)


def finish_runs() -> None:
    """A run in which nothing waits for anyone any more is done."""
    waits = Delivery.objects.filter(run=OuterRef("pk"), state__in=OPEN)
    for run in Run.objects.filter(~Exists(waits), state=RunState.SENDING):
        finish(run)


def _carriers() -> list[SenderSettings]:
    """For each channel the first sender that takes messages out by itself, unless it has to wait."""
    found: dict[str, SenderSettings] = {}
    for sender in SenderSettings.objects.filter(removed=False).order_by("id"):
        if isinstance(kinds().get(sender.kind), Carrier):
            found.setdefault(sender.channel, sender)
    return [each for each in found.values() if each.try_after is None or each.try_after <= now()]


def _answers_due(sender: SenderSettings) -> list[int]:
    """What waits for this sender that is for one customer: an answer, or the word that something came in."""
    runs = Run.objects.filter(state=RunState.SENDING).exclude(kind=RunKind.MANY)
    return _ready(sender, Delivery.objects.filter(run__in=runs), AT_ONCE)


def _many_due(sender: SenderSettings, most: int) -> list[int]:
    """What waits for this sender in runs to many that are going."""
    return _ready(sender, Delivery.objects.filter(run__state=RunState.SENDING, run__kind=RunKind.MANY), most)


def _ready(sender: SenderSettings, going: QuerySet[Delivery], most: int) -> list[int]:
    """What was not tried before first."""
    waiting = going.filter(channel=sender.channel, copied_at=None, state=State.WAITING)
    ready = waiting.filter(Q(try_after=None) | Q(try_after__lte=now()))
    return list(ready.order_by("attempts", "id").values_list("id", flat=True)[:most])


def send_one(line: Line, sender: SenderSettings, pk: int, taken: Taken) -> int:
    """Send one message, if it still is to be sent. Raises CannotReach when the other side is to be left alone."""
    going = Delivery.objects.filter(pk=pk, state=State.WAITING, run__state=RunState.SENDING, copied_at=None)
    delivery = going.select_related("run__wording", "person__merged_into", "voice").first()
    if delivery is None:
        return 0
    if why := spared(delivery):
        _fail(delivery, State.WAITING, State.NOT_WANTED, reason=as_reason(why))
        return 1
    message = outgoing(delivery)
    try:
        sent = line.send(message, lambda: _end(line, sender, delivery, message))
    except CannotDeliver as error:
        reason = [error.text, error.remedy, dict(error.fields)]
        _fail(delivery, [State.WAITING, State.ENDING], State.FAILED, reason=reason)
        return 1
    except _Stopped:
        return 0
    except DeliveryUnsure as error:
        move_one(delivery, State.ENDING, State.UNSURE, reason=[error.text, CUT_OFF_REMEDY, dict(error.fields)])
        raise
    except CannotReach as error:
        _try_later(delivery, error)
        raise
    taken.take(delivery, sent)
    return 1


def _end(line: Line, sender: SenderSettings, delivery: Delivery, message: Outgoing) -> None:
    """Right before the last step: write down that it is being done, unless it is not to be done any more."""
    with transaction.atomic():
        going = Delivery.objects.filter(pk=delivery.pk, run__state=RunState.SENDING, copied_at=None)
        written = {"native_id": line.native_id(message), "ended_at": now(), "sender": sender}
        if has_twin(delivery) or not move(going, State.WAITING, State.ENDING, **written):
            raise _Stopped


def _fail(delivery: Delivery, before: str | Sequence[str], after: str, **fields: Any) -> None:
    """It does not go out, and whoever has to know is told at once."""
    with transaction.atomic():
        if move_one(delivery, before, after, **fields):
            told.fail(delivery.run)


def _try_later(delivery: Delivery, error: CannotReach) -> None:
    attempts = delivery.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        reason = [GAVE_UP, GAVE_UP_REMEDY, {"times": attempts}]
        _fail(delivery, [State.WAITING, State.ENDING], State.FAILED, reason=reason, attempts=attempts)
        return
    reason = [error.text, error.remedy, dict(error.fields)]
    later = {"attempts": attempts, "try_after": pause_after(attempts), "reason": reason}
    move_one(delivery, [State.WAITING, State.ENDING], State.WAITING, **later)


def pause_after(failures: int) -> datetime:
    """Until when to leave the other side alone after so many failures in a row."""
    return now() + timedelta(seconds=min(PAUSE_SECONDS * 2.0 ** (failures - 1), LONGEST_PAUSE_SECONDS))


def _tell_well(sender: SenderSettings) -> None:
    well = {"sent_at": now(), "failures": 0, "try_after": None, "trouble": []}
    SenderSettings.objects.filter(pk=sender.pk).update(**well)
    sender.failures = 0


def _tell_trouble(sender: SenderSettings, error: CannotReach) -> None:
    failures = sender.failures + 1
    SenderSettings.objects.filter(pk=sender.pk).update(
        failures=failures, try_after=pause_after(failures), trouble=[error.text, error.remedy, dict(error.fields)]
    )
