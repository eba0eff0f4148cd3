"""From one CSV of short rows to needs on screen: the rate of each step beside its limit, in the same run.

    python benchmarks/intake.py [--rows 100000] [--texts FILE.csv:COLUMN] [--save]

Without ``--texts`` the rows are made by recombining the example's sentences. Everything happens in a home of its own
that goes afterwards. ``--save`` writes the figures to ``benchmarks/intake.md``.
"""

import argparse
import csv
import json
import os
import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
Step = tuple[str, int, float]


def _sentences(source: str) -> list[str]:
    if source:
        file, _, column = source.rpartition(":")
        with open(file, encoding="utf-8") as stream:
            return [row[column] for row in csv.DictReader(stream)]
    folder = HERE.parent / "src/gehoor/demo/linde"
    lines = [json.loads(line) for file in sorted(folder.glob("said-*.jsonl")) for line in file.read_text().splitlines()]
    return [
        part.strip() for line in lines for part in line["text"].replace("\n", ". ").split(". ") if 20 < len(part) < 160
    ]


def _make(path: Path, rows: int, source: str) -> None:
    dice = random.Random(7)
    sentences = _sentences(source)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "text", "date", "email"])
        for number in range(rows):
            tail = dice.choice(sentences).split()[: dice.randint(1, 4)]
            text = f"{dice.choice(sentences)} {' '.join(tail)}"
            day = f"2026-{dice.randint(1, 9):02}-{dice.randint(1, 28):02}"
            writer.writerow([number, text, day, f"klant{dice.randint(1, rows // 2)}@example.org"])


def _timed(name: str, count: int, work: Callable[[], object]) -> Step:
    began = time.perf_counter()
    work()
    return name, count, time.perf_counter() - began


def _limits(path: Path, rows: int, folder: Path) -> Iterator[Step]:
    """What no program on this machine could do faster with the same parts."""
    yield _timed("reading the bytes", rows, path.read_bytes)
    with path.open(newline="", encoding="utf-8") as stream:
        yield _timed("csv.reader alone", rows, lambda: list(csv.reader(stream)))
    with path.open(newline="", encoding="utf-8") as stream:
        bare = list(csv.reader(stream))[1:]
    database = sqlite3.connect(folder / "bare.sqlite3")
    database.execute("CREATE TABLE bare (id, text, date, email)")
    yield _timed(
        "inserting bare rows",
        rows,
        lambda: (database.executemany("INSERT INTO bare VALUES (?,?,?,?)", bare), database.commit()),
    )
    database.close()
    from gehoor.channels.base import Document, Wishes
    from gehoor.channels.table.reader import READER

    document = Document(path.name, path.stat().st_size, lambda: path.open("rb"), path)
    wishes = Wishes("email", {"text": "text", "said_at": "date", "email": "email", "id": "id"})
    yield _timed("the table reader alone", rows, lambda: sum(1 for _ in READER.read(document, wishes)))


def _steps(path: Path, rows: int) -> Iterator[Step]:
    from gehoor.cli.opening import open_home

    open_home()
    from gehoor.channels.base import Wishes
    from gehoor.rooms.intake.actions import do_listen
    from gehoor.rooms.intake.stages import drain_all, stages
    from gehoor.rooms.needs.queries import needs_document

    wishes = Wishes("email", {"text": "text", "said_at": "date", "email": "email", "id": "id"})
    yield _timed("listen: file to voices", rows, lambda: do_listen(paths=[path], wishes=wishes))
    for stage in stages():
        before = stage.pending()
        yield _timed(stage.name, before, partial(_drain, stage.drain, stage.pending))
    drain_all()
    yield _timed("needs as a document", 1, needs_document)
    document = needs_document()
    print(
        f"{len(document['needs'])} needs on level {document['level']} of {document['levels']}; "
        f"{document['unassigned']} unassigned",
        file=sys.stderr,
    )


def _drain(drain: Callable[[int], int], pending: Callable[[], int]) -> None:
    while pending() and drain(5_000):
        pass


def main() -> None:
    """Run, print, and save when asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--texts", default="")
    options.add_argument("--save", action="store_true")
    chosen = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gehoor-benchmark-"))
    os.environ["GEHOOR_HOME"] = str(folder / "home")
    try:
        path = folder / "rows.csv"
        _make(path, chosen.rows, chosen.texts)
        limits = list(_limits(path, chosen.rows, folder))
        steps = list(_steps(path, chosen.rows))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = _report(limits, steps, chosen.rows)
    print(text)
    if chosen.save:
        (HERE / "intake.md").write_text(f"# Intake\n\n`python benchmarks/intake.py`\n\n{text}\n", encoding="utf-8")


def _report(limits: list[Step], steps: list[Step], rows: int) -> str:
    total = sum(seconds for _, _, seconds in steps)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    lines = ["| Step | Items | Seconds | Items a second |", "| --- | --- | --- | --- |"]
    lines += [
        f"| limit: {name} | {count:,} | {seconds:.2f} | {count / seconds:,.0f} |" for name, count, seconds in limits
    ]
    lines += [
        f"| {name} | {count:,} | {seconds:.2f} | {count / max(seconds, 1e-9):,.0f} |" for name, count, seconds in steps
    ]
    lines += ["", f"{rows:,} rows, from file to needs: {total:.0f} s; peak memory {peak:.2f} GiB."]
    reader = next(seconds for name, _, seconds in limits if name == "the table reader alone")
    bare = next(seconds for name, _, seconds in limits if name == "inserting bare rows")
    listen = steps[0][2]
    lines += [
        f"Listening takes {listen / reader:.1f} times the reader alone, {listen / bare:.0f} times inserting bare rows "
        "(it keeps originals, items and voices, with their indexes)."
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
