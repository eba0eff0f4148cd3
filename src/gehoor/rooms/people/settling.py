"""From who is who to what is kept: which person stays, who merges into whom, and whose each voice is.

Every identity has a home: the person that was made for it. A person claims the group in which its own identities stand;
of several claimants the oldest stays and the others merge into it; a group that nobody claims gets a new person. So the
outcome follows from the voices, and undoing a merger brings the same persons back.
"""

from collections import defaultdict
from collections.abc import Iterable

from gehoor.analysis.linking.persons import Partition
from gehoor.rooms.people import bulk
from gehoor.rooms.people.addressing import address_again
from gehoor.rooms.people.models import Identity, Person, Sighting
from gehoor.rooms.people.neighbourhood import Neighbourhood, names

Claims = dict[int, list[int]]
"""For each group the persons whose own identities stand in it."""


def settle(around: Neighbourhood, sightings: Iterable[tuple[int, int]] = ()) -> None:
    """Keep who is who in a neighbourhood, with new ``(voice, identity key)`` sightings. Needs a transaction."""
    partition = around.divide()
    claims = _claims(around, partition)
    said = _with_new_persons(around, partition, claims)
    _keep_persons(around, claims, said)
    moved = _keep_identities(around, partition, claims)
    Sighting.objects.bulk_create(
        Sighting(voice_id=voice, identity_id=around.identities[key].pk) for voice, key in sightings
    )
    changed = {
        voice: person
        for voice, person in said.items()
        if not around.voices[voice].known or around.voices[voice].person != person
    }
    bulk.keep_attributions(changed)
    address_again(voices=[voice for voice in changed if around.voices[voice].known], identities=moved)


def _claims(around: Neighbourhood, partition: Partition) -> Claims:
    """Each person to the group of its strongest own identity: one that is this person's now, then a customer number,
    then the oldest."""
    own: defaultdict[int, list[int]] = defaultdict(list)
    for key in partition.person:
        home = around.identities[key].home_id
        if home is not None:
            own[home].append(key)
    claims: Claims = {group: [] for group in partition.person.values()}
    for person in own.keys() - _elsewhere(own, around):
        strongest = min(own[person], key=lambda key: _strength(around.identities[key]))
        claims[partition.person[strongest]].append(person)
    return {group: sorted(claimants) for group, claimants in claims.items()}


def _strength(identity: Identity) -> tuple[bool, bool, int]:
    return identity.person_id != identity.home_id, identity.kind != "customer_number", identity.pk


def _elsewhere(persons: Iterable[int], around: Neighbourhood) -> set[int]:
    """Persons who live outside this neighbourhood, through other identities of their own."""
    found: set[int] = set()
    for chunk in bulk.chunks(list(persons)):
        rows = Identity.objects.filter(home__in=chunk, person__isnull=False).values_list("id", "home")
        found.update(home for key, home in rows if home is not None and key not in around.identities)
    return found


def _with_new_persons(around: Neighbourhood, partition: Partition, claims: Claims) -> dict[int, int | None]:
    """Make a person for every group that nobody claims, and say whose each voice is."""
    unclaimed = [group for group, claimants in claims.items() if not claimants]
    group_names = names(partition.said, around.voices)
    made = Person.objects.bulk_create([Person(name=group_names.get(group, "")) for group in unclaimed])
    for group, person in zip(unclaimed, made, strict=True):
        claims[group].append(person.pk)
    return {voice: None if group is None else claims[group][0] for voice, group in partition.said.items()}


def _keep_persons(around: Neighbourhood, claims: Claims, said: dict[int, int | None]) -> None:
    """Names and mergers of the persons concerned, where they changed."""
    into = {person: claimants[0] for claimants in claims.values() for person in claimants}
    left = {voice.person for voice in around.voices.values() if voice.person is not None}
    named = names(said, around.voices)
    changed: list[Person] = []
    for chunk in bulk.chunks(into.keys() | left):
        for person in Person.objects.filter(id__in=chunk):
            stays = into.get(person.pk, person.merged_into_id or person.pk)
            wanted = named.get(person.pk, ""), None if stays == person.pk else stays
            if (person.name, person.merged_into_id) != wanted:
                person.name, person.merged_into_id = wanted
                changed.append(person)
    bulk.keep_persons(changed)


def _keep_identities(around: Neighbourhood, partition: Partition, claims: Claims) -> list[int]:
    """Write identities that are new or changed; returns those whose person changed."""
    new, changed, moved = [], [], []
    for key, identity in around.identities.items():
        group = partition.person.get(key)
        claimants = claims[group] if group is not None else []
        person = claimants[0] if claimants else None
        home = identity.home_id if identity.home_id in claimants or person is None else person
        shared = identity.shared or key in partition.shared
        before = identity.person_id, identity.home_id, identity.shared
        if identity.pk is not None and identity.person_id != person:
            moved.append(identity.pk)
        identity.person_id, identity.home_id, identity.shared = person, home, shared
        if identity.pk is None:
            new.append(identity)
        elif before != (person, home, shared) or identity.first_voice_id in around.voices:
            changed.append(identity)
    Identity.objects.bulk_create(new)
    bulk.keep_identities(changed)
    return moved
