"""How an item is known again.

An item is known by the id that its channel gives: a Message-ID or post id everywhere, a mapped id within its source, or
in any source of its channel when the text is the same too. An item without an id is known by its whole bytes and which
occurrence of these bytes it is, within its source. A source is a file name with, for a table, its columns. Never by
author, date and text.
"""

from collections import Counter
from dataclasses import dataclass

from gehoor.channels.base import Direction, Document, Heard, NothingSaid, Outcome, Unreadable
from gehoor.kernel.ids import content_hash, key_of


@dataclass(frozen=True, slots=True)
class Keys:
    """``key`` of the item. The others recognise it under another mapping or in another source.

    ``said``: a mapped id with the same text (None: has none). ``bytes_key``: its whole bytes and their occurrence in
    the source, by which a row is known too when someone maps an id column only the second time.
    """

    key: bytes
    said: bytes | None
    bytes_key: bytes
    by_id: bool

    @property
    def all(self) -> tuple[bytes, ...]:
        """Each key by which the item may be known."""
        return tuple(key for key in (self.key, self.said, self.bytes_key) if key is not None)


def source_of(name: str) -> str:
    """The source that a document belongs to: its file name, wherever it stood."""
    return name.replace("\\", "/").rsplit("/", 1)[-1]


class KeyMaker:
    """Makes keys for the items of one document, counting equal ones as they pass."""

    def __init__(self, document: Document) -> None:
        self.source = source_of(document.name)
        self.seen: Counter[bytes] = Counter()

    def keys(self, outcome: Outcome) -> Keys:
        """Keys of the next item; items must be given in the document's order."""
        bytes_key = self._occurrence(outcome)
        if isinstance(outcome, Heard) and outcome.native_id:
            return self._by_id(outcome, bytes_key)
        return Keys(bytes_key, None, bytes_key, by_id=False)

    def _by_id(self, heard: Heard, bytes_key: bytes) -> Keys:
        part = "answer" if heard.direction is Direction.TO_CUSTOMER and not heard.id_is_global else ""
        if heard.id_is_global:
            return Keys(global_key(heard.channel, heard.native_id), None, bytes_key, by_id=True)
        source = key_of([self.source, heard.scope])
        key = key_of(["id in source", heard.channel, source, heard.native_id, part])
        return Keys(key, key_of(["said", heard.channel, heard.native_id, part, heard.text]), bytes_key, by_id=True)

    def _occurrence(self, outcome: Heard | NothingSaid | Unreadable) -> bytes:
        part = outcome.direction.value if isinstance(outcome, Heard) else type(outcome).__name__
        what = key_of(["bytes", self.source, content_hash(outcome.original), part])
        self.seen[what] += 1
        return key_of([what, self.seen[what]])


def global_key(channel: str, native_id: str) -> bytes:
    """The key of an item whose id means the same in every source of its channel."""
    return key_of(["id", channel, native_id, ""])


def document_key(name: str, digest: bytes) -> bytes:
    """The key of a document that as a whole waits or was refused."""
    return key_of(["document", source_of(name), digest])
