"""Whisper, through faster-whisper (CTranslate2). Stretches without speech are left out before it listens (Silero)."""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import ctranslate2
from faster_whisper import WhisperModel
from faster_whisper.transcribe import Segment

from gehoor.channels.call.engines import SPEECH, SpokenWord
from gehoor.channels.call.engines.loops import without_loops
from gehoor.channels.call.recording import Samples
from gehoor.kernel.errors import EngineFailed
from gehoor.kernel.language import sentence

_TEMPERATURES = (0.0, 0.4, 0.8)
"""It tries again, less sure of itself, when it is stuck in a loop."""
_SQUEEZED = 2.4
"""Times that a text may be longer than it is compressed; beyond, it repeats itself."""
_CREDITS = re.compile(
    r"amara\.org|ondertitel(?:d|ing|s)\b.{0,30}\b(?:door|ingediend)|tv gelderland 20\d\d", re.IGNORECASE
)
"""What it learned from subtitles and says when it hears nothing."""


class Whisper:
    """One model."""

    def __init__(self, folder: Path) -> None:
        """Raises EngineFailed when the model cannot be loaded."""
        self.name = f"faster-whisper {version('faster-whisper')}, {folder.name}"
        try:
            self._model = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
        except (RuntimeError, ValueError, OSError):
            raise EngineFailed(engine=SPEECH, why=sentence("its model cannot be loaded")) from None

    def transcribe(
        self, samples: Samples, language: str, alive: Callable[[], None]
    ) -> Iterator[tuple[SpokenWord, ...]]:
        """See :class:`gehoor.channels.call.engines.SpeechEngine`. The same samples give the same words."""
        ctranslate2.set_random_seed(1)
        try:
            segments, _ = self._model.transcribe(
                samples,
                language=language,
                temperature=_TEMPERATURES,
                compression_ratio_threshold=_SQUEEZED,
                condition_on_previous_text=False,
                word_timestamps=True,
                hallucination_silence_threshold=2.0,
                vad_filter=True,
                vad_parameters={"min_silence_duration_ms": 1000},
            )
            for segment in segments:
                alive()
                if words := _words(segment):
                    yield words
        except (RuntimeError, ValueError) as error:
            raise EngineFailed(engine=SPEECH, why=sentence("it gave up on these sounds")) from error


def _words(segment: Segment) -> tuple[SpokenWord, ...]:
    """The words of a segment that someone really said."""
    if _CREDITS.search(segment.text):
        return ()
    words = [
        SpokenWord(text, float(word.start), float(word.end), float(word.probability))
        for word in segment.words or ()
        if (text := " ".join(word.word.split()))
    ]
    return tuple(without_loops(words) if _repeats(words) else words)


def _repeats(words: Sequence[SpokenWord]) -> bool:
    text = " ".join(word.text for word in words).encode()
    return bool(text) and len(text) / len(zlib.compress(text)) > _SQUEEZED


@lru_cache(maxsize=1)
def loaded(folder: Path) -> Whisper:
    """The model of a folder, loaded once."""
    return Whisper(folder)
