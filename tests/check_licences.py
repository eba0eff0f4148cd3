"""Refuses a dependency under GPL or AGPL, and one that is not locked with its hash."""

import json
import re
import subprocess
import sys
from pathlib import Path

LOCKS = Path(__file__).parents[1] / "requirements"
_GPL = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public License", re.IGNORECASE)
_LESSER = re.compile(r"LGPL|Lesser General|Library General", re.IGNORECASE)


def copyleft(licence: str) -> bool:
    """Whether a licence text names the GPL or AGPL as the only choice (the Lesser one is allowed)."""
    choices = re.split(r"\bOR\b|;", licence)
    return all(_GPL.search(choice) and not _LESSER.search(choice) for choice in choices)


def unlocked(lock: str) -> list[str]:
    """Requirements in a lock file that have no hash."""
    joined = lock.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]
    return [line.split(" ")[0] for line in lines if "--hash=" not in line]


def main() -> int:
    """Print what is wrong; 1 when something is."""
    command = [sys.executable, "-m", "piplicenses", "--format=json", "--from=mixed"]
    rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    wrong = [f"{row['Name']}: {row['License']}" for row in rows if copyleft(row["License"])]
    wrong += [f"{name} is not locked" for lock in LOCKS.glob("*.txt") for name in unlocked(lock.read_text())]
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
