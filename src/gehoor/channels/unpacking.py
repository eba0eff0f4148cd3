"""What is inside archives: zip, tar (plain, gzip, bzip2, xz), single compressed files, and archives within them.

Nothing is believed that an archive says about itself: unpacked bytes are counted as they come, names that climb out
are refused, links and devices too. Of an archive that is cut off, what came out before the cut is given first.
"""

import bz2
import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, BinaryIO, TypeAlias, cast

from gehoor.channels.base import Document, Unreadable
from gehoor.channels.beside import Neighbours
from gehoor.channels.salvage import members_of_cut_zip
from gehoor.channels.spooling import IN_MEMORY, Budget, spool
from gehoor.kernel.errors import CannotRead, Damaged, Dangerous, Empty, TooLarge
from gehoor.kernel.language import sentence

DEPTH_LIMIT = 3
"""Archives inside one another that are opened, the outermost counted."""
DIRECTORY_LIMIT = 256 << 20
"""Bytes of a zip's table of contents, which has to be read as a whole."""
HEADER_LIMIT = 16 << 20
"""Bytes that the description of one member of a tar may take."""

Opened: TypeAlias = Document | Unreadable
Unpack: TypeAlias = Callable[[Document, int, Budget], Iterator[Opened]]
Beside: TypeAlias = Callable[[], Mapping[str, Document]]

_CUT_OFF = sentence("it is cut off or corrupt")
_CUT_OFF_HERE = sentence("the archive is cut off here, and what came after it is missing")
_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz")
_SINGLES = (".gz", ".bz2", ".xz")
_BLOCK = 512
_MEDIA_TYPE = "application/octet-stream"
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""What Python's archive modules raise on damaged input."""


class Locked(CannotRead):
    """An archive, or a file in it, that asks for a password."""

    code = "locked"
    text = sentence("The {what} is locked with a password.")
    remedy = sentence("Unpack it with its password and send in what is inside.")


def unread(name: str, error: CannotRead, part: bytes = b"") -> Unreadable:
    """What could not be opened, in its place; ``part`` is what did come out of it."""
    return Unreadable(name, part, _MEDIA_TYPE, error)


def is_hidden(name: str) -> bool:
    """Whether a path leads through a name that begins with a dot, or through what macOS adds."""
    parts = name.replace("\\", "/").split("/")
    return any(part == "__MACOSX" or (part.startswith(".") and part not in {".", ".."}) for part in parts)


def unpacked(document: Document, depth: int = 0, budget: Budget | None = None) -> Iterator[Opened]:
    """The document itself, or what is inside when it is an archive. Raises nothing."""
    unpack = _way_in(document.name.lower())
    if unpack is None:
        yield document
    elif depth >= DEPTH_LIMIT:
        yield unread(
            document.name, Dangerous(what=sentence("archive"), why=f"it lies more than {DEPTH_LIMIT} archives deep")
        )
    else:
        try:
            yield from unpack(document, depth, budget or Budget(document.size))
        except CannotRead as error:
            yield unread(document.name, error)
        except _BROKEN:
            yield unread(document.name, _damaged("archive"))


def _damaged(what: str) -> Damaged:
    return Damaged(what=what, why=_CUT_OFF)


def _way_in(name: str) -> Unpack | None:
    if name.endswith(".zip"):
        return _in_zip
    if name.endswith(_TARS):
        return _in_tar
    return _in_single if name.endswith(_SINGLES) else None


def _member(
    name: str, stream: IO[bytes], depth: int, budget: Budget, beside: Beside = dict, why: str = _CUT_OFF
) -> Generator[Opened, None, bool]:
    """One member and what is inside it; returns whether it came out whole, and lists it with ``why`` when it did not.
    Raises what the budget forbids."""
    spooled, error = spool(stream, budget, _BROKEN)
    if error is not None:
        with spooled.open() as part:
            yield unread(name, Damaged(what=sentence("file"), why=why), part.read(IN_MEMORY))
        return False
    if spooled.size == 0:
        yield unread(name, Empty(what=sentence("file")))
    else:
        yield from unpacked(Document(name, spooled.size, spooled.open, beside=beside), depth + 1, budget)
    return True


