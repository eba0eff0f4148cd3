"""An organisation whose advisers give different answers to the same questions; the real teacher read them once."""

from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client
from tests.needs.conftest import RememberingTeacher

from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.book import embedding as book_embedding
from gehoor.rooms.answers.book import index
from gehoor.rooms.answers.given import finding, staging
from gehoor.rooms.needs import embedding, teachers, teaching
from gehoor.rooms.people.models import Attribution, Person
from gehoor.rooms.voices.models import Ask, Understanding

from . import said

_numbers = count(1)


@pytest.fixture(scope="session")
def remembering_teacher():
    return RememberingTeacher()


@pytest.fixture
def teacher(remembering_teacher, monkeypatch):
    monkeypatch.setattr(teaching, "the_teacher", lambda: remembering_teacher)
    monkeypatch.setattr(teachers, "the_teacher", lambda: remembering_teacher)
    monkeypatch.setattr(index, "the_teacher", lambda: remembering_teacher)
    return remembering_teacher


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    cache.clear()
    index.forget_index()
    book_embedding._Known.state = ()
    teaching.student_of.cache_clear()
    return settings.HOME


def colleague(*roles, name="Anneke"):
    number = next(_numbers)
    return User.objects.make(email=f"collega{number}@delinde.nl", name=name, roles=list(roles), password=None)


def seen_by(user):
    client = Client()
    client.force_login(user)
    return client


def understand(voice, *, person=None, kind="question", spans=None):
    """What the stages before would have made of it."""
    Understanding.objects.create(voice=voice, language="nl", kind=kind, lemmas=voice.text.lower())
    for position, (start, end) in enumerate(spans or [(0, len(voice.text))]):
        words = len(voice.text[start:end].split())
        Ask.objects.create(voice=voice, position=position, start=start, end=end, words=words)
    Attribution.objects.create(voice=voice, person=person)
    return voice


def someone(name="Mevrouw J. de Vries"):
    return Person.objects.create(name=name)


def run(batch=2_000):
    """The stages that given answers need, to the end."""
    for stage in (embedding, book_embedding, finding, staging):
        while stage.pending() and stage.drain(batch):
            pass


@pytest.fixture
def told(db, teacher):
    """Everything was asked, answered, joined and judged."""
    said.hear_everything()
    run()
