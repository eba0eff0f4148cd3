"""How this part erases and exports what it keeps of a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from gehoor.rooms.desk.models import LookedForPromises, Promise
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.rights import Subject

_AT_ONCE = 5_000


def erase(subject: Subject) -> None:
    """Erase the promises to this person, and those that stand in these replies or were made about these voices."""
    for some in _parts(subject.replies):
        Promise.objects.filter(reply__in=some).delete()
        LookedForPromises.objects.filter(reply__in=some).delete()
    for some in _parts(subject.voices):
        Promise.objects.filter(case__voice__in=some, reply=None).delete()
    if subject.person is not None:
        Promise.objects.filter(_whose(subject.person)).delete()


def _parts(keys: Sequence[int]) -> list[Sequence[int]]:
    return [keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)]


def _whose(person: int) -> Q:
    """Of this person and of whoever was merged into them; a promise in a reply goes with the reply."""
    found, edge = {person}, {person}
    while edge:
        edge = set(Person.objects.filter(merged_into__in=edge).values_list("pk", flat=True)) - found
        found |= edge
    return Q(person__in=found, reply=None)


def export(subject: Subject) -> Mapping[str, Any]:
    """What we promised this person, and what became of it."""
    mine = Q(reply__in=list(subject.replies))
    if subject.person is not None:
        mine |= _whose(subject.person)
    return {
        "promises": [
            {
                "what": each.what,
                "made": each.made_at.isoformat(),
                "due": each.due_at.isoformat() if each.due_at else None,
                "state": each.state,
                "steps": [
                    {"kind": step.kind, "at": step.at.isoformat(), "why": step.why, "undone": step.undone}
                    for step in each.steps.all()
                ],
            }
            for each in Promise.objects.filter(mine).prefetch_related("steps").order_by("made_at", "pk")
        ]
    }
