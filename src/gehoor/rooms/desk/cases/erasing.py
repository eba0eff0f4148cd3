"""How this part erases and exports what it keeps of a person."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from gehoor.rooms.desk.cases.acts import in_turn, note_act
from gehoor.rooms.desk.cases.queries import cases_of, voices_of
from gehoor.rooms.desk.cases.waiting import said_at
from gehoor.rooms.desk.cases.wording import about
from gehoor.rooms.desk.models import Act, Case, CaseVoice
from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.voices.models import Ask

_AT_ONCE = 5_000


def erase(subject: Subject) -> None:
    """A case of which a part goes, goes on with what is left, under other words; one of which all goes, goes."""
    gone = frozenset(subject.voices)
    for start in range(0, len(subject.voices), _AT_ONCE):
        some = subject.voices[start : start + _AT_ONCE]
        touched = Case.objects.filter(Q(voice__in=some) | Q(voices__voice__in=some)).distinct()
        with in_turn():
            for case in touched:
                _erase_from(case, gone, of_person=subject.person is not None)


def _erase_from(case: Case, gone: Collection[int], *, of_person: bool) -> None:
    voices = voices_of(case)
    left = [voice for voice in voices if voice.pk not in gone]
    if not left:
        Case.objects.filter(merged_into=case).exclude(voices__isnull=False).delete()
        case.delete()
        return
    CaseVoice.objects.filter(case=case, voice__in=[voice.pk for voice in voices if voice.pk in gone]).delete()
    first = left[0]
    asks = list(Ask.objects.filter(voice=first).order_by("position").values_list("start", "end"))
    case.voice, case.channel, case.begun_at, case.about = first, first.channel, said_at(first), about(first, asks)
    case.save(update_fields=["voice", "channel", "begun_at", "about"])
    if of_person:
        _forget_words(case)
    note_act(case, "erased", by=None)


def _forget_words(case: Case) -> None:
    """What colleagues wrote about it may be about who is erased."""
    Act.objects.filter(case=case).exclude(text="").update(text="", undone=True)
    Act.objects.filter(case=case, kind="about").update(values={}, undone=True)


def export(subject: Subject) -> Mapping[str, Any]:
    """What this person waited for, and what was done with it; also what colleagues noted."""
    if subject.person is None:
        return {}
    cases = cases_of(subject.person)
    acts: dict[int, list[Act]] = {case.pk: [] for case in cases}
    for act in Act.objects.filter(case__in=cases, undone=False).order_by("pk"):
        acts[act.case_id].append(act)
    return {
        "cases": [
            {
                "about": case.about,
                "state": case.state,
                "since": case.begun_at.isoformat(),
                "log": [
                    {"what": act.kind, "at": act.at.isoformat()} | ({"note": act.text} if act.text else {})
                    for act in acts[case.pk]
                ],
            }
            for case in cases
        ]
    }
