"""How someone is best reached, and why."""

from collections import Counter

import pytest

from gehoor.channels.outgoing import Letterhead, PostalAddress
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.people.actions import do_erase_person, do_export_person, do_keep_apart, do_undo_apart
from gehoor.rooms.people.models import Attribution, Identity, Person, Preference, PreferenceOf
from gehoor.rooms.people.models import PostalAddress as Entered
from gehoor.rooms.people.postal import whereabouts
from gehoor.rooms.people.preferences import wishes
from gehoor.rooms.people.reach import Why, reaches
from gehoor.rooms.people.stating import (
    do_enter_address,
    do_state_preference,
    do_undo_address,
    do_undo_preference,
)
from gehoor.rooms.public.letterhead import do_set_letterhead
from gehoor.rooms.voices.models import Understanding, Voice

from .conftest import colleague, conversation, hear, identify, mail, phone, tell

pytestmark = pytest.mark.django_db

LETTER = """J. de Vries
Kerkstraat 12
1234 AB Utrecht

Geachte heer, mevrouw,

Waar blijft het?

Hoogachtend,
J. de Vries"""


@pytest.fixture
def administrator():
    return colleague("administrator")


@pytest.fixture
def understood():
    def understand(voice, language):
        Understanding.objects.create(voice=voice, language=language, kind="question", lemmas="")

    return understand


def person_of(voice):
    return Attribution.objects.get(voice=voice).person_id


def reach_of(voice):
    person = person_of(voice)
    return reaches([person])[person]


def test_who_mostly_mails_is_mailed_at_the_address_used_last():
    hear(mail("oud@b.nl"), phone("0612345678"), author="J. de Vries", day=1)
    voice = hear(mail("nieuw@b.nl"), phone("0612345678"), author="J. de Vries", day=5)
    hear(phone("0612345678"), channel="call", day=9)
    identify()
    reach = reach_of(voice)
    assert (reach.channel, reach.why, reach.identity.value) == ("email", Why.BEGINS, "nieuw@b.nl")
    assert (reach.postal, reach.name, reach.language) == (None, "J. de Vries", "nl")


def test_who_mostly_writes_letters_gets_a_letter_at_the_address_in_its_head():
    voice = hear(phone("0612345678"), channel="letter", author="J. de Vries", text=LETTER, day=3)
    identify()
    reach = reach_of(voice)
    assert (reach.channel, reach.why, reach.identity) == ("letter", Why.BEGINS, None)
    assert reach.postal == PostalAddress("Kerkstraat 12", "1234 AB", "Utrecht")


def test_of_channels_begun_equally_often_the_most_recent_is_the_favourite():
    voice = hear(mail("jan@b.nl"), phone("0612345678"), day=1)
    hear(phone("0612345678"), channel="call", day=2)
    identify()
    assert reach_of(voice).channel == "call"
    hear(mail("jan@b.nl"), day=3)
    hear(phone("0612345678"), channel="call", day=2)
    identify()
    assert reach_of(voice).channel == "email"


def test_answering_in_a_conversation_that_we_began_is_no_beginning():
    voice = hear(phone("0612345678"), mail("jan@b.nl"), channel="call", day=9)
    for day in (1, 3):
        ours = conversation()
        tell(mail("jan@b.nl"), conversation=ours, day=day)
        hear(mail("jan@b.nl"), conversation=ours, day=day + 1)
    identify()
    assert (reach_of(voice).channel, reach_of(voice).why) == ("call", Why.BEGINS)


def test_a_favourite_in_which_nothing_can_be_sent_gives_way_to_the_next_best_that_can():
    voice = hear(("handle", "jan", "x"), channel="x", day=1)
    hear(("handle", "jan", "x"), mail("jan@b.nl"), channel="x", day=2)
    identify()
    assert (reach_of(voice).channel, reach_of(voice).why) == ("email", Why.ONLY_WAY)
    hear(mail("jan@b.nl"), phone("0612345678"), channel="chat", day=3)
    identify()
    assert (reach_of(voice).channel, reach_of(voice).why) == ("email", Why.NEXT_BEST)


def test_who_is_only_known_by_a_handle_cannot_be_reached():
    voice = hear(("handle", "jan", "x"), channel="x", day=1)
    identify()
    reach = reach_of(voice)
    assert (reach.channel, reach.why, reach.identity, reach.postal) == ("", Why.NO_ADDRESS, None, None)


