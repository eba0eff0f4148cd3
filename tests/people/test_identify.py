"""The stage ``identify``: who said what, from sure identities only, in any order, again and again."""

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gehoor.analysis.linking.normalise import normalise
from gehoor.rooms.intake.models import OwnIdentity
from gehoor.rooms.people import identifying
from gehoor.rooms.people.models import Addressing, Attribution, Identity, Person, Sighting
from gehoor.rooms.voices.models import Voice

from .conftest import hear, identify, mail, number, phone, tell

pytestmark = pytest.mark.django_db


def person_of(voice):
    return Attribution.objects.get(voice=voice).person


def told(reply):
    return Addressing.objects.get(reply=reply).person


def test_the_same_address_in_two_ways_of_writing_is_one_person():
    one, two = hear(mail("Jan@Voorbeeld.nl")), hear(mail("mailto:jan@voorbeeld.nl"), channel="letter")
    identify()
    assert person_of(one) == person_of(two)
    kept = Identity.objects.get()
    assert (kept.value, kept.shown, kept.first_voice) == ("jan@voorbeeld.nl", "Jan@Voorbeeld.nl", one)


def test_without_a_sure_identity_a_voice_is_anonymous():
    for voice in [hear(author="Jan"), hear(mail("no-reply@voorbeeld.nl")), hear(("name", "Jan")), hear(phone("123"))]:
        identify()
        assert person_of(voice) is None
    assert not Person.objects.exists()
    assert not Identity.objects.exists()


def test_the_organisations_own_identities_join_nobody():
    OwnIdentity.objects.create(kind="domain", value="delinde.nl")
    OwnIdentity.objects.create(kind="phone", value="020-6241111")
    OwnIdentity.objects.create(kind="handle", value="delinde")
    voices = [
        hear(mail("klacht@delinde.nl")),
        hear(phone("+31206241111")),
        hear(("handle", "@DeLinde", "x")),
        hear(mail("a@b.nl"), phone("0206241111")),
    ]
    identify()
    assert [person_of(voice) is None for voice in voices] == [True, True, True, False]
    assert Identity.objects.get().value == "a@b.nl"


def test_a_handle_without_a_network_belongs_to_its_channel():
    one, two = hear(("handle", "@jan"), channel="x"), hear(("handle", "jan"), channel="forum")
    identify()
    assert person_of(one) != person_of(two)


def test_a_voice_with_two_known_identities_joins_persons_and_the_older_stays():
    first, second = hear(mail("a@b.nl"), author="Jan"), hear(phone("0612345678"), author="Piet")
    identify()
    older, younger = person_of(first), person_of(second)
    assert older != younger
    hear(mail("a@b.nl"), phone("0612345678"), author="Jan")
    identify()
    younger.refresh_from_db()
    assert person_of(second) == older
    assert younger.merged_into == older
    assert (younger.name, Person.objects.get(pk=older.pk).name) == ("", "Jan")


def test_two_customer_numbers_are_never_one_person_and_what_both_show_is_shared():
    one, two = hear(number("1"), mail("huis@b.nl")), hear(number("2"), mail("huis@b.nl"))
    neither = hear(mail("huis@b.nl"))
    identify()
    assert person_of(one) != person_of(two)
    assert person_of(neither) is None
    shared = Identity.objects.get(kind="email")
    assert shared.shared
    assert shared.person is None


def test_an_address_that_turns_out_shared_proves_nothing_from_then_on():
    one, neither = hear(number("1"), mail("huis@b.nl")), hear(mail("huis@b.nl"))
    identify()
    assert person_of(neither) == person_of(one)
    two = hear(number("2"), mail("huis@b.nl"))
    identify()
    assert person_of(neither) is None
    assert person_of(one) != person_of(two)
    later = hear(mail("huis@b.nl"), phone("0612345678"))
    identify()
    assert person_of(later) not in {None, person_of(one), person_of(two)}


def test_the_name_is_the_one_used_most_and_of_equals_the_most_recent():
    hear(mail("a@b.nl"), author="J. de Vries", day=1)
    voice = hear(mail("a@b.nl"), author="Jan de Vries", day=2)
    identify()
    assert person_of(voice).name == "Jan de Vries"
    hear(mail("a@b.nl"), author="J. de Vries", day=0)
    identify()
    assert person_of(voice).name == "J. de Vries"


def test_a_number_is_a_name_only_for_want_of_another():
    voice = hear(phone("0655505427"), author="+31 6 55505427", day=1)
    hear(phone("0655505427"), author="+31 6 55505427", day=2)
    identify()
    assert person_of(voice).name == "+31 6 55505427"
    hear(phone("0655505427"), author="Zeynep", day=0)
    identify()
    assert person_of(voice).name == "Zeynep"


def test_an_address_is_a_name_only_for_want_of_another():
    voice = hear(mail("a@b.nl"), author="a@b.nl", day=1)
    hear(mail("a@b.nl"), author="a@b.nl", day=2)
    identify()
    assert person_of(voice).name == "a@b.nl"
    hear(mail("a@b.nl"), author="Jan", day=0)
    identify()
    assert person_of(voice).name == "Jan"


