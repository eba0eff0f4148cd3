"""The example's calls as sound: two voices on two sides, spoken by espeak-ng where that is installed.

Sound is an array of samples by side, customer left and adviser right, from -1 to 1, at :data:`RATE` a second.
"""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
RATE = 22_050
CUSTOMER, ADVISER = 0, 1
_PROGRAM = "espeak-ng"
_HEADER = 44
"""Bytes before the samples of what the program writes."""
_LETTERS_A_SECOND = 14.0
"""How fast someone speaks of whom there is no sound."""
_BREATH, _TURN = 0.22, 0.5
"""Seconds of silence between two sentences of one speaker, and before someone else speaks."""
_HISS, _LOUD = 0.0015, 0.7
_BITS = 20_000


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice of the program: which variant, how high (0 to 99), how many words a minute."""

    variant: str
    pitch: int = 50
    pace: int = 165


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a talk. ``begins`` and ``ends`` are seconds from the start."""

    side: int
    text: str
    begins: float = 0.0
    ends: float = 0.0


def can_speak() -> bool:
    """Whether the program is there."""
    return shutil.which(_PROGRAM) is not None


def timed(sentences: Sequence[Sentence]) -> list[Sentence]:
    """When each would be said, by its letters."""
    return list(_laid_out(sentences, [len(each.text) / _LETTERS_A_SECOND for each in sentences]))


def spoken(sentences: Sequence[Sentence], speakers: Sequence[Speaker], seed: int) -> tuple[Sound, list[Sentence]]:
    """The sound of a talk, and when in it each sentence is said. Raises OSError when the program fails."""
    voices = [_said(each.text, speakers[each.side]) for each in sentences]
    laid = list(_laid_out(sentences, [voice.size / RATE for voice in voices]))
    hiss = np.random.default_rng(seed).normal(0, _HISS, (2, round((laid[-1].ends + _TURN) * RATE)))
    sound = hiss.astype(np.float32)
    for each, voice in zip(laid, voices, strict=True):
        start = round(each.begins * RATE)
        sound[each.side, start : start + voice.size] += _LOUD * voice
    return sound, laid


def _laid_out(sentences: Sequence[Sentence], seconds: Sequence[float]) -> Iterator[Sentence]:
    at, side = 0.0, None
    for each, lasts in zip(sentences, seconds, strict=True):
        at += _BREATH if side == each.side else _TURN
        yield replace(each, begins=at, ends=at + lasts)
        at, side = at + lasts, each.side


def _said(text: str, speaker: Speaker) -> Sound:
    """One sentence in one voice."""
    voice = ["-v", f"nl+{speaker.variant}", "-p", str(speaker.pitch), "-s", str(speaker.pace)]
    command = [shutil.which(_PROGRAM) or _PROGRAM, *voice, "--stdin", "--stdout"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=60, check=False)  # noqa: S603
    if done.returncode:
        raise OSError(done.returncode, _PROGRAM)
    samples = np.frombuffer(done.stdout[_HEADER : len(done.stdout) // 2 * 2], dtype="<i2")
    return samples.astype(np.float32) / np.float32(32_768)


def write_sound(sound: Sound, path: Path) -> None:
    """As OGG with Opus, the same bytes for the same sound."""
    with av.open(str(path), "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libopus", rate=16_000, layout="stereo")
        stream.bit_rate = _BITS
        stream.codec_context.options = {"flags": "+bitexact", "compression_level": "0"}
        resampler = av.AudioResampler(format="s16", layout="stereo", rate=16_000)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout="stereo")
        frame.sample_rate = RATE
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
