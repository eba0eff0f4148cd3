"""From a delivery to the message that goes out for it."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils import timezone

from gehoor.analysis.linking.normalise import normalise
from gehoor.channels.base import Identity
from gehoor.channels.outgoing import Addressee, Outgoing, PostalAddress
from gehoor.rooms.people.models import Identity as KnownIdentity
from gehoor.rooms.people.salutation import salutation
from gehoor.rooms.people.unsubscribing import unsubscribe_path
from gehoor.rooms.sending.filling import GREETING, NAME, Language, fill, greeted, text_of
from gehoor.rooms.sending.models import Delivery, Wording


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
        thread=_thread(delivery),
        unsubscribe=_unsubscribe(delivery),
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
) -> Outgoing:
    """A wording, filled for one addressee in the form of the channel."""
    text = text_of(wording, language, channel)
    values = greeting(to.name, language)
    return Outgoing(
        key=key,
        to=to,
        subject=fill(text.subject, values),
        text=fill(greeted(text.body) if channel != "call" else text.body, values),
        language=language,
        dated=dated,
        points=tuple(fill(point, values) for point in text.points),
        thread=thread,
        unsubscribe=unsubscribe,
    )


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


def _thread(delivery: Delivery) -> tuple[str, ...]:
    """A mail answers the mail in which this person asked."""
    voice = delivery.voice
    if voice is None or delivery.channel != "email" or voice.channel != "email" or not voice.native_id:
        return ()
    return (voice.native_id,)


def _unsubscribe(delivery: Delivery) -> str:
    """Where whoever reads this mail says that no more should come; "" without a public address of this installation."""
    if delivery.channel != "email" or not settings.PUBLIC_ADDRESS:
        return ""
    normal = normalise(delivery.kind, delivery.address, delivery.network)
    if normal is None:
        return ""
    found = KnownIdentity.objects.filter(kind=normal.kind, value=normal.value, network=normal.network).first()
    return settings.PUBLIC_ADDRESS + unsubscribe_path(found, language_of(delivery)) if found else ""
