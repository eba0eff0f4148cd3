"""The log of a case: what people did with it and what befell it, in the order in which everyone sees it happen."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from gehoor.kernel.clock import now
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.moving import newest_move
from gehoor.rooms.desk.chorus.leading import keep_lead
from gehoor.rooms.desk.clocks.keeping import keep
from gehoor.rooms.desk.models import Act, Case

_TURN = 0x6765686F6F72


_held: ContextVar[bool] = ContextVar("held", default=False)
"""Whether this thread has the turn."""


@contextmanager
def in_turn(*, whole: bool = True) -> Iterator[None]:
    """A transaction in which cases are changed: one at a time, so that their numbers commit in order and nobody who
    asks for what moved after a number misses any. Take the turn before rows are locked.

    Within a turn that is held it is a step of it, undone by itself; where ``whole`` is False only with all of it."""
    if _held.get():
        with nullcontext() if not whole else transaction.atomic():
            yield
        return
    with transaction.atomic():
        take_turn()
        token = _held.set(True)
        try:
            yield
        finally:
            _held.reset(token)


def take_turn() -> None:
    """Until this transaction ends nobody else changes a case. (SQLite has one writer anyhow.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def hold(case: Case) -> None:
    """Read the case again as it stands, and keep others off it until this transaction ends."""
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())


def note_act(
    case: Case,
    kind: str,
    *,
    by: User | None,
    values: Mapping[str, Any] | None = None,
    text: str = "",
    at: datetime | None = None,
) -> Act:
    """Write that something happened to a case; it moves, and its clocks are kept. ``values`` holds "was" and "is".

    Kinds: begun, voice, answered, state, assign, priority, note, snooze, merge, unmerge, join, part, speed, spam,
    draft, about, apart, chorus, erased, undo. An act that was undone has ``undone`` set, and an
    "undo" beside it that says by whom and when.
    """
    with in_turn(whole=False):
        act = Act.objects.create(case=case, kind=kind, values=dict(values or {}), text=text, by=by, at=at or now())
        keep(case)
        case.moved = newest_move() + 1
        case.save(update_fields=["moved", "due_at", "waits_since"])
        if case.chorus_id is not None:
            keep_lead(case.chorus_id)
    return act
