"""A real mailbox, the real worker: cut, restarted and killed at random, each message becomes one voice."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest
from tests.channels.hear_mailbox import settings
from tests.channels.mail_servers import MISSING, Cutter, dovecot, dovecot_program

pytestmark = [pytest.mark.all_only, pytest.mark.skipif(dovecot_program() is None, reason=MISSING)]
MESSAGES = 1_000
ADD = """
import json, sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gehoor.rooms.intake.sources import do_add_source
do_add_source(kind="imap", name="Klachten", channel="", given=json.loads(sys.argv[1]), actor=None)
"""
KILLS = 8


def surroundings(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GEHOOR_")}
    return {**kept, "GEHOOR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "gehoor.settings"}


def message(number):
    head = f"From: klant{number}@example.org\r\nTo: klacht@delinde.example\r\nSubject: Vraag {number}\r\n"
    if number % 10:
        head += f"Message-ID: <{number}@example.org>\r\n"
    return f"{head}Date: Mon, 5 Jan 2026 10:00:00 +0100\r\n\r\nWaar blijft antwoord {number}?\r\n".encode()


def voices(home):
    with sqlite3.connect(f"file:{home}/gehoor.sqlite3?mode=ro", uri=True, timeout=20) as database:
        return [row[0] for row in database.execute("SELECT text FROM gehoor_voices_voice")]


def start(home):
    command = [sys.executable, "-m", "gehoor", "serve", "--only-worker"]
    return subprocess.Popen(command, env=surroundings(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_each_message_becomes_one_voice_whatever_breaks(tmp_path):
    home, chance = tmp_path / "organisation", random.Random(2)
    home.mkdir()
    with dovecot() as server:
        for number in range(MESSAGES):
            server.deliver(message(number))
        with closing(Cutter(server.port, cuts=30, mean=200_000, seed=3)) as line:
            given = json.dumps(settings(line.port))
            subprocess.run([sys.executable, "-c", ADD, given], env=surroundings(home), check=True, timeout=120)
            worker, kills, began = start(home), 0, time.monotonic()
            try:
                while len(voices(home)) < MESSAGES and time.monotonic() - began < 400:
                    time.sleep(chance.uniform(4, 9))
                    if kills < KILLS:
                        worker.send_signal(signal.SIGKILL)
                        worker.wait()
                        kills += 1
                        if kills % 3 == 0:
                            server.stop()
                            threading.Timer(2.0, server.start).start()
                        worker = start(home)
            finally:
                worker.kill()
                worker.wait()
    said = voices(home)
    assert len(said) == len(set(said)) == MESSAGES
    assert kills >= 3
