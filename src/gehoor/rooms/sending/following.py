"""What comes in again of what we sent: copies of our own messages, and reports that one could not be delivered."""

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from gehoor.channels.base import Heard, NothingSaid, Outcome
from gehoor.channels.email.automatic import REPORT
from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.intake.models import Arrival
from gehoor.rooms.sending import told
from gehoor.rooms.sending.models import Delivery, State
from gehoor.rooms.sending.replies import FOLDER
from gehoor.rooms.sending.states import move_one

BOUNCED = sentence("It came back: the mail server of this address could not deliver it.")
BOUNCED_REMEDY = sentence("Look whether the address is right, or reach this person in another way.")
_OURS = re.compile(rb"gehoor\.([0-9a-f]{32})-(\d{1,6})@")
_FOR_GOOD = re.compile(rb"^Action:\s*failed\b", re.IGNORECASE | re.MULTILINE)


def follow(arrival: Arrival, outcomes: Sequence[Outcome]) -> None:
    """Called by intake for each batch that comes in, inside its transaction."""
    if arrival.folder == FOLDER:
        return
    copies = {each.native_id for each in outcomes if isinstance(each, Heard) and each.native_id}
    if copies:
        Delivery.objects.filter(native_id__in=copies, copied_at=None).update(copied_at=now())
    reports = [each.original for each in outcomes if isinstance(each, NothingSaid) and each.reason == REPORT]
    for delivery in _returned(reports):
        reason = [BOUNCED, BOUNCED_REMEDY, {}]
        if move_one(delivery, State.SENT, State.FAILED, reason=reason):
            told.take_back(delivery.run, [delivery.person_id])
        else:
            move_one(delivery, [State.UNSURE, State.ENDING], State.FAILED, reason=reason)


def _returned(reports: Iterable[bytes]) -> Iterable[Delivery]:
    """Deliveries of which a report says that they failed for good."""
    found = [_OURS.findall(report) for report in reports if _FOR_GOOD.search(report)]
    wanted = {(UUID(key.decode()), int(number)) for each in found for key, number in each}
    if not wanted:
        return []
    condition = Q()
    for public_id, number in wanted:
        condition |= Q(public_id=public_id, round=number)
    return list(Delivery.objects.filter(condition).select_related("run"))
