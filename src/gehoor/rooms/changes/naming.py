"""What the audit trail calls changes."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.models import Change
from gehoor.rooms.privacy.subjects import Named


def changes(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Changes by their names, for those who may see them."""
    if not viewer.may(May.SEE_CHANGES):
        return {}
    found = Change.objects.filter(public_id__in=public_ids)
    return {
        each.public_id: Named(each.name, "" if each.removed else reverse("changes:change", args=[each.public_id]))
        for each in found
    }
