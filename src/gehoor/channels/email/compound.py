"""The streams within a compound file (OLE), which is what Outlook saves a message as; held within bounds.

Nothing is believed that the file says about itself: streams may claim the same bytes again and again, so what is read
is counted, and storages may claim to lie in each other.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO

import olefile

from gehoor.kernel.errors import CannotRead, Damaged, TooLarge
from gehoor.kernel.language import sentence

SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_BYTES = 100 * 1024 * 1024
"""Bytes of all streams together: a file of the largest size, and as much again."""
MOST_ENTRIES = 50_000
DEEPEST = 40

_STORAGE, _STREAM = 1, 2
_BROKEN = (
    OSError, IndexError, ValueError, struct.error, OverflowError, MemoryError, AttributeError, TypeError, KeyError,
    RecursionError, AssertionError,
)  # fmt: skip
"""What olefile raises on damaged files."""


@dataclass(slots=True)
class Storage:
    """A folder of the file: its streams and the storages in it, by name."""

    streams: dict[str, bytes] = field(default_factory=dict)
    storages: dict[str, "Storage"] = field(default_factory=dict)

    def within(self, beginning: str) -> Iterator["Storage"]:
        """The storages whose names begin so, in the order of their names."""
        return (self.storages[name] for name in sorted(self.storages) if name.lower().startswith(beginning))


def root_of(data: bytes) -> Storage:
    """Everything in the compound file ``data``. Raises :class:`Damaged` or :class:`TooLarge`."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            return _gathered(file)
    except CannotRead:
        raise
    except _BROKEN:
        raise Damaged(what=sentence("message"), why=sentence("it is cut off or corrupt")) from None


def _gathered(file: olefile.OleFileIO) -> Storage:
    root = Storage()
    waiting: list[tuple[object, Storage, int]] = [(file.root, root, 0)]
    seen, size = 0, 0
    while waiting:
        node, storage, depth = waiting.pop()
        for entry in node.kids:  # type: ignore[attr-defined]
            seen += 1
            if seen > MOST_ENTRIES or depth > DEEPEST:
                raise TooLarge(what=sentence("message"), limit=f"{MOST_ENTRIES} parts")
            if entry.entry_type == _STORAGE:
                waiting.append((entry, storage.storages.setdefault(entry.name, Storage()), depth + 1))
            elif entry.entry_type == _STREAM:
                size += entry.size
                if size > MOST_BYTES:
                    raise TooLarge(what=sentence("message"), limit=f"{MOST_BYTES // 1024 // 1024} MiB")
                storage.streams[entry.name] = _bytes_of(file, entry)
    return root


def _bytes_of(file: olefile.OleFileIO, entry: object) -> bytes:
    """One stream; what is left of it where the file is cut off."""
    stream = file._open(entry.isectStart, entry.size)  # type: ignore[attr-defined]
    held: bytes = stream.read()
    return held


PropertyKey = int


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of a message, a recipient or an attachment, by their number."""

    storage: Storage
    fixed: Mapping[PropertyKey, bytes]
    """The eight bytes of those that stand in the list itself."""

    def number(self, key: PropertyKey) -> int | None:
        """A whole number of 32 bits."""
        held = self.fixed.get(key)
        return int.from_bytes(held[:4], "little", signed=True) if held is not None else None

    def ticks(self, key: PropertyKey) -> int | None:
        """A moment, in tenths of microseconds since 1601."""
        held = self.fixed.get(key)
        return int.from_bytes(held, "little") if held is not None else None

    def stream(self, key: PropertyKey, kind: int) -> bytes | None:
        """The bytes of one that stands in a stream of its own."""
        streams = self.storage.streams
        name = f"__substg1.0_{key:04X}{kind:04X}"
        return streams.get(name, streams.get(name.replace(f"{key:04X}{kind:04X}", f"{key:04x}{kind:04x}")))


def properties_of(storage: Storage, header: int) -> Properties:
    """The properties of ``storage``, whose list begins after ``header`` bytes."""
    listed = storage.streams.get("__properties_version1.0", b"")
    fixed: dict[PropertyKey, bytes] = {}
    for start in range(header, len(listed) - 15, 16):
        key = int.from_bytes(listed[start + 2 : start + 4], "little")
        fixed[key] = listed[start + 8 : start + 16]
    return Properties(storage, fixed)
