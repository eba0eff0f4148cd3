"""Ids as people read and type them: how they end."""

from collections.abc import Iterable
from uuid import UUID

_SHORT = 8
_FEWEST = 4


def short(public_id: str) -> str:
    """Enough of its end to tell it from the others of a list."""
    return public_id[-_SHORT:]


def whole(typed: str, known: Iterable[UUID]) -> UUID | None:
    """The one of these ids that is or ends as it was typed; None when there is none, or several."""
    ending = typed.strip().lower()
    found = [each for each in known if str(each).endswith(ending)] if len(ending) >= _FEWEST else []
    return found[0] if len(found) == 1 else None
