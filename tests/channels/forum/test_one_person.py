"""One customer who writes a letter, calls and posts: one person, one line of time."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.channels.pages.reading import fixture

from gehoor.channels.base import Wishes
from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.intake.own import do_add_own
from gehoor.rooms.people import identifying
from gehoor.rooms.people.models import Attribution, Person
from gehoor.rooms.voices.models import Reply, Voice

pytestmark = pytest.mark.django_db

HANDLE = "mientje72@forum.woonlasten.example"
LETTER = "brief;klantnummer;naam;datum;gebruikersnaam\nWaar blijft mijn bouwdepot?;KL-0072;Mien Haverkamp;2024-01-20;\n"
MEMBERS = f"bericht;klantnummer;naam;datum;gebruikersnaam\nIk meld me aan.;KL0072;Mien Haverkamp;2023-11-02;{HANDLE}\n"
CALL = """gesprek;telefoon;klantnummer;datum
U zou mij terugbellen over het bouwdepot.;06 1234 5678;KL 0072;2024-02-01 10:00
"""


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.path.mkdir()


@pytest.fixture
def take_in(tmp_path):
    def take(name, data, channel="", **mapping):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return do_listen(paths=[path], wishes=Wishes(channel, mapping))

    return take


def identify():
    while identifying.drain(2_000):
        pass


def test_a_letter_a_call_and_a_post_are_one_person_and_one_line_of_time(take_in) -> None:
    do_add_own(value="@DeLinde_Webcare", actor=None)
    take_in(
        "brieven.csv", LETTER, "letter", text="brief", customer_number="klantnummer", author="naam", said_at="datum"
    )
    take_in(
        "leden.csv",
        MEMBERS,
        "forum",
        text="bericht",
        customer_number="klantnummer",
        author="naam",
        said_at="datum",
        handle="gebruikersnaam",
    )
    take_in(
        "gesprekken.csv", CALL, "call", text="gesprek", phone="telefoon", customer_number="klantnummer", said_at="datum"
    )
    summary = take_in("onderwerp.html", fixture("forum", "whole-phpbb.html"))
    assert (summary.new["voices"], summary.new["replies"]) == (3, 1)
    identify()

    post = Voice.objects.get(native_id="forum.woonlasten.example/2001")
    mien = Attribution.objects.get(voice=post).person
    assert mien == Person.objects.get(name="Mien Haverkamp")
    said = Voice.objects.filter(attribution__person=mien).order_by("said_at")
    assert list(said.values_list("channel", flat=True)) == ["forum", "letter", "call", "forum"]
    reply = Reply.objects.get(native_id="forum.woonlasten.example/2003")
    assert (reply.addressing.person, reply.answers) == (mien, post)

    adviser = User.objects.make(email="a@delinde.nl", name="Anneke", roles=["adviser"], password=None)
    client = Client()
    client.force_login(adviser)
    page = client.get(reverse("people:dossier", args=[mien.public_id])).content.decode()
    places = [page.find(each) for each in ("Ik meld me aan", "Waar blijft mijn bouwdepot", "U zou mij terugbellen")]
    assert all(place > 0 for place in places)
    assert "De nota heb ik dezelfde dag" in page


def test_the_same_name_on_another_forum_is_somebody_else(take_in) -> None:
    take_in("een.html", fixture("forum", "whole-phpbb.html"))
    elsewhere = fixture("forum", "whole-phpbb.html").replace(b"forum.woonlasten.example", b"forum.elders.example")
    take_in("twee.html", elsewhere)
    identify()
    both = Voice.objects.filter(author="mientje72")
    assert both.count() == 2
    assert len(set(Attribution.objects.filter(voice__in=both).values_list("person", flat=True))) == 2
