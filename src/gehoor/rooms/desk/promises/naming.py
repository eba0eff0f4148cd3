"""What the audit trail calls promises."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import Promise
from gehoor.rooms.privacy.subjects import Named

_SHOWN = 80


def promises(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Promises by their words, for those who see the desk."""
    if not viewer.may(May.SEE_DESK):
        return {}
    return {
        each.public_id: Named(each.what[:_SHOWN], reverse("desk:promise", args=[each.public_id]))
        for each in Promise.objects.filter(public_id__in=public_ids)
    }
