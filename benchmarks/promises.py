"""How well promises are found: ``python benchmarks/promises.py [--set tune|test] [--show]``; figures in promises.md."""

import argparse
import json
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gehoor.analysis.hours import standard_hours
from gehoor.analysis.promising import Found, find_promises

ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass
class Score:
    """Found and meant, found and not meant, meant and not found; of those found, how many with the right time."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    due_right: int = 0
    told: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The figures with their denominators."""
        found, meant = self.right + self.wrong, self.right + self.missed
        return (
            f"precision {self.right}/{found} = {self.right / max(found, 1):.3f}  "
            f"recall {self.right}/{meant} = {self.right / max(meant, 1):.3f}  "
            f"time right {self.due_right}/{self.right} = {self.due_right / max(self.right, 1):.3f}"
        )


def due_of(found: Found) -> str | None:
    """A time as it is labelled: a day, or a day and a time."""
    if found.due is None:
        return None
    return found.due.date().isoformat() if found.whole_day else found.due.strftime("%Y-%m-%dT%H:%M")


def judge(rows: list[dict[str, object]]) -> Score:
    """Hold what is found in each text to what was labelled there."""
    score, hours = Score(), standard_hours()
    for row in rows:
        text = str(row["text"])
        said = datetime.fromisoformat(str(row["said"])).replace(tzinfo=ZONE)
        found = find_promises(text, said, hours.works_on)
        meant = list(row["promises"])  # type: ignore[call-overload]
        for each in found:
            match = next((one for one in meant if _overlaps(text, one["quote"], each, one["due"], len(meant))), None)
            if match is None:
                score.wrong += 1
                score.told.append(f"WRONG   {each.what!r} {due_of(each)}")
                continue
            meant.remove(match)
            score.right += 1
            score.due_right += due_of(each) == match["due"]
            if due_of(each) != match["due"]:
                score.told.append(f"TIME    {each.what!r} {due_of(each)} not {match['due']}")
        score.missed += len(meant)
        score.told += [f"MISSED  {one['quote']!r} {one['due']}" for one in meant]
    return score


def _overlaps(text: str, quote: str, found: Found, due: str | None, several: int) -> bool:
    start = text.index(quote)
    if several > 1 and due_of(found) != due:
        return False
    return found.start < start + len(quote) and start < found.end


def main() -> int:
    """Print the figures of both halves, or of one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--set", choices=("tune", "test"))
    parser.add_argument("--show", action="store_true")
    wanted = parser.parse_args()
    lines = (Path(__file__).parent / "desk" / "promises.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for name in (wanted.set,) if wanted.set else ("tune", "test"):
        chosen = [row for row in rows if row["set"] == name]
        begun = time.perf_counter()
        score = judge(chosen)
        spent = time.perf_counter() - begun
        out = f"{name}: {len(chosen)} texts, {score.line()}, {1000 * spent / len(chosen):.2f} ms a text"
        sys.stdout.write(out + "\n" + ("\n".join(score.told) + "\n" if wanted.show else ""))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
