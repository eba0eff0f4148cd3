"""Fills a home with the example organisation, through the same doors that a real one uses."""

import json
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from gehoor.channels.base import Wishes
from gehoor.channels.outgoing import Letterhead, PostalAddress
from gehoor.demo import calls, scans
from gehoor.demo.answered import write_book
from gehoor.demo.files import DESK, DOMAIN, MAPPING, everything, make_files
from gehoor.demo.light.making import make_light
from gehoor.demo.listened import listen_a_little
from gehoor.demo.moments import Days
from gehoor.demo.people import colleague
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.actions import do_add_user
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.desk.answering.manners import current_manners, do_set_manners
from gehoor.rooms.desk.talking.opened import do_open_pages, is_open
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.intake.own import do_add_own
from gehoor.rooms.intake.summary import Summary
from gehoor.rooms.public.letterhead import current_letterhead, do_set_letterhead

USERS = (
    ("Marleen Visser", "marleen.visser", Role.MARKETER),
    ("Femke Smit", "femke.smit", Role.ADVISER),
    ("Ruud van Dam", "ruud.van.dam", Role.MANAGER),
    ("Ingrid Mulder", "ingrid.mulder", Role.ANSWER_EDITOR),
    ("Nadia Benali", "nadia.benali", Role.COMPLAINTS_OFFICER),
    ("Joris de Wit", "joris.de.wit", Role.PRIVACY_OFFICER),
    ("Tineke Brouwer", "tineke.brouwer", Role.ADMINISTRATOR),
)
LETTERHEAD = Letterhead(
    name="Hypotheekhuis De Linde",
    postal=PostalAddress("Lindelaan 12", "3811 AB", "Amersfoort"),
    phone="033-555 10 00",
    email=DESK,
    website="www.delinde.example",
    signed_by="Marleen Visser",
    signed_as="Klantbeleving",
)
LIGHT = "openbaar"
LYING_READY = "web_archive"
"""The archive of Hyves lies in the folder for whoever wants to send it in. It is sixteen years older than all the rest:
with it every trend begins in 2009, and the weeks before a change are mostly empty ones."""
MAKING = sentence("Writing the example's letters, mails, calls and posts")
DELIVERING = sentence("Putting letters on paper and calls on tape")
TAKING_IN = sentence("Taking them in")

Report = Callable[[str, int, int], None]


def filled() -> bool:
    """Whether the example stands in this home, whole."""
    return _mark().exists()


def filled_on() -> date:
    """The day from which the example counts back."""
    kept = recalled().get("day")
    return date.fromisoformat(kept) if kept else timezone.localdate()


def recalled() -> dict[str, Any]:
    """What is written down of the example besides what it holds."""
    kept: dict[str, Any] = json.loads(_mark().read_text(encoding="utf-8")) if filled() else {}
    return kept


def remember(**facts: Any) -> None:
    """Write this down beside what is written down already."""
    part = _mark().with_suffix(".part")
    part.write_text(json.dumps(recalled() | facts), encoding="utf-8")
    part.replace(_mark())


def _mark() -> Path:
    return settings.HOME.path / "example.json"


def fill(report: Report, today: date | None = None) -> Summary:
    """Take everything in; what a killed fill left is taken up again. What it all means is left to the stages."""
    today = today or timezone.localdate()
    folder = settings.HOME.folder("example")
    report(MAKING, 0, 1)
    made = make_files(folder, today, without=scans.ON_PAPER | calls.RECORDED.keys())
    light = make_light(folder / LIGHT, today)
    report(MAKING, 1, 1)
    _users()
    _say_who_we_are()
    write_book(Days(today))
    do_add_own(value=DOMAIN, actor=None)
    do_add_own(value="@delinde", actor=None)
    summary = Summary()
    as_tables = [(path, Wishes(channel, {} if channel == "email" else MAPPING)) for channel, path in made.items()]
    as_they_are = [(path, Wishes(channel)) for channel, path in light.items() if channel != LYING_READY]
    taken = [*as_tables, *as_they_are]
    for done, (path, wishes) in enumerate(taken, start=1):
        summary.add(do_listen(paths=[path], wishes=wishes))
        report(TAKING_IN, done, len(taken))
    summary.add(_deliver(folder, today, report))
    listen_a_little(Days(today))
    remember(users=[f"{name}@{DOMAIN}" for _, name, _ in USERS], day=today.isoformat())
    return summary


def _deliver(folder: Path, today: date, report: Report) -> Summary:
    """Calls as sound, there at once by their transcripts, and letters on paper, which wait their turn for an engine."""
    said = everything(today)
    report(DELIVERING, 0, 2)
    summary = do_listen(paths=[calls.make_calls(folder / calls.FOLDER, said)], wishes=Wishes("call"))
    report(DELIVERING, 1, 2)
    summary.add(do_listen(paths=[scans.make_scans(folder / scans.FOLDER, said)], wishes=Wishes("letter")))
    report(DELIVERING, 2, 2)
    return summary


def _say_who_we_are() -> None:
    """The letterhead of De Linde, every page for customers open, and that we say at once that a mail came in; a second
    fill writes no second one."""
    if current_letterhead() != LETTERHEAD:
        do_set_letterhead(letterhead=LETTERHEAD, actor=colleague("tineke.brouwer"))
    if not is_open("survey"):
        do_open_pages(is_open={"survey": True}, actor=colleague("tineke.brouwer"))
    if not current_manners().acknowledge:
        do_set_manners(undo_seconds=20, acknowledge=True, per_minute=30, actor=None)


def _users() -> None:
    for name, address, role in USERS:
        email = f"{address}@{DOMAIN}"
        if not User.objects.filter(email=email).exists():
            do_add_user(actor=None, email=email, name=name, roles=[role.value], password=secrets.token_urlsafe(16))
