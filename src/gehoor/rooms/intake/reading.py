"""Reads what was sent in into the store: finds the reader, batches what it yields, keeps what cannot be read."""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction

from gehoor.channels.base import Document, Heard, Outcome, Unreadable, Wishes
from gehoor.channels.opening import documents
from gehoor.channels.registry import reader_for
from gehoor.kernel.errors import CannotRead, EngineTurn
from gehoor.rooms.intake.keeping import MODELS, PLACES, Incoming
from gehoor.rooms.intake.keys import KeyMaker, document_key, global_key, source_of
from gehoor.rooms.intake.models import Arrival, Item, State
from gehoor.rooms.intake.models import Outcome as Became
from gehoor.rooms.intake.own import Own, own
from gehoor.rooms.intake.storing import Store
from gehoor.rooms.intake.summary import Summary, Trouble, added
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import Container

BATCH = 1_000
BATCH_BYTES = 16 * 1024 * 1024
AT_ONCE = 20
"""So many documents with one item each are stored together: much of what storing takes it takes once a batch. Not
more, since mail that lost its headers is brought home by what is stored: with 200 at once 0.7 % fewer find it."""
_BLOCK = 1024 * 1024


@dataclass(slots=True)
class Progress:
    """How far the reading is. ``bytes_all`` is what stands on disk; archives expand, so it is an estimate."""

    bytes_all: int = 0
    bytes_read: int = 0
    items: int = 0


Report = Callable[[Progress], None]


def quiet(_: Progress) -> None:
    """Report to nobody."""


class _Counted(io.RawIOBase):
    """A stream that tells how far it was read."""

    def __init__(self, stream: BinaryIO, tell: Callable[[int], None]) -> None:
        self._stream, self._tell = stream, tell

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._tell(self._stream.tell())
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        self._stream.close()
        super().close()


