"""The words and vectors of asks, from memory while everything is computed, from disk when a few needs are renewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gehoor.rooms.needs.models import AskVector, VectorModel
from gehoor.rooms.needs.texts import text_of
from gehoor.rooms.needs.vectors import store_of

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class Material(Protocol):
    """Where words and vectors come from. An ask without a vector has a row of zeros."""

    def texts(self, asks: Integers) -> list[str]: ...

    def vectors(self, asks: Integers) -> Floats: ...


@dataclass(frozen=True, slots=True)
class InMemory:
    """All asks at once; ``asks`` ascending."""

    asks: Integers
    all_texts: Sequence[str]
    all_vectors: Floats

    def texts(self, asks: Integers) -> list[str]:
        """See :class:`Material`."""
        return [self.all_texts[row] for row in np.searchsorted(self.asks, asks).tolist()]

    def vectors(self, asks: Integers) -> Floats:
        """See :class:`Material`."""
        return self.all_vectors[np.searchsorted(self.asks, asks)]


@dataclass(frozen=True, slots=True)
class OnDisk:
    """Read when asked for, for a few thousand asks."""

    model: VectorModel

    def texts(self, asks: Integers) -> list[str]:
        """See :class:`Material`."""
        return text_of(asks.tolist())

    def vectors(self, asks: Integers) -> Floats:
        """See :class:`Material`."""
        rows = dict(AskVector.objects.filter(model=self.model, ask__in=asks.tolist()).values_list("ask_id", "row"))
        found = np.zeros((len(asks), self.model.dimensions), np.float32)
        place = [at for at, ask in enumerate(asks.tolist()) if ask in rows]
        if place:
            found[place] = store_of(self.model).read([rows[int(asks[at])] for at in place])
        return found
