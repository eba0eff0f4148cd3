"""How the audit trail calls runs and senders."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.privacy.subjects import Named
from gehoor.rooms.sending.models import Run, SenderSettings


def runs(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Runs, for those who may tell people."""
    if not viewer.may(May.TELL):
        return {}
    found = Run.objects.filter(public_id__in=public_ids)
    return {each.public_id: Named(each.name, reverse("sending:run", args=[each.public_id])) for each in found}


def senders(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Senders, for those who set them."""
    if not viewer.may(May.SET_SENDERS):
        return {}
    found = SenderSettings.objects.filter(public_id__in=public_ids, removed=False)
    return {each.public_id: Named(each.name, reverse("sending:sender", args=[each.public_id])) for each in found}
