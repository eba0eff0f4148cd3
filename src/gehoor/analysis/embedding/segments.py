"""Where vectors are kept: numbered rows of float16 in segment files, one folder a model.

Crash-safe by order: rows are written and synced before their numbers are returned, so a row that the database names
is whole. A crash leaves at most rows that nobody names, or a part of a row, which the next append cuts off. Several
processes may append and read at once (an advisory lock on the folder, POSIX).
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gehoor.analysis.embedding.e5 import Floats
from gehoor.kernel.errors import NotFound

_ROWS_A_SEGMENT = 65_536


class SegmentStore:
    """Vectors of one model, ``dimensions`` wide, numbered 0, 1, 2... in the order appended. Never renumbered."""

    def __init__(self, folder: Path, model: str, dimensions: int, rows_a_segment: int = _ROWS_A_SEGMENT) -> None:
        self._folder = folder / _folder_name(model, dimensions)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._dimensions = dimensions
        self._row_bytes = 2 * dimensions
        self._per_segment = rows_a_segment

    def __len__(self) -> int:
        """Rows that stand whole on disk, erased ones included."""
        last = max((int(path.stem) for path in self._folder.glob("*.f16")), default=0)
        return last * self._per_segment + self._rows_in(last)

    def append(self, vectors: Floats) -> range:
        """Add (n, dimensions) rows, durably; returns their numbers."""
        rows = np.ascontiguousarray(vectors, np.dtype("<f2")).reshape(-1, self._dimensions)
        with self._locked():
            first = at = len(self)
            while at < first + len(rows):
                segment, within = divmod(at, self._per_segment)
                part = rows[at - first : at - first + self._per_segment - within]
                self._write(segment, within, part.tobytes())
                at += len(part)
        return range(first, first + len(rows))

    def read(self, rows: ArrayLike) -> Floats:
        """Rows by number -> float32 (n, dimensions), in the order asked. Raises NotFound past the end."""
        wanted = np.asarray(rows, np.int64).reshape(-1)
        if len(wanted) and (wanted.min() < 0 or wanted.max() >= len(self)):
            raise NotFound(what="vector")
        out = np.empty((len(wanted), self._dimensions), np.float32)
        segments = wanted // self._per_segment
        for segment in np.unique(segments).tolist():
            here = np.flatnonzero(segments == segment)
            out[here] = self._mapped(segment)[wanted[here] % self._per_segment]
        return out

    def erase(self, rows: ArrayLike) -> None:
        """Overwrite rows with zeros, durably. Their numbers stay taken."""
        with self._locked():
            for row in np.unique(np.asarray(rows, np.int64)).tolist():
                if not 0 <= row < len(self):
                    raise NotFound(what="vector")
                self._write(row // self._per_segment, row % self._per_segment, bytes(self._row_bytes))

    def _path(self, segment: int) -> Path:
        return self._folder / f"{segment:06d}.f16"

    def _rows_in(self, segment: int) -> int:
        path = self._path(segment)
        return path.stat().st_size // self._row_bytes if path.exists() else 0

    def _mapped(self, segment: int) -> NDArray[np.float16]:
        shape = (self._rows_in(segment), self._dimensions)
        return np.memmap(self._path(segment), np.dtype("<f2"), "r", shape=shape)

    def _write(self, segment: int, row: int, data: bytes) -> None:
        new = not self._path(segment).exists()
        handle = os.open(self._path(segment), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            at = row * self._row_bytes
            while data:
                written = os.pwrite(handle, data, at)
                data, at = data[written:], at + written
            os.fsync(handle)
        finally:
            os.close(handle)
        if new:
            self._sync_folder()

    def _sync_folder(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _folder_name(model: str, dimensions: int) -> str:
    """A name any file system takes; the hash keeps apart what the cleaning would make equal."""
    digest = hashlib.sha256(f"{model}\n{dimensions}".encode()).hexdigest()[:12]
    return f"{re.sub(r'[^A-Za-z0-9.-]+', '-', model)[:40].strip('.-')}-{digest}"
