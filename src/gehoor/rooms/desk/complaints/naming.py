"""What the audit trail calls complaints."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import Complaint
from gehoor.rooms.privacy.subjects import Named

_SHOWN = 80


def complaints(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Complaints by their first words, for those who keep the register."""
    if not (viewer.may(May.HANDLE_COMPLAINTS) and viewer.may(May.SEE_PEOPLE)):
        return {}
    return {
        each.public_id: Named(
            " ".join(each.about.split())[:_SHOWN] or "…", reverse("desk:complaint", args=[each.public_id])
        )
        for each in Complaint.objects.filter(public_id__in=public_ids)
    }
