"""Whether a machine said it: a list, an absence, a shop's mail to all. Nobody waits behind it."""

from gehoor.analysis.linking.normalise import normalise
from gehoor.channels.email.answerable import is_no_person, no_reply_address
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import Voice

_HEAD_BYTES = 64_000


def address_of(voice: Voice) -> str | None:
    """The mail address that came with it."""
    found = next((value for kind, value, _ in voice.identities if kind == "email"), None)
    return found if found and normalise("email", found) is not None else None


def by_machine(voice: Voice, address: str) -> bool:
    """Whether its address, or the headers of a mail, say that no person waits there."""
    if no_reply_address(address):
        return True
    return voice.channel == "email" and is_no_person(originals.read(voice.original)[:_HEAD_BYTES], address)
