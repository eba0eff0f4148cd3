"""Persons as sets of sure identities: a pure function of which voice showed which identity.

Identities that one voice shows belong to one person, and so on through all voices (connected components), except that
nobody has two customer numbers:

1. an identity that is shown together with two or more customer numbers is *shared* and proves nothing;
2. what still holds two or more customer numbers together is divided: every identity belongs to the customer number that
   it is fewest voices away from. At equal distance from two it is *unsure* and proves nothing.

A voice belongs to the person of its customer number, else of its identities; where these point to two persons, or to
nobody, it is anonymous. The outcome does not depend on the order in which voices were heard.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = int
"""An identity."""
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Partition:
    """``person`` groups the identities that prove something: each is mapped to its group's smallest member.
    ``said`` maps every voice to such a group, or to None where it is anonymous. ``shared`` as above."""

    person: Mapping[Key, Key]
    said: Mapping[int, Key | None]
    shared: frozenset[Key]


def divide(shown: Mapping[int, Sequence[Key]], is_number: Callable[[Key], bool]) -> Partition:
    """Divide voices over persons. ``shown`` maps each voice to the identities that it shows (kept-apart ones left
    out); a voice shows at most one customer number (see :func:`one_number`)."""
    shared = _shared(shown, is_number)
    links = {voice: [key for key in keys if key not in shared] for voice, keys in shown.items()}
    person: dict[Key, Key] = {}
    for group in _components(links.values()):
        numbers = [key for key in group if is_number(key)]
        if len(numbers) < 2:
            person.update(dict.fromkeys(group, min(group)))
        else:
            person.update(_divided(group, numbers, links))
    said = {voice: _speaker(keys, person, is_number) for voice, keys in links.items()}
    return Partition(person, said, shared)


def one_number(identities: Iterable[Shown], is_number: Callable[[Shown], bool]) -> list[Shown]:
    """The identities of one voice, each once, without any customer number but the first that it gives."""
    kept: dict[Shown, None] = {}
    numbered = False
    for identity in identities:
        if is_number(identity):
            if numbered:
                continue
            numbered = True
        kept[identity] = None
    return list(kept)


def _shared(shown: Mapping[int, Sequence[Key]], is_number: Callable[[Key], bool]) -> frozenset[Key]:
    beside: defaultdict[Key, set[Key]] = defaultdict(set)
    for keys in shown.values():
        numbers = [key for key in keys if is_number(key)]
        for key in keys:
            if numbers and not is_number(key):
                beside[key].update(numbers)
    return frozenset(key for key, numbers in beside.items() if len(numbers) > 1)


def _components(sets: Iterable[Sequence[Key]]) -> list[list[Key]]:
    """Connected components by union-find with path halving."""
    parent: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for keys in sets:
        for key in keys:
            low, high = sorted((root(keys[0]), root(key)))
            parent[high] = low
    groups: defaultdict[Key, list[Key]] = defaultdict(list)
    for key in parent:
        groups[root(key)].append(key)
    return list(groups.values())


def _divided(group: Collection[Key], numbers: Sequence[Key], links: Mapping[int, Sequence[Key]]) -> dict[Key, Key]:
    """Each identity of a group with several customer numbers to the nearest one; what none reaches forms groups."""
    members = set(group)
    near: defaultdict[Key, set[Key]] = defaultdict(set)
    for keys in links.values():
        if keys and keys[0] in members:
            for key in keys:
                near[key].update(keys)
    owner: dict[Key, Key] = {number: number for number in numbers}
    unsure: set[Key] = set()
    edge = list(numbers)
    while edge:
        reached: defaultdict[Key, set[Key]] = defaultdict(set)
        for key in edge:
            for other in near[key] - owner.keys() - unsure:
                reached[other].add(owner[key])
        unsure.update(key for key, owners in reached.items() if len(owners) > 1)
        edge = [key for key, owners in reached.items() if len(owners) == 1]
        owner.update((key, min(reached[key])) for key in edge)
    rest = members - owner.keys() - unsure
    outside = [[key for key in near[start] if key in rest] for start in rest]
    owned: defaultdict[Key, list[Key]] = defaultdict(list)
    for key, number in owner.items():
        owned[number].append(key)
    return {key: min(each) for each in [*owned.values(), *_components(outside)] for key in each}


def _speaker(keys: Sequence[Key], person: Mapping[Key, Key], is_number: Callable[[Key], bool]) -> Key | None:
    for key in keys:
        if is_number(key):
            return person[key]
    speakers = {person[key] for key in keys if key in person}
    return speakers.pop() if len(speakers) == 1 else None
