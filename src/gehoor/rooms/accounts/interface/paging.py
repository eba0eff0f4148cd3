"""Pages of a list, by place and not by number: what is added or erased meanwhile shifts nothing.

``next`` of a page holds the place where it ended (the values that the list is ordered by, signed); given back as
``after`` the next page begins there, also when what stood there was erased.
"""

from collections.abc import Sequence
from typing import TypeVar

from django.core import signing
from ninja import Field, Schema

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence

MOST = 200
Row = TypeVar("Row")
Value = str | int | float | None


class NotAPlace(NotFound):
    """``after`` is not the ``next`` of a page of this list."""

    code = "not_a_place"
    text = sentence("There is no such place in this list.")
    remedy = sentence("Give `after` the `next` of the page before, or leave it out to begin at the beginning.")


class Paging(Schema):
    """The part of a list that is asked for: for a schema of a route's query to inherit."""

    after: str = Field("", max_length=500, description=sentence("`next` of the page before; without it, the first."))
    limit: int = Field(50, ge=1, le=MOST, description=sentence("At most so many."))


def write_place(of: str, *values: Value) -> str:
    """The place in a list, named by ``of`` (with its order), as text for ``next``."""
    return signing.dumps(values, salt=f"gehoor.place.{of}")


def read_place(of: str, after: str) -> list[Value]:
    """What was written. Raises NotAPlace for anything else."""
    try:
        values: list[Value] = signing.loads(after, salt=f"gehoor.place.{of}")
    except (signing.BadSignature, ValueError):
        raise NotAPlace() from None
    return values


def cut(rows: Sequence[Row], limit: int) -> tuple[Sequence[Row], Row | None]:
    """Of ``limit`` and one more rows those to show, and the last of them if there is more behind it."""
    shown = rows[:limit]
    return shown, shown[-1] if len(rows) > limit else None
