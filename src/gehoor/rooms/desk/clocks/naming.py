"""What the audit trail calls versions of the hours."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.clocks.hours import read_version
from gehoor.rooms.desk.clocks.saying import say_week
from gehoor.rooms.desk.models import Hours
from gehoor.rooms.privacy.subjects import Named


def hours(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Each version by its week, for those who set the hours."""
    if not viewer.may(May.SET_DESK):
        return {}
    rows = Hours.objects.filter(public_id__in=public_ids)
    return {row.public_id: Named(say_week(read_version(row).hours), reverse("desk:hours")) for row in rows}
