"""What the audit trail calls the things of this part, for those who may know."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import OwnDataWish
from gehoor.rooms.people.naming import name_of, unnamed
from gehoor.rooms.privacy.subjects import Named


def own_data_wishes(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Wishes by whose they are."""
    if not (viewer.may(May.SEE_PEOPLE) and viewer.may(May.ERASE)):
        return {}
    found = OwnDataWish.objects.filter(public_id__in=public_ids).select_related("identity__person")
    href = reverse("talking:wishes")
    return {
        each.public_id: Named(name_of(each.identity.person) if each.identity.person else unnamed(), href)
        for each in found
    }
