"""Finds out what became of messages that were cut off at their end.

Where the sender makes a copy that is heard here, the copy decides. It came: it was sent. It did not come, although
all that reached the place of the copies was heard well after a while (a shorter one, once copies of what was sent
later came): it was not sent, and is sent again with the same id. Where there is no copy, a person decides.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.sending import told
from gehoor.rooms.sending.models import Delivery, SenderSettings, State
from gehoor.rooms.sending.replies import copy_of, keep_replies
from gehoor.rooms.sending.runs import check_may, finish, right_for
from gehoor.rooms.sending.states import move_one

SHORTEST_SECONDS, LONGEST_SECONDS = 10.0, 60.0
"""The least that a copy gets, and the most once copies of later messages came."""
QUIET_SECONDS = 10.0
"""More than the time from the beginning of a look to the word that all is well."""


def settle() -> int:
    """Settle all that can be settled now by a copy; says how many were."""
    unsure = Delivery.objects.filter(state=State.UNSURE).select_related(
        "run__wording", "person__merged_into", "voice", "sender__heard_in"
    )
    late = Delivery.objects.filter(state=State.WAITING, copied_at__isnull=False).select_related("run", "person")
    return sum(_settle(each) for each in [*unsure, *late])


def _settle(delivery: Delivery) -> bool:
    reply = copy_of(delivery)
    if reply is not None or delivery.copied_at is not None:
        with transaction.atomic():
            arrived: dict[str, Any] = {"reply": reply, "told_at": delivery.ended_at, "reason": []}
            settled = move_one(delivery, [State.UNSURE, State.WAITING], State.SENT, **arrived)
            if settled:
                told.tell(delivery.run, [delivery.person_id])
        finish(delivery.run)
        return settled
    if delivery.state == State.UNSURE and was_not_delivered(delivery):
        return move_one(delivery, State.UNSURE, State.WAITING, reason=[], try_after=None)
    return False


def was_not_delivered(delivery: Delivery) -> bool:
    """Whether its copy would have come by now: everything that reached the place of the copies was heard, at a moment
    when this one had had time to get there."""
    sender, ended = delivery.sender, delivery.ended_at
    if sender is None or ended is None or not makes_heard_copies(sender):
        return False
    heard_all = _heard_all_at(sender)
    return heard_all is not None and heard_all > ended + timedelta(seconds=_patience(sender, ended))


def makes_heard_copies(sender: SenderSettings) -> bool:
    """Whether copies of what this sender sends are heard here now."""
    source = sender.heard_in
    return bool(sender.settings.get("copy_to")) and source is not None and not (source.removed or source.paused)


def _patience(sender: SenderSettings, ended: datetime) -> float:
    """How many seconds a copy gets. Less, once a message that went out later has had its copy heard."""
    whole = max(sender.copy_minutes * 60.0, SHORTEST_SECONDS)
    later = Delivery.objects.filter(sender=sender, ended_at__gt=ended, copied_at__isnull=False)
    return min(whole, LONGEST_SECONDS) if later.exists() else whole


def _heard_all_at(sender: SenderSettings) -> datetime | None:
    """By when everything that had reached the place of the copies was heard; None while that is not sure.

    A source says that it is well after it has brought what it saw; what came while it was bringing, it sees at its next
    look. So only a look that follows a quiet moment counts, and for what was there before that moment.
    """
    source = sender.heard_in
    if source is None or source.trouble or source.waits or source.tried_at is None:
        return None
    look = source.tried_at - timedelta(seconds=QUIET_SECONDS)
    return look if source.heard_at is None or source.heard_at < look else None


def do_say_arrived(*, actor: User | None, delivery: Delivery) -> None:
    """A person found out that an unsure message did arrive. Raises Refused when it is not unsure any more."""
    check_may(actor, right_for(delivery.run))
    with transaction.atomic():
        reply = keep_replies(delivery.run, [(delivery, None)], None).get(delivery.pk)
        if not move_one(delivery, State.UNSURE, State.SENT, reply_id=reply, told_at=delivery.ended_at, reason=[]):
            raise Refused(why=sentence("this is not unsure any more"))
        told.tell(delivery.run, [delivery.person_id])
        do_log(actor=actor, action="sending.arrived", what="delivery", public_id=delivery.public_id)
    finish(delivery.run)


def do_send_again(*, actor: User | None, delivery: Delivery) -> None:
    """A person found out that an unsure message did not arrive: it waits again. Raises Refused when it is not."""
    check_may(actor, right_for(delivery.run))
    with transaction.atomic():
        if not move_one(delivery, State.UNSURE, State.WAITING, reason=[], try_after=None):
            raise Refused(why=sentence("this is not unsure any more"))
        do_log(actor=actor, action="sending.again", what="delivery", public_id=delivery.public_id)
    finish(delivery.run)
