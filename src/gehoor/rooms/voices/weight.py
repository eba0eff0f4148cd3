"""Customer minutes of voices, under the organisation's own table of thresholds."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Case, Count, ExpressionWrapper, F, FloatField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from gehoor.analysis import weight
from gehoor.analysis.weight import Rate, Table
from gehoor.channels.registry import cards
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import ThresholdTable, Voice

STANDARD = "standard"


def standard_table() -> Table:
    """The rates on the channels' cards."""
    rates = {kind: Rate(card.threshold_minutes, card.words_per_minute) for kind, card in cards().items()}
    return Table(STANDARD, rates)


def current_table() -> Table:
    """The newest table that the organisation set, on top of the channels' own rates."""
    newest = ThresholdTable.objects.order_by("-id").first()
    if newest is None:
        return standard_table()
    own = {channel: Rate(*rate) for channel, rate in newest.rows.items()}
    return Table(newest.name, {**standard_table().rates, **own})


def do_set_thresholds(*, rates: Mapping[str, Rate], actor: User) -> ThresholdTable:
    """Keep a new version of the table. Raises Refused for a rate that cannot be."""
    for rate in rates.values():
        if not (0 <= rate.threshold_minutes <= 24 * 60 and 0 < rate.words_per_minute <= 1_000):
            raise Refused(why=sentence("a threshold is 0 to 1440 minutes, and a pace more than 0 and at most 1000"))
    with transaction.atomic():
        number = ThresholdTable.objects.count() + 1
        rows = {channel: [rate.threshold_minutes, rate.words_per_minute] for channel, rate in rates.items()}
        table = ThresholdTable.objects.create(name=f"table {number}", rows=rows, actor=actor)
        do_log(actor=actor, action="set_thresholds", what="threshold_table")
    return table


def minutes_expression(table: Table, prefix: str = "") -> "ExpressionWrapper[Any]":
    """Customer minutes of one voice as a database expression; ``prefix`` leads to the voice (``voice__``)."""
    channel, words = f"{prefix}channel", F(f"{prefix}words")
    written = Case(
        *(
            When(**{channel: kind}, then=Value(rate.threshold_minutes) + words / Value(rate.words_per_minute))
            for kind, rate in table.rates.items()
        ),
        default=Value(table.otherwise.threshold_minutes) + words / Value(table.otherwise.words_per_minute),
        output_field=FloatField(),
    )
    spoken = Coalesce(F(f"{prefix}duration_seconds") / Value(60.0), written, output_field=FloatField())
    waited = Coalesce(F(f"{prefix}waited_seconds") / Value(60.0), Value(0.0), output_field=FloatField())
    return ExpressionWrapper(spoken + waited, output_field=FloatField())


def minutes_by_channel(voices: QuerySet[Voice], table: Table) -> dict[str, float]:
    """Customer minutes of many voices, added up by channel."""
    rows = (
        voices.order_by()
        .values("channel")
        .annotate(
            written=Count("id", filter=Q(duration_seconds=None)),
            written_words=Coalesce(Sum("words", filter=Q(duration_seconds=None)), 0),
            seconds=Coalesce(Sum("duration_seconds"), 0.0),
            waited=Coalesce(Sum("waited_seconds"), 0.0),
        )
    )
    totals: dict[str, float] = {}
    for row in rows:
        rate = table.rate(row["channel"])
        written = row["written"] * rate.threshold_minutes + row["written_words"] / rate.words_per_minute
        totals[row["channel"]] = written + (row["seconds"] + row["waited"]) / 60
    return totals


def total_minutes(voices: QuerySet[Voice], table: Table) -> float:
    """Customer minutes of many voices together."""
    return sum(minutes_by_channel(voices, table).values())


def minutes_of(voice: Voice, table: Table) -> float:
    """Customer minutes of one voice."""
    known = [np.nan if seconds is None else seconds for seconds in (voice.duration_seconds, voice.waited_seconds)]
    result = weight.minutes(table, [voice.channel], np.array([voice.words]), np.array([known[0]]), np.array([known[1]]))
    return float(result[0])
