"""Fills a home with an organisation that hears a real mailbox and sends through a real mail server.

Run as ``python filling.py '{"imap": PORT, "smtp": PORT, "record": true, ...}'`` with GEHOOR_HOME set, from the root of
the project. ``expects CHANNEL MOMENT`` as arguments prints by when our own record says that someone hears; with
``answer ABOUT TEXT`` the case in which that was said is answered by mail.
"""

import json
import os
import sys
import tempfile
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "gehoor.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from tests.channels.hear_mailbox import settings  # noqa: E402
from tests.people.conftest import hear  # noqa: E402

from gehoor.channels.base import Wishes  # noqa: E402
from gehoor.channels.outgoing import Letterhead  # noqa: E402
from gehoor.kernel import clock  # noqa: E402
from gehoor.rooms.accounts.models import User  # noqa: E402
from gehoor.rooms.answers.book.actions import do_add_answer  # noqa: E402
from gehoor.rooms.answers.book.content import Content  # noqa: E402
from gehoor.rooms.answers.models import Audience, State  # noqa: E402
from gehoor.rooms.desk.answering.actions import do_answer  # noqa: E402
from gehoor.rooms.desk.answering.manners import do_set_manners  # noqa: E402
from gehoor.rooms.desk.clocks.expecting import expected_answer_by  # noqa: E402
from gehoor.rooms.desk.models import Case  # noqa: E402
from gehoor.rooms.desk.talking.opened import do_open_pages  # noqa: E402
from gehoor.rooms.intake.actions import do_listen  # noqa: E402
from gehoor.rooms.intake.own import do_add_own  # noqa: E402
from gehoor.rooms.intake.sources import do_add_source  # noqa: E402
from gehoor.rooms.intake.stages import drain_all  # noqa: E402
from gehoor.rooms.people.models import Identity  # noqa: E402
from gehoor.rooms.public.letterhead import do_set_letterhead  # noqa: E402
from gehoor.rooms.sending.runs import do_make_run, do_start_run, do_word  # noqa: E402
from gehoor.rooms.sending.senders import do_add_sender  # noqa: E402

PASSWORD = "linde-bloeit-in-juni"
OURS = "klant@delinde.example"
ADVISERS = ("Anneke Bos", "Bert Smit")
ANSWERED = 24
ASKED, SAYS = (
    "Hoe lang duurt het voordat een declaratie uit het bouwdepot wordt uitbetaald?",
    "Wij betalen een declaratie uit het bouwdepot binnen 5 werkdagen uit.",
)


def main(given: dict[str, Any]) -> None:
    """Fill."""
    call_command("migrate", verbosity=0)
    for name in ADVISERS:
        email = f"{name.split()[0].lower()}@delinde.example"
        User.objects.make(email=email, name=name, roles=["adviser"], password=PASSWORD)
    do_add_own(value=OURS, actor=None)
    do_set_letterhead(letterhead=Letterhead("Hypotheekhuis De Linde", phone="030 123 45 67", email=OURS), actor=None)
    do_open_pages(is_open={"survey": True}, actor=None)
    do_set_manners(undo_seconds=2, acknowledge=True, per_minute=600, actor=None, ask=bool(given.get("ask")))
    content = Content(ASKED, SAYS, state=State.VALIDATED, audience=Audience.CUSTOMERS)
    do_add_answer(content=content, actor=None)
    if given.get("record"):
        _answer_some()
    drain_all()
    if given.get("many"):
        _tell_many(int(given["many"]))
    smtp = {"host": "127.0.0.1", "port": str(given["smtp"]), "security": "none", "from_address": OURS}
    do_add_sender(kind="smtp", name="Mail", given=smtp, actor=None, per_minute=0, copy_minutes=0)
    do_add_source(kind="imap", name="Klanten", channel="", given=settings(given["imap"]), actor=None)


def _answer_some() -> None:
    """Mail of the last weeks, each answered by us a few hours later: a record that says how long it takes."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ANSWERED):
            at = clock.now() - timedelta(days=2 * number + 3)
            asked = _mail(f"v{number}", at, f"klant{number}@post.example", OURS, f"Wanneer krijg ik stuk {number}?")
            told = _mail(
                f"a{number}",
                at + timedelta(hours=3),
                OURS,
                f"klant{number}@post.example",
                f"Stuk {number} ligt bij de notaris.",
                f"In-Reply-To: <v{number}@post.example>\r\n",
            )
            (Path(folder) / f"{number:03}-a.eml").write_bytes(asked)
            (Path(folder) / f"{number:03}-b.eml").write_bytes(told)
        do_listen(paths=[Path(folder)], wishes=Wishes(channel="email"))


def _tell_many(count: int) -> None:
    """A run to so many people, that goes as soon as there is a worker and a mail server."""
    for number in range(count):
        hear(("email", f"klant{number}@storm.example"), text="Dank u wel.", author=f"Klant {number}")
    drain_all()
    persons = Identity.objects.filter(value__endswith="@storm.example").values_list("person", flat=True)
    words = {
        "subject_nl": "Uw bouwdepot gaat sneller",
        "text_nl": "{aanhef},\n\nVoortaan betalen wij binnen drie dagen.",
    }
    run = do_make_run(
        actor=None,
        name="Bouwdepot",
        wording=do_word(actor=None, texts=words),
        persons=[each for each in persons if each],
    )
    do_start_run(actor=None, run=run)


def _answer(about: str, text: str) -> None:
    case = Case.objects.get(voice__text__contains=about)
    do_answer(case, text, "", "email", User.objects.get(name=ADVISERS[0]))


def _mail(name: str, at: datetime, sender: str, to: str, text: str, more: str = "") -> bytes:
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: Stuk {name}\r\nMessage-ID: <{name}@post.example>\r\n{more}"
    return f"{head}Date: {format_datetime(at)}\r\n\r\n{text}\r\n".encode()


if __name__ == "__main__":
    if sys.argv[1] == "expects":
        by = expected_answer_by(sys.argv[2], datetime.fromisoformat(sys.argv[3]))
        sys.stdout.write(by.isoformat() if by else "")
    elif sys.argv[1] == "answer":
        _answer(sys.argv[2], sys.argv[3])
    else:
        main(json.loads(sys.argv[1]))
