"""A person as the command line gives it: the JSON contract."""

from datetime import UTC, datetime
from typing import TypedDict

from gehoor.rooms.people.models import Addressing, Attribution, Person
from gehoor.rooms.people.proof import identities_of
from gehoor.rooms.voices.document import VoiceDocument, voice_documents
from gehoor.rooms.voices.models import Reply


class IdentityDocument(TypedDict):
    """One identity. A shared one is used by several customers and proves nothing."""

    kind: str
    value: str
    network: str
    shared: bool


class ReplyDocument(TypedDict):
    """What this person was told; ``answers`` is the id of the voice that it answers, null when that is not known."""

    id: str
    channel: str
    said_at: str | None
    adviser: str
    text: str
    answers: str | None


class PersonDocument(TypedDict):
    """One person with everything said and told, oldest first; what says no time comes first."""

    id: str
    name: str
    identities: list[IdentityDocument]
    voices: list[VoiceDocument]
    replies: list[ReplyDocument]


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def person_document(person: Person) -> PersonDocument:
    """Everything about one person."""
    voices = list(Attribution.objects.filter(person=person).values_list("voice_id", flat=True))
    told = Addressing.objects.filter(person=person).values("reply")
    replies = Reply.objects.filter(pk__in=told).select_related("answers").order_by("said_at", "id")
    documents = [document for _, document, _ in voice_documents(sorted(voices))]
    return {
        "id": str(person.public_id),
        "name": person.name,
        "identities": [
            {"kind": each.kind, "value": each.value, "network": each.network, "shared": each.person_id is None}
            for each in identities_of(person)
        ],
        "voices": sorted(documents, key=lambda each: each["said_at"] or ""),
        "replies": [_reply(reply) for reply in replies],
    }


def _reply(reply: Reply) -> ReplyDocument:
    return {
        "id": str(reply.public_id),
        "channel": reply.channel,
        "said_at": _time(reply.said_at),
        "adviser": reply.adviser,
        "text": reply.text,
        "answers": str(reply.answers.public_id) if reply.answers else None,
    }
