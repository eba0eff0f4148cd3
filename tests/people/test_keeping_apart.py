"""Keeping an identity apart undoes what hung together through it alone, and undoing that brings everything back."""

import pytest

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.people.actions import do_erase_person, do_keep_apart, do_undo_apart
from gehoor.rooms.people.models import Addressing, Attribution, Identity, Person
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.models import Voice

from .conftest import colleague, hear, identify, mail, number, phone, tell

pytestmark = pytest.mark.django_db


def person_of(voice):
    return Attribution.objects.get(voice=voice).person


def partition():
    return dict(Attribution.objects.values_list("voice", "person"))


def test_what_hung_together_through_one_number_comes_apart_and_each_gets_its_own_person_back(adviser):
    jan, piet = hear(mail("jan@b.nl"), author="Jan"), hear(mail("piet@b.nl"), author="Piet")
    identify()
    before = partition()
    only, reply = hear(phone("0206241111")), tell(phone("0206241111"))
    hear(mail("jan@b.nl"), phone("0206241111"), author="Jan")
    hear(mail("piet@b.nl"), phone("0206241111"), author="Piet")
    identify()
    together = partition()
    assert person_of(jan) == person_of(piet) == person_of(only)
    house = Identity.objects.get(kind="phone")
    apart = do_keep_apart(identity=house, actor=adviser)
    assert {voice: person for voice, person in partition().items() if voice in before} == before
    assert [person_of(voice).name for voice in (jan, piet)] == ["Jan", "Piet"]
    assert person_of(only) is None
    assert Addressing.objects.get(reply=reply).person is None
    do_undo_apart(apart=apart, actor=adviser)
    assert partition() == together
    assert Addressing.objects.get(reply=reply).person == person_of(jan)


def test_one_person_from_the_start_is_divided_and_joined_again(adviser):
    jan = hear(number("1"), phone("0206241111"))
    piet = hear(mail("piet@b.nl"), phone("0206241111"))
    identify()
    together = partition()
    apart = do_keep_apart(identity=Identity.objects.get(kind="phone"), actor=adviser)
    assert person_of(jan) != person_of(piet) is not None
    assert person_of(jan).pk == together[jan.pk]
    do_undo_apart(apart=apart, actor=adviser)
    assert partition() == together
    assert Person.objects.filter(merged_into=together[jan.pk]).count() == 1


def test_what_is_kept_apart_joins_nobody_later(adviser):
    jan = hear(mail("jan@b.nl"), phone("0206241111"))
    identify()
    do_keep_apart(identity=Identity.objects.get(kind="phone"), actor=adviser)
    piet, only = hear(mail("piet@b.nl"), phone("0206241111")), hear(phone("020 624 1111"))
    identify()
    assert person_of(jan) != person_of(piet)
    assert person_of(only) is None


def test_it_is_logged_and_happens_once(adviser):
    hear(mail("jan@b.nl"))
    identify()
    identity = Identity.objects.get()
    apart = do_keep_apart(identity=identity, actor=adviser)
    with pytest.raises(Refused):
        do_keep_apart(identity=identity, actor=adviser)
    do_undo_apart(apart=apart, actor=adviser)
    with pytest.raises(Refused):
        do_undo_apart(apart=apart, actor=adviser)
    assert list(AuditEntry.objects.order_by("id").values_list("action", "public_id")) == [
        ("keep_apart", apart.public_id),
        ("undo_keep_apart", apart.public_id),
    ]


def test_who_may_not_link_people_cannot(db):
    hear(mail("jan@b.nl"))
    identify()
    with pytest.raises(NotAllowed):
        do_keep_apart(identity=Identity.objects.get(), actor=colleague("marketer"))


def test_what_was_shared_stays_shared_when_one_of_its_customers_is_erased(privacy_officer):
    one, neither = hear(number("1"), mail("huis@b.nl")), hear(mail("huis@b.nl"))
    two = hear(number("2"), mail("huis@b.nl"))
    identify()
    do_erase_person(person=person_of(one), actor=privacy_officer)
    later = hear(mail("huis@b.nl"))
    identify()
    assert person_of(later) is None
    assert person_of(neither) is None
    assert person_of(two) is not None
    assert Identity.objects.get(kind="email").first_voice == neither


def test_erasing_takes_merged_persons_and_anonymous_voices_that_show_this_persons_address(privacy_officer):
    jan, piet = hear(number("1"), mail("jan@b.nl")), hear(number("2"), mail("piet@b.nl"))
    unsure = hear(mail("jan@b.nl"), mail("piet@b.nl"))
    hear(phone("0612345678"))
    identify()
    hear(phone("0612345678"), mail("jan@b.nl"))
    identify()
    assert person_of(unsure) is None
    do_erase_person(person=person_of(jan), actor=privacy_officer)
    assert list(Voice.objects.all()) == [piet]
    assert list(Person.objects.all()) == [person_of(piet)]
    assert set(Identity.objects.values_list("value", flat=True)) == {"2", "piet@b.nl"}
    assert AuditEntry.objects.get().action == "erased"
