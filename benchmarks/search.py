"""Search and screens over many voices: median and 95th percentile of each.

    python benchmarks/search.py [--rows 100000] [--home FOLDER] [--save]

Fills a home of its own with recombined sentences (``--home`` keeps it, and uses what it holds already), then asks every
screen as its users do, through Django's client (no network between), and the search engine alone beside it as the
limit. CPU is the median processor time of this process: it says most on a machine that is busy with other work.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
WORDS = [
    "bouwdepot",
    "hypotheek",
    "wachten",
    "rekening",
    "app",
    "aflossen",
    "boetevrij",
    "brief",
    "adviseur",
    "terugbellen",
    "rente",
    "betaald",
    "factuur",
    "klant",
    "jaaropgave",
    "inloggen",
    "scheiding",
    "bedankt",
    "verhuizen",
    "taxatie",
]


def _fill(rows: int) -> None:
    from benchmarks.intake import _make

    from gehoor.channels.base import Wishes
    from gehoor.rooms.intake.actions import do_listen
    from gehoor.rooms.intake.stages import drain_all

    path = Path(os.environ["GEHOOR_HOME"]) / "rows.csv"
    _make(path, rows, "")
    mapping = {"text": "text", "said_at": "date", "email": "email", "id": "id"}
    do_listen(paths=[path], wishes=Wishes("email", mapping))
    drain_all(batch=5_000)


def _measure(name: str, ask: Callable[[int], object], times: int = 60) -> str:
    ask(0)
    taken, computed = [], []
    for number in range(times):
        began, spent = time.perf_counter(), time.process_time()
        ask(number)
        taken.append((time.perf_counter() - began) * 1000)
        computed.append((time.process_time() - spent) * 1000)
    line = f"| {name} | {np.median(taken):.1f} | {np.percentile(taken, 95):.1f} | {np.median(computed):.1f} |"
    print(line, flush=True)
    return line


def main() -> None:
    """Run, print, and save when asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--home", default="")
    options.add_argument("--save", action="store_true")
    chosen = options.parse_args()
    home = chosen.home or tempfile.mkdtemp(prefix="gehoor-benchmark-")
    os.environ["GEHOOR_HOME"] = home
    try:
        lines = _run(chosen.rows)
    finally:
        if not chosen.home:
            shutil.rmtree(home, ignore_errors=True)
    text = "\n".join(
        [
            "| What | Median, ms | p95, ms | CPU, ms |",
            "| --- | --- | --- | --- |",
            *lines,
            "",
            f"{chosen.rows:,} voices.",
        ]
    )
    print(text)
    if chosen.save:
        (HERE / "search.md").write_text(f"# Search and screens\n\n`python benchmarks/search.py`\n\n{text}\n")


def _run(rows: int) -> list[str]:
    from gehoor.cli.opening import open_home

    open_home()
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from gehoor.rooms.accounts.models import User
    from gehoor.rooms.accounts.roles import Role
    from gehoor.rooms.needs.models import Guess, Need
    from gehoor.rooms.people.models import Person
    from gehoor.rooms.voices.models import Voice
    from gehoor.rooms.voices.search import Filters, find, parse
    from gehoor.rooms.voices.search.engines import engine

    began = time.perf_counter()
    if not Voice.objects.exists():
        _fill(rows)
    filled = time.perf_counter() - began
    user = User.objects.filter(email="a@example.org").first()
    if user is None:
        user = User.objects.make(email="a@example.org", name="A", roles=list(Role), password=None)
        Guess.objects.create(guesser=user, position=1, text="app")
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    dice = random.Random(3)
    queries = [" ".join(dice.sample(WORDS, dice.choice([1, 1, 2]))) for _ in range(61)]

    def alone(number: int) -> None:
        sql, values = engine().match_sql(parse(queries[number]))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({sql}) found", values)

    def search(number: int) -> None:
        found = find(Filters(query=queries[number]))
        found.count()
        list(found[:50])

    def screen(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    def draw(number: int) -> None:
        answer = client.post(
            reverse("listening:start"), {"minutes": 20, "drawn_by": "minutes", "pool": "unheard", "seed": str(number)}
        )
        assert answer.status_code == 302, answer.status_code

    voice = Voice.objects.order_by("id")[rows // 2]
    person = Person.objects.order_by("id")[10]
    need = Need.objects.order_by("-voices").first()
    return [
        f"| filling, from file to needs (s) | {filled:.0f} | | |",
        _measure("limit: the index alone, count", alone),
        _measure("search: count and first 50", search),
        _measure("screen: Stemmen, no query", lambda _: screen(reverse("voices:search"))),
        _measure("screen: Stemmen, a query", lambda number: screen(f"{reverse('voices:search')}?q={queries[number]}")),
        _measure("screen: one voice", lambda _: screen(reverse("voices:voice", args=[voice.public_id]))),
        _measure("screen: Vandaag", lambda _: screen(reverse("today:today"))),
        _measure("screen: Behoeften", lambda _: screen(reverse("needs:needs"))),
        _measure("screen: one need", lambda _: screen(reverse("needs:need", args=[need.public_id]))),
        _measure("screen: Klant", lambda _: screen(reverse("people:dossier", args=[person.public_id]))),
        _measure("screen: Luisteren", lambda _: screen(reverse("listening:listening"))),
        _measure("drawing a stack to listen to", draw, times=20),
        _measure("screen: Beheer", lambda _: screen(reverse("intake:intake"))),
    ]


if __name__ == "__main__":
    main()
