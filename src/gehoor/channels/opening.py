"""From a path to documents: files, folders, maildirs, and what is inside archives.

Every file comes out once, in a stable order: names sorted within a folder, an archive's members as they stand in it.
Hidden files (a name that begins with a dot, ``__MACOSX``) are passed over. What cannot be opened is given as
:class:`Unreadable` in its place, with the name as position and without bytes, and stops nothing else.

Office files (XLSX, DOCX, ODS) and mail are documents, however much they are archives inside. A member of an archive is
held in memory up to ``IN_MEMORY`` bytes and in a temporary file beyond; that file goes when its document is let go.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from gehoor.channels.base import Document
from gehoor.channels.unpacking import Opened, is_hidden, unpacked, unread
from gehoor.kernel.errors import CannotRead, Damaged, Dangerous
from gehoor.kernel.language import sentence


class NotOpened(CannotRead):
    """A file that is not there, or that this user may not open."""

    code = "not_opened"
    text = sentence("The {what} could not be opened: {why}")
    remedy = sentence("Check that it is there and that Gehoor may read it; then try again.")
    retry_helps = True


def documents(path: Path) -> Iterator[Opened]:
    """Every document at ``path``, a file or a folder. Raises nothing: what cannot be opened is given as Unreadable."""
    yield from _at(path, _told(path.name) or "folder", path)


def _at(path: Path, name: str, root: Path) -> Iterator[Opened]:
    try:
        if path != root and path.is_symlink():
            yield from _linked(path, name, root)
        elif path.is_dir():
            yield from _in_folder(path, name, root)
        elif path.is_file():
            yield from _in_file(path, name)
        elif path.exists():
            yield unread(name, Dangerous(what=sentence("file"), why=sentence("it is no ordinary file")))
        else:
            yield unread(name, NotOpened(what=sentence("file"), why=sentence("it is not there")))
    except (OSError, ValueError):
        yield unread(
            name, NotOpened(what=sentence("file"), why=sentence("this user may not read it, or it is damaged"))
        )


def _linked(path: Path, name: str, root: Path) -> Iterator[Opened]:
    """A link within the folder is passed over, for what it points to is read by itself."""
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        yield unread(name, Dangerous(what=sentence("link"), why=sentence("it points out of the folder")))


def _in_folder(path: Path, name: str, root: Path) -> Iterator[Opened]:
    if (path / "cur").is_dir() and (path / "new").is_dir():
        yield Document(name, _size_of_maildir(path), BytesIO, path)
        return
    for entry in sorted(os.listdir(path)):
        if not is_hidden(entry):
            yield from _at(path / entry, f"{name}/{_told(entry)}", root)


def _told(name: str) -> str:
    """A file's name as text that can be stored, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")


def _size_of_maildir(path: Path) -> int:
    sizes = (entry.stat().st_size for part in ("cur", "new") for entry in os.scandir(path / part) if entry.is_file())
    return sum(sizes)


def _in_file(path: Path, name: str) -> Iterator[Opened]:
    size = path.stat().st_size
    if size == 0:
        yield unread(name, Damaged(what=sentence("file"), why=sentence("it is empty")))
        return
    with path.open("rb"):
        document = Document(name, size, lambda: path.open("rb"), path)
    yield from unpacked(document)
