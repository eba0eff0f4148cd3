"""What we told someone becomes a reply on that person's dossier, through the store that everything comes in by.

A mail is read back by the reader of its channel, so that it gets the very key by which its copy is known when that is
heard later: whichever comes first, there is one reply.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO

from django.utils.translation import gettext

from gehoor.channels.base import Direction, Document, Heard, Identity, Wishes
from gehoor.channels.outgoing import Outgoing, Sent
from gehoor.channels.registry import reader_for
from gehoor.kernel.clock import now
from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.keeping import Incoming
from gehoor.rooms.intake.keys import KeyMaker
from gehoor.rooms.intake.models import Arrival, Item, State
from gehoor.rooms.intake.own import own
from gehoor.rooms.intake.storing import Store
from gehoor.rooms.intake.summary import Summary
from gehoor.rooms.people.models import Identity as KnownIdentity
from gehoor.rooms.privacy import rights
from gehoor.rooms.sending.models import Delivery, Run, RunKind
from gehoor.rooms.sending.outgoing import outgoing
from gehoor.rooms.voices.models import Reply

FOLDER = "told"
"""By which the arrivals of what we told are known from those of what was sent in."""
NAME = sentence("Told: %(name)s")
ANSWERS = sentence("Answers to customers")


def keep_replies(run: Run, told: Sequence[tuple[Delivery, Sent | None]], by: User | None) -> dict[int, int]:
    """Keep what these persons were told, with the bytes as they went out where there are any.

    Gives the replies' primary keys by those of the deliveries. Needs a transaction."""
    keys = {}
    batch = []
    arrival = _arrival(run)
    for delivery, sent in told:
        heard = _heard(delivery, sent, by or _writer(run))
        document = _document(heard.original)
        incoming = Incoming(heard, KeyMaker(document).keys(heard), arrival.name)
        keys[delivery.pk] = incoming.keys.key
        batch.append(incoming)
    Store(arrival, own(), Summary(), dict(arrival.counts)).store(batch)
    found = {
        bytes(key): reply for key, reply in Item.objects.filter(key__in=keys.values()).values_list("key", "reply_id")
    }
    kept = {pk: reply for pk, key in keys.items() if (reply := found.get(key)) is not None}
    _tie(run, [delivery for delivery, _ in told], kept)
    return kept


def _writer(run: Run) -> User | None:
    """Who wrote an answer, whoever or whatever took it out."""
    return run.by if run.kind == RunKind.ANSWER else None


def _tie(run: Run, deliveries: Iterable[Delivery], replies: Mapping[int, int]) -> None:
    """An answer belongs to what it answers, also where it went another way than that came."""
    for delivery in deliveries if run.kind == RunKind.ANSWER else ():
        voice, reply = delivery.voice, replies.get(delivery.pk)
        if voice is None or reply is None:
            continue
        Reply.objects.filter(pk=reply, answers=None).update(answers=voice)
        if voice.conversation_id is not None and voice.channel != delivery.channel:
            Reply.objects.filter(pk=reply, conversation=None).update(conversation=voice.conversation_id)


def forget_replies(replies: Sequence[int]) -> None:
    """It turned out that this was not told."""
    if replies:
        rights.do_erase(rights.Subject(None, replies=list(replies), may_return=True))


def copy_of(delivery: Delivery) -> Reply | None:
    """The reply that a copy of this delivery's message became."""
    if not delivery.native_id:
        return None
    return Reply.objects.filter(channel=delivery.channel, native_id=bare(delivery.native_id)).first()


def _arrival(run: Run) -> Arrival:
    """All that is told in a run comes in together; so do all answers to one."""
    many = run.kind == RunKind.MANY
    name = (gettext(NAME) % {"name": run.name})[:500] if many else gettext(ANSWERS)
    mapping = {"run": str(run.public_id)} if many else {"run": run.kind}
    kept = Arrival.objects.filter(folder=FOLDER, mapping=mapping).first()
    return kept or Arrival.objects.create(
        name=name,
        by=run.by if many else None,
        state=State.DONE,
        folder=FOLDER,
        mapping=mapping,
        counts=Summary().counts(),
    )


def _heard(delivery: Delivery, sent: Sent | None, by: User | None) -> Heard:
    message = outgoing(delivery)
    read = _read_back(delivery.channel, sent) if sent else None
    heard = read or Heard(
        channel=delivery.channel,
        text="\n".join(message.points) if delivery.channel == "call" and message.points else message.text,
        position="",
        original=sent.original if sent else _written(message),
        media_type=sent.media_type if sent else "application/json",
        subject=message.subject,
        native_id=(sent.native_id if sent else delivery.native_id) or message.key,
        thread=message.thread,
    )
    return replace(
        heard,
        position=str(delivery.public_id),
        direction=Direction.TO_CUSTOMER,
        said_at=heard.said_at or now(),
        recipients=tuple(_recipients(delivery)),
        adviser=by.name if by else heard.adviser,
    )


def bare(native_id: str) -> str:
    """A message id as intake keeps it."""
    return native_id.split(" ")[0].strip("<>")


def _read_back(channel: str, sent: Sent) -> Heard | None:
    document = _document(sent.original)
    wishes = Wishes(channel=channel)
    try:
        (read,) = reader_for(document, wishes).read(document, wishes)
    except (CannotRead, ValueError):
        return None
    return read if isinstance(read, Heard) and read.native_id else None


def _document(data: bytes) -> Document:
    return Document("told", len(data), lambda: BytesIO(data))


def _recipients(delivery: Delivery) -> list[Identity]:
    """The address or number it went to; for paper, one by which this person is surely known."""
    if delivery.address:
        return [Identity(delivery.kind, delivery.address, delivery.network)]  # type: ignore[arg-type]
    if delivery.person is None:
        return []
    known = KnownIdentity.objects.filter(person=delivery.person.merged_into or delivery.person, shared=False)
    found = sorted(known, key=lambda each: (each.kind != "customer_number", each.pk))
    return [Identity(each.kind, each.shown or each.value, each.network) for each in found[:1]]  # type: ignore[arg-type]


def _written(message: Outgoing) -> bytes:
    """The original of what went out on paper or was said: all of the text, and for whom."""
    postal = message.to.postal
    told = {
        "key": message.key,
        "dated": message.dated.isoformat(),
        "name": message.to.name,
        "address": message.to.address.value if message.to.address else "",
        "postal": [postal.street, postal.postcode, postal.place, postal.country] if postal else [],
        "subject": message.subject,
        "text": message.text,
        "points": list(message.points),
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
