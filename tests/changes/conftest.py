"""An organisation that heard three needs, grouped by hand: what this room rests on, without any engine."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client

from gehoor.kernel.home import Home
from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.needs.recount import do_recount
from gehoor.rooms.people.models import Attribution, Identity, Person
from gehoor.rooms.voices.models import Ask, Original, Understanding, Voice

START = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
_numbers = count(1)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path)
    cache.clear()
    return settings.HOME


def original(data=b"", media_type="text/plain"):
    data = data or f"original {next(_numbers)}".encode()
    return Original.objects.create(sha256=content_hash(data), media_type=media_type, size=len(data), data=data)


def someone(name, email=""):
    """A person, with a mail address where one is given."""
    person = Person.objects.create(name=name)
    if email:
        Identity.objects.create(person=person, home=person, kind="email", value=email, shown=email)
    return person


def say(text, *, person=None, channel="email", day=0, need=None, **more):
    """A voice of one ask, under a need where one is given; ``day`` None does not say when."""
    said_at = None if day is None else START + timedelta(days=day)
    voice = Voice.objects.create(
        channel=channel,
        text=text,
        words=len(text.split()),
        said_at=said_at,
        file="mail.mbox",
        item=str(next(_numbers)),
        original=original(),
        **more,
    )
    Understanding.objects.create(voice=voice, language="nl", kind="complaint", lemmas=text.lower())
    ask = Ask.objects.create(voice=voice, position=0, start=0, end=len(text), words=len(text.split()))
    Attribution.objects.create(voice=voice, person=person)
    if need is not None:
        AskNeed.objects.create(
            ask=ask, voice=voice, start=0, generation=need.generation, computed=need, need=need, minutes=10
        )
    return voice


def colleague(*roles):
    return User.objects.make(
        email=f"collega{next(_numbers)}@delinde.nl", name="Anneke", roles=list(roles), password=None
    )


def seen_by(*roles):
    """A browser in which a colleague with these roles is signed in."""
    client = Client()
    client.force_login(colleague(*roles))
    return client


@pytest.fixture
def generation(db):
    return Generation.objects.create(asks=0, levels=2, default_level=2, current=True)


@pytest.fixture
def needs(generation):
    """A broad need with two finer ones, and one on its own."""
    broad = Need.objects.create(generation=generation, level=1, proposed_name="Geld")
    other = Need.objects.create(generation=generation, level=1, proposed_name="App")
    fine = [
        Need.objects.create(generation=generation, level=2, parent=parent, machine_parent=parent, proposed_name=name)
        for parent, name in [(broad, "Bouwdepot"), (broad, "Aflossen"), (other, "Storing")]
    ]
    return [broad, other, *fine]


@pytest.fixture
def heard(needs):
    """Bouwdepot: Ans twice, Bert once, someone anonymous; Aflossen: Bert; Storing: Cor."""
    _, _, deposit, repaying, outage = needs
    ans, bert, cor = someone("Ans", "ans@example.nl"), someone("Bert"), someone("Cor")
    say("Waar blijft mijn bouwdepot?", person=ans, channel="letter", day=0, need=deposit)
    say("Weer niets van het bouwdepot gehoord.", person=ans, day=10, need=deposit)
    aannemer = "Mijn aannemer wacht op het bouwdepot."
    say(aannemer, person=bert, channel="call", day=20, need=deposit, duration_seconds=600)
    say("Het depot duurt te lang.", day=30, need=deposit)
    say("Mag ik boetevrij aflossen?", person=bert, day=40, need=repaying)
    say("De app doet het niet.", person=cor, day=50, need=outage)
    do_recount(generation=deposit.generation)
    return {"ans": ans, "bert": bert, "cor": cor}


@pytest.fixture
def deposit(needs):
    return needs[2]


@pytest.fixture
def marketer(db):
    return colleague("marketer")
