"""The desk beside django-helpdesk 2.6, in one run on one machine: threads, intake, and screens.

    python benchmarks/desk.py [--threads] [--screens] [--messages 5000] [--cases 100000] [--save]

Without a choice both. The peer gets an environment of its own in a temporary folder, with its versions fixed, and is
given everything in the same order by the documented function of its intake. Our answers are given to both as mail. With
``--save`` the figures go to ``benchmarks/desk.md``.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from desk_mail import Mail, joined_rightly, made

HERE = Path(__file__).parent
PEER = ("django-helpdesk==2.6.0", "django==5.2.19", "djangorestframework==3.18.3", "django-model-utils==5.0.0",
        "django-cleanup==9.0.0", "email-reply-parser==0.5.12", "beautifulsoup4==4.15.0", "markdown==3.11.3",
        "nh3==0.3.8")  # fmt: skip
NAMES = {
    "new": "a new question",
    "ours": "an answer of ours",
    "whole": "an answer with whole headers",
    "cut": "References cut to the last one or two",
    "outlook": "only Outlook's Thread-Index",
    "bare": "no headers: Re, AW, Antw or FW and a quote",
    "subject": "another subject, with headers",
    "subject_bare": "another subject, no headers, a quote",
    "same_subject": "two customers, the same subject, the same day",
    "same_person": "one customer, the same subject twice",
    "forward": "sent on, to ask something new",
    "machine": "away, or not delivered",
    "twice": "the same message again",
    "late": "came in after what answers it",
}


class Sides:
    """Runs what is measured, of us and of the peer, in folders of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder / "peer", with_pip=True)
        self._peer = folder / "peer/bin/python"
        subprocess.run([self._peer, "-m", "pip", "install", "--quiet", *PEER], check=True)

    def ours(self, *asked: str) -> Any:
        """What our part tells, in a new home."""
        home = Path(tempfile.mkdtemp(dir=self.folder))
        environment = {**os.environ, "GEHOOR_HOME": str(home), "GEHOOR_DATABASE": ""}
        return self._told([sys.executable, str(HERE / "desk_ours.py"), str(self.folder), *asked], environment)

    def theirs(self, *asked: str) -> Any:
        """What the peer's part tells, with a new database."""
        for file in self.folder.glob("peer.sqlite3*"):
            file.unlink()
        return self._told([str(self._peer), str(HERE / "desk_peer.py"), str(self.folder), *asked], dict(os.environ))

    @staticmethod
    def _told(command: list[str], environment: dict[str, str]) -> Any:
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        return json.loads(subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout)


def threads(sides: Sides, many: int) -> Iterator[str]:
    """Joined rightly, and messages a second."""
    mails = made(many=many)
    _write(sides.folder, mails)
    told = {"Gehoor": sides.ours("mail"), "django-helpdesk": sides.theirs("mail"),
            "the same, its number in subjects": sides.theirs("mail", "--tagged")}  # fmt: skip
    counted = {who: _by_way(joined_rightly(mails, dict(enumerate(each["places"])))) for who, each in told.items()}
    yield f"## Threads: {len(mails):,} messages in {len({each.thread for each in mails}):,} threads\n"
    yield f"| Joined rightly | {' | '.join(counted)} |"
    yield "| --- |" + " --- |" * len(counted)
    for way, name in NAMES.items():
        yield f"| {name} | " + " | ".join("{} of {}".format(*each.get(way, (0, 0))) for each in counted.values()) + " |"
    sums = [tuple(map(sum, zip(*each.values(), strict=True))) for each in counted.values()]
    yield "| **all** | " + " | ".join(f"**{100 * right / of:.2f} %**" for right, of in sums) + " |\n"
    yield "## Intake, into SQLite on disk\n"
    yield "| | seconds | messages a second | ms of the processor a message |"
    yield "| --- | --- | --- | --- |"
    for who, each in told.items():
        worked = 1000 * each["processor"] / each["many"]
        yield f"| {who} | {each['seconds']:.0f} | {each['many'] / each['seconds']:.0f} | {worked:.1f} |"
    ours = told["Gehoor"]
    yield f"| Gehoor, up to its cases | {ours['to_case']:.0f} | {ours['many'] / ours['to_case']:.0f} | |\n"


def _write(folder: Path, mails: list[Mail]) -> None:
    (folder / "mail").mkdir()
    for number, mail in enumerate(mails):
        (folder / "mail" / f"{number:05}.eml").write_bytes(mail.raw)
    known = [
        {"thread": each.thread, "id": each.message_id, "tagged": each.to_answer_of_ours and "subject" not in each.how}
        for each in mails
    ]
    (folder / "truth.json").write_text(json.dumps(known))


def _by_way(counted: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for how, (right, of) in counted.items():
        way = "late" if how.endswith("+late") else how
        had, before = found.get(way, (0, 0))
        found[way] = (had + right, before + of)
    return found


def screens(sides: Sides, cases: int) -> Iterator[str]:
    """The list and the page of a case, theirs beside ours; and what else ours asks."""
    ours = sides.ours("screens", "--cases", str(cases))
    theirs = sides.theirs("screens", "--cases", str(cases))
    yield f"## Screens, with {cases:,} cases; milliseconds, warm\n"
    yield "| | Gehoor median | p95 | django-helpdesk median | p95 | times as fast |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for what, (middle, most) in ours.items():
        beside = theirs.get(what)
        told = f"{beside[0]:.0f} | {beside[1]:.0f} | {beside[0] / middle:.1f}" if beside else " | |"
        yield f"| {what} | {middle:.0f} | {most:.0f} | {told} |"


def main() -> None:
    """Measure what was asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", action="store_true")
    parser.add_argument("--screens", action="store_true")
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--save", action="store_true")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gehoor-desk-"))
    try:
        sides, lines = Sides(folder), []
        if given.threads or not given.screens:
            lines += threads(sides, given.messages)
        if given.screens or not given.threads:
            lines += screens(sides, given.cases)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    text = "\n".join([*lines, "", f"{date.today()}, {os.cpu_count()} cores, load {load} at the end."])
    print(text)
    if given.save:
        (HERE / "desk.md").write_text(f"# The desk\n\n`python benchmarks/desk.py`\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
