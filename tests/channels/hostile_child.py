"""Reads one path as intake does, in a process of its own, and tells as JSON what came out and how much memory it took.

Run as ``python hostile_child.py PATH [CHANNEL]``. What an engine would have to read counts as waiting.
"""

import json
import resource
import sys
from collections import Counter
from pathlib import Path

from gehoor.channels.base import Document, Heard, NothingSaid, Unreadable, Wishes
from gehoor.channels.opening import documents
from gehoor.channels.registry import reader_for
from gehoor.kernel.errors import CannotRead


def told(path: Path, channel: str) -> Counter[str]:
    """How many outcomes of each sort, by error code where there is one."""
    found: Counter[str] = Counter()
    wishes = Wishes(channel, take_proposal=True)
    for opened in documents(path):
        if isinstance(opened, Unreadable):
            found[opened.error.code] += 1
            continue
        assert isinstance(opened, Document)
        try:
            for each in reader_for(opened, wishes).read(opened, wishes):
                assert isinstance(each, Heard | NothingSaid | Unreadable)
                found[each.error.code if isinstance(each, Unreadable) else type(each).__name__] += 1
        except CannotRead as error:
            found[error.code] += 1
    return found


if __name__ == "__main__":
    counted = told(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(json.dumps({"outcomes": counted, "peak": peak}))
