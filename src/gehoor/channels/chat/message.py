"""What one line of a chat comes down to, whichever program wrote it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class Sort(Enum):
    """What a line is."""

    SAID = "said"
    FILE = "file"
    """Only a picture, a recording or another file."""
    DELETED = "deleted"
    DELETED_BY_US = "deleted by us"
    """The program says "you": whoever exported the chat wrote it."""
    SYSTEM = "system"
    """Words of the program itself."""


@dataclass(frozen=True, slots=True)
class Message:
    """``author`` is as the chat names them, ``""`` for the program. ``said_at`` is aware UTC."""

    place: str
    author: str
    said_at: datetime | None
    text: str
    original: str
    sort: Sort = Sort.SAID
    native_id: str = ""
    """The program's own id of the message, known within its chat."""
    files: tuple[str, ...] = field(default=())
    """Names of what came with it."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What is known of a chat as a whole. ``title`` is its name: of two people, that of the other."""

    title: str = ""
    root: str = ""
    """What tells this chat from others of the same name, ``""`` where the title does."""
