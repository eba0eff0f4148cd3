"""Writes compound files (MS-CFB, version 3) and messages as Outlook saves them (MS-OXMSG), for tests and fixtures."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

Tree = Mapping[str, "bytes | Tree"]

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NONE = 0xFFFFFFFF


@dataclass
class _Writer:
    entries: list[bytearray] = field(default_factory=list)
    sectors: list[bytes] = field(default_factory=list)
    chain: list[int] = field(default_factory=list)
    mini: bytearray = field(default_factory=bytearray)
    mini_chain: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Put ``data`` in sectors; returns the first."""
        if not data:
            return END
        first = len(self.sectors)
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        self.sectors += pieces
        self.chain += [*range(first + 1, first + len(pieces)), END]
        return first

    def add_mini(self, data: bytes) -> int:
        if not data:
            return END
        first = len(self.mini_chain)
        count = -(-len(data) // MINI)
        self.mini += data.ljust(count * MINI, b"\0")
        self.mini_chain += [*range(first + 1, first + count), END]
        return first

    def entry(self, name: str, kind: int, start: int = END, size: int = 0) -> int:
        written = name.encode("utf-16-le") + b"\0\0"
        held = bytearray(128)
        held[: len(written)] = written
        struct.pack_into("<HBBIII", held, 64, len(written), kind, 1, NONE, NONE, NONE)
        struct.pack_into("<IQ", held, 116, start, size)
        self.entries.append(held)
        return len(self.entries) - 1

    def tree(self, parent: int, children: Tree) -> None:
        """The children as a chain to the right, in the order that the format wants."""
        before = -1
        for name in sorted(children, key=lambda each: (len(each), each.upper())):
            child = children[name]
            if isinstance(child, bytes):
                put = self.add if len(child) >= CUTOFF else self.add_mini
                made = self.entry(name, 2, put(child), len(child))
            else:
                made = self.entry(name, 1)
                self.tree(made, child)
            struct.pack_into("<I", self.entries[before if before >= 0 else parent], 72 if before >= 0 else 76, made)
            before = made


def compound(tree: Tree) -> bytes:
    """A compound file with these streams (bytes) and storages (mappings)."""
    writer = _Writer()
    root = writer.entry("Root Entry", 5)
    writer.tree(root, tree)
    struct.pack_into("<IQ", writer.entries[root], 116, writer.add(bytes(writer.mini)), len(writer.mini))
    while len(writer.entries) % 4:
        writer.entries.append(bytearray(struct.pack("<64xHBBIII", 0, 0, 0, NONE, NONE, NONE).ljust(128, b"\0")))
    directory = writer.add(b"".join(writer.entries))
    mini_fat = writer.add(struct.pack(f"<{len(writer.mini_chain)}I", *writer.mini_chain).ljust(
        -(-4 * len(writer.mini_chain) // SECTOR) * SECTOR, b"\xff"))  # fmt: skip
    count = 1
    while (len(writer.chain) + count) * 4 > count * SECTOR:
        count += 1
    places = list(range(len(writer.sectors), len(writer.sectors) + count))
    fat = struct.pack(f"<{len(writer.chain) + count}I", *writer.chain, *[FAT] * count).ljust(count * SECTOR, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0,
        CUTOFF, mini_fat, -(-4 * len(writer.mini_chain) // SECTOR), END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *places[:109], *[FREE] * (109 - len(places[:109])))
    assert count <= 109
    return header + b"".join(writer.sectors) + fat


def ticks(moment: datetime) -> int:
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def storage(header: int, **properties: "str | bytes | int | datetime | Tree") -> dict[str, "bytes | Tree"]:
    """A storage of properties named as ``p0037``: text, bytes (``_8`` behind it: narrow text), numbers, moments."""
    held: dict[str, bytes | Tree] = {}
    listed = bytearray(header)
    for name, value in properties.items():
        key, narrow = int(name[1:5], 16), name.endswith("_8")
        if isinstance(value, str | bytes):
            data = value.encode("utf-16-le") if isinstance(value, str) else value
            kind = 0x1F if isinstance(value, str) else 0x1E if narrow else 0x102
            held[f"__substg1.0_{key:04X}{kind:04X}"] = data
            listed += struct.pack("<HHIII", kind, key, 6, len(data), 0)
        elif isinstance(value, datetime):
            listed += struct.pack("<HHIQ", 0x40, key, 6, ticks(value))
        elif isinstance(value, int):
            listed += struct.pack("<HHIiI", 3, key, 6, value, 0)
        else:
            held[f"__substg1.0_{key:04X}000D"] = value
            listed += struct.pack("<HHIII", 0xD, key, 6, 0xFFFFFFFF, 1)
    held["__properties_version1.0"] = bytes(listed)
    return held


def compressed_rtf(rtf: bytes) -> bytes:
    """RTF in the compressed form, without a single reference: every run of eight bytes after a zero."""
    body = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8)) + b"\x01" + struct.pack(
        ">H", ((207 + len(rtf)) % 4096) << 4)  # fmt: skip
    return struct.pack("<II4sI", len(body) + 12, len(rtf), b"LZFu", 0) + body
