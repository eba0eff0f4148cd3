"""Recordings: whether bytes are one, how long it lasts, and its samples, a bounded part at a time.

Nothing is believed that a file says about itself: what is decoded is counted as it comes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, TypeAlias

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from gehoor.channels.base import Document
from gehoor.channels.call.sound import media_type
from gehoor.kernel.errors import Damaged, TooLarge
from gehoor.kernel.language import sentence

RATE = 16_000
"""Samples a second, as engines hear."""
LARGEST = 1 << 30
LONGEST = 12 * 3600
"""Seconds."""

Samples: TypeAlias = NDArray[np.float32]
"""Between -1 and 1. Sides by samples: (1, n), or (2, n) for stereo."""

_BROKEN = (av.FFmpegError, ValueError, OverflowError, EOFError, IndexError, MemoryError)
"""What decoding raises on damaged input."""
_FORMATS = {"audio/wav": "wav", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/mp4": "mov"}
"""What bytes are read as, by what they show or are called. Never guessed: a list of addresses must not be followed."""
_MANY_BAD = 0.05
"""The share of damaged packets from which on it is told."""
_PACKETS_AT_START = 200
_SLOWEST = 4_000
"""Samples a second; less is no speech, and would be blown up without end."""

av.logging.set_level(None)


@dataclass(slots=True)
class Heard:
    """How the decoding of a recording went; complete when its last samples were taken."""

    seconds: float = 0.0
    is_cut: bool = False
    """Whether it ends before its own time, or parts of it could not be decoded."""


def check_size(document: Document) -> None:
    """Pass, or raise :class:`TooLarge` before anything is read."""
    if document.size > LARGEST:
        raise TooLarge(what=sentence("recording"), limit=sentence("1 GiB"))


def _rate(stream: AudioStream) -> int:
    """Samples a second; 0 of sound that nothing here can decode."""
    context: AudioCodecContext | None = stream.codec_context
    return 0 if context is None else context.rate or 0


def probe(document: Document) -> float | None:
    """How many seconds it says to last, None when it does not. Raises :class:`Damaged` when no sound comes out."""
    check_size(document)
    with _opened(document) as container:
        declared = _declared(container)
        if declared is not None and declared > LONGEST:
            raise _too_long()
        packets = chain(container.demux(audio=0))
        for _, packet in zip(range(_PACKETS_AT_START), packets, strict=False):
            try:
                if any(frame.samples for frame in packet.decode()):
                    return declared
            except av.FFmpegError:
                continue
    raise _no_sound()


def samples(document: Document, heard: Heard) -> Iterator[Samples]:
    """Its samples in pieces of up to a second or so: two sides when it is in stereo, else one.

    ``heard`` tells afterwards how it went. Raises :class:`Damaged` when no sound at all comes out, TooLarge past
    twelve hours.
    """
    check_size(document)
    with _opened(document) as container:
        declared = _declared(container)
        yield from _decoded(container, heard)
    if not heard.seconds:
        raise _no_sound()
    if _ends_early(document, declared, heard.seconds):
        heard.is_cut = True


def _no_sound() -> Damaged:
    return Damaged(what=sentence("recording"), why=sentence("no sound can be made out of it"))


def _too_long() -> TooLarge:
    return TooLarge(what=sentence("recording"), limit=sentence("12 hours"))


@contextmanager
def _opened(document: Document) -> Iterator[InputContainer]:
    shape = _FORMATS.get(media_type(document.head(), document.name))
    if shape is None:
        raise _no_sound()
    with document.open() as stream:
        try:
            with av.open(stream, mode="r", format=shape, metadata_errors="replace") as container:
                if not container.streams.audio or _rate(container.streams.audio[0]) < _SLOWEST:
                    raise _no_sound()
                yield container
        except _BROKEN:
            raise _no_sound() from None


def _declared(container: InputContainer) -> float | None:
    stream = container.streams.audio[0]
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1_000_000 if container.duration else None


def _decoded(container: InputContainer, heard: Heard) -> Iterator[Samples]:
    resampler = _Resampler("stereo" if container.streams.audio[0].codec_context.channels == 2 else "mono")
    good = bad = 0
    for frames in _frames(container):
        if frames is None:
            bad += 1
            continue
        good += 1
        for frame in frames:
            for piece in resampler.pieces(frame):
                heard.seconds += piece.shape[1] / RATE
                if heard.seconds > LONGEST:
                    raise _too_long()
                yield piece
    for piece in resampler.pieces(None):
        heard.seconds += piece.shape[1] / RATE
        yield piece
    heard.is_cut = bad > _MANY_BAD * (good + bad)


def _frames(container: InputContainer) -> Iterator[list[av.AudioFrame] | None]:
    """The frames of each packet; None for a packet that cannot be decoded."""
    packets = container.demux(audio=0)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except _BROKEN:
            yield None
            return
        try:
            yield [frame for frame in packet.decode() if isinstance(frame, av.AudioFrame)]
        except _BROKEN:
            yield None


class _Resampler:
    """Makes frames into what the engines hear, also when their shape changes on the way."""

    def __init__(self, layout: str) -> None:
        self._layout = layout
        self._resampler = self._fresh()

    def _fresh(self) -> AudioResampler:
        return AudioResampler(format="fltp", layout=self._layout, rate=RATE)

    def pieces(self, frame: av.AudioFrame | None) -> Iterator[Samples]:
        """The samples of a frame; None gives the last. Nothing where none can be made."""
        for each in self._resampled(frame):
            piece = np.nan_to_num(each.to_ndarray().astype(np.float32, copy=False), posinf=1.0, neginf=-1.0)
            if piece.shape[1]:
                yield np.clip(piece, -1.0, 1.0)

    def _resampled(self, frame: av.AudioFrame | None) -> list[av.AudioFrame]:
        if frame is not None:
            frame.pts = None
        try:
            return self._resampler.resample(frame)
        except ValueError:  # it is not shaped as those before it
            self._resampler = self._fresh()
        except _BROKEN:
            return []
        try:
            return self._resampler.resample(frame) if frame is not None else []
        except _BROKEN:
            return []


# Whether it was cut off


def _ends_early(document: Document, declared: float | None, seconds: float) -> bool:
    with document.open() as stream:
        head = stream.read(4096)
        if head[8:12] == b"WAVE":
            return _is_cut_wav(head, document.size)
        if head.startswith(b"OggS"):
            return _is_cut_ogg(stream, document.size)
    return declared is not None and seconds < declared - max(1.0, 0.02 * declared)


def _is_cut_wav(head: bytes, size: int) -> bool:
    """Whether the samples go on beyond the end. A length of nothing or of everything is written while recording."""
    place = head.find(b"data", 12)
    if place < 0 or place + 8 > len(head):
        return False
    length = int.from_bytes(head[place + 4 : place + 8], "little")
    return 0 < length < 0x7FFF_0000 and place + 8 + length > size + 1


def _is_cut_ogg(stream: BinaryIO, size: int) -> bool:
    """Whether the last page goes on beyond the end."""
    stream.seek(max(0, size - 131_072))
    tail = stream.read(131_072)
    place = tail.rfind(b"OggS")
    if place < 0 or len(tail) < place + 27:
        return True
    segments = tail[place + 26]
    lengths = tail[place + 27 : place + 27 + segments]
    return len(lengths) < segments or place + 27 + segments + sum(lengths) > len(tail)
