"""A small organisation that heard sixty things; the real teacher read them once a session."""

from datetime import UTC, datetime, timedelta
from itertools import count

import numpy as np
import pytest

from gehoor.analysis.embedding.teacher import E5Teacher
from gehoor.kernel.home import Home
from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.needs import adding, embedding, grouping, recount, teachers, teaching
from gehoor.rooms.people.models import Attribution, Person
from gehoor.rooms.voices.models import Ask, Original, Understanding, Voice

from .corpus import CHANNELS, SAID

START = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)
_numbers = count(1)


class RememberingTeacher:
    """The bundled teacher, which reads each text once a session."""

    dimensions = 384

    def __init__(self):
        self.name = E5Teacher.name
        self._real = E5Teacher()
        self._known = {}
        self.read = 0

    def embed(self, texts):
        self.read += len(texts)
        new = sorted({text for text in texts if text not in self._known})
        if new:
            self._known |= dict(zip(new, self._real.embed(new), strict=True))
        return np.array([self._known[text] for text in texts], np.float32).reshape(-1, 384)


@pytest.fixture(scope="session")
def remembering_teacher():
    return RememberingTeacher()


@pytest.fixture
def teacher(remembering_teacher, monkeypatch):
    remembering_teacher.read = 0
    monkeypatch.setattr(teaching, "the_teacher", lambda: remembering_teacher)
    monkeypatch.setattr(teachers, "the_teacher", lambda: remembering_teacher)
    return remembering_teacher


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path)
    adding._known.cache_clear()
    teaching.student_of.cache_clear()
    return settings.HOME


def hear(text, *, channel="email", person=None, day=0, spans=None, **more):
    """A voice that was understood: its asks are the given spans, or the whole text."""
    number = next(_numbers)
    data = f"{number} {text}".encode()
    original = Original.objects.create(sha256=content_hash(data), media_type="text/plain", size=len(data), data=data)
    voice = Voice.objects.create(
        channel=channel,
        text=text,
        words=len(text.split()),
        said_at=START + timedelta(days=day),
        file="mail.mbox",
        item=str(number),
        original=original,
        **more,
    )
    Understanding.objects.create(voice=voice, language="nl", kind="complaint", lemmas=text.lower())
    for position, (start, end) in enumerate(spans or [(0, len(text))]):
        words = len(text[start:end].split())
        Ask.objects.create(voice=voice, position=position, start=start, end=end, words=words)
    Attribution.objects.create(voice=voice, person=person)
    return voice


def hear_everything():
    """Twenty persons who said three things each, of whom every fifth is anonymous."""
    persons = [Person.objects.create(name=f"Klant {number}") for number in range(20)]
    for place, (theme, number, text) in enumerate(SAID):
        person = None if place % 5 == 4 else persons[place % 20]
        seconds = 600.0 + 60 * number if CHANNELS[theme] == "call" else None
        hear(text, channel=CHANNELS[theme], person=person, day=3 * place, duration_seconds=seconds)


def run():
    """All stages of this room, to the end."""
    for stage in (embedding, grouping, recount):
        while stage.pending() and stage.drain(2_000):
            pass


@pytest.fixture
def heard(db, teacher):
    hear_everything()
    run()
    return recount.current_generation()


def colleague(*roles):
    return User.objects.make(
        email=f"collega{next(_numbers)}@delinde.nl", name="Collega", roles=list(roles), password="een lang wachtwoord"
    )


@pytest.fixture
def marketer(db):
    return colleague("marketer")