def test_a_reply_is_addressed_to_the_person_of_the_voice_that_it_answers():
    voice = hear(mail("a@b.nl"))
    reply = tell(mail("iemand@anders.nl"), answers=voice)
    identify()
    assert told(reply) == person_of(voice)


def test_else_to_the_first_recipient_who_is_known_now_or_later():
    reply = tell(mail("x@y.nl"), mail("a@b.nl"))
    identify()
    assert told(reply) is None
    second = hear(mail("a@b.nl"))
    identify()
    assert told(reply) == person_of(second)
    first = hear(mail("x@y.nl"))
    identify()
    assert told(reply) == person_of(first) != person_of(second)


def test_replies_follow_when_persons_turn_out_to_be_one():
    hear(mail("a@b.nl"))
    second = hear(phone("0612345678"))
    replies = [tell(answers=second), tell(phone("0612345678"))]
    identify()
    hear(mail("a@b.nl"), phone("0612345678"))
    identify()
    assert {told(reply) for reply in replies} == {person_of(second)}


def state():
    return (
        sorted(Attribution.objects.values_list("voice", "person")),
        sorted(Identity.objects.values_list("id", "person", "home", "shared", "first_voice"), key=str),
        sorted(Person.objects.values_list("id", "name", "merged_into"), key=str),
        sorted(Sighting.objects.values_list("voice", "identity")),
    )


def test_running_again_changes_nothing_and_half_a_state_is_completed():
    for day in range(6):
        hear(mail(f"{day % 3}@b.nl"), number(str(day % 2 + 1)), author="Jan", day=day)
    identify()
    assert identifying.pending() == 0
    before = state()
    assert identify() == 0
    Attribution.objects.filter(voice__in=list(Voice.objects.values_list("id", flat=True)[:3])).delete()
    assert identifying.pending() == 3
    identify()
    assert state() == before


def test_a_batch_that_is_killed_leaves_nothing_behind(monkeypatch):
    hear(mail("a@b.nl"))

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("gehoor.rooms.people.bulk.keep_attributions", killed)
        with pytest.raises(KeyboardInterrupt):
            identifying.drain(10)
    assert not Person.objects.exists()
    assert not Identity.objects.exists()
    assert identify() == 1


def test_a_batch_costs_a_fixed_number_of_queries(django_assert_max_num_queries):
    for each in range(120):
        hear(mail(f"{each % 70}@b.nl"), phone(f"06123456{each % 50:02}"), author=f"Naam {each}")
    identify(60)
    for each in range(120):
        hear(mail(f"{each % 90}@b.nl"), author="Ander")
    with django_assert_max_num_queries(45):
        identifying.drain(120)


CHOICES = [
    number("1"),
    number("2"),
    number("3"),
    *(mail(f"{name}@b.nl") for name in "abcd"),
    phone("0612345678"),
    phone("0612345679"),
    ("handle", "jan", "x"),
]


def heard_as(lists, batch):
    """The partition of the voices into persons after hearing them in this order: position sets, and the anonymous."""
    Voice.objects.all().delete()
    Person.objects.all().delete()
    Identity.objects.all().delete()
    voices = [hear(*identities) for identities in lists]
    identify(batch)
    groups = {}
    for voice in voices:
        groups.setdefault(person_of(voice), []).append(sorted(map(tuple, voice.identities)))
    anonymous = sorted(groups.pop(None, []))
    assert all(person.merged_into is None for person in groups)
    return sorted(sorted(group) for group in groups.values()), anonymous


def brute_force(lists):
    """Connected components of the voices, for sets in which nobody can have two customer numbers."""
    groups = [({normalise(*each) for each in voice}, [sorted([*e, ""][:3] for e in voice)]) for voice in lists if voice]
    joined = True
    while joined:
        joined = False
        for one, other in combinations(groups, 2):
            if one[0] & other[0]:
                groups = [group for group in groups if group is not other]
                one[0].update(other[0])
                one[1].extend(other[1])
                joined = True
                break
    return sorted(sorted([tuple(map(tuple, each)) for each in voices]) for _, voices in groups)


slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@slow
@given(
    st.lists(st.lists(st.sampled_from(CHOICES), max_size=3), max_size=9),
    st.randoms(use_true_random=False),
    st.integers(1, 4),
)
def test_any_order_and_any_batches_give_the_same_persons(lists, random, batch):
    shuffled = list(lists)
    random.shuffle(shuffled)
    assert heard_as(lists, 100) == heard_as(shuffled, batch)


@slow
@given(st.lists(st.lists(st.sampled_from(CHOICES[2:]), max_size=3, unique=True), max_size=9), st.integers(1, 4))
def test_persons_are_the_connected_components_when_no_customer_numbers_clash(lists, batch):
    found, anonymous = heard_as(lists, batch)
    as_tuples = sorted(sorted([tuple(map(tuple, voice)) for voice in group]) for group in found)
    assert as_tuples == brute_force(lists)
    assert all(not voice for voice in anonymous)
