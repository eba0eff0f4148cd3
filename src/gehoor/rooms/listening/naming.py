"""What the audit trail calls the things of this room; opened only by whom they concern."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.listening.models import Appointment, Attending, HandedOn, Handing, Session
from gehoor.rooms.privacy.subjects import Named

_HANDED = {
    Handing.WISH: sentence("a wish handed on"),
    Handing.THANKS: sentence("a thanks"),
    Handing.CHANGE: sentence("a change asked for"),
}


def sessions(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Sessions: named to everyone who reads the trail, opened only by the listener."""
    found = Session.objects.filter(public_id__in=public_ids)
    return {
        each.public_id: Named(
            gettext("listening session"),
            reverse("listening:session", args=[each.public_id]) if each.listener_id == viewer.pk else "",
        )
        for each in found
    }


def handed_on(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """What was handed on: by its kind, never by its words."""
    del viewer
    found = HandedOn.objects.filter(public_id__in=public_ids).values_list("public_id", "kind")
    return {public_id: Named(gettext(_HANDED[Handing(kind)]), "") for public_id, kind in found}


def appointments(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Planned sessions: opened by those who are invited."""
    found = Appointment.objects.filter(public_id__in=public_ids).values_list("pk", "public_id")
    own = set(
        Attending.objects.filter(
            attendee=viewer, arrangement__stands=True, arrangement__appointment__public_id__in=public_ids
        ).values_list("arrangement__appointment", flat=True)
    )
    return {
        public_id: Named(
            gettext("planned listening session"),
            reverse("listening:appointment", args=[public_id]) if pk in own else "",
        )
        for pk, public_id in found
    }