def check_name(name: str) -> None:
    """Pass, or raise :class:`Dangerous` for a name that leads out of the folder it would be unpacked in."""
    parts = name.replace("\\", "/").split("/")
    if parts[0] == "" or ".." in parts or parts[0][1:2] == ":":
        raise Dangerous(what=sentence("file in the archive"), why=sentence("its name leads out of the archive"))


# Zip


def _in_zip(document: Document, depth: int, budget: Budget) -> Iterator[Opened]:
    with document.open() as stream:
        try:
            _check_directory(stream, document.size)
            archive = zipfile.ZipFile(stream)
        except _BROKEN:
            yield from _in_cut_zip(document, depth, budget)
            return
        with archive:
            folders = _Folders(document, archive)
            for info in archive.infolist():
                if not info.is_dir() and not is_hidden(info.filename):
                    yield from _from_zip(document, archive, info, depth, budget, folders)


def _check_directory(stream: BinaryIO, size: int) -> None:
    """Pass, or raise :class:`TooLarge`: a table of contents is read as a whole, so it has to be small enough."""
    stream.seek(max(0, size - 65_557))
    end = stream.read()
    place = end.rfind(b"PK\x05\x06")
    length = int.from_bytes(end[place + 12 : place + 16], "little") if place >= 0 else 0
    wide = end.rfind(b"PK\x06\x06")
    if length == 0xFFFF_FFFF and wide >= 0:
        length = int.from_bytes(end[wide + 40 : wide + 48], "little")
    if length > DIRECTORY_LIMIT:
        raise TooLarge(what=sentence("archive's table of contents"), limit=sentence("256 MiB"))
    stream.seek(0)


def _from_zip(
    document: Document,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    depth: int,
    budget: Budget,
    folders: "_Folders",
) -> Iterator[Opened]:
    name = f"{document.name}/{info.filename}"
    budget.count()
    try:
        _check_zipped(info, budget)
        with archive.open(info) as stream:
            yield from _member(name, stream, depth, budget, lambda: folders.beside(info))
    except (Dangerous, Locked) as error:
        if budget.is_spent:
            raise
        yield unread(name, error)
    except _BROKEN:
        yield unread(name, _damaged("file"))


def _check_zipped(info: zipfile.ZipInfo, budget: Budget) -> None:
    check_name(info.filename)
    if info.flag_bits & 1:
        raise Locked(what=sentence("file in the archive"))
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Dangerous(what=sentence("file in the archive"), why=sentence("it is a link"))
    budget.check_ratio(info.file_size, info.compress_size)


class _Folders:
    """The folders in a zip, each with the documents in it by file name. They can be opened for as long as the zip."""

    def __init__(self, document: Document, archive: zipfile.ZipFile) -> None:
        self._document = document
        self._archive = archive
        self._folders: dict[str, Neighbours[zipfile.ZipInfo]] = {}

    def beside(self, info: zipfile.ZipInfo) -> Mapping[str, Document]:
        """What stands in the folder of a member."""
        if not self._folders:
            self._folders = {name: Neighbours(held, self._neighbour) for name, held in self._listed().items()}
        return self._folders.get(info.filename.rpartition("/")[0], {})

    def _listed(self) -> dict[str, dict[str, zipfile.ZipInfo]]:
        found: dict[str, dict[str, zipfile.ZipInfo]] = {}
        for info in self._archive.infolist():
            folder, _, name = info.filename.rpartition("/")
            if name and not is_hidden(info.filename):
                found.setdefault(folder, {})[name] = info
        return found

    def _neighbour(self, name: str, info: zipfile.ZipInfo) -> Document:
        return Document(f"{self._document.name}/{info.filename}", info.file_size, lambda: self._opened(info))

    def _opened(self, info: zipfile.ZipInfo) -> BinaryIO:
        """Raises CannotRead."""
        budget = Budget(self._document.size)
        try:
            _check_zipped(info, budget)
            with self._archive.open(info) as stream:
                spooled, error = spool(stream, budget, _BROKEN)
        except _BROKEN:
            raise _damaged("file") from None
        if error is not None:
            raise _damaged("file")
        return spooled.open()


