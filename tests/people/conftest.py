"""Voices, replies and colleagues, made through the models directly."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.people import identifying
from gehoor.rooms.voices.models import Conversation, Original, Reply, Voice

START = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
_numbers = count(1)


def original(text="x"):
    data = f"{next(_numbers)} {text}".encode()
    return Original.objects.create(sha256=content_hash(data), media_type="text/plain", size=len(data), data=data)


def conversation(channel="email"):
    return Conversation.objects.create(key=content_hash(str(next(_numbers)).encode()), channel=channel)


def hear(*identities, text="Waar blijft mijn bouwdepot?", channel="email", author="", day=None, **more):
    """A voice that gives these identities, each as (kind, value) or (kind, value, network)."""
    given = [[*identity, ""][:3] for identity in identities]
    said_at = None if day is None else START + timedelta(days=day)
    return Voice.objects.create(
        channel=channel,
        text=text,
        author=author,
        identities=given,
        words=len(text.split()),
        said_at=said_at,
        file="mail.mbox",
        item=str(next(_numbers)),
        original=original(text),
        **more,
    )


def tell(*recipients, answers=None, text="Wij zoeken het uit.", channel="email", adviser="Anneke", day=None, **more):
    """A reply to these identities."""
    said_at = None if day is None else START + timedelta(days=day)
    return Reply.objects.create(
        channel=channel,
        text=text,
        adviser=adviser,
        recipients=[[*identity, ""][:3] for identity in recipients],
        answers=answers,
        said_at=said_at,
        file="sent.mbox",
        item=str(next(_numbers)),
        original=original(text),
        **more,
    )


def identify(batch=2_000):
    """Run the stage to the end."""
    done = 0
    while did := identifying.drain(batch):
        done += did
    return done


def mail(value):
    return ("email", value)


def number(value):
    return ("customer_number", value)


def phone(value):
    return ("phone", value)


def colleague(*roles):
    return User.objects.make(
        email=f"collega{next(_numbers)}@delinde.nl", name="Collega", roles=list(roles), password="een lang wachtwoord"
    )


@pytest.fixture
def adviser(db):
    return colleague("adviser")


@pytest.fixture
def privacy_officer(db):
    return colleague("privacy_officer")
