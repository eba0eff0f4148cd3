"""An organisation with voices, needs and colleagues."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.core.cache import cache

from gehoor.kernel import clock
from gehoor.kernel.home import Home
from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.voices.models import Ask, Original, Voice

NOW = datetime(2025, 6, 30, 12, 0, tzinfo=UTC)
_numbers = count(1)


def say(channel="letter", words=130, days_ago=1, **more):
    """A voice of so many words, said so many days ago (None: unknown). A letter of 130 words takes half an hour."""
    text = " ".join(["woord"] * words)
    number = next(_numbers)
    data = f"{number} {text}".encode()
    original = Original.objects.create(sha256=content_hash(data), media_type="text/plain", size=len(data), data=data)
    said_at = None if days_ago is None else NOW - timedelta(days=days_ago)
    return Voice.objects.create(
        channel=channel, text=text, words=words, said_at=said_at, file="f", item=str(number), original=original, **more
    )


def colleague(*roles):
    return User.objects.make(
        email=f"collega{next(_numbers)}@delinde.nl", name="Collega", roles=list(roles), password="een lang wachtwoord"
    )


@pytest.fixture
def generation(db):
    return Generation.objects.create(asks=0, levels=2, default_level=1, current=True, counted="1")


def need(generation, name, earlier, later):
    """A need of the default level that so many voices asked in the earlier and in the later thirty days."""
    broad = Need.objects.create(generation=generation, level=1, proposed_name=name, voices=earlier + later)
    fine = Need.objects.create(generation=generation, level=2, parent=broad, proposed_name=name, voices=earlier + later)
    for days_ago in [45] * earlier + [10] * later:
        voice = say("x", 10, days_ago)
        ask = Ask.objects.create(voice=voice, position=0, start=0, end=5, words=10)
        AskNeed.objects.create(ask=ask, generation=generation, need=fine, computed=fine, voice=voice, start=0)
    return broad


@pytest.fixture(autouse=True)
def home(tmp_path, settings, monkeypatch):
    settings.HOME = Home(tmp_path)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    cache.clear()
