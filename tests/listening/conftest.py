"""Voices of several channels, colleagues, and a clock that the test moves."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.core.cache import cache

from gehoor.kernel import clock
from gehoor.kernel.home import Home
from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.voices.models import Original, Voice

START = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
_numbers = count(1)


def say(channel="letter", words=230, day=0, **more):
    """A voice of so many words, said on a day of March 2025."""
    text = " ".join(["woord"] * words)
    number = next(_numbers)
    data = f"{number} {text}".encode()
    original = Original.objects.create(sha256=content_hash(data), media_type="text/plain", size=len(data), data=data)
    said_at = None if day is None else START + timedelta(days=day)
    return Voice.objects.create(
        channel=channel, text=text, words=words, said_at=said_at, file="f", item=str(number), original=original, **more
    )


def colleague(*roles):
    return User.objects.make(
        email=f"collega{next(_numbers)}@delinde.nl", name="Collega", roles=list(roles), password="een lang wachtwoord"
    )


class Hand:
    """The hand of the clock."""

    def __init__(self):
        self.now = START

    def pass_(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def hand(monkeypatch):
    hand = Hand()
    monkeypatch.setattr(clock, "now", lambda: hand.now)
    return hand


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    cache.clear()


@pytest.fixture
def manager(db):
    return colleague("manager")


@pytest.fixture
def adviser(db):
    return colleague("adviser")


@pytest.fixture
def stack(db):
    """Two letters, two calls, a mail and three posts."""
    return [
        say("x", 20, 1),
        say("letter", 300, 2),
        say("x", 15, 3),
        say("call", 400, 4, duration_seconds=180.0, waited_seconds=60.0),
        say("email", 120, 5),
        say("letter", 150, None),
        say("call", 90, 6),
        say("x", 30, 7),
    ]
