"""Who waits for us: voices that ask something of us which nobody has answered yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from gehoor.analysis.text import turns
from gehoor.rooms.desk.cases.machines import address_of, by_machine
from gehoor.rooms.desk.models import Answer
from gehoor.rooms.voices.models import Reply, Voice

HISTORY = timedelta(days=60)
"""What was said longer ago than this, when it is first looked at, is history: no case is made of it."""
ASKING = frozenset({"question", "complaint", "wish"})
DIRECT = frozenset({"email", "letter", "form", "chat"})
"""Who says something to us here expects to hear from us, however it reads: all but a compliment waits, and what a
machine sent."""
SLOW_CLOCK = timedelta(minutes=2)
"""So far the clock of a customer may be behind ours."""
UNANSWERED_CHANNELS = frozenset({"survey", "review", "mystery_visit", "note", "web_archive", "blog"})
"""Where nobody waits for an answer to what they said."""
_SPOKEN = frozenset({"call", "chat"})


@dataclass(frozen=True, slots=True)
class Replied:
    """A reply: when, which voice it answers where it says so, and when we knew of it."""

    at: datetime
    answers: int | None
    known_at: datetime


def said_at(voice: Voice) -> datetime:
    """When it was said, else when it was heard."""
    return voice.said_at or voice.heard_at


def replies_to(voices: Sequence[Voice]) -> Mapping[int, list[Replied]]:
    """What we replied to each of these voices or in its conversation, by the voice's primary key; what says by itself
    that something came in is no reply. Two queries."""
    conversations = {voice.conversation_id for voice in voices if voice.conversation_id is not None}
    rows = Reply.objects.filter(
        Q(answers__in=[voice.pk for voice in voices]) | Q(conversation__in=conversations)
    ).values_list("pk", "conversation_id", "answers_id", "said_at", "heard_at")
    found = list(rows)
    automatic = set(
        Answer.objects.filter(automatic=True, reply__in=[row[0] for row in found]).values_list("reply_id", flat=True)
    )
    by_voice: defaultdict[int, list[Replied]] = defaultdict(list)
    by_conversation: defaultdict[int, list[Replied]] = defaultdict(list)
    for pk, conversation, answers, said, heard in found:
        if pk in automatic:
            continue
        if answers is not None:
            by_voice[answers].append(Replied(said or heard, answers, heard))
        if conversation is not None:
            by_conversation[conversation].append(Replied(said or heard, answers, heard))
    return {voice.pk: by_voice[voice.pk] + by_conversation[voice.conversation_id or 0] for voice in voices}


def answered(voice: Voice, replies: Sequence[Replied]) -> bool:
    """Whether we answered this voice, or said something in its conversation after it, or while it was said."""
    if any(reply.answers == voice.pk or _came_after(reply, voice) for reply in replies):
        return True
    return voice.channel in _SPOKEN and any(turn.ours for turn in turns(voice.text))


def _came_after(reply: Replied, voice: Voice) -> bool:
    """Whether a reply was given after a voice. What we had sent before we heard it was not, though the customer's clock
    is a little slow, or tells whole seconds."""
    at = said_at(voice)
    return reply.at >= at and not (reply.known_at < voice.heard_at and reply.at - at < SLOW_CLOCK)


def asks_us(voice: Voice, kind: str) -> bool:
    """Whether what was said is of a kind, and in a channel, in which someone waits for an answer."""
    if kind in ASKING or voice.channel not in DIRECT:
        return kind in ASKING and voice.channel not in UNANSWERED_CHANNELS
    address = address_of(voice)
    return kind != "compliment" and (address is None or not by_machine(voice, address))


def is_history(voice: Voice, today: datetime) -> bool:
    """Whether it was said too long ago to begin a case by itself."""
    return said_at(voice) < today - HISTORY
