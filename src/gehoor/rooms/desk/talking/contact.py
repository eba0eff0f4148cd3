"""What someone sends with the contact form becomes a voice, once."""

import json
from dataclasses import dataclass

from gehoor.channels.base import Attachment, Direction, Heard, Identity
from gehoor.kernel.clock import now
from gehoor.kernel.ids import key_of
from gehoor.rooms.desk.talking.taking_in import keep
from gehoor.rooms.voices.models import Voice


@dataclass(frozen=True, slots=True)
class Said:
    """What someone filled in. ``reach`` is what they gave to be answered at: they say that it is theirs."""

    text: str
    name: str = ""
    reach: Identity | None = None
    attachment: Attachment | None = None
    language: str = "nl"


def do_hear_contact(*, said: Said, key: str) -> Voice | None:
    """Keep it as a voice of the channel form. The same ``key`` twice is one voice, the first. None for what was erased.

    No more than one address or number is taken of one voice: two that stand together would join two dossiers, and
    whoever fills in a form can write down another's.
    """
    item = keep(
        Heard(
            channel="form",
            text=said.text,
            position=key,
            original=_written(said, key),
            media_type="application/json",
            direction=Direction.FROM_CUSTOMER,
            said_at=now(),
            author=said.name,
            identities=(said.reach,) if said.reach else (),
            native_id=key_of(["contact form", key]).hex()[:32],
            attachments=(said.attachment,) if said.attachment else (),
        )
    )
    return item.voice if item is not None else None


def _written(said: Said, key: str) -> bytes:
    """The original: all that was filled in, as it was."""
    filled = {
        "text": said.text,
        "name": said.name,
        "reach": said.reach.value if said.reach else "",
        "file": said.attachment.name if said.attachment else "",
        "language": said.language,
        "sent": key,
    }
    return json.dumps(filled, ensure_ascii=False, indent=1).encode()
