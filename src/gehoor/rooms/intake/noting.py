"""An adviser writes down what somebody said at the counter or by telephone."""

import json
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from gehoor.analysis.linking.normalise import normalise
from gehoor.channels.base import Direction, Document, Heard, Identity, IdentityKind
from gehoor.kernel import clock
from gehoor.kernel.errors import Refused
from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.keeping import Incoming
from gehoor.rooms.intake.keys import KeyMaker
from gehoor.rooms.intake.models import Arrival, Item, State
from gehoor.rooms.intake.own import own
from gehoor.rooms.intake.storing import Store
from gehoor.rooms.intake.summary import Summary
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Voice

PLACES: Mapping[str, str] = {
    "counter": sentence("At the counter"),
    "phone": sentence("By telephone"),
    "elsewhere": sentence("Elsewhere"),
}
NAME = sentence("Notes")
FOLDER = "notes"
"""By which the arrivals of notes are told from files that were sent in as notes."""
LONGEST = 20_000
"""Characters of one note."""


def do_note(
    *,
    text: str,
    place: str = "counter",
    who: str = "",
    name: str = "",
    minutes: float | None = None,
    said_at: datetime | None = None,
    actor: User | None,
) -> Voice:
    """Keep what a customer said as a voice of the channel note.

    ``who`` is an e-mail address, telephone number or customer number, if the customer gave one; ``minutes`` is how long
    the conversation took, where known. Raises Refused when nothing was said, or what is given cannot be.
    """
    text, when = text.strip(), said_at or clock.now()
    if not text:
        raise Refused(why=sentence("write down what the customer said"))
    if len(text) > LONGEST:
        raise Refused(why=sentence("a note is no book; keep it under 20,000 characters"))
    if place not in PLACES or when > clock.now():
        raise Refused(why=sentence("choose where it was said, at a moment that has been"))
    heard = Heard(
        channel="note",
        text=text,
        position=str(new_id()),
        original=_written(text, place, who, name, minutes, when, actor),
        media_type="application/json",
        direction=Direction.FROM_CUSTOMER,
        said_at=when,
        subject=gettext(PLACES[place]),
        author=name.strip(),
        identities=tuple(_identities(who)),
        duration_seconds=None if minutes is None else minutes * 60,
        adviser=actor.name if actor else "",
    )
    return _keep(heard, actor)


def _written(
    text: str, place: str, who: str, name: str, minutes: float | None, when: datetime, actor: User | None
) -> bytes:
    """The original: all that was entered, as it was entered, and a number of its own."""
    entered = {
        "text": text,
        "place": place,
        "who": who,
        "name": name,
        "minutes": minutes,
        "said_at": when.isoformat(),
        "by": str(actor.public_id) if actor else None,
        "note": str(new_id()),
    }
    return json.dumps(entered, ensure_ascii=False, indent=1).encode()


def _identities(who: str) -> list[Identity]:
    """What the customer can be known by. Raises Refused when it is none of the three."""
    who = who.strip()
    if not who:
        return []
    kinds: list[IdentityKind] = ["email"] if "@" in who else ["phone", "customer_number"]
    for kind in kinds:
        if normalise(kind, who) is not None:
            return [Identity(kind, who)]
    raise Refused(why=sentence("give an e-mail address, a telephone number or a customer number, or leave it empty"))


def _keep(heard: Heard, actor: User | None) -> Voice:
    document = Document("notes", len(heard.original), lambda: BytesIO(heard.original))
    keys = KeyMaker(document).keys(heard)
    arrival = _arrival(actor)
    summary = Summary()
    Store(arrival, own(), summary, dict(arrival.counts)).store([Incoming(heard, keys, arrival.name)])
    item = Item.objects.select_related("voice").get(key=keys.key)
    if item.voice is None:
        raise Refused(why=sentence("it is known already"))
    return item.voice


def _arrival(actor: User | None) -> Arrival:
    """The notes of one colleague on one day come in together."""
    today = Arrival.objects.filter(channel="note", by=actor, folder=FOLDER, at__date=timezone.localdate())
    with transaction.atomic():
        found = today.order_by("-id").first()
        if found is None:
            found = Arrival.objects.create(
                name=gettext(NAME), by=actor, state=State.DONE, channel="note", folder=FOLDER, counts=Summary().counts()
            )
            do_log(actor=actor, action="send_in", what="arrival", public_id=found.public_id)
    return found
