"""Who wants to know what came in, known or new: rooms above register in the ``ready`` of their app.

What is known already leaves no other trace; yet that a copy of our own message was heard says that it went out.
"""

from collections.abc import Callable, Sequence

from gehoor.channels.base import Outcome
from gehoor.rooms.intake.models import Arrival

Follower = Callable[[Arrival, Sequence[Outcome]], None]
"""Gets each batch, inside the transaction that stores it. Quick: a fixed number of queries."""

_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Add a follower."""
    _followers.append(follower)


def tell(arrival: Arrival, outcomes: Sequence[Outcome]) -> None:
    """A batch came in."""
    for follower in _followers:
        follower(arrival, outcomes)
