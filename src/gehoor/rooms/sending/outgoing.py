"""From a delivery to the message that goes out for it."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from django.conf import settings
from django.utils import timezone

from gehoor.analysis.linking.normalise import normalise
from gehoor.channels.base import Identity
from gehoor.channels.outgoing import Addressee, Outgoing, PostalAddress
from gehoor.rooms.people.models import Identity as KnownIdentity
from gehoor.rooms.people.salutation import salutation
from gehoor.rooms.people.unsubscribing import unsubscribe_path
from gehoor.rooms.sending.asking import asked_at
from gehoor.rooms.sending.filling import GREETING, NAME, Language, fill, greeted, text_of
from gehoor.rooms.sending.models import Delivery, Run, RunKind, Wording
from gehoor.rooms.sending.threading import thread_of

_SPEAKS: Mapping[str, Literal["many", "person", "machine"]] = MappingProxyType(
    {RunKind.MANY: "many", RunKind.ANSWER: "person", RunKind.RECEIPT: "machine"}
)
_LAST_LINES = 6
_CLOSED = re.compile(
    r"^[ \t]*(?:met (?:de )?(?:vriendelijke|hartelijke) groet\w*|(?:vriendelijke|hartelijke) groet\w*|hoogachtend|mvg|"
    r"(?:kind|best|warm) regards|yours (?:sincerely|faithfully)|sincerely)\b[^\n]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)


def today() -> date:
    """The day that stands on what goes out now."""
    return timezone.localdate()


def outgoing(delivery: Delivery) -> Outgoing:
    """The message for this person. Its key stays the same until the delivery is planned anew. A letter bears the day of
    its print job."""
    return message(
        delivery.run.wording,
        channel=delivery.channel,
        language=language_of(delivery),
        to=addressee(delivery),
        key=f"{delivery.public_id.hex}-{delivery.round}",
        dated=timezone.localdate(delivery.job.at) if delivery.job else today(),
        thread=thread_of(delivery),
        unsubscribe=_unsubscribe(delivery),
        asks=asked_at(delivery.run, delivery.channel, language_of(delivery)),
        by=_SPEAKS[delivery.run.kind],
        signed_by=_signed_by(delivery.run),
    )


def message(
    wording: Wording,
    *,
    channel: str,
    language: Language,
    to: Addressee,
    key: str,
    dated: date,
    thread: tuple[str, ...] = (),
    unsubscribe: str = "",
    asks: str = "",
    by: Literal["many", "person", "machine"] = "many",
    signed_by: str | None = None,
) -> Outgoing:
    """A wording, filled for one addressee in the form of the channel; one that is whole by itself as it stands."""
    text = text_of(wording, language, channel)
    values = greeting(to.name, language)
    body = greeted(text.body) if channel != "call" and not wording.whole else text.body

    def filled(part: str) -> str:
        return part if wording.whole else fill(part, values)

    return Outgoing(
        key=key,
        to=to,
        subject=filled(text.subject),
        text=filled(body),
        language=language,
        dated=dated,
        points=tuple(map(filled, text.points)),
        thread=thread,
        unsubscribe=unsubscribe,
        asks=asks,
        by=by,
        signed_by="" if wording.whole and closes_itself(text.body) else signed_by,
    )


def closes_itself(text: str) -> bool:
    """Whether a text ends as a letter does, so that no other closing has to stand beneath it."""
    return _CLOSED.search("\n".join(text.strip().splitlines()[-_LAST_LINES:])) is not None


def greeting(name: str, language: Language) -> Mapping[str, str]:
    """What differs by person, by placeholder."""
    return {GREETING: salutation(name, language), NAME: name}


def language_of(delivery: Delivery) -> Language:
    """In which language this person is told."""
    return "en" if delivery.language == "en" else "nl"


def addressee(delivery: Delivery) -> Addressee:
    """Whom it is for, as senders want it."""
    address = Identity(delivery.kind, delivery.address, delivery.network) if delivery.address else None  # type: ignore[arg-type]
    return Addressee(delivery.name, address, PostalAddress(*delivery.postal) if delivery.postal else None)


def _signed_by(run: Run) -> str | None:
    """What a person wrote, that person signs."""
    return run.by.name if run.kind == RunKind.ANSWER and run.by is not None else None


def _unsubscribe(delivery: Delivery) -> str:
    """Where whoever reads this mail says that no more should come; "" without a public address of this installation,
    and in an answer, which is no mail to many."""
    if delivery.channel != "email" or not settings.PUBLIC_ADDRESS or delivery.run.kind != RunKind.MANY:
        return ""
    normal = normalise(delivery.kind, delivery.address, delivery.network)
    if normal is None:
        return ""
    found = KnownIdentity.objects.filter(kind=normal.kind, value=normal.value, network=normal.network).first()
    return settings.PUBLIC_ADDRESS + unsubscribe_path(found, language_of(delivery)) if found else ""
