"""How well is said whether speed matters? Against messages of our own, half of which no rule was made on.

python benchmarks/speed.py [MESSAGES.jsonl] [--wrong]
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.analysis.speed import Said, Verdict, judge

MESSAGES = Path(__file__).parent / "desk" / "speed.jsonl"
SAID_AT = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
PUBLIC = {"x", "facebook", "forum", "review", "blog", "mastodon"}


def judged(row: dict[str, Any]) -> Verdict:
    """What the rules make of one message."""
    said = Said(row["text"], SAID_AT, row["kind"], row["channel"] in PUBLIC, row.get("around", 0))
    return judge(said).verdict


def rates(rows: Sequence[dict[str, Any]], label: str) -> tuple[float, float, int, int, int]:
    """Precision, recall, and how many were said, right and labelled so."""
    said = [row for row in rows if row["judged"] == label]
    right = sum(row["speed"] == label for row in said)
    there = sum(row["speed"] == label for row in rows)
    return right / max(len(said), 1), right / max(there, 1), len(said), right, there


def table(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The figures as Markdown."""
    yield "| Part | Verdict | Said | Right | Labelled | Precision | Recall |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for part in ("tune", "test"):
        mine = [row for row in rows if row["part"] == part]
        for label in ("matters", "can_wait"):
            precision, recall, said, right, there = rates(mine, label)
            yield f"| {part} | {label} | {said} | {right} | {there} | {precision:.0%} | {recall:.0%} |"
        unsure = sum(row["judged"] == Verdict.UNSURE for row in mine)
        yield f"| {part} | unsure | {unsure} | | | | |"


def main() -> None:
    """Judge every message and print the figures; ``--wrong`` those of the half to tune on that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", nargs="?", type=Path, default=MESSAGES)
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.messages.read_text(encoding="utf-8").splitlines()]
    begun = time.perf_counter()
    for row in rows:
        row["judged"] = judged(row).value
    spent = time.perf_counter() - begun
    sys.stdout.write("\n".join(table(rows)) + f"\n\n{spent / len(rows) * 1000:.1f} ms a message\n")
    for row in rows if given.wrong else ():
        if row["part"] == "tune" and row["judged"] != row["speed"]:
            sys.stdout.write(f"{row['speed']} -> {row['judged']}: {row['text']}\n")


if __name__ == "__main__":
    main()
