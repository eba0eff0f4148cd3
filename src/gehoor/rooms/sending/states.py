"""Which state of a delivery may follow which, and the one way to go from one to the other.

Every step is a comparison and a change in one statement of the database: of two that want the same step one gets it.
So nothing is sent twice because two were at it, and nothing is forgotten because a step was lost.

    waiting ──────► ending ──► sent                 mail: the other side took it
       ▲              │  │
       │              │  └──► unsure ──► sent       cut off after the last step began; a copy or a person settles it
       ├──────────────┴────────┘                    refused for now, or it turned out not to have gone out
       ├──► printed ──► sent                        letters: in a stack, then in the post
       ├──► sent                                    calls
       └──► failed, not_wanted, unreachable         each can be planned anew by a person
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from gehoor.rooms.sending.models import Delivery, State

MAY_FOLLOW: Mapping[str, frozenset[str]] = {
    State.WAITING: frozenset(
        {State.WAITING, State.ENDING, State.PRINTED, State.SENT, State.FAILED, State.NOT_WANTED, State.UNREACHABLE}
    ),
    State.ENDING: frozenset({State.SENT, State.UNSURE, State.WAITING, State.FAILED}),
    State.UNSURE: frozenset({State.SENT, State.WAITING, State.FAILED}),
    State.PRINTED: frozenset({State.SENT, State.WAITING}),
    State.SENT: frozenset({State.FAILED, State.WAITING, State.PRINTED}),
    State.FAILED: frozenset({State.WAITING}),
    State.NOT_WANTED: frozenset({State.WAITING}),
    State.UNREACHABLE: frozenset({State.WAITING}),
}
"""From sent back to waiting or printed only where a person undoes what they noted: a call, a stack in the post."""

OPEN = frozenset({State.WAITING, State.ENDING, State.UNSURE, State.PRINTED})
"""A run is not done while one of its deliveries is in one of these."""
TAKEN = frozenset({State.ENDING, State.UNSURE, State.PRINTED, State.SENT})
"""This person was told, is being told, or may have been."""


def move(found: "QuerySet[Delivery]", before: str | Sequence[str], after: str, **fields: Any) -> int:
    """Take those among ``found`` that are in ``before`` to ``after``; says how many. Raises ValueError for a step that
    there is not."""
    froms = [before] if isinstance(before, str) else list(before)
    if any(after not in MAY_FOLLOW[each] for each in froms):
        raise ValueError(f"no step from {froms} to {after}")
    return found.filter(state__in=froms).update(state=after, **fields)


def move_one(delivery: Delivery, before: str | Sequence[str], after: str, **fields: Any) -> bool:
    """Take this one; whether it was in ``before`` still."""
    return bool(move(Delivery.objects.filter(pk=delivery.pk), before, after, **fields))
