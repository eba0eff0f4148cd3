"""Takes in real sets as a person would, each into a fresh home, and checks that every summary adds up.

    python benchmarks/take_in.py --data ../shared/data [--sets qualtrics cfpb ...]

Each set goes through ``./run listen ... --later --json`` with the mapping that fits it. Printed for each: the summary,
how long it took, and whether items are the sum of all places (docs/json.md). Exit status 1 when a sum does not. A set
that is not in the folder is passed over. Scans and recordings wait their turn for an engine, so that this stays quick.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

RUN = Path(__file__).parent.parent / "run"
PLACES = ("voices", "replies", "broadcasts")
LISTS = ("nothing_said", "waiting", "refused")


@dataclass(frozen=True)
class Taken:
    """A set: its name, where it stands, and the words that ``listen`` needs for it."""

    name: str
    path: str
    words: tuple[str, ...] = ()


TURNS = ("--channel", "chat", "--map", "text=utterance", "--map", "conversation=conversationId")
LETTERS = ("--channel", "letter")
SETS = (
    Taken("qualtrics", "qualtrics_csv/tests/testthat/files"),
    Taken("multidogo finance", "multidogo/finance/dev.tsv", (*TURNS, "--map", "id=utteranceId")),
    Taken("multidogo software", "multidogo/software/dev.tsv", (*TURNS, "--map", "id=utteranceId")),
    Taken(
        "cfpb", "cfpb_narratives/narratives.csv", ("--channel", "letter", "--map", "text=narrative", "--map", "id=id")
    ),
    Taken("scans", "scans", LETTERS),
    Taken("recordings", "nl_speech_fillets/audio", ("--channel", "call")),
)


def _listened(path: Path, words: tuple[str, ...], home: str) -> dict[str, object]:
    """The summary of listening to ``path``. Status 1 says that something was refused, which the summary tells."""
    command = [str(RUN), "listen", str(path), *words, "--later", "--json"]
    done = subprocess.run(command, env={**os.environ, "GEHOOR_HOME": home}, capture_output=True, check=False)
    if done.returncode not in {0, 1} or not done.stdout:
        sys.exit(done.stderr.decode()[-2000:])
    return json.loads(done.stdout)


def _counts(summary: dict[str, object]) -> dict[str, int]:
    """How many items fell in each place."""
    counts = {}
    for place in PLACES:
        found = summary[place]
        assert isinstance(found, dict)
        counts |= {f"{place} {state}": int(number) for state, number in found.items()}
    for name in LISTS:
        listed = summary[name]
        assert isinstance(listed, list)
        counts[name] = len(listed)
    return counts


def _reasons(summary: dict[str, object]) -> dict[str, int]:
    """How often each reason was given for what is no voice."""
    reasons: dict[str, int] = {}
    for name in LISTS:
        listed = summary[name]
        assert isinstance(listed, list)
        for each in listed:
            reasons[each["reason"]] = reasons.get(each["reason"], 0) + 1
    return reasons


def _take_in(each: Taken, data: Path) -> bool:
    """Take in one set twice; whether both summaries add up and the second time all of it was known."""
    with tempfile.TemporaryDirectory() as home:
        for again in (False, True):
            began = time.perf_counter()
            summary = _listened(data / each.path, each.words, home)
            took = time.perf_counter() - began
            counts = _counts(summary)
            sound = sum(counts.values()) == summary["items"] and not (again and counts["voices new"])
            told = ", ".join(f"{number} {place}" for place, number in counts.items() if number)
            print(
                f"{each.name}{' again' if again else ''}: {summary['items']} items = {told or 'nothing'}; {took:.1f} s"
            )
            if not again:
                print("".join(f"    {number} x {reason}\n" for reason, number in _reasons(summary).items()), end="")
            if not sound:
                print(f"    DOES NOT ADD UP: {sum(counts.values())} in all places together")
                return False
    return True


def main() -> None:
    """Every set that is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", help="only those whose names begin so")
    asked = parser.parse_args()
    wanted = [each for each in SETS if not asked.sets or each.name.startswith(tuple(asked.sets))]
    present = [each for each in wanted if (asked.data / each.path).exists()]
    sound = [_take_in(each, asked.data) for each in present]
    if not all(sound):
        sys.exit(1)


if __name__ == "__main__":
    main()
