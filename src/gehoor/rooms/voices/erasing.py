"""How this room erases and exports what it keeps of a person."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q

from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import (
    Attachment,
    Broadcast,
    Container,
    Conversation,
    LaterVersion,
    Reply,
    Voice,
)
from gehoor.rooms.voices.models.said import Said
from gehoor.rooms.voices.search.engines import engine


def erase(subject: Subject) -> None:
    """Delete what was said with all that hangs on it, conversations and containers that are left empty, and originals
    nobody else uses."""
    used = _originals_of(subject)
    voices, replies = Voice.objects.filter(id__in=subject.voices), Reply.objects.filter(id__in=subject.replies)
    broadcasts = Broadcast.objects.filter(id__in=subject.broadcasts)
    conversations = {*voices.values_list("conversation", flat=True), *replies.values_list("conversation", flat=True)}
    containers = {pk for said in (voices, replies, broadcasts) for pk in said.values_list("container", flat=True)}
    voices.delete()
    replies.delete()
    broadcasts.delete()
    Conversation.objects.filter(id__in=conversations - {None}, voices=None, replies=None).delete()
    delete_empty_containers(containers - {None})
    originals.delete_unused(used)


def delete_empty_containers(candidates: Collection[int]) -> None:
    """Of a file from which nothing is kept any more, the name need not be kept either."""
    left = set(candidates)
    said: tuple[type[Said], ...] = (Voice, Reply, Broadcast)
    for model in said:
        if left:
            left -= set(
                model._default_manager.filter(container__in=left).values_list("container", flat=True).distinct()
            )
    Container.objects.filter(id__in=left).delete()


def _originals_of(subject: Subject) -> set[int]:
    of_voice, of_reply = Q(voice__in=subject.voices), Q(reply__in=subject.replies)
    return {
        *Voice.objects.filter(id__in=subject.voices).values_list("original", flat=True),
        *Reply.objects.filter(id__in=subject.replies).values_list("original", flat=True),
        *Broadcast.objects.filter(id__in=subject.broadcasts).values_list("original", flat=True),
        *LaterVersion.objects.filter(of_voice).values_list("original", flat=True),
        *Attachment.objects.filter(of_voice | of_reply).values_list("original", flat=True),
    }


def forget(_: Subject) -> None:
    """Outside the database's rows: the full-text index, free pages, and what uploads left behind."""
    engine().forget()
    for left in settings.HOME.folder("originals").glob("*.new"):
        left.unlink()


def export(subject: Subject) -> Mapping[str, Any]:
    """Voices and replies, word for word."""
    return {
        "voices": [_said(voice) for voice in Voice.objects.filter(id__in=subject.voices).order_by("said_at", "id")],
        "replies": [_said(reply) for reply in Reply.objects.filter(id__in=subject.replies).order_by("said_at", "id")],
    }


def _said(said: Voice | Reply) -> dict[str, Any]:
    return {
        "id": str(said.public_id),
        "channel": said.channel,
        "said_at": said.said_at.isoformat() if said.said_at else None,
        "author": said.author,
        "subject": said.subject,
        "text": said.text,
        "quoted": said.quoted,
        "source": {"file": said.file, "item": said.item},
    }
