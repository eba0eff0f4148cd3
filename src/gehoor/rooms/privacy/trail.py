"""The audit trail as people look through it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from gehoor.rooms.accounts.models import User
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.privacy.subjects import Named, named
from gehoor.rooms.privacy.words import action_of, thing_of


@dataclass(frozen=True, slots=True)
class Question:
    """Which part of the trail someone wants to see."""

    action: str = ""
    actor: UUID | None = None
    since: date | None = None
    until: date | None = None
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who did what to what, and when. ``thing`` is what it is called for those who may know."""

    at: datetime
    actor: User | None
    action: str
    what: str
    public_id: UUID | None
    thing: Named | None


def entries(question: Question) -> QuerySet[AuditEntry]:
    """The entries asked for, newest first."""
    found = AuditEntry.objects.select_related("actor").order_by("-at", "-id")
    if question.action:
        found = found.filter(action=question.action)
    if question.actor:
        found = found.filter(actor__public_id=question.actor)
    if question.about:
        found = found.filter(public_id=question.about)
    if question.since:
        found = found.filter(at__gte=_midnight(question.since))
    if question.until:
        found = found.filter(at__lt=_midnight(question.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def lines(found: Iterable[AuditEntry], viewer: User) -> Iterator[Line]:
    """Entries in words, with names as far as this viewer may know them."""
    shown = list(found)
    about: dict[str, set[UUID]] = {}
    for entry in shown:
        if entry.public_id:
            about.setdefault(entry.what, set()).add(entry.public_id)
    names = {what: named(what, ids, viewer) for what, ids in about.items()}
    for entry in shown:
        thing = names.get(entry.what, {}).get(entry.public_id) if entry.public_id else None
        yield Line(entry.at, entry.actor, action_name(entry.action), _thing(entry.what), entry.public_id, thing)


def action_name(code: str) -> str:
    """An action in words."""
    return gettext(action_of(code))


def _thing(code: str) -> str:
    return gettext(thing_of(code))


def actions_seen() -> list[tuple[str, str]]:
    """The actions that the trail holds, with their names, for a choice."""
    codes = AuditEntry.objects.order_by().values_list("action", flat=True).distinct()
    return sorted(((code, action_name(code)) for code in codes), key=lambda each: each[1].lower())
