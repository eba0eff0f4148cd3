"""The audit trail: who did what to whom, filtered, in words, with names only for those who may know them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from gehoor.kernel.ids import new_id
from gehoor.rooms.accounts.models import User
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.privacy.trail import Question, action_name, entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    return signed_in(client, "privacy_officer")


def signed_in(client, role):
    user = User.objects.make(email=f"{role}@delinde.nl", name=f"De {role}", roles=[role], password=None)
    client.force_login(user)
    return user


def page(client, **question):
    return client.get(reverse("privacy:trail"), question).content.decode()


def test_it_is_filtered_by_action_actor_period_and_thing(officer):
    person = new_id()
    looked = do_log(actor=officer, action="looked", what="person", public_id=person)
    other = do_log(actor=None, action="erased", what="person", public_id=new_id())
    AuditEntry.objects.filter(pk=other.pk).update(at=datetime(2025, 3, 1, 23, 30, tzinfo=UTC))
    day = datetime(2025, 3, 2).date()
    assert set(entries(Question())) == {looked, other}
    assert list(entries(Question(action="looked"))) == [looked]
    assert list(entries(Question(actor=officer.public_id))) == [looked]
    assert list(entries(Question(about=person))) == [looked]
    assert list(entries(Question(since=day, until=day))) == [other]
    assert list(entries(Question(until=day - timedelta(days=1)))) == []


def test_who_looked_at_a_dossier_is_shown_by_name(client, officer):
    person = Person.objects.create(name="Jan de Vries")
    do_log(actor=officer, action="looked", what="person", public_id=person.public_id)
    shown = page(client, about=person.public_id)
    assert "Jan de Vries" in shown
    assert "De privacy_officer" in shown
    assert "bekeek het dossier" in shown


def test_who_may_not_see_people_sees_no_names(client):
    admin = signed_in(client, "administrator")
    person = Person.objects.create(name="Jan de Vries")
    do_log(actor=admin, action="looked", what="person", public_id=person.public_id)
    shown = page(client)
    assert "bekeek het dossier" in shown
    assert "Jan de Vries" not in shown
    assert str(person.public_id) not in shown


def test_a_question_that_makes_no_sense_shows_the_trail_all_the_same(client, officer):
    for question in [{"actor": "x"}, {"since": "gisteren"}, {"about": "x"}, {"action": "y"}, {"page": "z"}]:
        assert client.get(reverse("privacy:trail"), question).status_code == 200
    assert "Niets gevonden" in page(client, about=uuid4())


def test_a_page_costs_the_same_however_much_it_shows(client, officer, django_assert_max_num_queries):
    for number in range(60):
        person = Person.objects.create(name=f"Klant {number}")
        do_log(actor=officer, action="looked", what="person", public_id=person.public_id)
    with django_assert_max_num_queries(10):
        page(client)


def test_an_unknown_action_is_called_by_its_code():
    assert action_name("some_new_act") == "some new act"
