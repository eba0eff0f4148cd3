"""The lines of a body, and what each of them is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

_VISIBLE = re.compile(r"[^\s\u200b\ufeff\u200c]")


class Role(Enum):
    """What a line is within its message."""

    NEW = "new"
    QUOTED = "quoted"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, with the role that structure gave it (an HTML quote, a ``>``); NEW when structure says nothing."""

    text: str
    role: Role = Role.NEW

    @property
    def blank(self) -> bool:
        """Whether nothing can be seen on it."""
        return not _VISIBLE.search(self.text)


@dataclass(frozen=True, slots=True)
class ToldApart:
    """What is new, what is history, and how it is signed. Together they hold every line that can be seen."""

    text: str
    quoted: str
    signature: str


def join(lines: Sequence[Line], roles: Sequence[Role], role: Role) -> str:
    """The lines of one role, blank ones kept between them, never at the ends."""
    chosen = [line.text for line, own in zip(lines, roles, strict=True) if own is role]
    return "\n".join(chosen).strip("\n")
