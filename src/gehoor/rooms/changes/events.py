"""What else happened: recording it, changing it, and taking that back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.changes.models import Event, EventKind
from gehoor.rooms.privacy.audit import do_log

KIND_NAMES: Mapping[str, str] = {
    EventKind.CAMPAIGN: sentence("Campaign"),
    EventKind.OUTAGE: sentence("Outage"),
    EventKind.MAILING: sentence("Mailing"),
    EventKind.NEWS: sentence("In the news"),
    EventKind.OTHER: sentence("Something else"),
}
NAME_LENGTH = 200
EARLIEST = date(2000, 1, 1)
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event says; both days included."""

    kind: str
    name: str
    since: date
    until: date


def check_happening(said: Happening) -> Happening:
    """The same with its name tidied; raises Refused when it cannot be."""
    name = " ".join(said.name.split())
    if not name or len(name) > NAME_LENGTH:
        raise Refused(why=sentence("an event has a name of at most 200 characters"))
    if said.kind not in EventKind.values:
        raise Refused(why=sentence("there is no such kind of event"))
    if said.until < said.since:
        raise Refused(why=sentence("an event does not end before it begins"))
    if said.since < EARLIEST or said.until - said.since > LONGEST:
        raise Refused(why=sentence("an event lasts at most a year, and begins after 1999"))
    return Happening(said.kind, name, said.since, said.until)


def do_add_event(*, said: Happening, actor: User | None) -> Event:
    """Record that something happened. Raises Refused."""
    return _do_keep(check_happening(said), actor, None)


def do_change_event(*, event: Event, said: Happening, actor: User) -> Event:
    """Say otherwise what happened; what was said before stays behind it. Raises Refused."""
    said = check_happening(said)
    with transaction.atomic():
        _do_set_removed(event, removed=True)
        return _do_keep(said, actor, event)


def do_remove_event(*, event: Event, actor: User) -> None:
    """Say that it did not happen, or moved nothing. Raises Refused when that was said already."""
    with transaction.atomic():
        _do_set_removed(event, removed=True)
        do_log(actor=actor, action="event.remove", what="event", public_id=event.public_id)


def do_undo_event(*, event: Event, actor: User) -> None:
    """Take back what was done last to this event: removing it, changing it, or recording it."""
    with transaction.atomic():
        event = Event.objects.select_for_update().get(pk=event.pk)
        if event.removed and Event.objects.filter(replaces=event, removed=False).exists():
            raise Refused(why=sentence("it was changed since"))
        _do_set_removed(event, removed=not event.removed)
        if event.removed and event.replaces is not None:
            _do_set_removed(event.replaces, removed=False)
        do_log(actor=actor, action="event.undo", what="event", public_id=event.public_id)


def _do_keep(said: Happening, actor: User | None, replaces: Event | None) -> Event:
    with transaction.atomic():
        event = Event.objects.create(
            kind=said.kind, name=said.name, since=said.since, until=said.until, by=actor, replaces=replaces
        )
        action = "event.change" if replaces else "event.add"
        do_log(actor=actor, action=action, what="event", public_id=event.public_id)
    return event


def _do_set_removed(event: Event, *, removed: bool) -> None:
    if not Event.objects.filter(pk=event.pk, removed=not removed).update(removed=removed):
        raise Refused(why=sentence("it was changed or removed since"))
    event.removed = removed


def access_event(public_id: UUID) -> Event:
    """One event, removed or not; raises NotFound."""
    event = Event.objects.select_related("replaces").filter(public_id=public_id).first()
    if event is None:
        raise NotFound(what=sentence("event"))
    return event


def events() -> list[Event]:
    """What happened, newest first."""
    return list(Event.objects.filter(removed=False).select_related("by").order_by("-since", "-pk"))


def events_between(first: date, last: date) -> list[Event]:
    """What happened in a period, both days included; oldest first."""
    return list(Event.objects.filter(removed=False, since__lte=last, until__gte=first).order_by("since", "pk"))
