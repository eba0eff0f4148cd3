"""What the rooms above have to do when the text of a voice was corrected.

What they keep leans on places in that text, or on its words. This room imports none of them, so each registers in the
``ready`` of its app how it follows.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from gehoor.rooms.voices.edits import Edits


@dataclass(frozen=True, slots=True)
class Changed:
    """The text of a voice was corrected, and its asks moved along.

    ``edits`` lead places in the old text to the new. ``asks`` are the primary keys of those whose words changed,
    ``gone`` of those of which nothing was left; they are still there while this is told.
    """

    voice: int
    edits: Edits
    asks: Collection[int]
    gone: Collection[int]
    words_changed: bool
    """Whether the voice now counts more or fewer words."""


Follower = Callable[[Changed], None]

_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Say how a room follows; it is called within the transaction of the correction."""
    _followers.append(follower)


def do_tell(changed: Changed) -> None:
    """Have every room follow."""
    for follower in _followers:
        follower(changed)
