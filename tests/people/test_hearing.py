"""Finding someone by a name as it was heard."""

import pytest
from tests.people.conftest import hear, identify, mail

from gehoor.rooms.people import hearing
from gehoor.rooms.people.finding import search
from gehoor.rooms.people.models import Person, Sound

pytestmark = pytest.mark.django_db


def known(name, address):
    hear(mail(address), author=name)
    identify()
    hearing.drain(100)
    return Person.objects.get(identities__value=address)


def test_meijer_finds_meyer_and_says_that_it_only_sounds_like_it():
    person = known("Anna Meyer", "anna@voorbeeld.nl")
    found = search("Meijer")
    assert found.persons == [person]
    assert found.by_sound


def test_the_name_as_it_was_typed_goes_before_what_sounds_like_it():
    known("Anna Meyer", "anna@voorbeeld.nl")
    exact = known("Bart Meijer", "bart@voorbeeld.nl")
    found = search("Meijer")
    assert found.persons == [exact]
    assert not found.by_sound


def test_all_that_was_heard_has_to_be_in_the_name():
    anna = known("Anna de Vries", "anna@voorbeeld.nl")
    known("Bart Fries", "bart@voorbeeld.nl")
    assert search("Ana Frieze").persons == [anna]


def test_a_name_that_was_corrected_is_heard_anew():
    person = known("Anna Meyer", "anna@voorbeeld.nl")
    Person.objects.filter(pk=person.pk).update(name="Anna Bakker")
    assert hearing.pending() == 1
    hearing.drain(100)
    assert search("Meijer").persons == []
    assert search("Backer").persons == [person]


def test_a_name_without_anything_to_hear_is_not_looked_at_again_and_again():
    person = known("A. B.", "ab@voorbeeld.nl")
    assert hearing.pending() == 0
    assert Sound.objects.get(person=person).key == ""
    assert search("??").persons == []


def test_forgetting_makes_every_name_pending():
    known("Anna Meyer", "anna@voorbeeld.nl")
    hearing.forget()
    assert hearing.pending() == 1
