"""What a voice is about, for the search screen: filter by need, and the need beside each voice."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.needs.decisions import access_need
from gehoor.rooms.needs.listing import belonging
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.queries import need_of_voices
from gehoor.rooms.privacy.subjects import Named
from gehoor.rooms.voices.lenses import Fact, Lens


def _need(value: str) -> Need:
    try:
        return access_need(UUID(value))
    except ValueError:
        raise NotFound(what=sentence("need")) from None


def condition(value: str) -> Q:
    """Voices with an ask under this need, under a finer one, or under one that was merged into either."""
    need = _need(value)
    return Q(pk__in=belonging(need, need.generation.levels).values("voice"))


def facts(voices: Sequence[int]) -> Mapping[int, Fact]:
    """The need of each voice's weightiest ask, on the default level."""
    found = need_of_voices(voices)
    return {
        voice: Fact(str(asks[0][1]), reverse("needs:need", args=[asks[0][1].public_id]))
        for voice, asks in found.items()
    }


def describe(value: str) -> str:
    """The need's name."""
    return str(_need(value))


def subjects(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Needs' names in the audit trail, for those who may see needs."""
    if not viewer.may(May.SEE_NEEDS):
        return {}
    needs = Need.objects.filter(generation__current=True, public_id__in=public_ids)
    return {need.public_id: Named(str(need), reverse("needs:need", args=[need.public_id])) for need in needs}


LENS = Lens(name="need", condition=condition, facts=facts, describe=describe)
