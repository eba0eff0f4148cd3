"""Where a record begins that runs on: an archive of long ago says nothing about the weeks between it and today.

Old voices (a site that was saved in 2009, taken in today) stand before years in which nobody listened. Counted as weeks
without a voice, those years would stretch every trend and make a change look like more than it was.
"""

from collections.abc import Mapping
from itertools import pairwise

LONGEST_GAP = 26
"""Weeks without anything, half a year, that a record may hold and still run on."""


def begins(weeks: Mapping[int, int]) -> int | None:
    """The first week of the record that runs on, None for no record at all.

    ``weeks`` says how much was heard in each week (numbers that count on; weeks without anything may be left out). More
    than ``LONGEST_GAP`` empty weeks cut off what stands before them, when that is less than what follows: a long
    record that was silent for half a year stays one.
    """
    known = sorted(week for week, heard in weeks.items() if heard)
    if not known:
        return None
    first, before, whole = known[0], 0, sum(weeks.values())
    for week, following in pairwise(known):
        before += weeks[week]
        if following - week - 1 > LONGEST_GAP and before < whole - before:
            first = following
    return first
