"""How this part erases and exports what it keeps of a person."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from gehoor.rooms.desk.models import Chat, ChatLine, Invitation, OwnDataLink, OwnDataWish, Post
from gehoor.rooms.desk.talking.chat import do_forget_empty
from gehoor.rooms.people.models import Identity
from gehoor.rooms.privacy.rights import Subject


def _mine(subject: Subject) -> Q:
    """Chats in which something of this was said, and those that were left with an address of this person."""
    said = Q(said__voice__in=subject.voices) | Q(said__reply__in=subject.replies)
    return said | Q(email__in=_addresses(subject)) if subject.person is not None else said


def _addresses(subject: Subject) -> list[str]:
    if subject.person is None:
        return []
    rows = Identity.objects.filter(person=subject.person, kind="email").values_list("value", "shown")
    return sorted({each for pair in rows for each in pair})


def erase(subject: Subject) -> None:
    """Forget the lines that go, chats in which nothing is left, invitations, links, wishes, and mail that waits."""
    chats = list(Chat.objects.filter(_mine(subject)).values_list("pk", flat=True))
    Post.objects.filter(Q(address__in=_addresses(subject)) | Q(line__chat__in=chats)).delete()
    ChatLine.objects.filter(Q(voice__in=subject.voices) | Q(reply__in=subject.replies)).delete()
    do_forget_empty(Q(pk__in=chats))
    left = Chat.objects.filter(pk__in=chats)
    if subject.person is None:
        left = left.exclude(said__voice__isnull=False)
    left.update(name="", email="", page="")
    Invitation.objects.filter(voice__in=subject.voices).update(voice=None)
    if subject.person is not None:
        mine = Q(identity__person=subject.person) | Q(identity__home=subject.person)
        OwnDataLink.objects.filter(mine).delete()
        OwnDataWish.objects.filter(mine).delete()
        Invitation.objects.filter(Q(person=subject.person) | Q(person__merged_into=subject.person)).delete()


def export(subject: Subject) -> Mapping[str, Any]:
    """Chats with who was left as their name and address, when the one question was asked, and what was wished."""
    chats = Chat.objects.filter(_mine(subject)).distinct().order_by("pk")
    whose = Q(identity__person=subject.person) if subject.person is not None else Q(pk=None)
    asked = Invitation.objects.filter(Q(person=subject.person) if subject.person else Q(voice__in=subject.voices))
    links = OwnDataLink.objects.filter(whose)
    wished = OwnDataWish.objects.filter(whose)
    return {
        "chats": [
            {"begun": each.begun_at.isoformat(), "name": each.name, "email": each.email, "page": each.page}
            for each in chats
        ],
        "asked_one_question": [
            {
                "at": each.asked_at.isoformat(),
                "answered": each.answered_at.isoformat() if each.answered_at else None,
                "never_again": each.declined_at.isoformat() if each.declined_at else None,
            }
            for each in asked.order_by("pk")
        ],
        "links_to_own_data": [
            {"at": each.asked_at.isoformat(), "opened": each.opened_at.isoformat() if each.opened_at else None}
            for each in links.order_by("pk")
        ],
        "wishes_about_own_data": [
            {
                "at": each.at.isoformat(),
                "kind": each.kind,
                "text": each.text,
                "done": each.done_at.isoformat() if each.done_at else None,
            }
            for each in wished.order_by("pk")
        ],
    }
