"""django-helpdesk beside us: run by its own Python, in an environment of its own; tells what came of it as JSON.

    python desk_peer.py FOLDER mail [--tagged]     every mail through its intake, and which ticket each is in
    python desk_peer.py FOLDER screens --cases N   its list and its page of a ticket

As its documentation sets it up, with the journal of SQLite as ours is, and mail that it sends thrown away.
"""

import argparse
import json
import logging
import random
import re
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from desk_timing import measured

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
SUBJECT = re.compile(r"^Subject: ((?:\w+: )?)", re.MULTILINE)
AT_ONCE = 5_000


def ready(folder: Path) -> None:
    """Set up as its documentation says, with a database in this folder."""
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="measured",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="desk_peer",
        SITE_ID=1,
        USE_TZ=True,
        STATIC_URL="/static/",
        MEDIA_ROOT=str(folder / "media"),
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "peer.sqlite3",
                "OPTIONS": {"init_command": PRAGMAS, "transaction_mode": "IMMEDIATE"},
            }
        },
        INSTALLED_APPS=[f"django.contrib.{each}" for each in (
            "auth", "contenttypes", "sessions", "sites", "humanize", "admin", "messages", "staticfiles")]
        + ["helpdesk", "rest_framework"],
        MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
                    "django.middleware.csrf.CsrfViewMiddleware",
                    "django.contrib.auth.middleware.AuthenticationMiddleware",
                    "django.contrib.messages.middleware.MessageMiddleware"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
            "context_processors": [f"django.{each}" for each in (
                "template.context_processors.request", "contrib.auth.context_processors.auth",
                "contrib.messages.context_processors.messages")]}}],
    )  # fmt: skip
    logging.disable(logging.CRITICAL)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)


def queue() -> Any:
    """A queue that takes mail."""
    from helpdesk.models import Queue

    return Queue.objects.create(
        title="Klanten", slug="klanten", allow_email_submission=True, email_box_type="local",
        email_address="klant@delinde.example",
    )  # fmt: skip


def mail(folder: Path, *, tagged: bool) -> dict[str, Any]:
    """Every mail, in the order in which it came in. ``tagged``: an answer to us keeps the number in its subject."""
    from helpdesk.email import extract_email_metadata

    desk, logger, known = queue(), logging.getLogger("peer"), json.loads((folder / "truth.json").read_text())
    places: list[str | None] = []
    of_thread: dict[int, str] = {}
    spent = processor = 0.0
    for number, told in enumerate(known):
        text = (folder / "mail" / f"{number:05}.eml").read_text(encoding="utf-8")
        if tagged and told["tagged"] and told["thread"] in of_thread:
            text = SUBJECT.sub(rf"Subject: \1[klanten-{of_thread[told['thread']]}] ", text, count=1)
        began, worked = time.perf_counter(), time.process_time()
        ticket = extract_email_metadata(text, desk, logger)
        spent += time.perf_counter() - began
        processor += time.process_time() - worked
        places.append(str(ticket.pk) if ticket is not None else None)
        of_thread.setdefault(told["thread"], str(ticket.pk))
    return {"places": places, "seconds": spent, "processor": processor, "many": len(known)}


def fill(many: int) -> None:
    """Tickets with one message each, most of them long closed."""
    from django.utils import timezone
    from helpdesk.models import FollowUp, Ticket

    desk, draw, now = queue(), random.Random(7), timezone.now()
    said = "Waar blijft mijn bouwdepot?" + " Graag een antwoord." * 8
    for begin in range(0, many, AT_ONCE):
        tickets = Ticket.objects.bulk_create(
            Ticket(queue=desk, title="Waar blijft mijn bouwdepot?", description=said, priority=3,
                   submitter_email=f"klant{at // 4}@example.org", status=1 if draw.random() < 0.05 else 4,
                   created=now - timedelta(minutes=draw.randrange(1, 500_000)), modified=now)
            for at in range(begin, min(begin + AT_ONCE, many))
        )  # fmt: skip
        FollowUp.objects.bulk_create(
            FollowUp(ticket=each, date=each.created, title="E-Mail Received", comment=said, public=True)
            for each in tickets
        )


def screens(many: int) -> dict[str, Any]:
    """Their list as a browser asks it (the page, then its rows), and the page of a ticket."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from helpdesk.models import Ticket

    fill(many)
    user = get_user_model().objects.create_superuser("meting", "meting@example.org", "meting")
    browser = Client()
    browser.force_login(user)
    listed = browser.get("/tickets/")
    rows = re.search(r'"url": "([^"]*datatables[^"]*)"', listed.content.decode())
    assert rows is not None
    ticket = Ticket.objects.filter(status=1).order_by("pk")[0]

    def both() -> Any:
        browser.get("/tickets/")
        return browser.get(rows[1], {"draw": "1", "start": "0", "length": "25"})

    shown = both().json()
    assert len(shown["data"]) > 1, shown
    return {"list": measured(both), "case": measured(lambda: browser.get(f"/tickets/{ticket.pk}/"))}


def urls() -> list[Any]:
    """Its pages, at the root."""
    from django.contrib import admin
    from django.urls import include, path

    return [path("admin/", admin.site.urls), path("", include("helpdesk.urls", namespace="helpdesk"))]


def main() -> None:
    """Do what was asked, and tell it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("what", choices=("mail", "screens"))
    parser.add_argument("--tagged", action="store_true")
    parser.add_argument("--cases", type=int, default=100_000)
    given = parser.parse_args()
    ready(given.folder)
    told = mail(given.folder, tagged=given.tagged) if given.what == "mail" else screens(given.cases)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
else:
    urlpatterns = urls()
