"""How this part erases what it keeps of a person: their case goes with the cases; the group goes on without it."""

from collections.abc import Mapping
from typing import Any

from gehoor.rooms.desk.cases.acts import in_turn
from gehoor.rooms.desk.chorus.leading import keep_lead
from gehoor.rooms.desk.models import Case, CaseSentence, Chorus
from gehoor.rooms.privacy.rights import Subject

_AT_ONCE = 5_000


def erase(subject: Subject) -> None:
    """Take what this person sent out of every group, and forget its sentences."""
    for start in range(0, len(subject.voices), _AT_ONCE):
        some = subject.voices[start : start + _AT_ONCE]
        with in_turn():
            mine = Case.objects.filter(voice__in=some)
            CaseSentence.objects.filter(case__in=mine).delete()
            touched = list(mine.exclude(chorus=None).values_list("chorus", flat=True).distinct())
            mine.exclude(chorus=None).update(chorus=None, behind=False)
            for chorus in Chorus.objects.filter(pk__in=touched):
                keep_lead(chorus.pk)


def export(subject: Subject) -> Mapping[str, Any]:
    """Nothing more than the cases tell."""
    del subject
    return {}
