"""Has an engine listen to a recording: both sides apart where two people speak on them, else all of it at once."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from gehoor.channels.base import Document
from gehoor.channels.call.engines import SpeechEngine, SpokenWord
from gehoor.channels.call.facts import Facts
from gehoor.channels.call.recording import RATE, Heard, samples
from gehoor.channels.call.sides import apart, blocks, two_people
from gehoor.channels.call.talk import Piece, Talk, Turn
from gehoor.kernel.environment import CUSTOMER_SIDE, SPEECH_LANGUAGE

Alive = Callable[[], None]

_SIDES = ("left", "right")
_QUIET = 1e-4
"""The loudness (root mean square) below which nobody has to listen."""


def listen(document: Document, facts: Facts, engine: SpeechEngine, alive: Alive) -> tuple[Talk, bool]:
    """What is said in a recording, and whether the recording is cut off. Raises CannotRead and EngineFailed."""
    levels = two_people(document, alive)
    names = ("",) if levels is None else _SIDES
    heard = Heard()
    turns: list[Turn] = []
    start = 0.0
    for block in blocks(samples(document, heard)):
        sides = block.mean(axis=0, keepdims=True, dtype=np.float32) if levels is None else apart(block, levels)
        for name, side in zip(names, sides, strict=True):
            turns += _turns(name, side, start, engine, alive)
        start += block.shape[1] / RATE
    customer = facts.customer_side or CUSTOMER_SIDE.value()
    roles = {name: "customer" if name == customer else "adviser" for name in names} if customer and names[0] else {}
    talk = Talk(tuple(turns), engine.name, roles, heard.seconds)
    return talk, heard.is_cut


def _turns(name: str, side: NDArray[np.float32], start: float, engine: SpeechEngine, alive: Alive) -> Iterator[Turn]:
    alive()
    if float(np.sqrt(np.mean(np.square(side)))) >= _QUIET:
        for words in engine.transcribe(np.ascontiguousarray(side), SPEECH_LANGUAGE.value(), alive):
            yield Turn(name, tuple(_piece(word, start) for word in words))


def _piece(word: SpokenWord, start: float) -> Piece:
    return Piece(word.text, round(start + word.begins, 3), round(start + word.ends, 3), word.probability)
