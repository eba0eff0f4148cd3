"""Which sources are more silent than they used to be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from gehoor.analysis.silence import WEEKS, Silence, silence
from gehoor.rooms.intake.models import Item, Source


@dataclass(frozen=True, slots=True)
class Quiet:
    """A source that fell silent against its own habit."""

    source: Source
    silence: Silence


def days_heard(sources: Iterable[Source], today: date) -> dict[int, dict[date, int]]:
    """For each source the days on which something came, with how much, as far back as a habit goes."""
    since = timezone.localtime() - timedelta(weeks=2 * WEEKS)
    rows = (
        Item.objects.filter(arrival__source__in=[source.pk for source in sources], at__gte=since)
        .annotate(day=TruncDate("at"))
        .values_list("arrival__source", "day")
        .annotate(n=Count("pk"))
        .order_by()
    )
    found: dict[int, dict[date, int]] = {}
    for source, day, count in rows:
        found.setdefault(source, {})[day] = count
    return found


def quiet_among(sources: Iterable[Source]) -> list[Quiet]:
    """Those of them that are silent against their habit; a paused one is silent on purpose."""
    today = timezone.localdate()
    active = [source for source in sources if not source.paused]
    heard = days_heard(active, today)
    found = ((source, silence(heard.get(source.pk, {}), today)) for source in active)
    return [Quiet(source, silent) for source, silent in found if silent is not None]
