"""What comes in again of what we sent: copies of our own messages, and reports that one could not be delivered."""

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from gehoor.channels.base import Heard, NothingSaid, Outcome
from gehoor.channels.email.automatic import AWAY, REPORT
from gehoor.channels.email.returned import came_back
from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.intake.models import Arrival
from gehoor.rooms.sending import told
from gehoor.rooms.sending.models import Delivery, RunKind, State
from gehoor.rooms.sending.replies import FOLDER, bare
from gehoor.rooms.sending.states import move_one
from gehoor.rooms.voices.models import Conversation, Reply, Voice

BOUNCED = sentence("It came back: the mail server of this address could not deliver it.")
BOUNCED_REMEDY = sentence("Look whether the address is right, or reach this person in another way.")
_OWN_ID = re.compile(rb"^Message-ID:\s*<gehoor\.([0-9a-f]{32})-(\d{1,6})@", re.IGNORECASE | re.MULTILINE)
_OURS_WRITTEN = re.compile(r"gehoor\.([0-9a-f]{32})-(\d{1,6})@")


def follow(arrival: Arrival, outcomes: Sequence[Outcome]) -> None:
    """Called by intake for each batch that comes in, inside its transaction."""
    if arrival.folder == FOLDER:
        return
    copies = {each.native_id for each in outcomes if isinstance(each, Heard) and each.native_id}
    if copies:
        Delivery.objects.filter(native_id__in=copies, copied_at=None).update(copied_at=now())
    _follow_receipts([each.original for each in outcomes if isinstance(each, NothingSaid) and each.reason == AWAY])
    _bring_home([each for each in outcomes if isinstance(each, Heard) and each.channel == "email" and each.thread])
    reports = [each.original for each in outcomes if isinstance(each, NothingSaid) and each.reason == REPORT]
    for delivery in _returned(reports):
        reason = [BOUNCED, BOUNCED_REMEDY, {}]
        if move_one(delivery, State.SENT, State.FAILED, reason=reason):
            told.take_back(delivery.run, [delivery.person_id])
            told.fail(delivery.run)
        elif move_one(delivery, [State.UNSURE, State.ENDING], State.FAILED, reason=reason):
            told.fail(delivery.run)


def _follow_receipts(automatic: Iterable[bytes]) -> None:
    """A copy of what we say of ourselves is mail of a machine, so nobody speaks in it; it is known by its own id."""
    found = [named for each in automatic if (named := _OWN_ID.search(_head(each)))]
    keys = {(UUID(each[1].decode()), int(each[2])) for each in found}
    if keys:
        _named(keys).filter(run__kind=RunKind.RECEIPT, copied_at=None).update(copied_at=now())


def _bring_home(said: Sequence[Heard]) -> None:
    """Who answers a mail of ours that became no reply (that we received something), or has not yet, and names nothing
    else, still answers what that was about."""
    ours = {each.native_id: keys for each in said if (keys := _ours_in(each.thread)) and each.native_id}
    if not ours:
        return
    deliveries = _named({key for keys in ours.values() for key in keys}).filter(voice__conversation__isnull=False)
    homes = {(each.public_id, each.round): each.voice for each in deliveries.select_related("voice")}
    for voice in Voice.objects.filter(native_id__in=[bare(each) for each in ours], channel="email"):
        keys = next((keys for native, keys in ours.items() if bare(native) == voice.native_id), [])
        home = next((found for key in keys if (found := homes.get(key)) is not None), None)
        if home is not None and voice.pk != home.pk and voice.conversation_id != home.conversation_id:
            _move(voice, home)


def _move(voice: Voice, home: Voice) -> None:
    """Only out of a conversation in which nothing else was said."""
    left = voice.conversation_id
    alone = not Voice.objects.filter(conversation=left).exclude(pk=voice.pk).exists()
    if left is None or (alone and not Reply.objects.filter(conversation=left).exists()):
        Voice.objects.filter(pk=voice.pk).update(conversation=home.conversation_id)
        Conversation.objects.filter(pk__in=[left]).delete()


def _ours_in(thread: Sequence[str]) -> list[tuple[UUID, int]]:
    """The messages of ours that a thread names, the nearest first."""
    found = [_OURS_WRITTEN.match(each.lstrip("<")) for each in reversed(thread)]
    return [(UUID(each[1]), int(each[2])) for each in found if each]


def _head(message: bytes) -> bytes:
    """Its headers."""
    return re.split(rb"\r?\n\r?\n", message, maxsplit=1)[0]


def _named(keys: Iterable[tuple[UUID, int]]) -> "QuerySet[Delivery]":
    condition = Q(pk__in=[])
    for public_id, number in keys:
        condition |= Q(public_id=public_id, round=number)
    return Delivery.objects.filter(condition)


def _returned(reports: Iterable[bytes]) -> Iterable[Delivery]:
    """Deliveries of which a report says that they failed for good."""
    named = [_OURS_WRITTEN.match(came_back(report)) for report in reports]
    wanted = {(UUID(each[1]), int(each[2])) for each in named if each}
    if not wanted:
        return []
    return list(_named(wanted).select_related("run"))
