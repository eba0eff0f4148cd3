"""Persons: the partition of voices holds against brute force, and does not depend on the order of hearing."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.linking.persons import divide, one_number

NUMBERS = {0, 1, 2, 3}


def is_number(key):
    return key in NUMBERS


def partition(voices):
    return divide({voice: one_number(keys, is_number) for voice, keys in voices.items()}, is_number)


def sets_of_voices(voices):
    said = partition(voices).said
    groups = {}
    for voice, person in said.items():
        groups.setdefault(person, set()).add(voice)
    anonymous = groups.pop(None, set())
    return {frozenset(group) for group in groups.values()}, anonymous


def by_brute_force(voices):
    """Connected components by joining sets until nothing changes."""
    groups = [set(keys) for keys in voices.values() if keys]
    joined = True
    while joined:
        joined = False
        for one, other in combinations(groups, 2):
            if one & other:
                groups = [group for group in groups if group is not other]
                one |= other
                joined = True
                break
    return {frozenset(v for v, keys in voices.items() if set(keys) & group) for group in groups}


unnumbered = st.lists(st.lists(st.integers(10, 25), max_size=4), max_size=14)
numbered = st.lists(st.lists(st.integers(0, 12), max_size=4), max_size=14)


@given(unnumbered)
def test_without_customer_numbers_persons_are_the_connected_components(lists):
    voices = dict(enumerate(lists))
    found, anonymous = sets_of_voices(voices)
    assert found == by_brute_force(voices)
    assert anonymous == {voice for voice, keys in voices.items() if not keys}


@given(numbered, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_partition(lists, random):
    voices = dict(enumerate(lists))
    shuffled = list(voices.items())
    random.shuffle(shuffled)
    assert sets_of_voices(voices) == sets_of_voices(dict(shuffled))
    assert partition(voices).shared == partition(dict(shuffled)).shared


@given(numbered)
def test_nobody_has_two_customer_numbers(lists):
    voices = dict(enumerate(lists))
    found = partition(voices)
    of_number = [found.person[number] for number in NUMBERS if number in found.person]
    assert len(of_number) == len(set(of_number))
    for voice, keys in voices.items():
        first = next((key for key in keys if is_number(key)), None)
        if first is not None:
            assert found.said[voice] == found.person[first]


@given(numbered)
def test_with_one_number_at_most_in_each_component_nothing_is_shared(lists):
    voices = {voice: [key for key in keys if key not in {1, 2, 3}] for voice, keys in enumerate(lists)}
    assert not partition(voices).shared
    assert sets_of_voices(voices)[0] == by_brute_force(voices)


def test_an_address_seen_with_two_customer_numbers_proves_nothing():
    found = partition({1: [0, 10], 2: [1, 10], 3: [10], 4: [10, 11], 5: [0]})
    assert found.shared == {10}
    assert found.said[3] is None
    assert found.said[1] == found.said[5] != found.said[2]
    assert found.said[4] == found.person[11]


def test_a_chain_between_two_customer_numbers_is_cut_in_the_middle():
    found = partition({1: [0, 10], 2: [10, 11], 3: [11, 12], 4: [12, 1]})
    assert found.said[1] == found.said[2]
    assert found.said[3] == found.said[4] != found.said[1]
    assert 11 not in found.person
    assert found.shared == set()


def test_a_voice_of_two_known_customers_without_a_number_is_anonymous():
    found = partition({1: [0, 10], 2: [1, 11], 3: [10, 11]})
    assert found.said[3] is None
    assert found.person[10] == found.person[0] != found.person[11]


def test_of_several_customer_numbers_in_one_voice_the_first_counts():
    found = partition({1: [1, 0, 10], 2: [0]})
    assert found.person[10] == found.person[1]
    assert found.said[1] != found.said[2]
