"""A typed transcript: ``Klant: ...`` and ``Adviseur: ...``, with or without the time before it or behind the name."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from gehoor.channels.call.roles import Role, role_named
from gehoor.channels.call.talk import Piece, Talk, Turn

ENGINE = "text"
_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_TIME = rf"[\[(]?({_CLOCK})(?:\s*(?:-+>?|–)\s*{_CLOCK})?[\])]?"
_BEFORE = re.compile(rf"\s{{0,20}}{_TIME}(?![\d:])\s*[-–|]?\s*")
_NAMED = re.compile(
    rf"\s{{0,20}}(?:-\s*)?([^\W\d_][^:\n\[(]{{0,40}}?(?:\([^:\n()]{{1,40}}\))?)\s*(?:{_TIME})?\s*:(?:\s+|$)"
)
_SURE_LINES = 2
_START = 400


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    begins: float | None
    text: str


def likeness(start: str) -> float:
    """How sure it is that a text that begins so is a transcript of a call: 0 to 1."""
    lines = list(islice(_lines(start), _START))
    roles = {role_named(line.name) for line in lines if line.name}
    named = sum(1 for line in lines if role_named(line.name) is not Role.UNKNOWN)
    if named < _SURE_LINES or not roles & {Role.CUSTOMER, Role.ADVISER}:
        return 0.0
    timed = sum(line.begins is not None for line in lines) >= 0.5 * named
    both = {Role.CUSTOMER, Role.ADVISER} <= roles
    return 0.8 if timed and both else 0.5 if both else 0.35


def read(text: str) -> Talk:
    """What is said in it. Where no names stand, all of it is one unknown speaker's."""
    lines = list(_lines(text))
    names = Counter(line.name for line in lines if line.name)
    speakers = {name for name, count in names.items() if role_named(name) is not Role.UNKNOWN}
    if not speakers:
        speakers = {name for name, count in names.items() if count > 1}
    return Talk(tuple(_turns(lines, speakers)), ENGINE)


def _turns(lines: list[_Line], speakers: set[str]) -> Iterator[Turn]:
    speaker, pieces = "", list[Piece]()
    for line in lines:
        is_named = line.name in speakers
        said = line.text if is_named or not line.name else f"{line.name}: {line.text}".strip()
        if is_named:
            if pieces:
                yield Turn(speaker, tuple(pieces))
            speaker, pieces = line.name, []
        if said:
            pieces.append(Piece(said, line.begins))
    if pieces:
        yield Turn(speaker, tuple(pieces))


def _lines(text: str) -> Iterator[_Line]:
    for line in text.split("\n"):
        if line.strip():
            yield _line(line)


def _line(line: str) -> _Line:
    before = _BEFORE.match(line)
    rest = line[before.end() :] if before else line
    named = _NAMED.match(rest)
    time = before[1] if before else named[2] if named and named[2] else ""
    said = rest[named.end() :] if named else rest
    return _Line(" ".join(named[1].split()) if named else "", _seconds(time) if time else None, " ".join(said.split()))


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
