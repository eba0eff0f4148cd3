"""The two sides of a recording in stereo: whether they are two people, and which of them is the customer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gehoor.channels.base import Document
from gehoor.channels.call.recording import RATE, Heard, Samples, samples

ALIKE = 0.5
"""The correlation from which on two sides hold the same talk."""
THROUGH = 0.15
"""How much of one side may come through on the other, as a share of how loud each is for itself."""
_FRAME = RATE // 50
_STRETCH = RATE // 10
_QUIET = 1e-4
"""The loudness (root mean square) below which a side holds nothing."""


@dataclass(slots=True)
class Likeness:
    """Adds up how alike two sides are: their waves, and how loud they are every fiftieth of a second.

    The waves show a call that was stored twice, the loudness one that was recorded by two microphones in one room.
    """

    _waves: NDArray[np.float64] = field(default_factory=lambda: np.zeros(3))
    _loudness: list[NDArray[np.float32]] = field(default_factory=list)
    _count: int = 0

    def add(self, piece: Samples) -> None:
        """Two sides by samples."""
        left, right = piece.astype(np.float64)
        self._waves += (left @ left, right @ right, left @ right)
        self._count += left.size
        frames = piece.shape[1] // _FRAME
        if frames:
            framed = piece[:, : frames * _FRAME].reshape(2, frames, _FRAME)
            self._loudness.append(np.sqrt(np.mean(framed**2, axis=2)))

    def levels(self) -> NDArray[np.float32]:
        """How loud each side is when someone speaks on it."""
        levels: NDArray[np.float32] = np.percentile(np.concatenate(self._loudness, axis=1), 95, axis=1)
        return levels

    def are_two(self) -> bool:
        """Whether two different people speak on the sides."""
        if not self._loudness:
            return False
        left, right, both = self._waves
        if min(left, right) / self._count < _QUIET**2:
            return False
        wave = abs(both) / np.sqrt(left * right)
        loud = np.concatenate(self._loudness, axis=1)
        spread = loud.std(axis=1)
        if not spread.min() > 0:
            return False
        together = np.mean(np.prod(loud - loud.mean(axis=1, keepdims=True), axis=0)) / np.prod(spread)
        return bool(max(wave, together) < ALIKE)


def two_people(document: Document, alive: Callable[[], None]) -> NDArray[np.float32] | None:
    """How loud both are when a recording holds two people on a side each; else None. Listens to all of it.

    Raises as :func:`samples`.
    """
    likeness = Likeness()
    for piece in gathered(samples(document, Heard())):
        if piece.shape[0] < 2:
            return None
        likeness.add(piece)
        alive()
    return likeness.levels() if likeness.are_two() else None


def apart(block: Samples, levels: NDArray[np.float32]) -> Samples:
    """Both sides without what comes through from the other: muted where the other is the one who speaks."""
    count = -(-block.shape[1] // _STRETCH)
    padded = np.pad(block, ((0, 0), (0, count * _STRETCH - block.shape[1])))
    loud = np.sqrt(np.mean(padded.reshape(2, count, _STRETCH) ** 2, axis=2)) / np.maximum(levels, _QUIET)[:, None]
    muted = (loud < THROUGH * loud[::-1]) & (loud[::-1] > THROUGH)
    sides: Samples = np.where(np.repeat(muted, _STRETCH, axis=1)[:, : block.shape[1]], np.float32(0), block)
    return sides


def gathered(pieces: Iterator[Samples], seconds: float = 30.0) -> Iterator[Samples]:
    """The same samples in larger pieces, of about this many seconds."""
    held: list[Samples] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += piece.shape[1]
        if length >= seconds * RATE:
            yield np.concatenate(held, axis=1)
            held, length = [], 0
    if held:
        yield np.concatenate(held, axis=1)


def blocks(pieces: Iterator[Samples], seconds: float = 300.0, search: float = 30.0) -> Iterator[Samples]:
    """The same samples in blocks of at most ``seconds``, each cut at the quietest moment of its last ``search``."""
    held = np.zeros((0, 0), np.float32)
    for piece in gathered(pieces):
        held = np.concatenate((held, piece), axis=1) if held.size else piece
        while held.shape[1] > seconds * RATE:
            cut = _quietest(held, int((seconds - search) * RATE), int(seconds * RATE))
            yield held[:, :cut]
            held = held[:, cut:]
    if held.size:
        yield held


def _quietest(held: Samples, start: int, end: int) -> int:
    """Where between two places a fifth of a second is the quietest, over all sides."""
    width = RATE // 5
    count = (end - start) // width
    power = np.square(held[:, start : start + count * width]).sum(axis=0).reshape(count, width).sum(axis=1)
    return start + int(np.argmin(power)) * width + width // 2
