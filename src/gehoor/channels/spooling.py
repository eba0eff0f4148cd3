"""Bytes that come out of an archive: counted as they come, and kept where they can be read again."""

import tempfile
from dataclasses import dataclass
from io import BytesIO
from typing import IO, BinaryIO

from gehoor.kernel.errors import Dangerous, TooLarge
from gehoor.kernel.language import sentence

MEMBER_LIMIT = 1_000_000
"""Members of one archive, the archives in it included."""
TOTAL_LIMIT = 1 << 36
"""Bytes that one archive may hold unpacked, the archives in it included (64 GiB)."""
RATIO_LIMIT = 250
"""Times that an archive, or a member of one, may be larger unpacked, once it is past ``RATIO_FROM`` bytes."""
RATIO_FROM = 128 << 20
IN_MEMORY = 1 << 20
"""Bytes up to which a member is held in memory; beyond, it goes to a temporary file."""

_PIECE = 1 << 18


@dataclass(slots=True)
class Budget:
    """What may still come out of one archive, whatever it says of itself. ``packed`` is its size as it stands."""

    packed: int
    unpacked: int = 0
    members: int = 0
    is_spent: bool = False

    def spend(self, count: int) -> None:
        """Count unpacked bytes. Raises :class:`Dangerous` or :class:`TooLarge`."""
        self.unpacked += count
        self.is_spent = True
        self.check_ratio(self.unpacked, self.packed)
        if self.unpacked > TOTAL_LIMIT:
            raise TooLarge(what=sentence("archive"), limit=sentence("64 GiB unpacked"))
        self.is_spent = False

    def check_ratio(self, unpacked: int, packed: int) -> None:
        """Pass, or raise :class:`Dangerous`."""
        if unpacked > RATIO_FROM and unpacked > RATIO_LIMIT * packed:
            raise Dangerous(what=sentence("archive"), why=sentence("it grows out of all proportion when unpacked"))

    def count(self) -> None:
        """Count a member. Raises :class:`TooLarge`."""
        self.members += 1
        if self.members > MEMBER_LIMIT:
            raise TooLarge(what=sentence("archive"), limit=f"{MEMBER_LIMIT} files")


@dataclass(slots=True)
class Spooled:
    """Bytes in memory, or in a temporary file that is there as long as this is."""

    file: IO[bytes]
    size: int = 0
    on_disk: bool = False

    def open(self) -> BinaryIO:
        """A fresh stream over all of it."""
        if self.on_disk:
            return open(self.file.name, "rb")
        self.file.seek(0)
        return BytesIO(self.file.read())


def spool(stream: IO[bytes], budget: Budget, broken: tuple[type[Exception], ...]) -> tuple[Spooled, Exception | None]:
    """All of ``stream``, and the error (one of ``broken``) that cut it off. Raises what the budget forbids."""
    spooled = Spooled(BytesIO())
    take = getattr(stream, "read1", stream.read)  # gives what there is, so that a cut loses little before it
    try:
        while piece := take(_PIECE):
            budget.spend(len(piece))
            _keep(spooled, piece)
    except broken as error:
        return _flushed(spooled), error
    return _flushed(spooled), None


def _keep(spooled: Spooled, piece: bytes) -> None:
    if not spooled.on_disk and spooled.size + len(piece) > IN_MEMORY:
        with spooled.open() as begun:
            spooled.file = tempfile.NamedTemporaryFile(prefix="gehoor-")  # noqa: SIM115  # it outlives this call
            spooled.file.write(begun.read())
        spooled.on_disk = True
    spooled.file.write(piece)
    spooled.size += len(piece)


def _flushed(spooled: Spooled) -> Spooled:
    spooled.file.flush()
    return spooled
