"""Letting what was heard go out of every room as if it had never come in.

The machinery is that of erasing (``privacy.rights``): every room registers how it forgets given voices. The difference
is that no trace is left, so that what comes in again is new.
"""

from collections.abc import Iterator, Sequence

from gehoor.rooms.privacy import rights
from gehoor.rooms.privacy.rights import Subject

_AT_ONCE = 1_000


def do_withdraw(*, voices: Sequence[int] = (), replies: Sequence[int] = (), broadcasts: Sequence[int] = ()) -> None:
    """Remove what has these primary keys, its items and all that was derived from it, and originals nobody else needs.

    Each thousand in a transaction of its own, unless the caller holds one. Whoever puts something else in its place
    from the same original keeps that first; an original in use stays. Logging is for the caller, who knows why.
    """
    rights.do_erase_parts(_parts(voices, replies, broadcasts))


def _parts(voices: Sequence[int], replies: Sequence[int], broadcasts: Sequence[int]) -> Iterator[Subject]:
    for some in _thousands(voices):
        yield Subject(person=None, voices=some, may_return=True)
    for some in _thousands(replies):
        yield Subject(person=None, replies=some, may_return=True)
    for some in _thousands(broadcasts):
        yield Subject(person=None, broadcasts=some, may_return=True)


def _thousands(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
