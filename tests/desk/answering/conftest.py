"""Customers who write mail, a real mail server that takes ours, and advisers who answer."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client
from tests.channels.smtp_server import MailServer

from gehoor.channels.base import Wishes
from gehoor.channels.email import smtp_line
from gehoor.channels.outgoing import Letterhead, PostalAddress
from gehoor.kernel import clock
from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.answering.manners import do_set_manners
from gehoor.rooms.desk.models import Answer, Case
from gehoor.rooms.intake import stages
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.public.letterhead import do_set_letterhead
from gehoor.rooms.sending.delivering import Desk
from gehoor.rooms.sending.senders import do_add_sender

_numbers = count(1)
OURS = "klant@delinde.example"
NEEDED = ("understand", "identify", "cases", "acknowledge")
HEAD = Letterhead(
    "Hypotheekhuis De Linde",
    PostalAddress("Lindelaan 1", "3511 AB", "Utrecht"),
    phone="030 123 45 67",
    email=OURS,
    signed_by="Anna Bos",
    signed_as="Klantenservice",
)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.path.mkdir()
    settings.PUBLIC_ADDRESS = "https://gehoor.delinde.example"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    cache.clear()
    return settings.HOME


@pytest.fixture
def server(db, monkeypatch):
    monkeypatch.setattr(smtp_line, "TIMEOUT", 5.0)
    monkeypatch.setattr(smtp_line, "ENDING_TIMEOUT", 5.0)
    made = MailServer()
    do_set_letterhead(letterhead=HEAD, actor=None)
    given = {"host": "127.0.0.1", "port": str(made.port), "security": "none", "from_address": OURS}
    do_add_sender(kind="smtp", name="Mail", given=given, actor=None, per_minute=0, copy_minutes=0)
    yield made
    made.close()


@pytest.fixture
def acknowledging(db):
    do_set_manners(undo_seconds=20, acknowledge=True, per_minute=30, actor=None)


@pytest.fixture
def at_once(db):
    """Nothing waits to be taken back."""
    do_set_manners(undo_seconds=0, acknowledge=False, per_minute=30, actor=None)


@pytest.fixture
def adviser(db):
    return colleague("Anneke Bos")


@pytest.fixture
def browser(adviser):
    return browser_of(adviser)


def colleague(name, *roles):
    email = f"{name.split()[0].lower()}{next(_numbers)}@delinde.nl"
    return User.objects.make(email=email, name=name, roles=list(roles or ("adviser",)), password=None)


def browser_of(user):
    client = Client()
    client.force_login(user)
    return client


def mail(
    text="Waar blijft mijn bouwdepot? Ik wacht al weken.",
    *,
    sender="Jan de Vries <jan@x.example>",
    seconds=-300,
    **headers,
):
    """A mail to us, written so many seconds from now, as bytes; headers by their names with underscores."""
    number = next(_numbers)
    given = {
        "From": sender,
        "To": OURS,
        "Subject": "Bouwdepot",
        "Message-ID": f"<m{number}@x.example>",
        "Date": format_datetime(clock.now() + timedelta(seconds=seconds)),
        "Content-Type": "text/plain; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"{lines}\r\n{text}\r\n".encode()


@pytest.fixture
def come_in(tmp_path, db):
    """Mail comes in, and everything that has to be done about it is done."""

    def take(*messages):
        folder = tmp_path / f"in{next(_numbers)}"
        folder.mkdir()
        for number, message in enumerate(messages):
            (folder / f"{number:05}.eml").write_bytes(message)
        do_listen(paths=[folder], wishes=Wishes(channel="email"))
        work()

    return take


def work():
    """The stages that a case needs."""
    for stage in stages.stages():
        if stage.name in NEEDED:
            while stage.pending() and stage.drain(2_000):
                pass


def post(seconds=30):
    """All that is due in so many seconds goes out."""
    with clock.at(clock.now() + timedelta(seconds=seconds)):
        desk = Desk()
        done = desk.once()
        desk.once()
    return done


def the_case():
    return Case.objects.select_related("voice").get()


def the_answer(**which):
    return Answer.objects.get(**{"automatic": False, **which})


def moment(*numbers):
    return datetime(*numbers, tzinfo=UTC)
