"""Finds the channels: the folders beside this file, and the entry points of other packages.

A folder with a ``card.py`` that holds ``CARD`` is a channel; one with a ``reader.py`` that holds ``READER`` reads; one
with an ``inlet.py`` that holds ``INLET`` brings documents by itself; one with a ``sender.py`` that holds ``SENDER``
takes answers out. Entry points in the group ``gehoor.channels`` name
a package of the same shape. Cards are light; readers and inlets are imported when first asked for.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from gehoor.channels.base import Card, Document, Inlet, Reader, Wishes
from gehoor.channels.outgoing import Sender
from gehoor.kernel.errors import NotFound, NotRecognised

_FEWEST_LETTERS = 3
"""Of the beginning of a name, to be understood."""


def _packages() -> Iterator[str]:
    here = Path(__file__).parent
    for folder in sorted(here.iterdir()):
        if any((folder / part).exists() for part in ("card.py", "reader.py", "inlet.py", "sender.py")):
            yield f"gehoor.channels.{folder.name}"
    for point in entry_points(group="gehoor.channels"):
        yield point.value


@cache
def cards() -> Mapping[str, Card]:
    """Every channel's card, by kind."""
    found = (import_module(f"{package}.card").CARD for package in _packages() if find_spec(f"{package}.card"))
    return MappingProxyType({card.kind: card for card in found})


def card(kind: str) -> Card:
    """The card of one channel; raises :class:`NotFound`."""
    try:
        return cards()[kind]
    except KeyError:
        raise NotFound(what=f"channel ({', '.join(cards())})") from None


def kind_called(name: str) -> str:
    """The kind of the channel that someone names in either language, by the whole word or how it begins: "brief",
    "telefoon", "letter". What names no channel, or several, is returned as it is."""
    wanted = _plain(name)
    words = {kind: {_plain(kind), _plain(each.name_nl), _plain(each.name_en)} for kind, each in cards().items()}
    exact = [kind for kind, names in words.items() if wanted in names]
    begun = [kind for kind, names in words.items() if any(each.startswith(wanted) for each in names)]
    found = exact or (begun if len(wanted) >= _FEWEST_LETTERS else [])
    return found[0] if len(found) == 1 else name


def _plain(name: str) -> str:
    """Without case, accents, spaces and marks."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name.casefold())))


@cache
def readers() -> Mapping[str, Reader]:
    """Every reader, by the name of its package."""
    return MappingProxyType(
        {
            package: import_module(f"{package}.reader").READER
            for package in _packages()
            if find_spec(f"{package}.reader")
        }
    )


@cache
def inlets() -> Mapping[str, Inlet]:
    """Every inlet, by its kind."""
    found = (import_module(f"{package}.inlet").INLET for package in _packages() if find_spec(f"{package}.inlet"))
    return MappingProxyType({inlet.kind: inlet for inlet in found})


@cache
def senders() -> Mapping[str, Sender]:
    """Every sender, by its kind."""
    found = (import_module(f"{package}.sender").SENDER for package in _packages() if find_spec(f"{package}.sender"))
    return MappingProxyType({sender.kind: sender for sender in found})


def reader_for(document: Document, wishes: Wishes) -> Reader:
    """The reader that is surest that the document is its own; raises :class:`NotRecognised`."""
    judged = [(reader.recognise(document, wishes).confidence, name, reader) for name, reader in readers().items()]
    confidence, _, reader = max(judged, key=lambda each: each[0], default=(0.0, "", None))
    if reader is None or confidence <= 0:
        raise NotRecognised()
    return reader


__all__ = ["card", "cards", "inlets", "kind_called", "reader_for", "readers", "senders"]
