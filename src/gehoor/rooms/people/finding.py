"""Finding a person by name, or by an address or number as someone types it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db.models import Count, F, Max, Q

from gehoor.analysis.linking.normalise import readings
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.people.actions import access_person
from gehoor.rooms.people.hearing import sounding_like
from gehoor.rooms.people.models import Identity, Person, Sighting

LIMIT = 50
"""So many people are shown; who finds more types more."""
_LONGEST = 300


class SeveralMatch(Refused):
    """Several customers answer to what was asked. ``candidates`` holds them; the error itself tells only how many."""

    code: ClassVar[str] = "several_match"
    text: ClassVar[str] = sentence("{count} customers match.")
    remedy: ClassVar[str] = sentence("Ask again with a whole address, number or id; one customer has that.")

    def __init__(self, candidates: Sequence[Person]) -> None:
        self.candidates = list(candidates)
        super().__init__(count=len(self.candidates))


@dataclass(frozen=True, slots=True)
class Found:
    """People who match. ``more`` says that there are others still; ``by_sound`` that none has the name as it was typed:
    these sound like it."""

    persons: list[Person]
    more: bool
    by_sound: bool = False


def _exactly(query: str) -> Q:
    """A condition on persons: one of their identities is what was typed, in any way of writing it."""
    condition = Q(pk__in=[])
    for normal in readings(query):
        same = {"kind": normal.kind, "value": normal.value}
        same |= {"network": normal.network} if normal.network else {}
        identities = Identity.objects.filter(**same).values("pk")
        shown = Sighting.objects.filter(identity__in=identities).values("voice__attribution__person")
        condition |= Q(identities__in=identities) | Q(pk__in=shown)
    return condition


def _roughly(query: str) -> Q:
    """A condition on persons: every word typed is part of the name; or what was typed is part of an address."""
    name = Q()
    for word in query.split():
        name &= Q(name__icontains=word)
    folded = "".join(query.split()).lower()
    return name | Q(identities__value__icontains=folded) if len(folded) > 2 else name


def search(query: str) -> Found:
    """People who match, those heard last first. An exact address or number goes before all that looks like it, and
    that before what only sounds like it."""
    wanted = query.strip()[:_LONGEST]
    if not wanted:
        return Found([], more=False)
    found, by_sound = _persons(_exactly(wanted)) or _persons(_roughly(wanted)), False
    if not found and not any(map(str.isdigit, wanted)):
        found, by_sound = _persons(sounding_like(wanted)), True
    return Found(found[:LIMIT], more=len(found) > LIMIT, by_sound=by_sound and bool(found))


def _persons(condition: Q) -> list[Person]:
    keys = Person.objects.filter(condition, merged_into=None).order_by().values("pk")
    heard = Person.objects.filter(pk__in=keys).annotate(
        voices=Count("attributions"), last=Max("attributions__voice__said_at")
    )
    return list(heard.filter(voices__gt=0).order_by(F("last").desc(nulls_last=True), "-pk")[: LIMIT + 1])


def find_person(query: str) -> Person:
    """The one person who is meant, by public id, address, number or name. Raises NotFound, or SeveralMatch with the
    candidates."""
    found = _by_id(query) or search(query).persons
    if not found:
        raise NotFound(what=sentence("customer"))
    if len(found) > 1:
        raise SeveralMatch(found)
    return found[0]


def _by_id(query: str) -> list[Person]:
    try:
        return [access_person(UUID(query.strip()))]
    except (ValueError, NotFound):
        return []
