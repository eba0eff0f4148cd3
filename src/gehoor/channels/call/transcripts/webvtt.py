"""WebVTT (W3C): cues with voice tags; notes, styles and regions are no words."""

from collections.abc import Iterable, Iterator

from gehoor.channels.call.talk import Talk
from gehoor.channels.call.transcripts.cues import classes, cues, turns

ENGINE = "WebVTT"
_NO_CUES = ("NOTE", "STYLE", "REGION")


def read(text: str) -> Talk:
    """What is said in it."""
    found = turns(cues(_spoken(text.splitlines())))
    ends = [piece.ends for turn in found for piece in turn.pieces if piece.ends is not None]
    return Talk(found, ENGINE, classes(text), duration_seconds=max(ends, default=None))


def _spoken(lines: Iterable[str]) -> Iterator[str]:
    """Without the blocks that hold no cue."""
    passing, at_start = False, True
    for line in lines:
        if not line.strip():
            passing, at_start = False, True
        elif at_start:
            passing = line.startswith(_NO_CUES) and "-->" not in line
            at_start = False
        if not passing:
            yield line