def _in_cut_zip(document: Document, depth: int, budget: Budget) -> Iterator[Opened]:
    """A zip without its table of contents, which stands at its end: its members one after the other. It is listed once:
    by the member in which it is cut off, else as a whole."""
    with document.open() as stream:
        for name, member in members_of_cut_zip(stream):
            budget.count()
            check_name(name)
            if is_hidden(name):
                continue
            inside = f"{document.name}/{name}"
            if not (yield from _member(inside, member, depth, budget, why=_CUT_OFF_HERE)):
                return
    yield unread(document.name, _damaged("archive"))


# Tar


class _Blocks:
    """Hands a tar out block by block; remembers the last, and minds how long the description of a member is."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.last = b""
        self.described: int | None = None

    def read(self, count: int) -> bytes:
        """Some bytes of the tar."""
        if self.described is not None:
            self.described += count
            if self.described > HEADER_LIMIT:
                raise Dangerous(
                    what=sentence("archive"), why=sentence("the description of a file in it is far too long")
                )
        self.last = self._stream.read(count)
        return self.last

    @property
    def is_at_end(self) -> bool:
        """Whether the last block was one of the empty ones that end a tar."""
        return self.last == bytes(_BLOCK)


@contextmanager
def _decompressed(document: Document) -> Iterator[IO[bytes]]:
    name = document.name.lower()
    with document.open() as stream:
        if name.endswith((".gz", ".tgz")):
            yield cast(IO[bytes], gzip.GzipFile(fileobj=stream))
        elif name.endswith((".bz2", ".tbz2", ".tbz")):
            yield bz2.BZ2File(stream)
        elif name.endswith((".xz", ".txz")):
            yield lzma.LZMAFile(stream)  # noqa: SIM115  # closes with its stream
        else:
            yield stream


def _in_tar(document: Document, depth: int, budget: Budget) -> Iterator[Opened]:
    with _decompressed(document) as stream:
        blocks = _Blocks(stream)
        blocks.described = 0
        with tarfile.open(fileobj=blocks, mode="r|", bufsize=_BLOCK) as archive:  # type: ignore[call-overload]
            while (info := _next(archive, blocks)) is not None:
                budget.count()
                if info.isdir() or is_hidden(info.name):
                    continue
                if not (yield from _from_tar(document, archive, info, depth, budget)):
                    return
        if not blocks.is_at_end:
            raise _damaged("archive")


def _next(archive: tarfile.TarFile, blocks: _Blocks) -> tarfile.TarInfo | None:
    blocks.described = 0
    info = archive.next()
    blocks.described = None
    archive.members.clear()  # type: ignore[attr-defined]  # it would remember them all
    return info


def _from_tar(
    document: Document, archive: tarfile.TarFile, info: tarfile.TarInfo, depth: int, budget: Budget
) -> Generator[Opened, None, bool]:
    name = f"{document.name}/{info.name}"
    try:
        check_name(info.name)
        stream = archive.extractfile(info) if info.isreg() else None
        if stream is None:
            raise Dangerous(what=sentence("file in the archive"), why=sentence("it is a link or a device"))
    except Dangerous as error:
        yield unread(name, error)
        return True
    return (yield from _member(name, stream, depth, budget, why=_CUT_OFF_HERE))


# One compressed file


def _in_single(document: Document, depth: int, budget: Budget) -> Iterator[Opened]:
    """The one file inside; when it is cut off, what came out of it goes on as a document all the same."""
    inner = document.name.rpartition("/")[2].rpartition(".")[0] or "content"
    name = f"{document.name}/{inner}"
    with _decompressed(document) as stream:
        spooled, error = spool(stream, budget, _BROKEN)
    if spooled.size:
        yield from unpacked(Document(name, spooled.size, spooled.open), depth + 1, budget)
    elif error is None:
        yield unread(name, Empty(what=sentence("file")))
    if error is not None:
        raise error
