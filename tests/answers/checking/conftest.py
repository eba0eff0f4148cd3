"""A book of a few entries, a customer with a past, and colleagues."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client
from tests.needs.conftest import RememberingTeacher

from gehoor.kernel.home import Home
from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.book import embedding, index
from gehoor.rooms.answers.models import Answer, State, Version
from gehoor.rooms.people.models import Addressing, Attribution, Identity, Person
from gehoor.rooms.voices.models import Ask, Original, Reply, Understanding, Voice

START = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
DAY = date(2025, 6, 1)
_numbers = count(1)

REPAY = "Mag ik boetevrij extra aflossen op mijn hypotheek?"
REPAY_SAYS = (
    "Ja. U mag ieder kalenderjaar 15 % van de oorspronkelijke hoofdsom boetevrij aflossen. "
    "Alles aflossen zonder boete mag alleen bij verkoop van de woning."
)
DEPOSIT = "Hoe lang duurt het voordat een declaratie uit het bouwdepot wordt uitbetaald?"
DEPOSIT_SAYS = "Wij betalen een declaratie uit het bouwdepot binnen 5 werkdagen uit."


@pytest.fixture(scope="session")
def remembering_teacher():
    return RememberingTeacher()


@pytest.fixture(autouse=True)
def teacher(remembering_teacher, monkeypatch):
    """The bundled teacher, which reads each text once a session."""
    monkeypatch.setattr(index, "the_teacher", lambda: remembering_teacher)
    monkeypatch.setattr(embedding, "the_teacher", lambda: remembering_teacher)
    return remembering_teacher


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path)
    cache.clear()
    index.forget_index()
    yield settings.HOME
    index.forget_index()


def entry(question, text, *, state=State.VALIDATED, owner=None, **more):
    """An entry of one version."""
    answer = Answer.objects.create()
    return version(answer, question, text, state=state, owner=owner, **more)


def version(answer, question, text, *, day=None, **more):
    """The next version of an entry; from now on it holds."""
    number = answer.versions.count() + 1
    made = Version.objects.create(answer=answer, number=number, question=question, text=text, **more)
    if day is not None:
        Version.objects.filter(pk=made.pk).update(at=START + timedelta(days=day))
    Answer.objects.filter(pk=answer.pk).update(current=made)
    answer.refresh_from_db()
    while embedding.drain(100):
        pass
    return made


def colleague(*roles, name="Anneke"):
    return User.objects.make(email=f"collega{next(_numbers)}@delinde.nl", name=name, roles=list(roles), password=None)


def seen_by(*roles):
    client = Client()
    client.force_login(colleague(*roles))
    return client


def original():
    data = f"original {next(_numbers)}".encode()
    return Original.objects.create(sha256=content_hash(data), media_type="text/plain", size=len(data), data=data)


def someone(name="Mevrouw De Vries", email=""):
    person = Person.objects.create(name=name)
    if email:
        Identity.objects.create(person=person, home=person, kind="email", value=email, shown=email)
    return person


def hear(text, *, person=None, channel="email", day=10, **more):
    voice = Voice.objects.create(
        channel=channel,
        text=text,
        words=len(text.split()),
        said_at=START + timedelta(days=day),
        file="mail.mbox",
        item=str(next(_numbers)),
        original=original(),
        **more,
    )
    Understanding.objects.create(voice=voice, language="nl", kind="question", lemmas=text.lower())
    Ask.objects.create(voice=voice, position=0, start=0, end=len(text), words=len(text.split()))
    Attribution.objects.create(voice=voice, person=person)
    return voice


def tell(text, *, person, answers=None, channel="email", adviser="Bert", day=11):
    reply = Reply.objects.create(
        channel=channel,
        text=text,
        adviser=adviser,
        answers=answers,
        said_at=START + timedelta(days=day),
        file="sent.mbox",
        item=str(next(_numbers)),
        original=original(),
    )
    Addressing.objects.create(reply=reply, person=person)
    return reply


@pytest.fixture
def owner(db):
    return colleague("answer_editor", name="Olga Visser")


@pytest.fixture
def book(owner):
    """Two entries, validated."""
    return {
        "repay": entry(REPAY, REPAY_SAYS, owner=owner),
        "deposit": entry(DEPOSIT, DEPOSIT_SAYS, owner=owner),
    }


@pytest.fixture
def customer(db):
    return someone(email="ans@example.nl")
