"""Who waits for us, made through the models directly: voices, replies, persons and colleagues."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client

from gehoor.kernel.clock import at as standing_at
from gehoor.kernel.home import Home
from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases import live
from gehoor.rooms.desk.cases.beginning import do_begin_case
from gehoor.rooms.desk.cases.staging import STAGE
from gehoor.rooms.people.models import Addressing, Attribution, Person
from gehoor.rooms.voices.models import Ask, Conversation, Original, Reply, Understanding, Voice

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
_numbers = count(1)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path)
    cache.clear()
    return settings.HOME


@pytest.fixture(autouse=True)
def nothing_is_kept(monkeypatch):
    """What all screens share is asked anew each time, unless a test says otherwise."""
    monkeypatch.setattr(live, "board", live.Board(fresh=0, keeps=0))


@pytest.fixture(autouse=True)
def tuesday_at_eleven():
    """The clock stands still, on a Tuesday on which we work."""
    with standing_at(NOW):
        yield


def original():
    data = f"original {next(_numbers)}".encode()
    return Original.objects.create(sha256=content_hash(data), media_type="text/plain", size=len(data), data=data)


def conversation(channel="email"):
    return Conversation.objects.create(key=content_hash(f"thread {next(_numbers)}".encode()), channel=channel)


def someone(name="Mevr. De Vries"):
    return Person.objects.create(name=name)


def say(text="Waar blijft mijn bouwdepot?", *, person=None, channel="email", hours=-1.0, kind="question", **more):
    """A voice, so many hours from now, understood and attributed."""
    more.setdefault("said_at", NOW + timedelta(hours=hours))
    voice = Voice.objects.create(
        channel=channel,
        text=text,
        words=len(text.split()),
        file="mail.mbox",
        item=str(next(_numbers)),
        original=original(),
        **more,
    )
    Voice.objects.filter(pk=voice.pk).update(heard_at=NOW)
    Understanding.objects.create(voice=voice, language="nl", kind=kind, lemmas=text.lower())
    Ask.objects.create(voice=voice, position=0, start=0, end=len(text), words=len(text.split()))
    Attribution.objects.create(voice=voice, person=person)
    return voice


def tell(text="Vrijdag staat het erop.", *, person=None, hours=0.0, **more):
    """A reply of ours, so many hours from now."""
    reply = Reply.objects.create(
        channel=more.pop("channel", "email"),
        text=text,
        said_at=NOW + timedelta(hours=hours),
        file="mail.mbox",
        item=str(next(_numbers)),
        original=original(),
        **more,
    )
    Addressing.objects.create(reply=reply, person=person)
    return reply


def waits(text="Waar blijft mijn bouwdepot?", **more):
    """A case that a new voice began."""
    return do_begin_case(say(text, **more), None)


def look():
    """Do all that waits in the stage of cases; twice, since doing it again has to change nothing."""
    while STAGE.pending():
        assert STAGE.drain(2_000)
    assert STAGE.drain(2_000) == 0


def colleague(*roles, name="Anneke Bos"):
    email = f"{name.split()[0].lower()}{next(_numbers)}@delinde.nl"
    return User.objects.make(email=email, name=name, roles=list(roles or ("adviser",)), password=None)


def browser_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def adviser(db):
    return colleague("adviser")


@pytest.fixture
def browser(adviser):
    return browser_of(adviser)