def test_who_signs_as_mevrouw_anywhere_is_written_to_so():
    hear(mail("e@b.nl"), author="E. Schaap", day=1)
    hear(mail("e@b.nl"), author="E. Schaap", day=2)
    voice = hear(mail("e@b.nl"), author="Mevr. E. Schaap", day=3)
    identify()
    assert reach_of(voice).name == "Mevrouw E. Schaap"
    assert Person.objects.get(pk=person_of(voice)).name == "E. Schaap"


def test_the_name_is_as_on_an_envelope_and_empty_where_there_is_none():
    voice = hear(mail("x@b.nl"), author="boze_klant88", day=1)
    identify()
    assert reach_of(voice).name == ""


def test_the_language_is_the_one_in_which_someone_mostly_writes(understood):
    voice = hear(mail("a@b.nl"), day=1)
    for day, language in enumerate(("en", "en", "nl", "fr")):
        understood(hear(mail("a@b.nl"), day=day + 2), language)
    identify()
    assert reach_of(voice).language == "en"
    understood(voice, "nl")
    assert reach_of(voice).language == "nl"


def test_a_text_that_is_corrected_shows_its_new_address_at_once():
    voice = hear(phone("0612345678"), channel="letter", text=LETTER.replace("12\n", "l2\n"), day=3)
    identify()
    assert reach_of(voice).postal is None
    Voice.objects.filter(pk=voice.pk).update(text=LETTER)
    assert reach_of(voice).postal == PostalAddress("Kerkstraat 12", "1234 AB", "Utrecht")


def test_the_newest_letter_with_an_address_counts_and_proves_it():
    hear(phone("0612345678"), channel="letter", text=LETTER, day=1)
    moved = hear(phone("0612345678"), channel="letter", text=LETTER.replace("Kerkstraat 12", "Dorpsweg 3"), day=5)
    hear(phone("0612345678"), channel="letter", text="Zonder adres.", day=9)
    identify()
    found = whereabouts([person_of(moved)])[person_of(moved)]
    assert (found.postal.street, found.voice) == ("Dorpsweg 3", moved.pk)


def test_our_own_address_is_not_the_customers(administrator):
    do_set_letterhead(
        letterhead=Letterhead("De Linde", PostalAddress("Kerkstraat 12", "1234 ab", "Utrecht")), actor=administrator
    )
    voice = hear(phone("0612345678"), channel="letter", text=LETTER, day=1)
    identify()
    assert reach_of(voice).channel == "call"


def test_every_person_asked_for_is_answered_in_a_fixed_number_of_queries(django_assert_num_queries):
    for number in range(40):
        hear(mail(f"p{number}@b.nl"), channel="letter" if number % 2 else "email", text=LETTER, day=number)
    identify()
    everybody = list(Person.objects.values_list("pk", flat=True))
    for asked in (everybody[:3], everybody):
        with django_assert_num_queries(8):
            found = reaches(asked)
        assert set(found) == set(asked)
    assert Counter(each.channel for each in found.values()) == {"email": 20, "letter": 20}


def test_nobody_and_unknown_keys_are_answered_too():
    assert reaches([]) == {}
    assert reaches([987_654])[987_654].why is Why.NO_ADDRESS


# --- what was stated -------------------------------------------------------------------------------------------------


@pytest.fixture
def jan():
    """Mails, and is known by phone and by a letter with an address."""
    hear(mail("jan@b.nl"), phone("0612345678"), author="J. de Vries", day=1)
    hear(mail("jan@b.nl"), day=2)
    voice = hear(mail("jan@b.nl"), channel="letter", text=LETTER, author="J. de Vries", day=3)
    identify()
    return Person.objects.get(pk=person_of(voice))


def way(person):
    reach = reaches([person.pk])[person.pk]
    return reach.channel, reach.why


def test_a_stated_channel_wins_and_a_refused_one_is_never_chosen(jan, adviser):
    assert way(jan) == ("email", Why.BEGINS)
    do_state_preference(person=jan, channel="letter", wanted=True, actor=adviser)
    assert way(jan) == ("letter", Why.STATED)
    do_state_preference(person=jan, channel="letter", wanted=False, actor=adviser)
    assert way(jan) == ("email", Why.BEGINS)
    do_state_preference(person=jan, channel="email", wanted=False, actor=adviser)
    assert way(jan) == ("call", Why.ONLY_WAY)
    do_state_preference(person=jan, channel="call", wanted=False, actor=adviser)
    assert way(jan) == ("", Why.REFUSED)