class Reading:
    """The reading of one arrival."""

    def __init__(
        self,
        arrival: Arrival,
        wishes: Wishes,
        report: Report = quiet,
        *,
        goes_on: bool = False,
        within: Container | None = None,
    ) -> None:
        """``goes_on``: what is read is added to what came in with the arrival before; ``within``: the container that
        it came out of, where that is known already."""
        self.arrival = arrival
        self.report = report
        self.own: Own = own()
        self.wishes = replace(wishes, is_own=self.own.has, known=self._known_text)
        self.summary = Summary()
        self._goes_on = goes_on
        self._counts_before: Mapping[str, Any] = dict(arrival.counts) if goes_on else {}
        self._within = within
        self.progress = Progress()
        self._before = 0
        self._aside: dict[bytes, Incoming] = {}
        self._aside_documents: list[Document] = []
        self._aside_bytes = 0

    def read(self, paths: Sequence[Path], *, without_root: bool = False) -> Summary:
        """Read everything under the paths; ``without_root``: these folders are ours, and no part of any name."""
        self.progress.bytes_all = self.arrival.bytes_all = sum(map(_size, paths))
        try:
            for path in paths:
                for document in documents(path):
                    self._document(_renamed(document, path.name) if without_root else document)
        finally:
            self._store_aside()
        self.arrival.bytes_read = self.arrival.bytes_all
        self.arrival.state = State.DONE
        self.arrival.counts = self.summary.counts()
        self.arrival.save(update_fields=["state", "counts", "bytes_all", "bytes_read"])
        return self.summary

    def again(self, document: Document) -> Summary:
        """Read one document that waited or was refused, or that a source brought."""
        self._document(document)
        return self._counted_in()

    def mark(self, unreadable: Unreadable) -> Summary:
        """Keep and list something of which a source says that it cannot be read."""
        self._document(unreadable)
        return self._counted_in()

    def slowly(self, document: Document, outcomes: Iterator[Outcome]) -> Summary:
        """Store what an engine makes of a document that waited its turn in this arrival, and waits no more."""
        waited = {name: max(self._counts_before.get(name, 0) - 1, 0) for name in ("waiting", "items")}
        self._counts_before = {**self._counts_before, **waited}
        try:
            self._items(document, outcomes)
        except CannotRead as error:
            self._refuse(document, error)
        return self._counted_in()

    def _counted_in(self) -> Summary:
        self._store_aside()
        if self._goes_on:
            self.arrival.counts = added(self._counts_before, self.summary.counts())
            self.arrival.save(update_fields=["counts"])
        return self.summary

    def _document(self, document: Document | Unreadable) -> None:
        if isinstance(document, Unreadable):
            whole = replace(document, position="")
            self._store_aside()
            self._store().store(self._keyed_unreadable(document.position, whole))
            return
        self._before = self.progress.bytes_read
        if self._parted_by_hand(document):
            return
        counted = replace(document, open=lambda: self._counted(document))
        try:
            reader = reader_for(counted, self.wishes)
            self._items(counted, reader.read(counted, self.wishes))
        except CannotRead as error:
            self._refuse(document, error)
        self.progress.bytes_read = min(self._before + document.size, max(self.progress.bytes_all, 1))

    def _parted_by_hand(self, document: Document) -> bool:
        """Whether people parted these very bytes in another way than their reader would: then all of it is known."""
        alike = Container.objects.filter(by_hand=True, size=document.size)
        if self._within is not None or not alike.exists() or not alike.filter(sha256=_digest(document)).exists():
            return False
        self._count_known(_known_of(document))
        return True

    def _count_known(self, known: Mapping[str, int]) -> None:
        for became, count in known.items():
            self.summary.known[PLACES[Became(became)]] += count

    def _counted(self, document: Document) -> BinaryIO:
        def tell(position: int) -> None:
            self.progress.bytes_read = min(self._before + position, max(self.progress.bytes_all, 1))

        return io.BufferedReader(_Counted(document.open(), tell), _BLOCK)

    @staticmethod
    def _keyed_unreadable(name: str, outcome: Unreadable) -> list[Incoming]:
        whole = Document(name, len(outcome.original), lambda: io.BytesIO(outcome.original))
        return [Incoming(outcome, KeyMaker(whole).keys(outcome), name)]

    def _items(self, document: Document, outcomes: Iterator[Outcome]) -> None:
        first, keys = list(islice(outcomes, 2)), KeyMaker(document)
        if self._within is None and len(first) == 1 and len(first[0].original) == document.size:
            self._put_aside(document, Incoming(first[0], keys.keys(first[0]), document.name))
            return
        self._store_aside()
        store, container = self._store(), self._within or _container(document)
        store.belongs_to(container)
        for batch in _batches(chain(first, outcomes)):
            self.arrival.bytes_read = self.progress.bytes_read
            store.store([Incoming(outcome, keys.keys(outcome), document.name) for outcome in batch])
            self._tell()
        container.whole = True
        container.save(update_fields=["whole"])
        _settle([document])

    def _put_aside(self, document: Document, incoming: Incoming) -> None:
        """Keep a document that is one item until there are more of them, or something else needs it stored."""
        if incoming.keys.key in self._aside:
            self._store_aside()
        self._aside[incoming.keys.key] = incoming
        self._aside_documents.append(document)
        self._aside_bytes += document.size
        if len(self._aside) >= AT_ONCE or self._aside_bytes >= BATCH_BYTES:
            self._store_aside()

    def _store_aside(self) -> None:
        if not self._aside:
            return
        batch, read = list(self._aside.values()), self._aside_documents
        self._aside, self._aside_documents, self._aside_bytes = {}, [], 0
        self.arrival.bytes_read = self.progress.bytes_read
        self._store().store(batch)
        _settle(read)
        self._tell()

    def _store(self) -> Store:
        return Store(self.arrival, self.own, self.summary, self._counts_before)

    def _tell(self) -> None:
        self.progress.items = self.summary.items
        self.report(self.progress)

    def _known_text(self, channel: str, native_id: str) -> str | None:
        """What the voice or reply under this id says; None for an id that is not known, or was erased."""
        self._store_aside()
        texts = (
            Item.objects.filter(key=global_key(channel, native_id)).values_list("voice__text", "reply__text").first()
        )
        return next((text for text in texts if text is not None), None) if texts else None

    def _refuse(self, document: Document, error: CannotRead) -> None:
        """Keep a document that as a whole cannot be read, and list it."""
        self._store_aside()
        if isinstance(error, EngineTurn) and (known := _known_of(document)):
            self._count_known(known)
            return
        waits = error.retry_helps
        original = None if document.path is not None and document.path.is_dir() else originals.keep_whole(document)
        digest = bytes(original.sha256) if original else hashlib.sha256(document.name.encode()).digest()
        with transaction.atomic():
            Item.objects.update_or_create(
                key=document_key(document.name, digest),
                defaults={
                    "arrival": self.arrival,
                    "outcome": Became.WAITING if waits else Became.REFUSED,
                    "file": document.name[:500],
                    "item": "",
                    "code": error.code,
                    "reason": [error.text, error.remedy, dict(error.fields)],
                    "hints": dict(error.hints),
                    "original": original,
                },
            )
        (self.summary.waiting if waits else self.summary.refused).append(Trouble.of(document.name, error))
        self.report(self.progress)


