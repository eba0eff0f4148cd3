"""From a path to documents: files, folders, maildirs, and what is inside archives.

Every file comes out once, in a stable order: names sorted within a folder, an archive's members as they stand in it.
Hidden files (a name that begins with a dot, ``__MACOSX``) are passed over. What cannot be opened is given as
:class:`Unreadable` in its place, with the name as position and without bytes, and stops nothing else.

Office files (XLSX, DOCX, ODS) and mail are documents, however much they are archives inside. A member of an archive is
held in memory up to ``IN_MEMORY`` bytes and in a temporary file beyond; that file goes when its document is let go.
"""

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path

from gehoor.channels.base import Document
from gehoor.channels.beside import Neighbours
from gehoor.channels.unpacking import Opened, is_hidden, unpacked, unread
from gehoor.kernel.errors import CannotRead, Dangerous, Empty
from gehoor.kernel.language import sentence


class NotOpened(CannotRead):
    """A file that is not there, or that this user may not open."""

    code = "not_opened"
    text = sentence("The {what} could not be opened: {why}")
    remedy = sentence("Check that it is there and that Gehoor may read it; then try again.")
    retry_helps = True


class _Folder:
    """A folder that is walked; what stands in it is listed once, when someone asks."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name

    def beside(self) -> Mapping[str, Document]:
        """The ordinary files in it, by file name."""
        return self._neighbours

    @cached_property
    def _neighbours(self) -> Mapping[str, Document]:
        try:
            with os.scandir(self._path) as entries:
                files = {
                    _told(entry.name): Path(entry.path)
                    for entry in sorted(entries, key=lambda entry: entry.name)
                    if not is_hidden(entry.name) and entry.is_file(follow_symlinks=False)
                }
        except OSError:
            return {}
        return Neighbours(files, self._neighbour)

    def _neighbour(self, name: str, path: Path) -> Document:
        try:
            size = path.stat().st_size
        except OSError:
            size = 0
        full = f"{self._name}/{name}" if self._name else name
        return Document(full, size, lambda: path.open("rb"), path, self.beside)


def documents(path: Path) -> Iterator[Opened]:
    """Every document at ``path``, a file or a folder. Raises nothing: what cannot be opened is given as Unreadable."""
    yield from _at(path, _told(path.name) or "folder", path, _Folder(path.parent, ""))


def _at(path: Path, name: str, root: Path, folder: _Folder) -> Iterator[Opened]:
    try:
        if path != root and path.is_symlink():
            yield from _linked(path, name, root)
        elif path.is_dir():
            yield from _in_folder(path, name, root)
        elif path.is_file():
            yield from _in_file(path, name, folder)
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
    folder = _Folder(path, name)
    for entry in sorted(os.listdir(path)):
        if not is_hidden(entry):
            yield from _at(path / entry, f"{name}/{_told(entry)}", root, folder)


def _told(name: str) -> str:
    """A file's name as text that can be stored, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")


def _size_of_maildir(path: Path) -> int:
    sizes = (entry.stat().st_size for part in ("cur", "new") for entry in os.scandir(path / part) if entry.is_file())
    return sum(sizes)


def _in_file(path: Path, name: str, folder: _Folder) -> Iterator[Opened]:
    size = path.stat().st_size
    if size == 0:
        yield unread(name, Empty(what=sentence("file")))
        return
    with path.open("rb"):
        document = Document(name, size, lambda: path.open("rb"), path, folder.beside)
    yield from unpacked(document)
