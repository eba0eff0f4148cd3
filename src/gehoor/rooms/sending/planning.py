"""Who is told how: chosen once, when a run is made, and kept with the reason."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from gehoor.rooms.people.bulk import among
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.reach import Reach, Why, reaches
from gehoor.rooms.sending.models import Delivery, Run, State

_AT_ONCE = 500


def roots(persons: Collection[int]) -> dict[int, int]:
    """Whom each of these turned out to be; those who are not there any more are left out."""
    merged: dict[int, int | None] = {}
    edge = set(persons)
    while edge:
        found = dict(Person.objects.filter(among("id", edge)).values_list("id", "merged_into_id"))
        merged |= found
        edge = {into for into in found.values() if into is not None and into not in merged}
    return {each: root for each in persons if (root := _root(each, merged)) is not None}


def _root(person: int, merged: Mapping[int, int | None]) -> int | None:
    seen: set[int] = set()
    while person in merged and person not in seen:
        seen.add(person)
        into = merged[person]
        if into is None:
            return person
        person = into
    return None


def plan(run: Run, persons: Collection[int], asked: Mapping[int, int]) -> int:
    """Add those who are not in the run yet, each once, however many of their former selves are named. Says how many
    were added. ``asked`` leads from a person to the voice in which this person asked."""
    found = roots(persons)
    voice = {root: asked[person] for person, root in found.items() if person in asked}
    known = set(run.deliveries.values_list("person_id", flat=True))
    new = sorted(set(found.values()) - known)
    with transaction.atomic():
        for start in range(0, len(new), _AT_ONCE):
            part = new[start : start + _AT_ONCE]
            ways = reaches(part)
            Delivery.objects.bulk_create([_delivery(run, each, ways.get(each), voice.get(each)) for each in part])
    return len(new)


def _delivery(run: Run, person: int, reach: Reach | None, voice: int | None) -> Delivery:
    delivery = Delivery(run=run, person_id=person, voice_id=voice)
    if reach is None:
        delivery.state = State.UNREACHABLE
        return delivery
    for name, value in aimed(reach).items():
        setattr(delivery, name, value)
    return delivery


def aimed(reach: Reach) -> dict[str, Any]:
    """The fields of a delivery that say how and where this person is reached."""
    postal = reach.postal
    return {
        "channel": reach.channel,
        "why": reach.why.value,
        "kind": reach.identity.kind if reach.identity else "",
        "address": _written(reach.identity) if reach.identity else "",
        "network": reach.identity.network if reach.identity else "",
        "postal": [postal.street, postal.postcode, postal.place, postal.country] if postal else [],
        "name": reach.name[:300],
        "language": reach.language,
        "state": _state(reach),
    }


def _state(reach: Reach) -> str:
    if reach.channel:
        return State.WAITING
    return State.NOT_WANTED if reach.why is Why.REFUSED else State.UNREACHABLE


def _written(identity: Any) -> str:
    """As the person wrote it, where that was kept."""
    return str(getattr(identity, "shown", "") or identity.value)
