"""The moments until which a case is usually put off: at the beginning of a day on which we work."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.utils import timezone

from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.clocks.hours import current_hours

MORNING = time(8, 30)
CHOICES: Mapping[str, str] = {
    "uren": sentence("three hours"),
    "morgen": sentence("the next working day"),
    "drie": sentence("three days"),
    "week": sentence("one week"),
}
_DAYS = {"morgen": 1, "drie": 3, "week": 7}


def moment_of(choice: str) -> datetime | None:
    """The moment that a choice means, counted from now; None for no choice of ours. A day is one on which we work."""
    start = timezone.localtime(now())
    if choice == "uren":
        return start + timedelta(hours=3)
    if choice not in _DAYS:
        return None
    day = timezone.make_aware(datetime.combine(start.date() + timedelta(days=_DAYS[choice]), MORNING))
    return current_hours().add(day, 1) - timedelta(minutes=1)
