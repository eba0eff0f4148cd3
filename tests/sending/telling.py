"""A whole telling over three channels with the real worker, a real mail server, and kills at chosen moments.

Shared by ``test_killed.py`` and ``benchmarks/telling.py``. Run as a program it works in the home of its surroundings:
``telling.py prepare COUNT PORT COPIES`` makes people and a run, ``telling.py letters`` prints and posts what waits,
``telling.py calls`` calls everyone who waits.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

HERE = Path(__file__)
ROOT = HERE.parents[2]
CHANNELS = ("email", "email", "email", "letter", "call")
"""Of every five people three write mail, one writes letters, one calls."""


def surroundings(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GEHOOR_")}
    python_path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return {**kept, "GEHOOR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "gehoor.settings", "PYTHONPATH": python_path}


def run_here(home, *words):
    """Run one of the programs below to its end."""
    subprocess.run([sys.executable, str(HERE), *map(str, words)], env=surroundings(home), check=True, timeout=600)


def begin(home, *words):
    """Begin one of the programs below."""
    return subprocess.Popen([sys.executable, str(HERE), *map(str, words)], env=surroundings(home))


class Worker:
    """The real worker, killed and begun again."""

    def __init__(self, home):
        self._home = home
        self.kills = 0
        self._process = None
        self.begin()

    def begin(self):
        command = [sys.executable, "-m", "gehoor", "serve", "--only-worker"]
        self._process = subprocess.Popen(command, env=surroundings(self._home))

    def kill(self):
        """At this very moment; safe to call from another thread."""
        process = self._process
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.kills += 1

    @property
    def is_dead(self):
        return self._process.poll() is not None

    def end(self):
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Post:
    """What the mail server does with messages: keeps count of who got what, and puts a copy in a folder that is heard.

    ``moments`` are what may happen to the worker at each message: ``""`` nothing, ``"before"`` killed before its final
    dot, ``"taken"`` killed after the message was taken and before that is said, ``"lost"`` killed after the final dot
    while the message is thrown away.
    """

    def __init__(self, server, copies, moments=()):
        self.got = Counter()
        self.ids = {}
        self.happened = Counter()
        self.worker = None
        self._copies = copies
        self._moments = iter(moments)
        self._server = server
        self._now = ""
        handler = server._controller.handler
        handler.handle_RCPT, handler.handle_DATA = self._recipient, self._message

    async def _recipient(self, server, session, envelope, address, options):
        if address.startswith("klant"):
            self._now = next(self._moments, "")
            if self._now == "before":
                self._kill()
                return "451 nobody is there"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def _message(self, server, session, envelope):
        if self._now != "lost":
            self._take(envelope)
        if self._now in {"lost", "taken"}:
            self._kill()
        self._now = ""
        return "250 taken"

    def _kill(self):
        self.happened[self._now] += 1
        self._now = ""
        if self.worker is not None:
            self.worker.kill()

    def _take(self, envelope):
        (to,) = (each for each in envelope.rcpt_tos if each.startswith("klant"))
        self.got[to] += 1
        half = self._copies / f".{sum(self.got.values())}.half"
        half.write_bytes(envelope.content)
        half.rename(self._copies / f"{sum(self.got.values()):06}.eml")


def ask(home, query):
    """Look in the database without disturbing anyone."""
    with closing(sqlite3.connect(f"file:{home}/gehoor.sqlite3?mode=ro", uri=True, timeout=20)) as database:
        return database.execute(query).fetchall()


def states(home, channel):
    query = f"SELECT state, count(*) FROM gehoor_sending_delivery WHERE channel = '{channel}' GROUP BY state"
    return dict(ask(home, query))


def wait_until_told(home, channel, worker, seconds):
    """Until everyone of this channel is told; begins the worker again when it was killed."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if worker is not None and worker.is_dead:
            worker.begin()
        if set(states(home, channel)) == {"sent"}:
            return True
        time.sleep(0.5)
    return False


def _prepare(count, port, copies):
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.people.conftest import hear
    from tests.sending.conftest import HEAD, wording

    from gehoor.rooms.intake.sources import do_add_source
    from gehoor.rooms.people import identifying
    from gehoor.rooms.people.models import Person
    from gehoor.rooms.public.letterhead import do_set_letterhead
    from gehoor.rooms.sending.runs import do_make_run, do_start_run
    from gehoor.rooms.sending.senders import do_add_sender

    do_set_letterhead(letterhead=HEAD, actor=None)
    given = {"folder": copies, "still": "1"}
    source = do_add_source(kind="folder", name="Kopieën", channel="email", given=given, actor=None)
    given = {"host": "127.0.0.1", "port": port, "security": "none", "from_address": "linde@delinde.example"}
    given["copy_to"] = "kopie@delinde.example"
    do_add_sender(kind="smtp", name="Mail", given=given, actor=None, per_minute=0, heard_in=source, copy_minutes=0)
    from django.db import transaction

    with transaction.atomic():
        for number in range(count):
            channel = CHANNELS[number % len(CHANNELS)]
            known = {
                "email": ("email", f"klant{number}@example.org"),
                "call": ("phone", f"06{10_000_000 + number}"),
                "letter": ("customer_number", f"KL{100_000 + number}"),
            }[channel]
            hear(known, channel=channel, author=f"Mevrouw {chr(65 + number % 26)}. de Vries", text=f"Vraag {number}?")
    while identifying.drain(2_000):
        pass
    _give_addresses()
    people = list(Person.objects.filter(merged_into=None).values_list("pk", flat=True))
    run = do_make_run(actor=None, name="Bouwdepot", wording=wording(), persons=people)
    do_start_run(actor=None, run=run)


def _give_addresses():
    """Those who write letters live somewhere."""
    from gehoor.rooms.people.models import Identity, PostalAddress, PostalAddressOf

    for identity in Identity.objects.filter(kind="customer_number"):
        address = PostalAddress.objects.create(
            street=f"Dorpsstraat {identity.pk}", postcode="1234 AB", place="Ons Dorp"
        )
        PostalAddressOf.objects.create(address=address, identity=identity)


def _letters():
    from gehoor.kernel.errors import Refused
    from gehoor.rooms.sending.jobs import do_post, do_print, document, next_number
    from gehoor.rooms.sending.models import PrintJob, Run

    run = Run.objects.get()
    while True:
        try:
            do_print(actor=None, run=run, number=next_number(run), most=40)
        except Refused:
            break
    for job in PrintJob.objects.filter(state="made"):
        document(job)
        do_post(actor=None, job=job)


def _calls():
    from gehoor.rooms.accounts.models import User
    from gehoor.rooms.sending.calling import calls, do_claim, do_note_call
    from gehoor.rooms.sending.models import Run

    adviser = User.objects.filter(email="anneke@delinde.nl").first() or User.objects.make(
        email="anneke@delinde.nl", name="Anneke", roles=["adviser"], password=None
    )
    for delivery in calls(Run.objects.get()).filter(state="waiting"):
        do_claim(actor=adviser, delivery=delivery)
        do_note_call(actor=adviser, delivery=delivery, outcome="told")


if __name__ == "__main__":
    import django

    sys.path.insert(0, str(ROOT))
    django.setup()
    name, *words = sys.argv[1:]
    if name == "prepare":
        _prepare(int(words[0]), words[1], words[2])
    else:
        {"letters": _letters, "calls": _calls}[name]()
