"""Which files of a folder were taken, small enough to be carried as a cursor."""

import json
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterable
from hashlib import blake2b

MARK_BYTES = 6
"""A file under its name, size and time. Of 100,000 files taken, one in three thousand million new ones looks known."""
REMEMBERED = 500_000
"""Marks that a cursor holds (4 MB); what is beyond is read again after a restart, and known to intake."""


def mark(relative: str, size: int, modified: int) -> bytes:
    """The mark of a file as it stands: its path within the folder, bytes, and nanoseconds of its last change."""
    told = f"{relative}\0{size}\0{modified}".encode("utf-8", "surrogateescape")
    return blake2b(told, digest_size=MARK_BYTES, person=b"gehoor folder").digest()


class Taken:
    """The marks of what was taken. A file that changes gets another mark, and is taken again."""

    def __init__(self, cursor: str) -> None:
        """From a cursor; one that makes no sense remembers nothing."""
        self._marks = _marks_in(cursor)
        self._written = self._write()
        self._since = 0

    def __contains__(self, of: object) -> bool:
        return of in self._marks

    def __len__(self) -> int:
        return len(self._marks)

    def add(self, of: bytes) -> None:
        """Remember one more."""
        self._marks.add(of)
        self._since += 1

    def forget_all_but(self, found: set[bytes]) -> None:
        """Forget what is no longer there. Of an empty folder nothing: it may have been unmounted."""
        if found and not self._marks <= found:
            self._marks &= found
            self._since += 1

    def cursor(self, *, exact: bool) -> str:
        """The cursor; unless ``exact`` it may be older by one file in a hundred, so that it is not written for each."""
        if self._since and (exact or self._since * 100 >= len(self._marks)):
            self._written = self._write()
            self._since = 0
        return self._written

    def _write(self) -> str:
        kept: Iterable[bytes] = sorted(self._marks)[:REMEMBERED]
        return json.dumps({"taken": b64encode(b"".join(kept)).decode()})


def _marks_in(cursor: str) -> set[bytes]:
    try:
        joined = b64decode(json.loads(cursor)["taken"], validate=True)
    except (ValueError, TypeError, LookupError, Error):
        return set()
    return {joined[at : at + MARK_BYTES] for at in range(0, len(joined) - MARK_BYTES + 1, MARK_BYTES)}
