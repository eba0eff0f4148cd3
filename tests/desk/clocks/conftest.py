"""Cases with voices, answers and states at moments of one's choosing, without the stages that make them."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client
from tests.people.conftest import hear, tell

from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.clocks.keeping import keep
from gehoor.rooms.desk.models import Act, Answer, Case, CaseVoice
from gehoor.rooms.voices.models import Conversation, Voice

_numbers = count(1)
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    cache.clear()
    return settings.HOME


def colleague(*roles, name="Anneke"):
    number = next(_numbers)
    return User.objects.make(email=f"collega{number}@delinde.nl", name=name, roles=list(roles), password=None)


def seen_by(user):
    client = Client()
    client.force_login(user)
    return client


def at(day, hour, minute=0):
    """In the week of 16 November 2026, UTC: an hour before the clock on the wall."""
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def talk(channel="email"):
    number = next(_numbers)
    return Conversation.objects.create(key=number.to_bytes(32), channel=channel)


def say(moment, text="Waar blijft mijn bouwdepot?", channel="email", **more):
    """A voice, said and heard at a moment."""
    voice = hear(text=text, channel=channel, **more)
    Voice.objects.filter(pk=voice.pk).update(said_at=moment, heard_at=moment)
    voice.refresh_from_db()
    return voice


def reply(moment, **more):
    made = tell(**more)
    type(made).objects.filter(pk=made.pk).update(said_at=moment)
    made.refresh_from_db()
    return made


def case_of(*voices, state="open", **more):
    """A case with these voices."""
    first = voices[0]
    case = Case.objects.create(
        voice=first, channel=first.channel, begun_at=first.said_at or first.heard_at, state=state, **more
    )
    for voice in voices:
        made = CaseVoice.objects.create(case=case, voice=voice)
        CaseVoice.objects.filter(pk=made.pk).update(at=voice.heard_at)
    return case


def answer(case, moment, **more):
    """An answer of ours that left at a moment."""
    return Answer.objects.create(case=case, channel=case.channel, text="Morgen.", at=moment, leaves_at=moment, **more)


def become(case, state, moment, **more):
    """A state, as the log has it."""
    act = Act.objects.create(case=case, kind="state", values={"was": case.state, "is": state}, at=moment, **more)
    Case.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    return act


def kept(case):
    """Its clocks, by kind: what was spent, whether it ended."""
    keep(case)
    return {(clock.kind, clock.began_at): clock for clock in case.clocks.order_by("id")}
