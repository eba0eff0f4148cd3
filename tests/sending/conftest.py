"""People to tell, a real mail server, and a sender that hands over to it."""

from itertools import count

import pytest
from tests.channels.smtp_server import MailServer
from tests.people.conftest import hear, identify

from gehoor.channels.email import smtp_line
from gehoor.channels.outgoing import Letterhead, PostalAddress
from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.models import Source
from gehoor.rooms.people.models import Identity, Person
from gehoor.rooms.public.letterhead import do_set_letterhead
from gehoor.rooms.sending import told
from gehoor.rooms.sending.models import Delivery
from gehoor.rooms.sending.runs import do_make_run, do_start_run, do_word
from gehoor.rooms.sending.senders import do_add_sender

_numbers = count(1)
TEXTS = {
    "subject_nl": "Uw bouwdepot gaat sneller",
    "text_nl": "{aanhef},\n\nU vroeg waarom uw bouwdepot zo lang duurt. Vanaf 1 maart betalen wij binnen drie dagen.",
    "points_nl": "U vroeg waarom uw bouwdepot zo lang duurt\nVanaf 1 maart betalen wij binnen drie dagen",
}
PUBLIC_ADDRESS = "https://gehoor.delinde.example"
HEAD = Letterhead(
    "Hypotheekhuis De Linde",
    PostalAddress("Lindelaan 1", "3511 AB", "Utrecht"),
    phone="030 123 45 67",
    email="klant@delinde.example",
    website="www.delinde.example",
    signed_by="Anna Bos",
    signed_as="Klantenservice",
)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.path.mkdir()
    settings.PUBLIC_ADDRESS = PUBLIC_ADDRESS
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return settings.HOME


@pytest.fixture(autouse=True)
def nobody_else_listens(monkeypatch):
    """Other rooms that want to know who was told have tests of their own."""
    monkeypatch.setattr(told, "_told", [])
    monkeypatch.setattr(told, "_not_told", [])


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(smtp_line, "TIMEOUT", 5.0)
    monkeypatch.setattr(smtp_line, "ENDING_TIMEOUT", 5.0)
    made = MailServer()
    yield made
    made.close()


def colleague(*roles):
    return User.objects.make(
        email=f"collega{next(_numbers)}@delinde.nl", name="Collega Anneke", roles=list(roles), password=None
    )


def someone(channel="email", name="Mevrouw J. de Vries", **more):
    """A person who spoke through this channel: a primary key."""
    number = next(_numbers)
    address = ("phone", f"06{10_000_000 + number}") if channel == "call" else ("email", f"klant{number}@example.org")
    voice = hear(address, channel=channel, author=name, text=more.pop("text", "Waar blijft mijn bouwdepot?"), **more)
    identify()
    return Identity.objects.get(first_voice=voice).person_id


def sender(server, *, copies=None, per_minute=0, copy_minutes=0, **others):
    given = {"host": "127.0.0.1", "port": str(server.port), "security": "none", "from_address": "klant@delinde.example"}
    if copies:
        given["copy_to"] = "kopie@delinde.example"
    return do_add_sender(
        kind="smtp",
        name="Mail",
        given=given | others,
        actor=None,
        per_minute=per_minute,
        heard_in=copies,
        copy_minutes=copy_minutes,
    )


def wording(**texts):
    return do_word(actor=None, texts={**TEXTS, **texts})


def run_for(*persons, start=True, **more):
    do_set_letterhead(letterhead=HEAD, actor=None)
    run = do_make_run(actor=None, name="Bouwdepot", wording=wording(), persons=persons, **more)
    if start:
        do_start_run(actor=None, run=run)
    return run


def states(run):
    return [each.state for each in run.deliveries.order_by("id")]


def by_paper(run):
    """Let these people be told by letter, at an address of their own."""
    for number, delivery in enumerate(run.deliveries.order_by("id"), 1):
        Delivery.objects.filter(pk=delivery.pk).update(
            channel="letter",
            kind="",
            address="",
            postal=[f"Dorpsstraat {number}", "1234 AB", "Ons Dorp", ""],
            state="waiting",
        )


def merge(one, into):
    Person.objects.filter(pk=one).update(merged_into=into)


def source(folder):
    return Source.objects.create(kind="folder", channel="email", name="Kopieën", settings={"folder": str(folder)})
