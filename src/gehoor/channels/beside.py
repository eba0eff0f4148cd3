"""What stands beside a document, made when it is looked at."""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from gehoor.channels.base import Document

Place = TypeVar("Place")


class Neighbours(Mapping[str, Document], Generic[Place]):
    """Documents by file name. Where each stands is known; the document is made by ``make(name, place)``."""

    def __init__(self, places: Mapping[str, Place], make: Callable[[str, Place], Document]) -> None:
        self._places = places
        self._make = make

    def __getitem__(self, name: str) -> Document:
        return self._make(name, self._places[name])

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
