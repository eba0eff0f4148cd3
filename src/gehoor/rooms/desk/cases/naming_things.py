"""What the audit trail calls cases."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.naming import titles
from gehoor.rooms.desk.models import Case
from gehoor.rooms.privacy.subjects import Named


def cases(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Cases by who and what, for those who may see both."""
    if not (viewer.may(May.SEE_DESK) and viewer.may(May.SEE_PEOPLE)):
        return {}
    found = list(Case.objects.filter(public_id__in=public_ids))
    called = titles(found)
    return {each.public_id: Named(called[each.pk], reverse("desk:case", args=[each.public_id])) for each in found}
