"""How this part erases and exports what it keeps of a person.

The register of complaints outlives its customers in part: docs/complaints.md says what stays, why, and until when.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from gehoor.kernel.clock import now
from gehoor.rooms.desk.complaints.blotting import do_blot, drain
from gehoor.rooms.desk.models import Complaint, NoComplaint
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.rights import Subject

_AT_ONCE = 5_000


def erase(subject: Subject) -> None:
    """A complaint of a person who is erased leads to nobody any more; it is blotted out as soon as the year in which it
    has to be kept is over, at once where it is. What should never have been sent in is blotted out and removed."""
    for some in _parts(subject.voices):
        NoComplaint.objects.filter(voice__in=some).delete()
    for complaint in _of(subject):
        if subject.person is None:
            Complaint.objects.filter(pk=complaint.pk).update(removed=True)
            do_blot(complaint)
            continue
        Complaint.objects.filter(pk=complaint.pk).update(person=None, voice=None, case=None, person_erased_at=now())
    while drain(_AT_ONCE):
        pass


def _of(subject: Subject) -> list[Complaint]:
    found: dict[int, Complaint] = {}
    for some in _parts(subject.voices):
        found |= {each.pk: each for each in Complaint.objects.filter(voice__in=some)}
    if subject.person is not None:
        found |= {each.pk: each for each in _whose(subject.person)}
    return list(found.values())


def _parts(keys: Sequence[int]) -> list[Sequence[int]]:
    return [keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)]


def _whose(person: int) -> QuerySet[Complaint]:
    """Of this person and of whoever was merged into them; what stands in a voice goes by whose voice it is."""
    found, edge = {person}, {person}
    while edge:
        edge = set(Person.objects.filter(merged_into__in=edge).values_list("pk", flat=True)) - found
        found |= edge
    return Complaint.objects.filter(person__in=found, voice=None)


def export(subject: Subject) -> Mapping[str, Any]:
    """What the register says of this person."""
    mine = Q(pk__in=[each.pk for each in _of(subject)])
    return {
        "complaints": [
            {
                "received": each.received_at.isoformat(),
                "name": each.name,
                "address": each.address,
                "about": each.about,
                "acknowledged": each.acknowledged_at.isoformat() if each.acknowledged_at else None,
                "final_answer_by": each.final_by.isoformat(),
                "answered": each.answered_at.isoformat() if each.answered_at else None,
                "outcome": each.outcome,
                "handling": each.handling,
                "removed": each.removed,
            }
            for each in Complaint.objects.filter(mine).order_by("received_at", "pk")
        ]
    }
