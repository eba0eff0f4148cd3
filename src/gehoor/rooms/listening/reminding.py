"""Reminders that are kind: never more than one, never how much is missing, and they can be put off a week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import Sum
from django.utils import timezone

from gehoor.analysis.sampling import inclusion_probabilities
from gehoor.kernel import clock
from gehoor.kernel.errors import NotAllowed
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.drawing import Narrowed, candidates, count_for
from gehoor.rooms.listening.models import Attending, DrawnBy, ListenedDay, Pool, Snooze
from gehoor.rooms.listening.rhythm import Pace, pace_of, rhythms
from gehoor.rooms.listening.unheard import State, state_now, unheard
from gehoor.rooms.voices.weight import current_table

LENGTHS = (10, 20, 40)
"""The minutes for which a stack is offered at once."""
_ALMOST = 0.75
"""Who came this near to what was agreed is not reminded of the rest."""


@dataclass(frozen=True, slots=True)
class Waits:
    """A stack that lies ready, of the channel that one would rather put off, as it is expected to be drawn: how many
    voices, what they cost to say (customer minutes), how long it takes to read or hear them."""

    channel: str
    voices: int
    minutes: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder to one listener: for how long there is something, and what."""

    listener: User
    pace: Pace
    waits: Waits

    @property
    def length(self) -> int:
        """For how many minutes a stack is drawn: what was agreed, in one of the lengths that are offered."""
        return length_of(self.pace)


def length_of(pace: Pace) -> int:
    """The longest of the lengths on offer that is within a pace."""
    return max((each for each in LENGTHS if each <= pace.minutes), default=LENGTHS[0])


def reminder_for(listener: User, now: datetime, state: State | None = None) -> Reminder | None:
    """The one reminder for today, if there is reason for one. ``state``: what was heard by now, where it is known."""
    if not listener.may(May.LISTEN):
        return None
    pace = pace_of(listener, rhythms())
    return next(_reminders([listener], {listener.pk: pace}, now, state), None) if pace else None


def due_reminders(now: datetime) -> Iterator[Reminder]:
    """Everyone who may be reminded now, for a room that sends reminders; at most one each. It keeps no record of what
    was sent: who sends keeps that."""
    agreed = rhythms()
    listeners = [user for user in User.objects.filter(is_active=True).order_by("pk") if user.may(May.LISTEN)]
    paces = {user.pk: pace_of(user, agreed) for user in listeners}
    yield from _reminders([user for user in listeners if paces[user.pk]], paces, now, state_now())


def _reminders(
    listeners: list[User], paces: dict[int, Pace | None], now: datetime, state: State | None
) -> Iterator[Reminder]:
    today = timezone.localdate(now)
    snoozed = set(Snooze.objects.filter(listener__in=listeners, until__gt=today).values_list("listener", flat=True))
    planned = _planned(listeners, now)
    for listener in listeners:
        pace = paces[listener.pk]
        if pace is None or listener.pk in snoozed or _new_here(listener, pace, now):
            continue
        if planned.get(listener.pk, today + timedelta(days=366)) <= today + timedelta(weeks=pace.weeks):
            continue
        if _listened(listener, pace, today) >= _ALMOST * pace.minutes * 60:
            continue
        waits = what_waits(length_of(pace), state)
        if waits is not None:
            yield Reminder(listener, pace, waits)


def _new_here(listener: User, pace: Pace, now: datetime) -> bool:
    """Nobody is reminded of the time before a colleague came."""
    return listener.made_at > now - timedelta(weeks=pace.weeks)


def _listened(listener: User, pace: Pace, today: date) -> float:
    days = ListenedDay.objects.filter(listener=listener, day__gt=today - timedelta(weeks=pace.weeks), day__lte=today)
    return days.aggregate(all=Sum("seconds"))["all"] or 0.0


def _planned(listeners: list[User], now: datetime) -> dict[int, date]:
    """The next day on which each of them has planned to listen."""
    rows = Attending.objects.filter(
        attendee__in=listeners,
        arrangement__stands=True,
        arrangement__cancelled=False,
        arrangement__starts_at__gte=now - timedelta(hours=4),
    ).exclude(comes=False)
    found: dict[int, date] = {}
    for attendee, starts_at in rows.order_by("-arrangement__starts_at").values_list(
        "attendee", "arrangement__starts_at"
    ):
        found[attendee] = timezone.localdate(starts_at)
    return found


def what_waits(minutes: int, state: State | None = None) -> Waits | None:
    """What can be heard in so many minutes, of the first channel (letters, then calls) of which something is unheard;
    None when everything was heard."""
    state = state or state_now()
    found = unheard(state)
    return _what_waits(state, found.channels[0].channel, minutes) if found.channels else None


@lru_cache(maxsize=32)
def _what_waits(state: State, channel: str, minutes: int) -> Waits:
    del state
    found = candidates(Pool.UNHEARD, current_table(), Narrowed(channel=channel))
    count = count_for(found, DrawnBy.MINUTES, minutes * 60.0)
    probability = inclusion_probabilities(found.customer_minutes, count)
    return Waits(channel, count, float(probability @ found.customer_minutes), float(probability @ found.seconds))


def do_snooze(*, actor: User) -> date:
    """Ask to be reminded next week, on Monday; returns that day."""
    if not actor.may(May.LISTEN):
        raise NotAllowed()
    today = timezone.localdate(clock.now())
    until = today + timedelta(days=7 - today.weekday())
    Snooze.objects.update_or_create(listener=actor, defaults={"until": until})
    return until


def do_wake(*, actor: User) -> None:
    """Undo that."""
    Snooze.objects.filter(listener=actor).delete()
