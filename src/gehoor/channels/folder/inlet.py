"""Brings the files that are put into a folder: by a scanner, a copier, an export, a person.

A file is taken when neither its size nor its time changed for some seconds, together with those that belong to it. The
cursor remembers what was taken; a file that changed since is taken again, and intake knows what it had already.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from gehoor.channels.base import Arrived, Document, Field, Unreadable, Waiting
from gehoor.channels.folder.memory import Taken
from gehoor.channels.folder.watching import TAKEN_IN, Found, Watch, away, mark_now, told
from gehoor.channels.opening import NotOpened, documents
from gehoor.channels.unpacking import Opened, unread
from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence

LOOK_EVERY = 1.5
"""Seconds between two looks; longer where a look takes long, so that looking takes a tenth of the time at most. A look
at everything has its own, longer time between two."""
TELL_EVERY = 30.0
"""Seconds after which it says that it is well though nothing changed."""
TRY_AGAIN = 60.0
"""Seconds after which a file that could not be opened is tried again."""
EMPTY_FOR = 60.0
"""Seconds that an empty file is given to be filled."""


class NotMoved(CannotRead):
    """A file that was taken in and cannot be moved away."""

    code = "not_moved"
    text = sentence("It was taken in, but could not be moved to the folder taken-in.")
    remedy = sentence("Give Gehoor the right to write in the folder; until then the file stays where it is.")
    retry_helps = True


class FolderInlet:
    """See README.md beside this file."""

    kind = "folder"
    title = sentence("Watched folder")
    channel = ""
    fields = (
        Field(
            "folder",
            sentence("Folder"),
            "folder",
            help=sentence("Its whole path on the machine that Gehoor runs on; subfolders are heard too."),
        ),
        Field(
            "move",
            sentence("Move what was taken in"),
            "flag",
            required=False,
            help=sentence("To the subfolder taken-in. Otherwise files stay where they are."),
        ),
        Field(
            "still",
            sentence("Seconds of rest"),
            "number",
            default="5",
            help=sentence("A file is read when it has not changed for so long; a copy in progress is not read half."),
        ),
    )

    def check(self, settings: Mapping[str, str]) -> None:
        """Raises :class:`CannotReach` for a path that is not whole; a folder may still have to be mounted."""
        _path_in(settings)
        _seconds_in(settings)

    def hear(
        self, settings: Mapping[str, str], cursor: str, goes_on: Callable[[], bool]
    ) -> Iterator[Arrived | Unreadable | Waiting]:
        """Bring each file once it has come to rest. Raises :class:`CannotReach` when the folder is not there."""
        root = _root_in(settings)
        moves = settings.get("move", "").strip().lower() in {"1", "on", "true", "yes", "move"}
        if moves and not os.access(root, os.W_OK | os.X_OK):
            raise away(sentence("Gehoor may not write there, so it cannot move what was taken in"))
        yield from _Hearing(root, _seconds_in(settings), Taken(cursor), goes_on, moves=moves).hear()


def _path_in(settings: Mapping[str, str]) -> Path:
    root = Path(settings.get("folder", ""))
    if not root.is_absolute() or "\0" in str(root):
        raise away(sentence("its path has to be whole, from the root"))
    return root


def _root_in(settings: Mapping[str, str]) -> Path:
    root = _path_in(settings)
    if not root.exists():
        raise away(sentence("it is not there, or not mounted"))
    return root


def _seconds_in(settings: Mapping[str, str]) -> float:
    try:
        return min(max(float(settings.get("still", "") or 5), 0.0), 3_600.0)
    except ValueError:
        raise away(sentence("the seconds of rest are not a number")) from None


class _Hearing:
    """One run of the inlet."""

    def __init__(self, root: Path, still: float, taken: Taken, goes_on: Callable[[], bool], *, moves: bool) -> None:
        self._root = root
        self._still = still
        self._taken = taken
        self._goes_on = goes_on
        self._moves = moves
        self._watch = Watch(root, goes_on)
        self._since: dict[str, tuple[bytes, float]] = {}
        """Of every file that is not taken: its mark, and since when it stands so."""
        self._later: dict[bytes, float] = {}
        """When a file that could not be opened is tried again."""
        self._unmoved: set[bytes] = set()

    def hear(self) -> Iterator[Arrived | Unreadable | Waiting]:
        waits, told_at = -1, 0.0
        while self._goes_on():
            began = time.monotonic()
            due = self._due()
            took = time.monotonic() - began
            yield from self._watch.problems
            groups = [list(each) for _, each in groupby(sorted(due, key=_by_group), key=lambda found: found.group)]
            for number, group in enumerate(groups, start=1):
                if not self._goes_on():
                    return
                yield from self._take(group, last=number == len(groups))
            if due or len(self._since) != waits or time.monotonic() - told_at > TELL_EVERY:
                waits, told_at = len(self._since), time.monotonic()
                yield Waiting(waits)
            self._pause(LOOK_EVERY if self._watch.was_whole else max(LOOK_EVERY, 10 * took))

    def _due(self) -> list[Found]:
        """What has come to rest, with all that belongs to it."""
        restless = {relative.rpartition("/")[0] for relative in self._since}
        new = self._watch.look(() if self._moves else self._taken, restless)
        if self._moves:
            new = [found for found in new if not self._is_done(found)]
        if self._watch.seen_whole is not None:
            self._taken.forget_all_but(self._watch.seen_whole)
        now = time.monotonic()
        before, self._since = self._since, {}
        for found in new:
            since = before.get(found.relative)
            self._since[found.relative] = since if since and since[0] == found.mark else (found.mark, now)
        moving = {found.group for found in new if now - self._since[found.relative][1] < self._rest_of(found)}
        return [found for found in new if found.group not in moving and self._later.get(found.mark, 0.0) <= now]

    def _rest_of(self, found: Found) -> float:
        return max(self._still, EMPTY_FOR) if found.empty else self._still

    def _take(self, group: list[Found], *, last: bool) -> Iterator[Arrived | Unreadable]:
        """Bring the files of a group; they count as taken from the last document of each on."""
        kept = []
        for found in group:
            if mark_now(self._root, found.relative) != found.mark:
                continue
            yield from self._bring(found, exact=last and found is group[-1])
            if found.mark in self._taken:
                kept.append(found)
        for found in kept:
            if mark_now(self._root, found.relative) == found.mark:
                del self._since[found.relative]
                if self._moves:
                    yield from self._move(found)

    def _bring(self, found: Found, *, exact: bool) -> Iterator[Arrived | Unreadable]:
        place = told(found.relative).rpartition("/")[0]
        for opened, is_last in _with_last(documents(self._root / found.relative)):
            if isinstance(opened, Unreadable) and isinstance(opened.error, NotOpened):
                yield from self._refused(found, opened)
                return
            if is_last:
                self._taken.add(found.mark)
            name = opened.name if isinstance(opened, Document) else opened.position
            name = f"{place}/{name}" if place else name
            if isinstance(opened, Document):
                yield Arrived(replace(opened, name=name), self._taken.cursor(exact=exact and is_last))
            else:
                yield replace(opened, position=name)

    def _refused(self, found: Found, opened: Unreadable) -> Iterator[Unreadable]:
        """Told once, and tried again after a while."""
        if found.mark not in self._later:
            yield replace(opened, position=told(found.relative))
        self._later[found.mark] = time.monotonic() + TRY_AGAIN

    def _is_done(self, found: Found) -> bool:
        """Whether a file was taken; one that was not moved then (killed before it) is moved now."""
        if found.mark not in self._taken:
            return False
        if found.mark not in self._unmoved:
            for _ in self._move(found):
                pass
        return True

    def _move(self, found: Found) -> Iterator[Unreadable]:
        """Move a file that was taken."""
        try:
            target = self._root / TAKEN_IN / found.relative
            target.parent.mkdir(parents=True, exist_ok=True)
            os.rename(self._root / found.relative, _free(target))
        except OSError:
            self._unmoved.add(found.mark)
            yield unread(told(found.relative), NotMoved())

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self._goes_on() and (rest := until - time.monotonic()) > 0:
            time.sleep(min(rest, 0.5))


def _by_group(found: Found) -> tuple[str, str]:
    return found.group, found.relative


def _with_last(opened: Iterable[Opened]) -> Iterator[tuple[Opened, bool]]:
    """Each with whether it is the last."""
    before: Opened | None = None
    for each in opened:
        if before is not None:
            yield before, False
        before = each
    if before is not None:
        yield before, True


def _free(path: Path) -> Path:
    """The path itself, or with a number where one of that name is there already."""
    number, free = 1, path
    while free.exists() or free.is_symlink():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


INLET = FolderInlet()
