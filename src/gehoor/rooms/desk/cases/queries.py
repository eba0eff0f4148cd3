"""Reading cases: one by its public id or its voice, whose it is, what was said in it, what it is called."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.cases.naming import titles
from gehoor.rooms.desk.models import Case
from gehoor.rooms.people.models import Attribution, Person
from gehoor.rooms.voices.models import Reply, Voice


def access_case(public_id: UUID | str) -> Case:
    """One case, also one that was merged into another; raises NotFound."""
    try:
        return Case.objects.select_related("voice", "assignee", "merged_into").get(public_id=UUID(str(public_id)))
    except (ValueError, Case.DoesNotExist):
        raise NotFound(what=sentence("case")) from None


def case_of(voice_pk: int) -> Case | None:
    """The case that this voice is in."""
    return Case.objects.filter(voices__voice=voice_pk).select_related("voice", "assignee").first()


def person_of(case: Case) -> Person | None:
    """Whose case it is, where that is sure."""
    person = Person.objects.filter(attributions__voice=case.voice_id).select_related("merged_into").first()
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return person


def persons_of(cases: Collection[Case]) -> Mapping[int, Person]:
    """Whose these cases are, by the case's primary key; one query."""
    found = Person.objects.filter(attributions__voice__in=[case.voice_id for case in cases])
    whose = dict(found.values_list("attributions__voice", "pk"))
    persons = Person.objects.select_related("merged_into").in_bulk(set(whose.values()))
    return {case.pk: _followed(persons[whose[case.voice_id]]) for case in cases if whose.get(case.voice_id) in persons}


def _followed(person: Person) -> Person:
    while person.merged_into is not None:
        person = person.merged_into
    return person


def cases_of(person_pk: int) -> list[Case]:
    """The cases of a person, those that someone merged into another left out; newest first."""
    persons = Person.objects.filter(Q(pk=person_pk) | Q(merged_into=person_pk)).values_list("pk", flat=True)
    voices = Attribution.objects.filter(person__in=list(persons)).values_list("voice_id", flat=True)
    # What was merged is left out here: a database would rather look through all cases that were not.
    found = Case.objects.filter(voice__in=list(voices)).select_related("voice", "assignee")
    return [case for case in found.order_by("-begun_at", "-pk") if case.merged_into_id is None]


def title_of(case: Case) -> str:
    """What a case is called: who, and what it is about."""
    return titles([case])[case.pk]


def titles_of(cases: Sequence[Case]) -> Mapping[int, str]:
    """What these cases are called, by primary key; a fixed number of queries."""
    return titles(cases)


def family_of(case: Case) -> list[int]:
    """Primary keys of this case and of all that were merged into it, however deep."""
    found, edge = {case.pk}, {case.pk}
    while edge:
        edge = set(Case.objects.filter(merged_into__in=edge).values_list("pk", flat=True)) - found
        found |= edge
    return sorted(found)


def voices_of(case: Case) -> list[Voice]:
    """The voices of a case, in the order in which they were said."""
    found = Voice.objects.filter(in_case__case=case).select_related("conversation")
    return sorted(found, key=lambda voice: (voice.said_at or voice.heard_at, voice.pk))


def replies_of(case: Case) -> list[Reply]:
    """What we replied in a case, in order: to one of its voices, or in a conversation of it after the case's first
    voice there."""
    voices = voices_of(case)
    began: dict[int, datetime | None] = {}
    for voice in voices:
        if voice.conversation_id is not None:
            began.setdefault(voice.conversation_id, voice.said_at)
    mine = {voice.pk for voice in voices}
    kept = [each for each in _replies(mine, began) if each.answers_id in mine or _after(each, began)]
    return sorted(kept, key=lambda reply: (reply.said_at or reply.heard_at, reply.pk))


def _replies(voices: Collection[int], conversations: Collection[int]) -> QuerySet[Reply]:
    unsaid = Q(answers=None, conversation__in=list(conversations))
    return Reply.objects.filter(Q(answers__in=list(voices)) | unsaid)


def _after(reply: Reply, began: Mapping[int, datetime | None]) -> bool:
    at = began.get(reply.conversation_id or 0)
    return at is None or reply.said_at is None or reply.said_at >= at
