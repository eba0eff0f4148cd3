"""Amazon Connect Contact Lens: the file of analysis that it writes after a call.

``Participants`` gives roles, ``Transcript`` the turns in milliseconds from the start. A file of a chat (``Channel`` is
``CHAT``) is none of ours.
"""

import re

from gehoor.channels.call.talk import Piece, Talk, Turn
from gehoor.channels.call.transcripts.json_values import Json, Object, object_in, objects_in, seconds_in, text_in

ENGINE = "Amazon Contact Lens"
_NAMES = ("Transcript", "ParticipantId", "ParticipantRole", "BeginOffsetMillis", "ConversationCharacteristics")
_CHAT = re.compile(r'"Channel"\s*:\s*"CHAT"')


def likeness(start: str) -> float:
    """How sure it is that a text that begins so is one: 0 to 1."""
    found = sum(f'"{name}"' in start for name in _NAMES)
    return 0.0 if found < 2 or _CHAT.search(start) else 0.9


def read(held: Json) -> Talk | None:
    """What was said; None when it is not of this shape."""
    whole = object_in(held)
    if not isinstance(whole.get("Transcript"), list):
        return None
    return Talk(
        turns=tuple(turn for each in objects_in(whole, "Transcript") if (turn := _turn(each))),
        engine=ENGINE,
        roles=_roles(whole),
        duration_seconds=seconds_in(object_in(whole, "ConversationCharacteristics"), "TotalConversationDurationMillis"),
        conversation=text_in(object_in(whole, "CustomerMetadata"), "ContactId"),
    )


def _turn(held: Object) -> Turn | None:
    content = text_in(held, "Content")
    begins, ends = seconds_in(held, "BeginOffsetMillis"), seconds_in(held, "EndOffsetMillis")
    speaker = text_in(held, "ParticipantId", "ParticipantRole")
    return Turn(speaker, (Piece(content, begins, ends),)) if content else None


def _roles(whole: Object) -> dict[str, str]:
    """What each participant is, by id: as the file lists them, else as a turn says."""
    found: dict[str, str] = {}
    for name in ("Transcript", "Participants"):
        for each in objects_in(whole, name):
            if role := text_in(each, "ParticipantRole"):
                found[text_in(each, "ParticipantId", "ParticipantRole")] = role
    return found
