"""How someone is best reached, and why."""

import pytest

from gehoor.channels.base import PostalAddress
from gehoor.rooms.people.models import Attribution, Person
from gehoor.rooms.people.reach import Why, reaches

from .conftest import conversation, hear, identify, mail, phone, tell

pytestmark = pytest.mark.django_db

LETTER = """J. de Vries
Kerkstraat 12
1234 AB Utrecht

Geachte heer, mevrouw,

Waar blijft het?

Hoogachtend,
J. de Vries"""


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
