"""Killed at any moment and run again, everything stands as if nothing had happened."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

ROWS = 5_000
PROGRAM = """
import sys, django
django.setup()
from pathlib import Path
from gehoor.channels.base import Wishes
from gehoor.rooms.intake.actions import do_listen
print("ready", flush=True)
mapping = {"text": "vraag", "answer": "antwoord", "id": "nr"}
do_listen(paths=[Path(sys.argv[1])], wishes=Wishes("survey", mapping))
"""
TABLES = ("voices_voice", "voices_reply", "voices_original", "voices_conversation", "intake_item")


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("empty")
    code = (
        "import django; django.setup(); from django.core.management import call_command as c; c('migrate', verbosity=0)"
    )
    subprocess.run([sys.executable, "-c", code], env=surroundings(home), check=True, timeout=120)
    return home


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "groot.csv"
    rows = (f"{n};Vraag nummer {n}, waar blijft het?;{f'Antwoord op {n}.' if n % 3 == 0 else ''}" for n in range(ROWS))
    path.write_text("nr;vraag;antwoord\n" + "\n".join(rows) + "\n")
    return path


def surroundings(home):
    return {**os.environ, "GEHOOR_HOME": str(home), "GEHOOR_DATABASE": "", "DJANGO_SETTINGS_MODULE": "gehoor.settings"}


def start(home, table):
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(table)], env=surroundings(home), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


def finish(process):
    process.stdout.close()
    return process.wait(timeout=120)


def state(home):
    with sqlite3.connect(home / "gehoor.sqlite3") as database:
        counts = [database.execute(f"SELECT count(*) FROM gehoor_{name}").fetchone() for name in TABLES]
        said = database.execute("SELECT native_id, item, text FROM gehoor_voices_voice ORDER BY native_id").fetchall()
        pairs = database.execute(
            "SELECT r.text, v.text, r.conversation_id = v.conversation_id FROM gehoor_voices_reply r "
            "JOIN gehoor_voices_voice v ON v.id = r.answers_id ORDER BY r.text"
        ).fetchall()
        container = database.execute("SELECT items, whole, size FROM gehoor_voices_container").fetchall()
    database.close()
    return counts, said, pairs, container


def test_killed_half_way_and_run_again_is_as_if_never_killed(empty_home, table, tmp_path):
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    for home in (whole, cut):
        shutil.copytree(empty_home, home)
    began = time.monotonic()
    assert finish(start(whole, table)) == 0
    took = time.monotonic() - began
    kills = 0
    for _ in range(3):
        process = start(cut, table)
        time.sleep(random.uniform(0.02, took / 3))
        process.send_signal(signal.SIGKILL)
        kills += finish(process) == -signal.SIGKILL
    assert finish(start(cut, table)) == 0
    assert kills
    assert state(cut) == state(whole)
    assert len(state(cut)[1]) == ROWS
