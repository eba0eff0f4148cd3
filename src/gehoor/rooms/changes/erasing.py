"""How this room erases and exports what it keeps of a person."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from gehoor.rooms.changes.log import standings
from gehoor.rooms.changes.models import Asker, Change, ChangeVoice
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.rights import Subject

_AT_ONCE = 5_000


def persons_of(subject: Subject) -> set[int]:
    """The person and all who were merged into this person."""
    found = set() if subject.person is None else {subject.person}
    edge = found
    while edge:
        edge = set(Person.objects.filter(merged_into__in=edge).values_list("pk", flat=True)) - found
        found = found | edge
    return found


def erase(subject: Subject) -> None:
    """Take the person off every list of who asked, and the voices out of what changes rest on."""
    for start in range(0, len(subject.voices), _AT_ONCE):
        ChangeVoice.objects.filter(voice__in=subject.voices[start : start + _AT_ONCE]).delete()
    Asker.objects.filter(person__in=persons_of(subject)).delete()


def judged(voices: Collection[int]) -> Iterable[int | None]:
    """Voices of which someone said whether they ask for a change."""
    return ChangeVoice.objects.filter(voice__in=voices).values_list("voice_id", flat=True).distinct()


def export(subject: Subject) -> Mapping[str, Any]:
    """What was written down that the person asked for, and what became of it."""
    rows = Asker.objects.filter(person__in=persons_of(subject)).order_by("at")
    asked = dict(rows.values_list("change_id", "at"))
    now = standings(asked.keys())
    changes = Change.objects.filter(pk__in=asked.keys()).order_by("pk")
    return {
        "asked": [
            {"change": each.name, "since": asked[each.pk].isoformat(), "stage": now[each.pk].stage.value}
            for each in changes
        ]
    }
