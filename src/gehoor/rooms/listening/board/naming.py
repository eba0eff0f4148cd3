"""Board letters in the audit trail."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.models import BoardLetter
from gehoor.rooms.privacy.subjects import Named


def board_letters(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Named to everyone who reads the trail; opened by those who may listen."""
    found = BoardLetter.objects.filter(public_id__in=public_ids).values_list("public_id", "removed")
    return {
        public_id: Named(
            gettext("board letter"),
            reverse("listening:board_letter", args=[public_id]) if viewer.may(May.LISTEN) and not removed else "",
        )
        for public_id, removed in found
    }