def test_a_stated_channel_without_an_address_gives_way(adviser):
    voice = hear(mail("jan@b.nl"), phone("0612345678"), channel="chat", day=1)
    identify()
    person = Person.objects.get(pk=person_of(voice))
    do_state_preference(person=person, channel="letter", wanted=True, actor=adviser)
    assert way(person) == ("email", Why.NEXT_BEST)


def test_undoing_brings_back_what_was_stated_before(jan, adviser):
    do_state_preference(person=jan, channel="email", wanted=False, actor=adviser)
    later = do_state_preference(person=jan, channel="email", wanted=True, actor=adviser)
    assert way(jan) == ("email", Why.STATED)
    do_undo_preference(person=jan, preference=later, actor=adviser)
    assert way(jan)[0] == "letter"
    with pytest.raises(Refused):
        do_undo_preference(person=jan, preference=later, actor=adviser)
    assert Preference.objects.count() == 2


def test_a_wish_counts_from_when_it_was_said_not_from_when_it_was_written_down(jan, adviser):
    old = hear(mail("jan@b.nl"), text="Mail me maar niet meer.", day=4)
    new = hear(mail("jan@b.nl"), text="Mail mag weer.", day=8)
    identify()
    do_state_preference(person=jan, channel="email", wanted=True, voice=new, actor=adviser)
    kept = do_state_preference(person=jan, channel="email", wanted=False, voice=old, actor=adviser)
    assert (kept.how, kept.since, kept.voice) == ("said", old.said_at, old)
    assert way(jan) == ("email", Why.STATED)


def test_what_someone_else_said_is_no_proof(jan, adviser):
    other = hear(mail("ander@b.nl"))
    identify()
    with pytest.raises(Refused):
        do_state_preference(person=jan, channel="email", wanted=False, voice=other, actor=adviser)


def test_only_channels_in_which_we_can_reach_someone_can_be_wanted(jan, adviser):
    with pytest.raises(Refused):
        do_state_preference(person=jan, channel="x", wanted=True, actor=adviser)


def test_who_may_not_link_people_writes_nothing_down(jan):
    marketer = colleague("marketer")
    address = PostalAddress("Dorpsweg 3", "1234 AB", "Utrecht")
    with pytest.raises(NotAllowed):
        do_state_preference(person=jan, channel="email", wanted=False, actor=marketer)
    with pytest.raises(NotAllowed):
        do_enter_address(person=jan, address=address, actor=marketer)
    assert not Preference.objects.exists() and not Entered.objects.exists()


def test_a_wish_stays_when_persons_turn_out_to_be_one_and_with_both_when_they_are_two(adviser):
    jan, piet = hear(mail("jan@b.nl"), author="Jan", day=1), hear(mail("piet@b.nl"), author="Piet", day=1)
    identify()
    do_state_preference(person=Person.objects.get(pk=person_of(jan)), channel="email", wanted=False, actor=adviser)
    assert (reach_of(jan).channel, reach_of(piet).channel) == ("", "email")
    hear(mail("jan@b.nl"), phone("0206241111"), day=2)
    hear(mail("piet@b.nl"), phone("0206241111"), day=3)
    identify()
    assert person_of(jan) == person_of(piet)
    assert reach_of(piet).channel == "call"
    together = Person.objects.get(pk=person_of(jan))
    do_state_preference(person=together, channel="call", wanted=False, actor=adviser)
    apart = do_keep_apart(identity=Identity.objects.get(kind="phone"), actor=adviser)
    assert person_of(jan) != person_of(piet)
    assert (reach_of(jan).channel, reach_of(piet).channel) == ("", "email")
    refused = wishes([person_of(jan), person_of(piet)])
    assert refused[person_of(piet)].refused == {"call"}
    assert refused[person_of(jan)].refused == {"email", "call"}
    do_undo_apart(apart=apart, actor=adviser)
    assert reach_of(piet).channel == ""


