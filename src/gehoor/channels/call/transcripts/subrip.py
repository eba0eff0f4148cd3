"""SubRip (.srt): a number, a line of times, and what is said."""

import re

from gehoor.channels.call.talk import Talk
from gehoor.channels.call.transcripts.cues import cues, turns

ENGINE = "SubRip"
_BEGINS = re.compile(r"\d{1,6}[ \t]*\n[ \t]*\d{1,4}:\d\d:\d\d[.,]\d{1,3}[ \t]*-+>")


def begins(text: str) -> bool:
    """Whether a text begins as one."""
    return bool(_BEGINS.match(text))


def read(text: str) -> Talk:
    """What is said in it."""
    found = turns(cues(text.splitlines()))
    ends = [piece.ends for turn in found for piece in turn.pieces if piece.ends is not None]
    return Talk(found, ENGINE, duration_seconds=max(ends, default=None))
