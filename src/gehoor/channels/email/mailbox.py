"""Many messages in one place: the mbox file and the maildir folder, one message in memory at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_LONGEST_LINE = 1 << 20
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_SEPARATOR = re.compile(rb"^From (?:\S|- ).{0,300}\d{1,2}:\d\d.{0,60}\d{4}")
_HEADER = re.compile(rb"^[!-9;-~]{1,100}[ \t]*:|^>From ")
_DATE = re.compile(r"[A-Z][a-z]{2},? +(?:[A-Z][a-z]{2} +\d|\d{1,2} [A-Z]).*$")


@dataclass(frozen=True, slots=True)
class Mboxed:
    """One message of an mbox: its own bytes, mboxrd's quoting undone, or only its beginning where it is too large."""

    raw: bytes
    envelope_date: str
    too_large: bool = False


def split_mbox(stream: BinaryIO, largest: int) -> Iterator[Mboxed]:
    """Every message of an mbox, in order. A From_ line counts when it names a time and a header follows it, so that a
    sentence that begins with "From" splits nothing. Holds ``largest`` bytes at most, and a line."""
    gathered = _Gathering(largest)
    line = stream.readline(_LONGEST_LINE)
    starts, first = True, True
    while line:
        following = stream.readline(_LONGEST_LINE)
        if starts and ((first and line.startswith(b"From ")) or _separates(line, following)):
            yield from gathered.take()
            gathered.envelope = line
            first = False
        elif not (first and not line.strip()):
            gathered.add(line)
            first = False
        starts = line.endswith(b"\n")
        line = following
    yield from gathered.take()


def _separates(line: bytes, following: bytes) -> bool:
    return line.startswith(b"From ") and bool(_SEPARATOR.match(line)) and bool(_HEADER.match(following))


class _Gathering:
    """The lines of the message being read."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._lines: list[bytes] = []
        self._size = 0
        self.envelope = b""

    def add(self, line: bytes) -> None:
        if self._size <= self._largest:
            self._lines.append(line)
        self._size += len(line)

    def take(self) -> Iterator[Mboxed]:
        """The message so far, if there is one; then begin anew."""
        raw = _QUOTED_FROM.sub(rb"\1", _without_last_line_end(b"".join(self._lines)))
        if raw.strip():
            yield Mboxed(raw, _date_of(self.envelope), too_large=self._size > self._largest)
        self._lines, self._size, self.envelope = [], 0, b""


def _without_last_line_end(raw: bytes) -> bytes:
    """Without the empty line that an mbox puts after each message."""
    for end in (b"\r\n", b"\n"):
        if raw.endswith(end + end):
            return raw.removesuffix(end)
    return raw


def _date_of(envelope: bytes) -> str:
    found = _DATE.search(envelope.decode("latin-1").strip())
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Filed:
    """One file of a maildir."""

    path: Path
    draft: bool


def files_of_maildir(folder: Path) -> Iterator[Filed]:
    """Every message of a maildir and the folders in it, by name. Links are not followed: they may lead out of it."""
    places = [folder, *sorted(each for each in folder.iterdir() if each.is_dir() and not each.is_symlink())]
    for place in places:
        for name in ("cur", "new"):
            if (place / name).is_dir() and not (place / name).is_symlink():
                yield from _files(place / name)


def _files(folder: Path) -> Iterator[Filed]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield Filed(path, draft="D" in path.name.rpartition(":2,")[2] and ":2," in path.name)
