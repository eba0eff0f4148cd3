"""A book in a home of its own, and the people who keep it."""

from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client

from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.book import embedding, index
from gehoor.rooms.answers.book.actions import do_add_answer
from gehoor.rooms.answers.book.content import Content
from gehoor.rooms.answers.models import Audience, State

_numbers = count(1)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path)
    cache.clear()
    index.forget_index()
    embedding._Known.state = ()
    return settings.HOME


def colleague(*roles, name="Anneke"):
    number = next(_numbers)
    return User.objects.make(email=f"collega{number}@delinde.nl", name=name, roles=list(roles), password=None)


def seen_by(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(db):
    return colleague("answer_editor")


@pytest.fixture
def adviser(db):
    return colleague("adviser", name="Bram")


def entry(question, text, *, by=None, state=State.VALIDATED, audience=Audience.ADVISERS, **more):
    content = Content(question, text, state=state, audience=audience, **more)
    return do_add_answer(content=content, actor=by)


REPAYING = "U mag per jaar 10% van uw hypotheek boetevrij aflossen. Wilt u meer aflossen, dan betaalt u € 250."


@pytest.fixture
def repaying(editor):
    return entry("Hoeveel mag ik boetevrij aflossen?", REPAYING, by=editor)
