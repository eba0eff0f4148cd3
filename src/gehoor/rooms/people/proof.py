"""How we know that it is the same person: each identity with the voices that prove it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from gehoor.kernel.language import sentence
from gehoor.rooms.people.models import Apart, Identity, Person, Sighting
from gehoor.rooms.voices.models import Voice

KIND_NAMES = {
    "email": sentence("E-mail address"),
    "phone": sentence("Phone number"),
    "customer_number": sentence("Customer number"),
    "handle": sentence("Name on a network"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """One identity on a dossier: the voice that first showed it, a voice that shows it together with another one of
    this person (``beside``), and the decision to keep it apart where there is one."""

    identity: Identity
    kind: str
    first: Voice | None
    link: Voice | None
    beside: Identity | None
    apart: Apart | None


def identities_of(person: Person) -> list[Identity]:
    """What points to this person, then what this person used that proves nothing."""
    used = Sighting.objects.filter(voice__attribution__person=person).values("identity")
    mine = Q(person=person) | Q(pk__in=used) | Q(home=person, person=None)
    found = Identity.objects.filter(mine).select_related("first_voice")
    return sorted(found, key=lambda each: (each.person_id is None, each.kind != "customer_number", each.pk))


def proofs(person: Person) -> list[Proof]:
    """How we know who this is, in a fixed number of queries."""
    identities = identities_of(person)
    aparts = _aparts(identities)
    links = _links([each for each in identities if each.person_id == person.pk])
    voices = Voice.objects.in_bulk([voice for voice, _ in links.values()])
    by_key = {each.pk: each for each in identities}
    found = []
    for each in identities:
        voice, other = links.get(each.pk, (0, 0))
        decided = aparts.get((each.kind, each.value, each.network))
        kind = KIND_NAMES.get(each.kind, each.kind)
        found.append(Proof(each, kind, each.first_voice, voices.get(voice), by_key.get(other), decided))
    return found


def _aparts(identities: Iterable[Identity]) -> dict[tuple[str, str, str], Apart]:
    rows = Apart.objects.filter(undone=False, value__in=[each.value for each in identities]).select_related("actor")
    return {(each.kind, each.value, each.network): each for each in rows}


def _links(identities: list[Identity]) -> dict[int, tuple[int, int]]:
    """For each identity the first voice that shows it with another of these, and that other."""
    shown: defaultdict[int, list[int]] = defaultdict(list)
    rows = Sighting.objects.filter(identity__in=identities).order_by("voice_id", "identity_id")
    for voice, key in rows.values_list("voice_id", "identity_id"):
        shown[voice].append(key)
    found: dict[int, tuple[int, int]] = {}
    for voice, keys in shown.items():
        for key in keys if len(keys) > 1 else []:
            found.setdefault(key, (voice, next(other for other in keys if other != key)))
    return found
