"""Customer minutes: what it cost a customer to say something, in time.

A voice with a known duration weighs that duration, waiting included. A written voice weighs its channel's threshold
(looking for paper, a stamp, a form) plus its words at the channel's pace. A voice's minutes are divided over its asks
by their words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of the table: minutes before the first word, and words a minute after it (more than zero)."""

    threshold_minutes: float
    words_per_minute: float


@dataclass(frozen=True, slots=True)
class Table:
    """A named table of rates by channel. A channel that is not in it weighs its words at ``otherwise``."""

    name: str
    rates: Mapping[str, Rate]
    otherwise: Rate = Rate(threshold_minutes=1.0, words_per_minute=19.0)

    def rate(self, channel: str) -> Rate:
        """The rate of one channel."""
        return self.rates.get(channel, self.otherwise)


def minutes(
    table: Table,
    channels: Sequence[str],
    words: NDArray[np.int64] | Floats,
    duration_seconds: Floats,
    waited_seconds: Floats,
) -> Floats:
    """Customer minutes of each voice, shape (n,). NaN in a duration or waiting time means that it is not known."""
    rates = {channel: table.rate(channel) for channel in set(channels)}
    threshold = np.array([rates[channel].threshold_minutes for channel in channels], dtype=np.float64)
    pace = np.array([rates[channel].words_per_minute for channel in channels], dtype=np.float64)
    waited = np.nan_to_num(waited_seconds, nan=0.0) / 60
    written = threshold + np.asarray(words, dtype=np.float64) / pace
    return np.where(np.isnan(duration_seconds), written, np.nan_to_num(duration_seconds, nan=0.0) / 60) + waited


def shares(ask_words: NDArray[np.int64] | Floats, voice: NDArray[np.int64]) -> Floats:
    """The part of its voice's minutes that each ask carries, shape (asks,); the parts of one voice add up to one.

    ``voice`` numbers the voice of each ask from 0. Asks without any word share equally.
    """
    weights = np.asarray(ask_words, dtype=np.float64)
    totals = np.bincount(voice, weights=weights)
    weights = np.where(totals[voice] > 0, weights, 1.0)
    return np.asarray(weights / np.bincount(voice, weights=weights)[voice], dtype=np.float64)
