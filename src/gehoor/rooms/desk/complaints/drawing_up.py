"""What the register says of a complaint, taken from the voice it came in by."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gehoor.rooms.desk.complaints.proposing import official_channels
from gehoor.rooms.desk.models import Answer
from gehoor.rooms.people.models import Attribution, Identity, Person
from gehoor.rooms.people.postal import whereabouts
from gehoor.rooms.voices.models import Reply, Voice

_REACHED_BY = ("email", "phone", "customer_number")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register before it is kept. ``acknowledged_at``: when we first answered, where we did."""

    received_at: datetime
    about: str
    name: str = ""
    address: str = ""
    official: bool = True
    acknowledged_at: datetime | None = None
    person: Person | None = None


def entry_of(voice: Voice) -> Entry:
    """What this voice, and what we know of who said it, fill in."""
    attribution = Attribution.objects.select_related("person").filter(voice=voice).first()
    person = attribution.person if attribution is not None else None
    received = voice.said_at or voice.heard_at
    return Entry(
        received_at=received,
        about=f"{voice.subject}\n\n{voice.text}".strip() if voice.subject else voice.text,
        name=(person.name if person is not None else "") or voice.author,
        address=_address(person, voice),
        official=voice.channel in official_channels(),
        acknowledged_at=_first_answer(voice, received),
        person=person,
    )


def _address(person: Person | None, voice: Voice) -> str:
    """Where someone lives, else how they can be reached."""
    if person is not None:
        found = whereabouts([person.pk]).get(person.pk)
        if found is not None and found.postal is not None:
            postal = found.postal
            return ", ".join(
                part for part in (postal.street, f"{postal.postcode} {postal.place}".strip(), postal.country) if part
            )
        reached = Identity.objects.filter(person=person, kind__in=_REACHED_BY).values_list("kind", "shown")
        by_kind = dict(reached)
        return next((by_kind[kind] for kind in _REACHED_BY if kind in by_kind), "")
    return next((value for kind, value, *_ in voice.identities if kind in _REACHED_BY), "")


def _first_answer(voice: Voice, received: datetime) -> datetime | None:
    """When we first let hear of us after it, by a reply or by itself."""
    same = Q(answers=voice)
    if voice.conversation_id is not None:
        same |= Q(conversation=voice.conversation_id)
    replied = Reply.objects.filter(same, said_at__gte=received).order_by("said_at").values_list("said_at", flat=True)
    sent = Answer.objects.filter(answers=voice, taken_back=False, failed=[]).order_by("leaves_at")
    moments = [replied.first(), sent.values_list("leaves_at", flat=True).first()]
    return min((moment for moment in moments if moment is not None), default=None)
