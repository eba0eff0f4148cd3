"""What the tests of channels share: documents from bytes, and the outcomes of reading them."""

from collections.abc import Callable
from io import BytesIO

import pytest

from gehoor.channels.base import Document, Outcome, Wishes
from gehoor.channels.table.reader import READER

MakeDocument = Callable[..., Document]
ReadTable = Callable[..., list[Outcome]]


def _document(data: bytes | str, name: str = "table.csv") -> Document:
    held = data.encode() if isinstance(data, str) else data
    return Document(name, len(held), lambda: BytesIO(held))


@pytest.fixture(scope="session")
def document() -> MakeDocument:
    """Makes a document: ``document(data, name)``."""
    return _document


@pytest.fixture(scope="session")
def read_table() -> ReadTable:
    """Reads a table with a mapping: ``read_table(data, name, text="vraag")``; without one, with the proposal."""

    def read(data: bytes | str, name: str = "table.csv", *, channel: str = "note", **mapping: str) -> list[Outcome]:
        wishes = Wishes(channel=channel, mapping=mapping, take_proposal=not mapping)
        return list(READER.read(_document(data, name), wishes))

    return read
