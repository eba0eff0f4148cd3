"""Which promises stand open: of a person, of today, of someone of ours."""

from datetime import datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.queries import access_case, person_of
from gehoor.rooms.desk.models import Case, Promise, PromiseState
from gehoor.rooms.people.models import Addressing, Person

_MOST = 50
SETTLED = (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.RENEGOTIATED)


def end_of_today() -> datetime:
    """The last moment of this day, here."""
    return end_of_day(now())


def end_of_day(moment: datetime) -> datetime:
    """The last second of the local day in which ``moment`` lies: by when what is promised for a day is due."""
    return timezone.make_aware(datetime.combine(timezone.localdate(moment), time(23, 59, 59)))


def is_whole_day(moment: datetime) -> bool:
    """Whether something is due on a day, at whatever time."""
    return timezone.localtime(moment).time().replace(microsecond=0) == time(23, 59, 59)


def of_person(person: int) -> Q:
    """Promises to this person: by the reply in which they stand, else by whom they were made to."""
    told = Addressing.objects.filter(person=person).values("reply")
    return Q(reply__in=told) | Q(reply=None) & (Q(person=person) | Q(person__merged_into=person))


def promises() -> QuerySet[Promise]:
    """All, with what a list shows beside them."""
    return Promise.objects.select_related("reply__addressing__person", "person__merged_into", "case", "owner", "by")


def open_promises(person_pk: int) -> list[Promise]:
    """What we promised this person and did not settle yet, confirmed by someone; what is due first comes first."""
    found = promises().filter(of_person(person_pk), state=PromiseState.OPEN)
    return list(found.order_by("due_at", "pk")[:_MOST])


def due_today(user: User) -> list[Promise]:
    """What is due today or late, of this user or of nobody; what is due first comes first."""
    mine = Q(owner=user) | Q(owner=None)
    found = promises().filter(mine, state=PromiseState.OPEN, due_at__lte=end_of_today())
    return list(found.order_by("due_at", "pk")[:_MOST])


def to_whom(case: str, person: str) -> tuple[Case | None, Person | None]:
    """To whom a promise is made, by the public id of a case (and whose that is) or else of a person, followed to who
    goes on. Raises NotFound."""
    if case:
        found = access_case(case)
        return found, person_of(found)
    try:
        whom = Person.objects.select_related("merged_into").filter(public_id=UUID(person)).first()
    except ValueError:
        whom = None
    if whom is None:
        raise NotFound(what=sentence("person"))
    return None, whom.merged_into or whom
