"""Files to send in, and colleagues who do."""

from itertools import count

import pytest
from django.test import Client

from gehoor.channels.base import Wishes
from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.actions import do_listen

_numbers = count(1)
MAPPING = {"text": "vraag", "said_at": "datum"}


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.path.mkdir()
    return settings.HOME


@pytest.fixture
def post(tmp_path):
    """Write a file under its name, in a folder that is fresh unless named."""

    def write(name, content, folder=None):
        place = tmp_path / (folder or f"in{next(_numbers)}")
        place.mkdir(exist_ok=True)
        path = place / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def listen(*paths, channel="survey", mapping=None, proposal=False):
    """Take in, and what became of it: new and known voices, and the rest."""
    wishes = Wishes(channel, MAPPING if mapping is None else mapping, proposal)
    return do_listen(paths=paths, wishes=wishes)


def new_and_known(summary, what="voices"):
    return summary.new[what], summary.known[what]


def mail(number, text="Waar blijft het?", *, sender="jan@x.nl", to="klacht@delinde.nl", answers=()):
    references = f"References: {' '.join(f'<{each}@x.nl>' for each in answers)}\n" if answers else ""
    return (
        f"From: {sender}\nTo: {to}\nMessage-ID: <{number}@x.nl>\n{references}Subject: Bouwdepot\n"
        f"Date: Mon, 3 Mar 2025 10:00:0{number % 10} +0100\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    )


def colleague(role):
    return User.objects.make(
        email=f"{role}{next(_numbers)}@delinde.nl", name=f"Collega {role}", roles=[role], password=None
    )


def seen_by(role):
    client = Client()
    client.force_login(colleague(role))
    return client
