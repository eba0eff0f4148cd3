"""What stands in a folder and is new, without looking at every file each time.

A folder's own time changes when something is put into it or taken out; only then it is listed again. A file that is
written to in place shows in the whole look, once a minute.
"""

import os
import stat
import time
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from gehoor.channels.base import Unreadable
from gehoor.channels.folder.memory import mark
from gehoor.channels.opening import NotOpened
from gehoor.channels.unpacking import is_hidden, unread
from gehoor.kernel.errors import CannotReach, CannotRead, Dangerous
from gehoor.kernel.language import sentence

TAKEN_IN = "taken-in"
"""The subfolder that files are moved to; it is never looked into."""
WHOLE_EVERY = 60.0
"""Seconds between two looks at everything."""
QUIET_AFTER = 2
"""Times that a folder's time has to be the same before it is believed: clocks of file systems are coarse."""
LONG_AGO = 10 * 1_000_000_000
"""Nanoseconds after which a folder's time is believed at once."""

_UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".download", ".swp", "~")
_NOT_FOR_PEOPLE = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is not known yet. ``relative`` is its path within the folder, with ``/``."""

    relative: str
    mark: bytes
    empty: bool

    @property
    def group(self) -> str:
        """The same for files that belong together: ``gesprek.wav``, ``gesprek.vtt`` and ``gesprek.nl.vtt``."""
        folder, _, name = self.relative.rpartition("/")
        stem = name.rpartition(".")[0] or name
        before, _, language = stem.rpartition(".")
        return f"{folder}/{before if before and language.isalpha() and len(language) <= 3 else stem}"


def is_passed_over(name: str) -> bool:
    """Hidden, or the name of something that is still being written."""
    low = name.lower()
    return is_hidden(name) or low.startswith("~$") or low.endswith(_UNFINISHED) or low in _NOT_FOR_PEOPLE


def told(path: str) -> str:
    """A path as text that can be stored, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def away(why: str) -> CannotReach:
    """The folder as a whole cannot be used."""
    return CannotReach(where=sentence("The folder"), why=why)


def mark_now(root: Path, relative: str) -> bytes | None:
    """The mark of a file as it stands now; None when it is no ordinary file any more."""
    try:
        status = (root / relative).lstat()
    except OSError:
        return None
    return mark(relative, status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


class Watch:
    """Looks into a folder and its subfolders again and again."""

    def __init__(self, root: Path, goes_on: Callable[[], bool]) -> None:
        self.problems: list[Unreadable] = []
        """What the last look could not read, each told once."""
        self.was_whole = False
        """Whether the last look was one at everything."""
        self.seen_whole: set[bytes] | None = None
        """After a look at everything that went well: the marks of all files there."""
        self._root = root
        self._goes_on = goes_on
        self._times: dict[str, tuple[int, int]] = {}
        self._reported: set[str] = set()
        self._whole_at = 0.0
        self._went_well = True

    def look(self, known: Container[bytes], restless: set[str]) -> list[Found]:
        """Files whose mark is not ``known``, of the folders that changed or are ``restless``.

        Raises :class:`CannotReach` when the folder itself is not there or may not be read.
        """
        self._check_root()
        self.problems, self.seen_whole, self._went_well = [], None, True
        began = time.monotonic()
        whole = began >= self._whole_at
        self.was_whole = whole
        marks: set[bytes] = set()
        new: list[Found] = []
        for found in self._found("", whole=whole, restless=restless):
            if whole:
                marks.add(found.mark)
            if found.mark not in known:
                new.append(found)
        if whole and self._goes_on():
            took = time.monotonic() - began
            self._whole_at = time.monotonic() + max(WHOLE_EVERY, 20 * took)
            self.seen_whole = marks if self._went_well else None
        return sorted(new, key=lambda each: each.relative)

    def _check_root(self) -> None:
        try:
            with os.scandir(self._root):
                pass
        except FileNotFoundError:
            raise away(sentence("it is not there, or not mounted")) from None
        except NotADirectoryError:
            raise away(sentence("it is not a folder")) from None
        except PermissionError:
            raise away(sentence("Gehoor may not read it")) from None
        except OSError:
            raise away(sentence("it does not answer")) from None

    def _found(self, folder: str, *, whole: bool, restless: set[str]) -> Iterator[Found]:
        """Every file in the folders that have to be listed, subfolders too. No recursion: they may lie deep."""
        places = list(self._times) if self._times and not whole else [folder]
        due = [place for place in places if whole or self._has_changed(place) or place in restless]
        while due and self._goes_on():
            place = due.pop()
            for entry in self._entries(place):
                relative = f"{place}/{entry.name}" if place else entry.name
                if is_passed_over(entry.name) or relative == TAKEN_IN:
                    continue
                if _is_folder(entry):
                    if whole or relative not in self._times:
                        due.append(relative)
                else:
                    yield from self._file(entry, relative)

    def _has_changed(self, place: str) -> bool:
        before, same = self._times[place]
        try:
            now = (self._root / place).stat().st_mtime_ns
        except FileNotFoundError:
            del self._times[place]
            return False
        except OSError:
            return True
        return now != before or same < QUIET_AFTER

    def _entries(self, place: str) -> Iterator[os.DirEntry[str]]:
        path = self._root / place
        try:
            now = path.stat().st_mtime_ns
            before, same = self._times.get(place, (0, 0))
            settled = time.time_ns() - now > LONG_AGO
            self._times[place] = (now, QUIET_AFTER if settled else min(same + 1, QUIET_AFTER) if now == before else 0)
            with os.scandir(path) as entries:
                yield from entries
        except FileNotFoundError:
            self._times.pop(place, None)
        except OSError:
            self._went_well = False
            self._report(place, NotOpened(what=sentence("folder"), why=sentence("this user may not read it")))

    def _file(self, entry: os.DirEntry[str], relative: str) -> Iterator[Found]:
        try:
            if entry.is_symlink():
                self._check_link(relative)
            elif not entry.is_file(follow_symlinks=False):
                self._report(relative, Dangerous(what=sentence("file"), why=sentence("it is no ordinary file")))
            else:
                status = entry.stat(follow_symlinks=False)
                yield Found(relative, mark(relative, status.st_size, status.st_mtime_ns), status.st_size == 0)
        except FileNotFoundError:
            return
        except OSError:
            self._went_well = False

    def _check_link(self, relative: str) -> None:
        """A link within the folder is passed over, for what it points to is read by itself."""
        try:
            inside = (self._root / relative).resolve().is_relative_to(self._root.resolve())
        except (OSError, RuntimeError):
            inside = False
        if not inside:
            self._report(relative, Dangerous(what=sentence("link"), why=sentence("it points out of the folder")))

    def _report(self, relative: str, error: CannotRead) -> None:
        if relative not in self._reported:
            self._reported.add(relative)
            self.problems.append(unread(told(relative) or told(self._root.name), error))