def _renamed(document: Document | Unreadable, root: str) -> Document | Unreadable:
    if isinstance(document, Unreadable):
        return replace(document, position=document.position.removeprefix(f"{root}/"))
    return replace(document, name=document.name.removeprefix(f"{root}/"))


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(each.stat().st_size for each in path.rglob("*") if each.is_file() and not each.is_symlink())
    return path.stat().st_size if path.exists() else 0


def _digest(document: Document) -> bytes:
    digest = hashlib.sha256()
    with document.open() as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.digest()


def _container(document: Document) -> Container:
    """What remains of a file that held several items. Read again, it counts anew."""
    is_folder = document.path is not None and document.path.is_dir()
    digest = hashlib.sha256(document.name.encode()).digest() if is_folder else _digest(document)
    container, _ = Container.objects.update_or_create(
        sha256=digest, name=document.name[:500], defaults={"size": document.size, "items": 0, "whole": False}
    )
    return container


def _known_of(document: Document) -> dict[str, int]:
    """What became of these very bytes when an engine read them before, so that it need not do it again."""
    digest = _digest(document)
    became = Item.objects.filter(outcome__in=PLACES)
    whole = became.filter(original__sha256=digest)
    if not whole.exists() and (split := Container.objects.filter(sha256=digest, whole=True).first()):
        return {
            name: model._default_manager.filter(container=split).count()
            for name, model in MODELS.items()
            if model._default_manager.filter(container=split).exists()
        }
    return dict(Counter(whole.values_list("outcome", flat=True)))


def _settle(read: Sequence[Document]) -> None:
    """What waited as a whole and has been read now, waits no longer; its bytes go when its items have their own."""
    waiting = Item.objects.filter(item="", outcome__in=[Became.WAITING, Became.REFUSED]).exclude(original=None)
    if not waiting.exists():
        return
    for document in read:
        if not waiting.filter(file__endswith=source_of(document.name)[-500:]).exists():
            continue
        settled = waiting.filter(key=document_key(document.name, _digest(document)))
        kept = set(settled.values_list("original", flat=True))
        settled.delete()
        originals.delete_unused(kept)


def _batches(outcomes: Iterator[Outcome]) -> Iterator[list[Outcome]]:
    """Batches bounded in count and in bytes; an answer stays with the question that it came with."""
    batch: list[Outcome] = []
    size = 0
    for outcome in outcomes:
        full = len(batch) >= BATCH or size >= BATCH_BYTES
        if full and not (isinstance(outcome, Heard) and outcome.thread and batch[-1].original == outcome.original):
            yield batch
            batch, size = [], 0
        batch.append(outcome)
        size += len(outcome.original)
    if batch:
        yield batch
