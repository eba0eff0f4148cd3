"""What was said in a call: turns of people, each with when its words were said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gehoor.channels.base import Identity


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or as much as a platform times as one. Seconds from the start of the recording, None where not said."""

    text: str
    begins: float | None = None
    ends: float | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What someone said without anyone coming between. ``speaker`` is as the source names them, ``""`` for unknown."""

    speaker: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def begins(self) -> float | None:
        """When it begins, where that is known."""
        return next((piece.begins for piece in self.pieces if piece.begins is not None), None)


@dataclass(frozen=True, slots=True)
class Talk:
    """A whole call. ``engine`` names who wrote it down; ``roles`` is what the source itself says of its speakers."""

    turns: tuple[Turn, ...]
    engine: str
    roles: Mapping[str, str] = field(default_factory=dict)
    duration_seconds: float | None = None
    said_at: datetime | None = None
    conversation: str = ""
    identities: tuple[Identity, ...] = ()
