"""The days on which the people of the example did things: past ones, counted back from the day of the example."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gehoor.demo.files import ZONE
from gehoor.kernel import clock


@dataclass(frozen=True, slots=True)
class Days:
    """Counts back from ``today``."""

    today: date

    def day(self, ago: int) -> date:
        """So many days ago; negative is still to come."""
        return self.today - timedelta(days=ago)

    def moment(self, ago: int, hour: int = 10, minute: int = 0) -> datetime:
        """A time of that day, aware."""
        return datetime.combine(self.day(ago), time(hour, minute), ZONE)

    @contextmanager
    def acting(self, ago: int, hour: int = 10, minute: int = 0) -> Iterator[None]:
        """What is done within it, is done then."""
        with acting_at(self.moment(ago, hour, minute)):
            yield


@contextmanager
def acting_at(moment: datetime) -> Iterator[None]:
    """What is done within it in this thread, is done at this moment; also what Django dates by itself."""
    before = timezone.now
    timezone.now = clock.now
    try:
        with clock.at(moment):
            yield
    finally:
        timezone.now = before
