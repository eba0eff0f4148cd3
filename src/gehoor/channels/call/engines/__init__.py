"""Engines that make words out of sound. The model is the organisation's own choice: a folder, named by a setting."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from gehoor.channels.base import EngineState
from gehoor.channels.call.recording import Samples
from gehoor.kernel.environment import SPEECH_MODEL
from gehoor.kernel.language import sentence

SPEECH = sentence("speech recognition")
"""What is being waited for."""
REMEDY = sentence(
    "Put a Whisper model in the form that faster-whisper takes (model.bin, config.json, tokenizer.json, vocabulary) "
    "in a folder and name that folder in GEHOOR_SPEECH_MODEL; src/gehoor/channels/call/README.md says where to get one."
)
HOW = sentence("name a folder with a Whisper model in GEHOOR_SPEECH_MODEL")
_PARTS = ("model.bin", "config.json", "tokenizer.json")
"""Without the last, the engine would fetch it from elsewhere."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word, with when it was said (seconds from the start of the samples) and how sure that is, 0 to 1."""

    text: str
    begins: float
    ends: float
    probability: float


class SpeechEngine(Protocol):
    """Makes words out of samples."""

    name: str
    """With its version and that of its model."""

    def transcribe(
        self, samples: Samples, language: str, alive: Callable[[], None]
    ) -> Iterator[tuple[SpokenWord, ...]]:
        """The words of each stretch of speech, in order. ``samples`` is one side, (n,), 16,000 a second.

        Calls ``alive`` after each stretch.
        """
        ...


def engines() -> tuple[EngineState, ...]:
    """Every engine for sound, for someone who looks what is installed."""
    return (EngineState("faster-whisper", model_folder() is not None, _version(), REMEDY),)


def _version() -> str:
    try:
        return version("faster-whisper")
    except PackageNotFoundError:
        return ""


def model_folder() -> Path | None:
    """The folder of the organisation's model, when one is named and whole."""
    folder = SPEECH_MODEL.value()
    if folder is None or not all((folder / part).is_file() for part in _PARTS):
        return None
    return folder


def engine() -> SpeechEngine | None:
    """The engine with its model, loaded once; None when there is none. Raises EngineFailed when it does not load."""
    from gehoor.channels.call.engines.whisper import loaded  # takes a second, and only its own process needs it

    folder = model_folder()
    return None if folder is None else loaded(folder)
