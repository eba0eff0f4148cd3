"""Whether changes helped, in one word, for lists: measured once for each state of what was asked, and kept."""

from collections.abc import Mapping

from django.core.cache import cache
from django.db.models import Count, Max
from django.utils import timezone

from gehoor.kernel.ids import key_of
from gehoor.rooms.changes.asked import state_of_asks
from gehoor.rooms.changes.measuring import Outcomes, measure
from gehoor.rooms.changes.models import Change, Event
from gehoor.rooms.changes.standing import Standing

_A_DAY = 24 * 3600


def outcomes_of(changes: Mapping[Change, Standing]) -> dict[int, Outcomes]:
    """What came of those that are done, by primary key. Only the word is kept in memory; once it is there, this takes a
    fixed number of queries."""
    done = {change: now for change, now in changes.items() if now.done is not None and now.decision is not None}
    if not done:
        return {}
    events = Event.objects.filter(removed=False).aggregate(all=Count("pk"), newest=Max("pk"))
    state = f"{state_of_asks()} {events['all']} {events['newest']} {timezone.localdate()}"
    return {change.pk: found for change, now in done.items() if (found := _outcome(change, now, state)) is not None}


def _outcome(change: Change, now: Standing, state: str) -> Outcomes | None:
    key = f"gehoor.outcome.{key_of([state, change.pk, change.noted, *map(str, sorted(now.in_force))]).hex()}"
    known: str | None = cache.get(key)
    if known is None:
        found = measure(change)
        known = str(found.outcome.value) if found else ""
        cache.set(key, known, _A_DAY)
    return Outcomes(known) if known else None
