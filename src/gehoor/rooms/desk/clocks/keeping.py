"""Clock rows, kept from a case's log: they can be thrown away and made again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import transaction

from gehoor.analysis.hours.waiting import Kind, Waiting, clocks
from gehoor.rooms.desk.clocks.hours import Version, version_of, versions
from gehoor.rooms.desk.clocks.logs import logs_of
from gehoor.rooms.desk.models import Case, Clock, State

_later: ContextVar[dict[int, Case] | None] = ContextVar("later", default=None)
_UNHEARD = (State.SPAM, State.MERGED)
_A_BATCH = 500
_KEPT = ("kind", "began_at", "runs_since", "ended_at", "paused_at", "due_at", "minutes")


def keep(case: Case) -> None:
    """Compute the clocks of this case anew from its voices, answers and acts; sets ``due_at`` and ``waits_since``, on
    the object and in its row. What is not to be answered (spam, merged into another) has no clocks."""
    later = _later.get()
    if later is None or case.chorus_id is not None:
        keep_all([case])
    else:
        later[case.pk] = case


@contextmanager
def keeping_together() -> Iterator[None]:
    """Within this block the clocks of cases that stand for themselves wait; at its end all are kept at once, in a fixed
    number of queries. For many cases in one transaction."""
    later: dict[int, Case] = {}
    token = _later.set(later)
    try:
        yield
    finally:
        _later.reset(token)
    keep_all(list(later.values()))


def keep_all(cases: Sequence[Case]) -> None:
    """The same for many cases, in batches, each a fixed number of queries."""
    known = versions()
    for start in range(0, len(cases), _A_BATCH):
        _keep_batch(cases[start : start + _A_BATCH], known)


def keep_running() -> int:
    """Compute every case anew in which a clock has not ended: after the hours changed. Returns how many."""
    cases = list(Case.objects.filter(clocks__ended_at=None, clocks__isnull=False).distinct().order_by("pk"))
    keep_all(cases)
    return len(cases)


def _keep_batch(cases: Sequence[Case], known: Sequence[Version]) -> None:
    logs = logs_of([case.pk for case in cases if case.state not in _UNHEARD])
    with transaction.atomic():
        before = defaultdict(list)
        for clock in Clock.objects.filter(case__in=cases).order_by("id"):
            before[clock.case_id].append(clock)
        made, gone = [], []
        for case in cases:
            found = clocks(logs.get(case.pk, ()))
            rows = [_row(case, each, known) for each in found]
            if [_values(row) for row in rows] != [_values(row) for row in before[case.pk]]:
                made += rows
                gone += [row.pk for row in before[case.pk]]
            case.due_at = min((row.due_at for row in rows if row.due_at and row.runs_since), default=None)
            case.waits_since = _waits_since(found)
        Clock.objects.filter(pk__in=gone).delete()
        Clock.objects.bulk_create(made)
        Case.objects.bulk_update(cases, ["due_at", "waits_since"])


def _values(row: Clock) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _KEPT)


def _row(case: Case, waiting: Waiting, known: Sequence[Version]) -> Clock:
    """A clock that ended is reckoned by the hours that counted then, one that has not by those that count now: other
    hours do not change what was measured."""
    version = version_of(known, waiting.ended_at)
    aim = version.aims.get(waiting.kind.value)
    return Clock(
        case=case,
        kind=waiting.kind.value,
        began_at=waiting.began_at,
        runs_since=waiting.runs_since,
        ended_at=waiting.ended_at,
        paused_at=waiting.paused_at,
        due_at=None if aim is None else waiting.due_at(version.hours, aim),
        minutes=waiting.spent(version.hours),
    )


def _waits_since(found: Iterable[Waiting]) -> datetime | None:
    """Since when the customer waits to hear from us."""
    heard = (each for each in found if each.kind is not Kind.RESOLUTION and each.runs_since is not None)
    return min((each.began_at for each in heard), default=None)
