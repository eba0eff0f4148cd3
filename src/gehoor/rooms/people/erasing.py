"""How this room erases and exports what it keeps of a person."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Min, Q

from gehoor.rooms.people import bulk
from gehoor.rooms.people.models import (
    Addressing,
    Apart,
    Attribution,
    Destination,
    Identity,
    Person,
    PostalAddress,
    PostalAddressOf,
    Preference,
    PreferenceOf,
    Sighting,
)
from gehoor.rooms.people.neighbourhood import Neighbourhood, kept_apart
from gehoor.rooms.people.postal import whereabouts
from gehoor.rooms.people.settling import settle
from gehoor.rooms.privacy.audit import looks
from gehoor.rooms.privacy.rights import Subject


def _persons(subject: Subject) -> list[int]:
    """The person and all who were merged into this person."""
    found = [subject.person] if subject.person is not None else []
    edge = found
    while edge:
        edge = list(Person.objects.filter(merged_into__in=edge).values_list("id", flat=True))
        found = found + edge
    return found


def erase(subject: Subject) -> None:
    """Delete the person with all identities that nobody else uses, and every link to what was said. Of what different
    people said, find out anew who is who among those who are left."""
    if subject.person is None:
        _withdraw(subject)
        return
    persons = _persons(subject)
    shown = Q(sightings__voice__in=subject.voices) | Q(destinations__reply__in=subject.replies)
    touched = set(Identity.objects.filter(shown | Q(person__in=persons)).values_list("id", flat=True))
    Sighting.objects.filter(voice__in=subject.voices).delete()
    Destination.objects.filter(reply__in=subject.replies).delete()
    Attribution.objects.filter(voice__in=subject.voices).delete()
    Addressing.objects.filter(reply__in=subject.replies).delete()
    unused = Identity.objects.filter(Q(person__in=persons) | Q(id__in=touched, sightings=None, destinations=None))
    _erase_identities(list(unused))
    _prove_anew(touched)
    Person.objects.filter(id__in=persons).delete()


def _withdraw(subject: Subject) -> None:
    """Undo what these voices and replies told us about who is who. A reply from elsewhere that answered one of the
    voices is looked at again by the stage."""
    bulk.alone()
    shown = Q(sightings__voice__in=subject.voices) | Q(destinations__reply__in=subject.replies)
    touched = list(Identity.objects.filter(shown).distinct())
    keys = {identity.pk for identity in touched}
    persons = {key for identity in touched for key in (identity.person_id, identity.home_id) if key is not None}
    Sighting.objects.filter(voice__in=subject.voices).delete()
    Destination.objects.filter(reply__in=subject.replies).delete()
    Attribution.objects.filter(voice__in=subject.voices).delete()
    Addressing.objects.filter(Q(reply__in=subject.replies) | Q(reply__answers__in=subject.voices)).delete()
    _erase_identities(list(Identity.objects.filter(bulk.among("id", keys), sightings=None, destinations=None)))
    _prove_anew(keys)
    _find_out_anew(keys)
    _delete_nobodies(persons)


def _find_out_anew(touched: set[int]) -> None:
    """Who is who among the identities that are left, from the voices that are left."""
    left = Identity.objects.filter(bulk.among("id", touched))
    left.update(shared=False)
    around = Neighbourhood(kept_apart())
    around.load(left.values_list("id", flat=True))
    around.widen(around.identities)
    settle(around)


def _delete_nobodies(candidates: set[int]) -> None:
    """Persons of whom nothing is left: no identity, nothing said or told, and nobody who turned out to be them."""
    known = Q(identities=None, attributions=None, addressings=None, merged=None)
    homes = Identity.objects.filter(bulk.among("home_id", candidates)).values("home")
    while gone := list(
        Person.objects.filter(bulk.among("id", candidates))
        .filter(known)
        .exclude(id__in=homes)
        .values_list("id", flat=True)
    ):
        Person.objects.filter(bulk.among("id", gone)).delete()


def _erase_identities(identities: list[Identity]) -> None:
    """With the decisions about them, which hold the same address or number, and with the wishes and postal addresses
    that hang on nothing else."""
    if Apart.objects.exists():
        for identity in identities:
            Apart.objects.filter(kind=identity.kind, value=identity.value, network=identity.network).delete()
    gone = [identity.pk for identity in identities]
    wishes = list(PreferenceOf.objects.filter(bulk.among("identity_id", gone)).values_list("preference", flat=True))
    homes = list(PostalAddressOf.objects.filter(bulk.among("identity_id", gone)).values_list("address", flat=True))
    Identity.objects.filter(bulk.among("id", gone)).delete()
    Preference.objects.filter(bulk.among("id", wishes), holders=None).delete()
    PostalAddress.objects.filter(bulk.among("id", homes), holders=None).delete()


def _prove_anew(identities: set[int]) -> None:
    """An identity that others use too was first heard in the first voice that is left."""
    left = list(Identity.objects.filter(bulk.among("id", identities)).annotate(first=Min("sightings__voice")))
    for identity in left:
        identity.first_voice_id = identity.first
    Identity.objects.bulk_update(left, ["first_voice"], batch_size=500)


def export(subject: Subject) -> Mapping[str, Any]:
    """Name and identities with their proof, and when someone looked at the dossier."""
    persons = _persons(subject)
    mine = Q(person__in=persons) | Q(sightings__voice__in=subject.voices)
    public_ids = Person.objects.filter(id__in=persons).values_list("public_id", flat=True)
    identities = Identity.objects.filter(mine).distinct().select_related("first_voice").order_by("kind", "id")
    return {
        "names": [name for name in Person.objects.filter(id__in=persons).values_list("name", flat=True) if name],
        "identities": [
            {
                "kind": each.kind,
                "value": each.value,
                "network": each.network,
                "as_given": each.shown,
                "shared": each.shared,
                "first_voice": str(each.first_voice.public_id) if each.first_voice else None,
            }
            for each in identities
        ],
        "how_to_be_reached": _stated(persons),
        "postal_addresses": _lived(persons),
        "looked_at": [at.isoformat() for at in looks(public_ids)],
    }


def _stated(persons: Collection[int]) -> list[dict[str, Any]]:
    """What these persons stated about channels, what was undone too."""
    found = Preference.objects.filter(holders__identity__person__in=persons).distinct().select_related("voice")
    return [
        {
            "channel": each.channel,
            "wanted": each.wanted,
            "since": each.since.isoformat(),
            "how_known": each.how,
            "voice": str(each.voice.public_id) if each.voice else None,
            "undone": each.undone,
        }
        for each in found.order_by("since", "id")
    ]


def _lived(persons: Collection[int]) -> list[dict[str, Any]]:
    """The postal addresses that were entered, and the one that counts now."""
    found = PostalAddress.objects.filter(holders__identity__person__in=persons).distinct().order_by("id")
    entered = [(each.street, each.postcode, each.place, each.country, each.at, each.undone) for each in found]
    read = [where.postal for where in whereabouts(persons).values() if where.postal and where.entered is None]
    return [
        *(
            {"street": street, "postcode": postcode, "place": place, "country": country, "entered": at.isoformat()}
            | {"undone": undone}
            for street, postcode, place, country, at, undone in entered
        ),
        *(
            {"street": each.street, "postcode": each.postcode, "place": each.place, "country": each.country}
            | {"entered": None, "undone": False}
            for each in read
        ),
    ]
