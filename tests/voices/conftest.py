"""Voices made through the models, understood by the real stage, and a colleague for every role."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.test import Client

from gehoor.kernel.home import Home
from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.voices import understanding
from gehoor.rooms.voices.models import Conversation, Original, Reply, Voice

START = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
_numbers = count(1)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path)
    return settings.HOME


def original(data=b"", media_type="text/plain"):
    data = data or f"original {next(_numbers)}".encode()
    return Original.objects.create(sha256=content_hash(data), media_type=media_type, size=len(data), data=data)


def say(text, *, channel="email", day=0, read=True, **more):
    """A voice, understood unless ``read`` is False; ``day`` None is a voice without a date."""
    voice = Voice.objects.create(
        channel=channel,
        text=text,
        words=len(text.split()),
        said_at=None if day is None else START + timedelta(days=day),
        file="map/brief van Jansen.eml",
        item=more.pop("item", "") or str(next(_numbers)),
        original=more.pop("original", None) or original(),
        **more,
    )
    if read:
        understand()
    return voice


def answer(text, conversation, *, day=0, **more):
    return Reply.objects.create(
        channel="email",
        text=text,
        said_at=START + timedelta(days=day),
        file="x",
        item=str(next(_numbers)),
        original=original(),
        conversation=conversation,
        adviser="Anneke",
        **more,
    )


def conversation():
    return Conversation.objects.create(key=content_hash(str(next(_numbers)).encode()), channel="email")


def understand():
    while understanding.drain(2_000):
        pass


def colleague(role):
    return User.objects.make(
        email=f"{role}{next(_numbers)}@delinde.nl", name=f"Collega {role}", roles=[role], password=None
    )


def seen_by(role):
    """A browser in which a colleague with this role is signed in."""
    client = Client()
    client.force_login(colleague(role))
    return client


@pytest.fixture
def adviser(db):
    return seen_by(Role.ADVISER)


@pytest.fixture
def manager(db):
    return seen_by(Role.MANAGER)
