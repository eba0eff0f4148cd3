"""Customers who open our pages: browsers without a session, and a mail server that takes what we send."""

import re
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client
from tests.channels.smtp_server import MailServer

from gehoor.channels.email import smtp_line
from gehoor.channels.outgoing import Letterhead
from gehoor.kernel import clock
from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.throttle import Throttle
from gehoor.rooms.desk.talking import chat_views, contact_views, own_data_views, survey_views
from gehoor.rooms.intake.stages import stages
from gehoor.rooms.public.letterhead import do_set_letterhead
from gehoor.rooms.sending.senders import do_add_sender

_numbers = count(1)
PUBLIC_ADDRESS = "https://gehoor.delinde.example"


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.path.mkdir()
    settings.PUBLIC_ADDRESS = PUBLIC_ADDRESS
    cache.clear()
    return settings.HOME


@pytest.fixture(autouse=True)
def nobody_came_before(monkeypatch):
    """Nothing was sent from here yet."""
    for module in (chat_views, contact_views, own_data_views, survey_views):
        for name, each in list(vars(module).items()):
            if isinstance(each, Throttle):
                monkeypatch.setattr(module, name, Throttle(tries=each._tries))


@pytest.fixture
def stranger():
    """A browser that never signed in; cookies and forged requests would show."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def post_office(monkeypatch):
    """A mail server, set up as our sender."""
    monkeypatch.setattr(smtp_line, "TIMEOUT", 5.0)
    monkeypatch.setattr(smtp_line, "ENDING_TIMEOUT", 5.0)
    do_set_letterhead(letterhead=Letterhead("Hypotheekhuis De Linde", email="klant@delinde.example"), actor=None)
    made = MailServer()
    given = {"host": "127.0.0.1", "port": str(made.port), "security": "none", "from_address": "klant@delinde.example"}
    do_add_sender(kind="smtp", name="Mail", given=given, actor=None, per_minute=0)
    yield made
    made.close()


@contextmanager
def later(**span):
    """So much later."""
    with clock.at(clock.now() + timedelta(**span)):
        yield


def colleague(*roles):
    return User.objects.make(
        email=f"collega{next(_numbers)}@delinde.example", name="Femke Smit", roles=list(roles), password=None
    )


def read(response):
    """What stands on a page, as people read it."""
    return unescape(response.content.decode())


def hidden(response, name):
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1]


def identify():
    """Let the stage find out who is who."""
    stage = next(each for each in stages() if each.name == "identify")
    while stage.drain(100):
        pass


def mailed(server):
    """The mails that went out: to whom, subject and plain text."""
    found = []
    for each in server.stored:
        plain = each.message.get_body(("plain",))
        found.append((each.recipients, each.message["Subject"], plain.get_content()))
    return found
