"""Keeping the three counts of every need right.

They stand on the needs' rows, so that screens are quick. What they rest on (the table of thresholds, who said what,
which voices there are) has a fingerprint; when it changed, everything is counted anew. A decision counts only what it
touched.
"""

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Count, F, Max, Min, Q, Sum
from django.db.models.functions import TruncWeek

from gehoor.analysis.silence.record import begins
from gehoor.kernel.language import sentence
from gehoor.rooms.needs.counting import count, hidden, paths
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.needs.rows import Woods, minutes_of_asks, read_asks, read_voices, read_woods
from gehoor.rooms.needs.spreading import spreads
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.voices.models import ThresholdTable, Voice
from gehoor.rooms.voices.weight import current_table

STAGE_TITLE = sentence("Counting voices, persons and customer minutes")
_COUNTS = ("voices", "persons", "anonymous", "customer_minutes", "months", "channels")
_SPREAD = 9_973
"""A prime: two people who change places in the attributions change the fingerprint."""


def current_generation() -> Generation | None:
    """The generation that the screens show; None before the first."""
    return Generation.objects.filter(current=True).order_by("-pk").first()


def fingerprint() -> str:
    """Everything that the counts rest on, besides decisions and grouping."""
    table = ThresholdTable.objects.aggregate(newest=Max("pk"))["newest"] or 0
    voices = Voice.objects.aggregate(n=Count("pk"), last=Max("pk"))
    who = Attribution.objects.exclude(person=None).aggregate(
        n=Count("pk"), spread=Sum(F("person_id") * (F("voice_id") % _SPREAD + 1))
    )
    return f"{table} {voices['n']} {voices['last'] or 0} {who['n']} {who['spread'] or 0}"


def pending() -> int:
    """1 when the counts rest on something that changed since."""
    generation = current_generation()
    return int(generation is not None and generation.counted != fingerprint())


def drain(limit: int) -> int:
    """Count everything anew; at most once a call, whatever ``limit``."""
    generation = current_generation()
    if generation is None or not pending():
        return 0
    do_recount(generation=generation)
    return 1


def forget() -> None:
    """Have everything counted anew."""
    Generation.objects.filter(current=True).update(counted="")


def do_recount(*, generation: Generation) -> None:
    """Count everything anew, under the table of now."""
    seen = fingerprint()
    with transaction.atomic():
        _renew_minutes(generation)
        do_count_needs(generation=generation, needs=None)
        do_count_totals(generation=generation)
        Generation.objects.filter(pk=generation.pk).update(counted=seen)


def do_count_needs(*, generation: Generation, needs: Collection[int] | None) -> None:
    """Count these needs (all when None) from their asks, and keep the counts that changed."""
    woods = read_woods(generation)
    rows = AskNeed.objects.filter(generation=generation)
    if needs is not None:
        rows = rows.filter(need__in=_finest_below(woods, needs))
    asks = read_asks(woods, rows)
    counts = count(woods.tree, asks)
    months, channels = spreads(woods.tree, asks, None if needs is None else rows)
    numbers = range(len(woods.pks)) if needs is None else woods.number(np.array(sorted(needs), np.int64)).tolist()
    counted = [
        Need(
            pk=int(woods.pks[number]),
            voices=int(counts.voices[number]),
            persons=int(counts.persons[number]),
            anonymous=int(counts.anonymous[number]),
            customer_minutes=float(counts.minutes[number]),
            months=months[number],
            channels=channels[number],
        )
        for number in numbers
        if number >= 0
    ]
    _keep_counts(generation, counted)


def totals_now() -> dict[str, Any]:
    """The denominators: all voices, persons and minutes, and the period. Voices without any ask count too."""
    spoken = read_voices(Voice.objects.all())
    period = Voice.objects.aggregate(first=Min("said_at"), last=Max("said_at"))
    return {
        "voices": len(spoken.pks),
        "persons": Attribution.objects.exclude(person=None).aggregate(n=Count("person", distinct=True))["n"],
        "anonymous": Voice.objects.filter(Q(attribution=None) | Q(attribution__person=None)).count(),
        "customer_minutes": float(spoken.minutes.sum()),
        "first": period["first"].isoformat() if period["first"] else None,
        "last": period["last"].isoformat() if period["last"] else None,
        "begins": _begins(),
    }


def _begins() -> str | None:
    """The day on which the record begins that runs on, a Monday; what is older stands alone."""
    weeks = Voice.objects.exclude(said_at=None).annotate(week=TruncWeek("said_at")).values_list("week")
    heard = {week.date().toordinal() // 7: (week.date(), n) for week, n in weeks.annotate(n=Count("pk")).order_by()}
    first = begins({number: n for number, (_, n) in heard.items()})
    return None if first is None else heard[first][0].isoformat()


def do_count_totals(*, generation: Generation) -> None:
    """Keep the denominators, and how many asks stand under no need."""
    generation.totals = {**totals_now(), "unassigned": _unassigned(generation)}
    generation.asks = AskNeed.objects.filter(generation=generation).count()
    generation.table = current_table().name
    generation.save(update_fields=["totals", "table", "asks"])


def do_count_unassigned(*, generation: Generation) -> None:
    """Of the denominators only what a decision can change."""
    generation.totals = {**generation.totals, "unassigned": _unassigned(generation)}
    generation.save(update_fields=["totals"])


def _unassigned(generation: Generation) -> int:
    """How many asks show under no need: none was found for them, or something on their path was set aside."""
    woods = read_woods(generation)
    rows = AskNeed.objects.filter(generation=generation).values_list("need").annotate(n=Count("pk")).order_by()
    asks: dict[int | None, int] = dict(rows)
    return asks.get(None, 0) + sum(asks.get(int(pk), 0) for pk in woods.pks[hidden(woods.tree)])


def _finest_below(woods: Woods, needs: Collection[int]) -> list[int]:
    """The finest needs whose path holds one of these."""
    wanted = woods.number(np.array(sorted(needs), np.int64))
    below = np.isin(paths(woods.tree), wanted[wanted >= 0]).any(axis=1)
    return [int(pk) for pk in woods.pks[below]]


def _keep_counts(generation: Generation, counted: Iterable[Need]) -> None:
    rows = Need.objects.filter(generation=generation).values_list("pk", *_COUNTS)
    had = {pk: counts for pk, *counts in rows}
    changed = [need for need in counted if had.get(need.pk) != [getattr(need, name) for name in _COUNTS]]
    Need.objects.bulk_update(changed, _COUNTS, batch_size=100)


def _renew_minutes(generation: Generation) -> None:
    """Write the minutes of asks that changed. One statement for all: a CASE of Django's would take minutes."""
    rows = AskNeed.objects.filter(generation=generation).order_by("pk").values_list("pk", "ask_id", "minutes")
    found = list(zip(*rows.iterator(), strict=True))
    if not found:
        return
    pks, had = np.array(found[0], np.int64), np.array(found[2], np.float64)
    new = minutes_of_asks(np.array([ask or 0 for ask in found[1]], np.int64))
    changed = np.flatnonzero((new != had) & np.array([ask is not None for ask in found[1]]))
    table = connection.ops.quote_name(AskNeed._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET minutes = %s WHERE id = %s",
            list(zip(new[changed].tolist(), pks[changed].tolist(), strict=True)),
        )
