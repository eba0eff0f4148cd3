"""What a mail answers: the whole thread for an answer of one person to another, so that every mail program keeps it
together."""

from django.db.models import QuerySet

from gehoor.rooms.sending.models import Delivery, RunKind
from gehoor.rooms.voices.models import Reply, Voice

MOST = 30
"""So many ids at least are there to be named; the first of all always is."""


def thread_of(delivery: Delivery) -> tuple[str, ...]:
    """The native ids of the mails that this mail follows, oldest first; last the one that it answers."""
    voice = delivery.voice
    if voice is None or delivery.channel != "email" or voice.channel != "email" or not voice.native_id:
        return ()
    if delivery.run.kind == RunKind.MANY or voice.conversation_id is None:
        return (voice.native_id,)
    said = [*_said(Voice.objects.exclude(pk=voice.pk), voice), *_said(_replies(delivery), voice)]
    before = [native for _, native in sorted(said)]
    kept = before if len(before) <= MOST else [before[0], *before[1 - MOST :]]
    return (*dict.fromkeys(each for each in kept if each != voice.native_id), voice.native_id)


def _replies(delivery: Delivery) -> "QuerySet[Reply]":
    """Ours, but for what this mail became itself."""
    return Reply.objects.all() if delivery.reply_id is None else Reply.objects.exclude(pk=delivery.reply_id)


def _said(found: "QuerySet[Voice] | QuerySet[Reply]", voice: Voice) -> list[tuple[float, str]]:
    mails = found.filter(conversation=voice.conversation_id, channel="email").exclude(native_id="")
    rows = mails.order_by("id").values_list("said_at", "heard_at", "native_id")
    return [((said or heard).timestamp(), native) for said, heard, native in rows]
