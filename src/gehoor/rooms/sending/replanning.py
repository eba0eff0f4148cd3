"""Another way for one person, chosen by hand: after a mail came back, or where the choice was wrong."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.people.models import Identity
from gehoor.rooms.people.postal import whereabouts
from gehoor.rooms.people.preferences import wishes
from gehoor.rooms.people.reach import IDENTITY_OF
from gehoor.rooms.sending.models import Delivery, State
from gehoor.rooms.sending.planning import roots
from gehoor.rooms.sending.runs import check_may, do_log_on, finish, right_for
from gehoor.rooms.sending.sparing import asked_in_this_way
from gehoor.rooms.sending.states import move_one

BY_HAND = sentence("A colleague chose it.")
ANEW = (State.WAITING, State.FAILED, State.UNREACHABLE, State.NOT_WANTED)
"""The states in which another way can be chosen."""
_CHANNEL_OF = {kind: channel for channel, kind in IDENTITY_OF.items()}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a person. ``choice`` names it in a form; ``refused``: this person asked not to be reached so."""

    choice: str
    channel: str
    shown: str
    refused: bool
    fields: dict[str, Any]


def ways(delivery: Delivery) -> list[Way]:
    """Every way that we know to reach this person."""
    return ways_of(delivery.person_id) if delivery.person_id is not None else []


def ways_of(known: int) -> list[Way]:
    """Every way that we know to reach a person (primary key)."""
    person = roots([known]).get(known, known)
    wanted = wishes([person]).get(person)
    refused = wanted.refused if wanted else frozenset()
    found = []
    for each in Identity.objects.filter(person=person, kind__in=_CHANNEL_OF).order_by("kind", "-id"):
        channel = _CHANNEL_OF[each.kind]
        fields = {"kind": each.kind, "address": each.shown or each.value, "network": each.network, "postal": []}
        found.append(Way(f"{channel}-{each.pk}", channel, each.shown or each.value, channel in refused, fields))
    where = whereabouts([person]).get(person)
    if where is not None and (postal := where.postal) is not None:
        written = [postal.street, postal.postcode, postal.place, postal.country]
        fields = {"kind": "", "address": "", "network": "", "postal": written}
        found.append(Way("letter", "letter", ", ".join(filter(None, written)), "letter" in refused, fields))
    return found


def do_replan(*, actor: User | None, delivery: Delivery, choice: str) -> None:
    """Tell this person in another way. Raises Refused when that way is not known or not wanted, or when this person was
    told, or may have been, by now."""
    check_may(actor, right_for(delivery.run))
    way = next((each for each in ways(delivery) if each.choice == choice), None)
    if way is None or (way.refused and not asked_in_this_way(delivery)):
        raise Refused(why=sentence("this customer cannot be reached in that way, or does not want it"))
    fresh = {"attempts": 0, "try_after": None, "native_id": "", "ended_at": None, "copied_at": None, "told_at": None}
    free: dict[str, Any] = {"claimed_by": None, "claimed_at": None, "reply": None, "reason": [], "why": BY_HAND}
    with transaction.atomic():
        aim = {"channel": way.channel, "round": delivery.round + 1, **way.fields, **fresh, **free}
        if not move_one(delivery, ANEW, State.WAITING, **aim):
            raise Refused(why=sentence("this person was told, or may have been, by now"))
        do_log_on(actor, "sending.replan", delivery)
    finish(delivery.run)
    delivery.refresh_from_db()
