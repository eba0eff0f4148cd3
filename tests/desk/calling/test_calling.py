"""The first seconds of a call: who it is, what goes on, what we said and promised."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.api.conftest import bearer, token_of
from tests.people.conftest import colleague, hear, identify, mail, number, phone, tell

from gehoor.kernel import clock
from gehoor.rooms.desk.models import Case, CaseVoice, Promise, State
from gehoor.rooms.people import hearing
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.audit import LOOKED
from gehoor.rooms.privacy.models import AuditEntry

pytestmark = pytest.mark.django_db
ANNA = mail("anna@voorbeeld.nl")


@pytest.fixture
def anna():
    """Someone who asked twice and waits, was told something before, and has a promise."""
    first = hear(ANNA, number("L1000234"), text="Mag ik boetevrij aflossen?", author="Anna Meyer", day=1)
    tell(ANNA, answers=first, text="Dat mag tot tien procent per jaar.", adviser="Karin", day=2)
    asks = hear(ANNA, phone("0612345678"), text="Waar blijft mijn bouwdepot?", author="Anna Meyer", day=40)
    again = hear(ANNA, text="Nogmaals: waar blijft mijn bouwdepot?", author="Anna Meyer", day=45)
    identify()
    hearing.drain(100)
    person = Person.objects.get(identities__value="anna@voorbeeld.nl")
    case = Case.objects.create(
        voice=asks, channel="email", about="haar bouwdepot", state=State.OPEN, begun_at=asks.said_at
    )
    Case.objects.filter(pk=case.pk).update(waits_since=asks.said_at)
    for voice in (asks, again):
        CaseVoice.objects.create(case=case, voice=voice)
    soon = clock.now() + timedelta(days=1)
    Promise.objects.create(what="Terugbellen over het bouwdepot", person=person, made_at=clock.now(), due_at=soon)
    return person


@pytest.fixture
def desk(client):
    client.force_login(colleague("adviser"))
    return client


def ask(client, query, **more):
    return client.post("/balie/wie-belt-er/", {"query": query, **more}).content.decode()


@pytest.mark.parametrize("query", ["Meijer", "06-1234 5678", "+31612345678", "l 1000 234", "anna@voorbeeld.nl"])
def test_whatever_is_known_leads_to_who_it_is_and_what_goes_on(anna, desk, query):
    page = ask(desk, query)
    assert "Anna Meyer, bij ons bekend sinds 2 maart 2025, wacht sinds 10 april 2025" in page
    assert "moest dat 2 keer vragen" in page
    assert "Terugbellen over het bouwdepot" in page
    assert "Dat mag tot tien procent per jaar." in page
    assert "Karin" in page


def test_who_looked_is_written_down_and_no_name_stands_in_an_address(anna, desk):
    ask(desk, "Meijer")
    assert AuditEntry.objects.filter(action=LOOKED, public_id=anna.public_id).count() == 1
    assert desk.get("/balie/wie-belt-er/?query=Meijer").content.decode().count("Anna") == 0


def test_several_who_match_are_offered_and_nothing_of_them_is_shown(anna, desk):
    other = hear(mail("bart@voorbeeld.nl"), text="Iets anders", author="Bart Meyer", day=3)
    identify()
    hearing.drain(100)
    page = ask(desk, "Meijer")
    assert "Anna Meyer" in page and "Bart Meyer" in page
    assert "bouwdepot" not in page
    bart = other.attribution.person if hasattr(other, "attribution") else Person.objects.get(name="Bart Meyer")
    assert "Bart Meyer, bij ons bekend sinds 4 maart 2025; er wacht niets" in ask(desk, "Meijer", person=bart.public_id)


def test_people_of_one_name_are_told_apart_by_what_else_is_known(anna, desk):
    hear(mail("anna.meyer@voorbeeld.nl"), text="Iets anders", author="Anna Meyer", day=3)
    hear(mail("bart@voorbeeld.nl"), text="Nog iets", author="Bart Meyer", day=3)
    identify()
    page = ask(desk, "Meyer")
    assert "anna.meyer@voorbeeld.nl" in page and "L1000234" in page
    assert "bart@voorbeeld.nl" not in page
    assert "anna.meyer@voorbeeld.nl" in desk.post("/klanten/", {"query": "Meyer"}).content.decode()


@pytest.mark.parametrize("query", ["Bestaatniet", "0699999999", "%", "' OR 1=1 --", "\x00", "é" * 300])
def test_nobody_found_says_what_to_do(anna, desk, query):
    page = ask(desk, query)
    assert "Wie belt er?" in page
    assert "Anna" not in page


def test_who_may_not_see_the_desk_sees_no_caller(anna, client):
    client.force_login(colleague("manager"))
    assert client.post("/balie/wie-belt-er/", {"query": "Meijer"}).status_code == 403


def test_a_fixed_number_of_queries_however_much_was_said(anna, desk, django_assert_max_num_queries):
    for day in range(50, 90):
        hear(ANNA, text=f"Vraag {day}", author="Anna Meyer", day=day)
    identify()
    with django_assert_max_num_queries(45):
        ask(desk, "Meijer")


def test_a_program_is_told_the_same(anna):
    token = token_of(colleague("adviser"), "desk:read", "people:read")[1]
    asked = {"data": {"query": "Meijer"}, "content_type": "application/json"}
    told = Client().post("/api/v1/desk/caller", **asked, **bearer(token)).json()
    assert told["by_sound"]
    assert told["caller"]["person"] == str(anna.public_id)
    assert told["caller"]["running"][0]["asked"] == 2
    assert told["caller"]["told"]["adviser"] == "Karin"
    assert [each["what"] for each in told["caller"]["promises"]] == ["Terugbellen over het bouwdepot"]


def test_a_program_that_may_not_know_people_is_told_nobody(anna):
    token = token_of(colleague("adviser"), "desk:read")[1]
    asked = {"data": {"query": "Meijer"}, "content_type": "application/json"}
    assert Client().post("/api/v1/desk/caller", **asked, **bearer(token)).status_code == 403
