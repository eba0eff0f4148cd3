"""What the audit trail calls groups of the same messages."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import Case
from gehoor.rooms.privacy.subjects import Named


def choruses(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Groups by what their first case is about, for those who see the desk and who customers are."""
    if not (viewer.may(May.SEE_DESK) and viewer.may(May.SEE_PEOPLE)):
        return {}
    rows = Case.objects.filter(chorus__public_id__in=public_ids).order_by("-begun_at", "-pk")
    named = rows.values_list("chorus__public_id", "about")
    return {key: Named(about, reverse("desk:chorus", args=[key])) for key, about in named}
