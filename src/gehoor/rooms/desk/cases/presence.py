"""Who has a case before them now, and who is writing in it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.db.models import QuerySet

from gehoor.kernel.clock import now
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.models import Case, Presence

Key = TypeVar("Key")
STAYS = timedelta(seconds=45)
"""So long after the last sign someone counts as there."""
_SAYS_SO_EVERY = timedelta(seconds=15)
"""A page asks more often than it has to say that someone is there: what is known already is not written again."""


@dataclass(frozen=True, slots=True)
class There:
    """A colleague at a case."""

    name: str
    writing: bool


def do_be_there(case: Case, user: User, *, writing: bool) -> None:
    """A sign of life: this colleague has the case before them."""
    moment = now()
    if Presence.objects.filter(case=case, user=user, writing=writing, at__gt=moment - _SAYS_SO_EVERY).exists():
        return
    Presence.objects.update_or_create(case=case, user=user, defaults={"writing": writing, "at": moment})
    Presence.objects.filter(at__lt=moment - STAYS).delete()


def do_leave(case: Case, user: User) -> None:
    """This colleague went away from the case."""
    Presence.objects.filter(case=case, user=user).delete()


def there(cases: Collection[Case] | Collection[int], viewer: User) -> Mapping[int, list[There]]:
    """Which colleagues (the viewer left out) are at these cases, who writes first; one query."""
    return by_case(present().filter(case__in=cases), viewer, lambda row: row.case_id)


def present() -> QuerySet[Presence]:
    """Everyone who is at a case now, who writes first; with the user, and of the case what names it."""
    rows = Presence.objects.filter(at__gte=now() - STAYS).select_related("user", "case")
    return rows.only("writing", "user__name", "case__public_id").order_by("-writing", "user__name")


def by_case(rows: Iterable[Presence], viewer: User, name: Callable[[Presence], Key]) -> dict[Key, list[There]]:
    """Who of these are there, the viewer left out, by the case as ``name`` calls it."""
    found: dict[Key, list[There]] = {}
    for row in rows:
        if row.user_id != viewer.pk:
            found.setdefault(name(row), []).append(There(row.user.name, row.writing))
    return found
