"""The weeks that a measurement rests on, and the columns of its regression."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.effect.regression import Floats
from gehoor.analysis.effect.result import Event, Reason

Integers = NDArray[np.int64]

WEEKS_IN_YEAR = 365.25 / 7
MOST_BEFORE = 104
"""How far back a trend is believed to run in one line."""
MOST_AFTER = 52
"""How far ahead it is: the effect is that of the first year."""
FEWEST_BEFORE = 12
FEWEST_AFTER = 4
YEAR = 52
"""Weeks before the change that a season of its own takes."""
FEWEST_ASKS = 20
FEWEST_FOR_SLOPE = 20
WEEKS_FOR_SLOPE = 12


@dataclass(frozen=True, slots=True)
class Given:
    """What was given, checked. ``comparison`` and ``others`` (all other asks or voices of the week) may be missing."""

    counts: Floats
    change_at: int
    transition: int
    first_day: date | None
    events: tuple[Event, ...]
    comparison: Floats | None
    others: Floats | None


@dataclass(frozen=True, slots=True)
class Series:
    """The n weeks used. ``at`` (n,): their places in what was given; ``columns`` (n, p); ``effect`` (p,): which columns
    are of the change; ``offset`` (n,): logarithm of what the asks are measured against."""

    at: Integers
    counts: Floats
    comparison: Floats | None
    offset: Floats
    columns: Floats
    effect: NDArray[np.bool_]
    after: NDArray[np.bool_]
    seasonal: bool


def weeks_before(given: Given) -> range:
    """The weeks that say what would have been."""
    return range(max(0, given.change_at - MOST_BEFORE), max(0, min(given.change_at, len(given.counts))))


def weeks_after(given: Given) -> range:
    """The weeks in which the effect is measured."""
    start = max(given.change_at, 0) + given.transition
    return range(start, max(start, min(len(given.counts), start + MOST_AFTER)))


def check_enough(given: Given) -> Reason:
    """``NONE``, or why there is nothing to estimate from."""
    busy = {at for event in given.events for at in range(event.first, event.last + 1)}
    before, after = weeks_before(given), weeks_after(given)
    if given.change_at > 0 and len(after) < FEWEST_AFTER:
        return Reason.NO_WEEKS_AFTER
    if len(before) < FEWEST_BEFORE:
        return Reason.NO_WEEKS_BEFORE
    if len(set(before) - busy) < FEWEST_BEFORE or len(set(after) - busy) < FEWEST_AFTER:
        return Reason.EVENT_COVERS
    seen = [given.counts[before.start : before.stop].sum()]
    if given.comparison is not None:
        seen += [given.comparison[before.start : before.stop].sum(), given.comparison[after.start : after.stop].sum()]
    return Reason.TOO_FEW_ASKS if min(seen) < FEWEST_ASKS else Reason.NONE


def build_series(given: Given) -> Series:
    """The weeks and columns for ``given``, of which :func:`check_enough` has nothing to say."""
    before, after = weeks_before(given), weeks_after(given)
    at = np.array([*before, *after], dtype=np.int64)
    at = at[~_silent_events(given, at)]
    counts, comparison = given.counts[at], None if given.comparison is None else given.comparison[at]
    is_after = at >= after.start
    seasonal = comparison is None and len(before) >= YEAR
    columns: list[Floats] = [np.ones(len(at))]
    if comparison is None:
        columns.append((at - given.change_at) / WEEKS_IN_YEAR)
    if seasonal:
        columns += _waves(at, given.first_day, 2)
    effect: list[Floats] = [is_after.astype(float)]
    if len(after) >= WEEKS_FOR_SLOPE and counts[is_after].sum() >= FEWEST_FOR_SLOPE:
        effect.append(np.where(is_after, (at - at[is_after].mean()) / WEEKS_IN_YEAR, 0.0))
    known = _events(given.events, at, [*columns, *effect])
    matrix = np.column_stack([*columns, *known, *effect])
    offset = np.zeros(len(at)) if given.others is None or comparison is not None else np.log(given.others[at] + 0.5)
    is_effect = np.arange(matrix.shape[1]) >= len(columns) + len(known)
    return Series(at, counts, comparison, offset, matrix, is_effect, is_after, seasonal)


def _silent_events(given: Given, at: Integers) -> NDArray[np.bool_]:
    """Weeks of events in which nobody asked: there is no finite size for such an event, so its weeks are left out."""
    silent = np.zeros(len(at), dtype=bool)
    for event in given.events:
        during = (at >= event.first) & (at <= event.last)
        empty = given.counts[at[during]].sum() == 0
        if given.comparison is not None:
            empty = empty or given.comparison[at[during]].sum() == 0
        silent |= during & bool(empty)
    return silent


def _waves(at: Integers, first_day: date | None, pairs: int) -> list[Floats]:
    """Sine and cosine of the year, and of its half (Fourier pairs)."""
    if first_day is None:
        turn = 2 * np.pi * at / WEEKS_IN_YEAR
    else:
        middle = [first_day + timedelta(days=7 * int(week) + 3) for week in at]
        turn = 2 * np.pi * np.array([day.timetuple().tm_yday for day in middle]) / 365.25
    return [wave(turn * pair) for pair in range(1, pairs + 1) for wave in (np.sin, np.cos)]


def _events(events: Sequence[Event], at: Integers, others: list[Floats]) -> list[Floats]:
    """A column for each event that says something that no other column says."""
    columns: list[Floats] = []
    for event in events:
        during = ((at >= event.first) & (at <= event.last)).astype(float)
        wider = np.column_stack([*others, *columns, during])
        if during.any() and np.linalg.matrix_rank(wider) == wider.shape[1]:
            columns.append(during)
    return columns
