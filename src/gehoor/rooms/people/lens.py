"""What other screens show of persons: the filter and the fact beside a voice, and names in the audit trail."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.people.actions import access_person
from gehoor.rooms.people.models import Attribution, Person
from gehoor.rooms.people.naming import name_of, unnamed
from gehoor.rooms.privacy.subjects import Named
from gehoor.rooms.voices.lenses import Fact, Lens
from gehoor.rooms.voices.models import Voice


def _dossier(public_id: UUID) -> str:
    return reverse("people:dossier", args=[public_id])


def _condition(value: str) -> Q:
    return Q(attribution__person=access_person(value))


def _describe(value: str) -> str:
    return name_of(access_person(value))


def _facts(voices: Sequence[int]) -> Mapping[int, Fact]:
    rows = Attribution.objects.filter(voice__in=voices, person__isnull=False)
    known = {
        voice: Fact(name or unnamed(), _dossier(public_id))
        for voice, name, public_id in rows.values_list("voice", "person__name", "person__public_id")
    }
    others = Voice.objects.filter(id__in=voices).exclude(id__in=known).values_list("id", "author")
    return known | {voice: Fact(_anonymous(author)) for voice, author in others}


def _anonymous(author: str) -> str:
    return gettext("%(author)s (anonymous)") % {"author": author} if author.strip() else gettext("anonymous")


def subjects(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Persons' names in the audit trail, for those who may see people."""
    if not viewer.may(May.SEE_PEOPLE):
        return {}
    persons = Person.objects.filter(public_id__in=public_ids)
    return {each.public_id: Named(name_of(each), _dossier(each.public_id)) for each in persons}


LENS = Lens(name="person", condition=_condition, facts=_facts, describe=_describe)
