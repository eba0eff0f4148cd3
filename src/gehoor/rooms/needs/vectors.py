"""Where the vectors of asks stand on disk, and what keeps the files and the database in step.

Rows are written before the database names them. Whoever does both holds the lock of the folder, so that whoever sweeps
(overwrites rows that no ask names: an ask was erased, or a process was killed between writing and committing) never
takes a row that is just being written for one that nobody wants.
"""

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import transaction
from numpy.typing import NDArray

from gehoor.analysis.embedding.segments import SegmentStore
from gehoor.rooms.needs.models import AskVector, VectorModel
from gehoor.rooms.voices.models import Ask

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_BATCH = 2_000


def folder() -> Path:
    """The folder of all vectors and students."""
    return Path(settings.HOME.folder("vectors"))


def folder_of(name: str) -> Path:
    """The folder of one model: its segments, and the student where it is one."""
    return folder() / sha256(name.encode()).hexdigest()[:16]


def store_of(model: VectorModel) -> SegmentStore:
    """The segments of one model."""
    return SegmentStore(folder_of(model.name), model.name, model.dimensions)


@contextmanager
def locked() -> Iterator[None]:
    """Hold the lock over all vectors; never while the teacher is at work."""
    with (folder() / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def do_keep_vectors(*, model: VectorModel, asks: Sequence[int], vectors: Floats) -> int:
    """Write the vectors, then let the asks name them; returns how many.

    An ask that was erased meanwhile gets none; a model that was replaced meanwhile gives none at all.
    """
    with locked():
        if not VectorModel.objects.filter(pk=model.pk, current=True).exists():
            return 0
        store = store_of(model)
        rows = store.append(vectors)
        with transaction.atomic():
            alive = set(Ask.objects.select_for_update().filter(pk__in=asks).values_list("pk", flat=True))
            named = [AskVector(ask_id=ask, model=model, row=row) for ask, row in zip(asks, rows, strict=True)]
            AskVector.objects.bulk_create(
                [row for row in named if row.ask_id in alive],
                batch_size=_BATCH,
                update_conflicts=True,
                unique_fields=["ask"],
                update_fields=["model", "row"],
            )
        dead = [row.row for row in named if row.ask_id not in alive]
        if dead:
            store.erase(dead)
    return len(asks)


def do_sweep() -> None:
    """Overwrite every row that no ask names, forget models that are no longer current, and their files."""
    with locked():
        for model in VectorModel.objects.filter(current=False, rows=None):
            shutil.rmtree(folder_of(model.name), ignore_errors=True)
            model.delete()
        for model in VectorModel.objects.all():
            store = store_of(model)
            named = np.fromiter(AskVector.objects.filter(model=model).values_list("row", flat=True), np.int64)
            unnamed = np.setdiff1d(np.arange(len(store)), named)
            written = unnamed[store.read(unnamed).any(axis=1)] if len(unnamed) else unnamed
            if len(written):
                store.erase(written)
        _remove_strangers()
        VectorModel.objects.filter(unswept=True, current=True).update(unswept=False)


def _remove_strangers() -> None:
    """Folders of models that the database does not know: left by a process that was killed, or by an erased
    database."""
    known = {folder_of(name).name for name in VectorModel.objects.values_list("name", flat=True)}
    for each in folder().iterdir():
        if each.is_dir() and each.name not in known:
            shutil.rmtree(each, ignore_errors=True)


def read_vectors(model: VectorModel, asks: Sequence[int]) -> tuple[list[int], Floats]:
    """Those of ``asks`` that have a vector of this model, and the vectors, (n, d)."""
    rows = dict(AskVector.objects.filter(model=model, ask__in=asks).values_list("ask_id", "row"))
    kept = [ask for ask in asks if ask in rows]
    return kept, store_of(model).read([rows[ask] for ask in kept])
