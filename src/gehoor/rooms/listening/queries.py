"""What other rooms ask: how long we listened, and what was heard. Totals only; nobody's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import Role, known_roles
from gehoor.rooms.listening.models import Heard, ListenedDay
from gehoor.rooms.voices.models import Voice

_NO_FEWER_PEOPLE = 3


def _days(since: date | None, until: date | None) -> QuerySet[ListenedDay]:
    days = ListenedDay.objects.all()
    if since:
        days = days.filter(day__gte=since)
    return days.filter(day__lte=until) if until else days


def listened_seconds(since: date | None = None, until: date | None = None, *, listener: User | None = None) -> float:
    """Active seconds of everyone (or of one listener, to show to that listener only), both days included."""
    days = _days(since, until)
    if listener is not None:
        days = days.filter(listener=listener)
    return days.aggregate(all=Sum("seconds"))["all"] or 0.0


@dataclass(frozen=True, slots=True)
class RoleTime:
    """What the people of one role listened. ``seconds`` is None where so few have the role that it would tell who."""

    role: Role
    people: int
    seconds: float | None


def listened_by_role(since: date | None = None, until: date | None = None) -> Iterator[RoleTime]:
    """For every role that someone has. Who has two roles counts in both, so this does not add up to the total."""
    spent = dict(_days(since, until).values_list("listener").annotate(all=Sum("seconds")).order_by())
    holders = list(User.objects.filter(Q(is_active=True) | Q(pk__in=spent)).values_list("pk", "roles"))
    for role in Role:
        people = [pk for pk, roles in holders if role in known_roles(roles)]
        if people:
            seconds = sum(spent.get(pk, 0.0) for pk in people)
            yield RoleTime(role, len(people), seconds if len(people) >= _NO_FEWER_PEOPLE else None)


def listeners(since: date | None = None, until: date | None = None) -> int:
    """How many of us listened at all."""
    return _days(since, until).filter(seconds__gt=0).values("listener").distinct().count()


def heard_condition() -> Q:
    """A condition on Voice: at least one human of ours heard it."""
    return Q(Exists(Heard.objects.filter(voice=OuterRef("pk"), enough=True)))


def heard_voice_count() -> int:
    """How many of the voices that we keep were heard by someone."""
    return Heard.objects.filter(enough=True, voice__isnull=False).values("voice").distinct().count()


def never_heard() -> QuerySet[Voice]:
    """The voices that nobody heard yet."""
    return Voice.objects.filter(~heard_condition())
