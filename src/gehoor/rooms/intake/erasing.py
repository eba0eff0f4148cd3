"""How this room erases: what an erased voice came from is remembered only as a keyed trace."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from gehoor.rooms.intake.models import Item
from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.privacy.tombstones import bury


def erase(subject: Subject) -> None:
    """Bury the keys of the subject's items, unless these may return, and delete them."""
    said = Q(voice__in=subject.voices) | Q(reply__in=subject.replies) | Q(broadcast__in=subject.broadcasts)
    items = Item.objects.filter(said)
    if not subject.may_return:
        bury([bytes(key) for row in items.values_list("key", "said_key", "bytes_key") for key in row if key])
    items.delete()


def export(subject: Subject) -> Mapping[str, Any]:
    """From which files and items it came."""
    items = Item.objects.filter(Q(voice__in=subject.voices) | Q(reply__in=subject.replies)).order_by("id")
    return {"items": [{"file": item.file, "item": item.item, "at": item.at.isoformat()} for item in items]}
