"""How this room erases and exports what it keeps of a person."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from gehoor.rooms.changes.log import standings
from gehoor.rooms.changes.models import Asker, Change, ChangeVoice, TrialAnswer
from gehoor.rooms.changes.telling import heard_from_us
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
    for start in range(0, len(subject.voices), _AT_ONCE):
        TrialAnswer.objects.filter(voice__in=subject.voices[start : start + _AT_ONCE]).delete()
    persons = persons_of(subject)
    TrialAnswer.objects.filter(person__in=persons).delete()
    Asker.objects.filter(person__in=persons).delete()


def judged(voices: Collection[int]) -> Iterable[int | None]:
    """Voices of which someone said whether they ask for a change, or what they answer to an idea."""
    said = ChangeVoice.objects.filter(voice__in=voices).values_list("voice_id", flat=True)
    answered = TrialAnswer.objects.filter(voice__in=voices, undone=False).values_list("voice_id", flat=True)
    return {*said, *answered}


def export(subject: Subject) -> Mapping[str, Any]:
    """What was written down that the person asked for, and what became of it."""
    rows = Asker.objects.filter(person__in=persons_of(subject)).order_by("at")
    asked = dict(rows.values_list("change_id", "at"))
    now = standings(asked.keys())
    changes = Change.objects.filter(pk__in=asked.keys()).order_by("pk")
    told = heard_from_us(subject.person, asked.keys()) if subject.person is not None else {}
    answers = TrialAnswer.objects.filter(person__in=persons_of(subject), undone=False).select_related("telling__change")
    return {
        "asked": [
            {
                "change": each.name,
                "since": asked[each.pk].isoformat(),
                "stage": now[each.pk].stage.value,
                "told": told.get(each.pk),
            }
            for each in changes
        ],
        "answered": [
            {"change": each.telling.change.name, "says": each.says, "words": each.words, "at": each.at.isoformat()}
            for each in answers.order_by("pk")
        ],
    }
