"""The period that the opening sentence is about."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils import timezone


class Period(TextChoices):
    """All time, this year, or this month."""

    ALL = "all"
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """From which day on; None is from the beginning. It always ends now."""

    period: Period
    since: date | None

    @property
    def since_moment(self) -> datetime | None:
        """Midnight of that day, local."""
        return None if self.since is None else timezone.make_aware(datetime.combine(self.since, datetime.min.time()))


def read_span(given: str) -> Span:
    """From the address bar; anything unknown is all time."""
    period = Period(given) if given in Period.values else Period.ALL
    today = timezone.localdate()
    since = {Period.MONTH: today.replace(day=1), Period.YEAR: today.replace(month=1, day=1)}.get(period)
    return Span(period, since)