def test_an_address_entered_by_hand_wins_is_remembered_and_can_be_undone(jan, adviser):
    do_state_preference(person=jan, channel="letter", wanted=True, actor=adviser)
    entered = do_enter_address(person=jan, address=PostalAddress("Dorpsweg 3 ", "3512jk", "Utrecht"), actor=adviser)
    hear(mail("jan@b.nl"), channel="letter", text=LETTER, day=30)
    identify()
    assert reaches([jan.pk])[jan.pk].postal == PostalAddress("Dorpsweg 3", "3512 JK", "Utrecht")
    wrong = do_enter_address(person=jan, address=None, actor=adviser)
    assert way(jan) == ("email", Why.NEXT_BEST)
    do_undo_address(person=jan, address=wrong, actor=adviser)
    do_undo_address(person=jan, address=entered, actor=adviser)
    assert reaches([jan.pk])[jan.pk].postal == PostalAddress("Kerkstraat 12", "1234 AB", "Utrecht")
    with pytest.raises(Refused):
        do_undo_address(person=jan, address=entered, actor=adviser)


@pytest.mark.parametrize(
    "address",
    [
        PostalAddress("", "1234 AB", "Utrecht"),
        PostalAddress("Dorpsweg 3", "1234 AB", ""),
        PostalAddress("Dorpsweg 3", "", "Utrecht"),
        PostalAddress("Dorps\x07weg 3", "1234 AB", "Utrecht"),
        PostalAddress("D" * 201, "1234 AB", "Utrecht"),
    ],
)
def test_half_an_address_is_refused(jan, adviser, address):
    with pytest.raises(Refused):
        do_enter_address(person=jan, address=address, actor=adviser)


def test_an_address_of_what_turned_out_to_be_two_persons_is_nobodys(adviser):
    jan = hear(mail("jan@b.nl"), phone("0206241111"), author="Jan", day=1)
    piet = hear(mail("piet@b.nl"), phone("0206241111"), author="Piet", day=2)
    identify()
    together = Person.objects.get(pk=person_of(jan))
    do_enter_address(person=together, address=PostalAddress("Dorpsweg 3", "3512 JK", "Utrecht"), actor=adviser)
    assert whereabouts([together.pk])[together.pk].postal is not None
    apart = do_keep_apart(identity=Identity.objects.get(kind="phone"), actor=adviser)
    assert person_of(jan) != person_of(piet)
    assert whereabouts([person_of(jan), person_of(piet)]) == {}
    do_undo_apart(apart=apart, actor=adviser)
    assert whereabouts([person_of(jan)])[person_of(jan)].postal is not None


def test_erasing_someone_takes_wishes_and_addresses_along_and_leaves_those_of_others(jan, adviser, privacy_officer):
    piet = hear(mail("piet@b.nl"), day=1)
    identify()
    person = Person.objects.get(pk=person_of(piet))
    for each in (jan, person):
        do_state_preference(person=each, channel="letter", wanted=False, actor=adviser)
        do_enter_address(person=each, address=PostalAddress("Dorpsweg 3", "3512 JK", "Utrecht"), actor=adviser)
    do_erase_person(person=jan, actor=privacy_officer)
    assert Preference.objects.count() == PreferenceOf.objects.count() == 1
    assert Entered.objects.count() == 1
    assert wishes([person.pk])[person.pk].refused == {"letter"}


def test_an_export_tells_what_was_stated_and_where_someone_lives(jan, adviser):
    voice = hear(mail("jan@b.nl"), text="Geen mail meer", day=6)
    identify()
    do_state_preference(person=jan, channel="email", wanted=False, voice=voice, actor=adviser)
    told = do_export_person(person=jan, actor=adviser)["people"]
    assert told["how_to_be_reached"] == [
        {
            "channel": "email",
            "wanted": False,
            "since": voice.said_at.isoformat(),
            "how_known": "said",
            "voice": str(voice.public_id),
            "undone": False,
        }
    ]
    assert [each["street"] for each in told["postal_addresses"]] == ["Kerkstraat 12"]
    do_enter_address(person=jan, address=PostalAddress("Dorpsweg 3", "3512 JK", "Utrecht"), actor=adviser)
    told = do_export_person(person=jan, actor=adviser)["people"]
    assert [(each["street"], each["undone"]) for each in told["postal_addresses"]] == [("Dorpsweg 3", False)]


def test_of_several_wanted_channels_the_one_asked_for_last_counts(jan, adviser):
    for channel in ("letter", "call", "letter"):
        do_state_preference(person=jan, channel=channel, wanted=True, actor=adviser)
    assert way(jan) == ("letter", Why.STATED)
