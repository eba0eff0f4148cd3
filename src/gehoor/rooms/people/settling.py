"""From who is who to what is kept: which person stays, who merges into whom, and whose each voice is.

Every identity has a home: the person that was made for it. A person claims the group in which its own identities stand;
of several claimants the oldest stays and the others merge into it; a group that nobody claims gets a new person. So the
outcome follows from the voices, and undoing a merger brings the same persons back.
"""

from collections import defaultdict
from collections.abc import Iterable

from gehoor.analysis.linking.persons import Partition
from gehoor.kernel.clock import now
from gehoor.kernel.ids import new_id
from gehoor.rooms.people import bulk
from gehoor.rooms.people.addressing import address_again
from gehoor.rooms.people.models import Attribution, Identity, Person, Sighting
from gehoor.rooms.people.neighbourhood import Held, Neighbourhood, names
from gehoor.rooms.voices import rows

Claims = dict[int, list[int]]
"""For each group the persons whose own identities stand in it."""


def settle(around: Neighbourhood, sightings: Iterable[tuple[int, int]] = ()) -> None:
    """Keep who is who in a neighbourhood, with new ``(voice, identity key)`` sightings. Needs a transaction."""
    partition = around.divide()
    claims = _claims(around, partition)
    said = _with_new_persons(around, partition, claims)
    _keep_persons(around, claims, said)
    moved = _keep_identities(around, partition, claims)
    rows.insert(Sighting, ({"voice": voice, "identity": key} for voice, key in sightings))
    new = [voice for voice in said if not around.voices[voice].known]
    rows.insert(Attribution, ({"voice": voice, "person": said[voice]} for voice in new))
    changed = {
        voice: person
        for voice, person in said.items()
        if around.voices[voice].known and around.voices[voice].person != person
    }
    bulk.keep_attributions(changed)
    address_again(voices=list(changed), identities=moved)


def _claims(around: Neighbourhood, partition: Partition) -> Claims:
    """Each person to the group of its strongest own identity: one that is this person's now, then a customer number,
    then the oldest."""
    own: defaultdict[int, list[int]] = defaultdict(list)
    for key in partition.person:
        home = around.identities[key].home
        if home is not None:
            own[home].append(key)
    claims: Claims = {group: [] for group in partition.person.values()}
    for person in own.keys() - _elsewhere(own, around):
        strongest = min(own[person], key=lambda key: _strength(around.identities[key]))
        claims[partition.person[strongest]].append(person)
    return {group: sorted(claimants) for group, claimants in claims.items()}


def _strength(identity: Held) -> tuple[bool, bool, int]:
    return identity.person != identity.home, identity.kind != "customer_number", identity.id


def _elsewhere(persons: Iterable[int], around: Neighbourhood) -> set[int]:
    """Persons who live outside this neighbourhood, through other identities of their own."""
    own = Identity.objects.filter(bulk.among("home_id", persons), person__isnull=False).values_list("id", "home_id")
    return {home for key, home in own if home is not None and key not in around.identities}


def _with_new_persons(around: Neighbourhood, partition: Partition, claims: Claims) -> dict[int, int | None]:
    """Make a person for every group that nobody claims, and say whose each voice is."""
    unclaimed = [group for group, claimants in claims.items() if not claimants]
    group_names = names(partition.said, around.voices, set(unclaimed))
    for group, person in zip(unclaimed, rows.next_ids(Person, len(unclaimed)), strict=True):
        claims[group].append(person)
    made_at = now()
    rows.insert(
        Person,
        (
            {"id": claims[group][0], "public_id": new_id(), "name": group_names.get(group, ""), "made_at": made_at}
            for group in unclaimed
        ),
    )
    return {voice: None if group is None else claims[group][0] for voice, group in partition.said.items()}


def _keep_persons(around: Neighbourhood, claims: Claims, said: dict[int, int | None]) -> None:
    """Names and mergers of the persons concerned, where they changed."""
    into = {person: claimants[0] for claimants in claims.values() for person in claimants}
    left = {voice.person for voice in around.voices.values() if voice.person is not None}
    named = names(said, around.voices, into.keys() | left)
    kept = Person.objects.filter(bulk.among("id", into.keys() | left)).values_list("id", "name", "merged_into_id")
    changed = {}
    for person, name, merged_into in kept:
        stays = into.get(person, merged_into or person)
        wanted = named.get(person, ""), None if stays == person else stays
        if (name, merged_into) != wanted:
            changed[person] = wanted
    bulk.keep_persons(changed)


def _keep_identities(around: Neighbourhood, partition: Partition, claims: Claims) -> list[int]:
    """Write identities that are new or changed; returns those whose person changed."""
    new, changed, moved = [], [], []
    for key, identity in around.identities.items():
        group = partition.person.get(key)
        claimants = claims[group] if group is not None else []
        person = claimants[0] if claimants else None
        home = identity.home if identity.home in claimants or person is None else person
        shared = identity.shared or key in partition.shared
        before = identity.person, identity.home, identity.shared
        identity.person, identity.home, identity.shared = person, home, shared
        if identity.shown is not None:
            new.append(identity)
        elif before != (person, home, shared) or key in around.first_shown:
            changed.append(identity)
            if before[0] != person:
                moved.append(key)
    bulk.keep_new_identities(new)
    bulk.keep_identities(changed)
    return moved
