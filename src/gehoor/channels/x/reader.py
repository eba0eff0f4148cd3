"""Reads the archive that X gives its users, and answers of its interface. See README.md."""

from collections.abc import Iterator

from gehoor.channels.base import Document, Outcome, Recognition, Wishes
from gehoor.channels.table.encoding import KEEP, encoding_of
from gehoor.channels.x import answers, archive

SURE = 0.99
_ANSWERS = (".json", ".jsonl", ".ndjson", "")


class XReader:
    """See README.md beside this file."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Sure of an archive's files; nearly so of answers of the interface."""
        if document.path is not None and document.path.is_dir():
            return Recognition(0.0)
        if archive.is_furniture(document.name):
            return Recognition(SURE)
        name = document.name.lower().rpartition("/")[2]
        head = _head(document)
        if name.endswith(".js"):
            return Recognition(SURE if archive.part_of(head) else 0.0)
        suffix = name[name.rfind(".") :] if "." in name else ""
        if suffix not in _ANSWERS or wishes.mapping:
            return Recognition(0.0)
        return Recognition(answers.likeness(head))

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every post and message. Raises CannotRead when it is neither, or nothing says whose it is."""
        part = archive.part_of(_head(document))
        if archive.is_furniture(document.name):
            yield archive.furniture(document)
        elif part:
            yield from archive.outcomes(document, part, wishes)
        else:
            yield from answers.outcomes(document, wishes)


def _head(document: Document) -> str:
    head = document.head()
    return head.decode(encoding_of(head), KEEP)


READER = XReader()
"""The reader of X."""
