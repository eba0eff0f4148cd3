"""Reports of mail that came back: which message it was, and whether it came back for good.

Servers of today say it in a part made for it (RFC 3464). Others say it in words and put the message, or its headers,
beneath: qmail, older Exim and Exchange.
"""

import re
from collections.abc import Sequence

from gehoor.channels.email.header import ids
from gehoor.channels.email.mending import mend
from gehoor.channels.email.part import Part, parse
from gehoor.kernel.errors import CannotRead

_READ = 1_000_000
"""Bytes of a report that are looked at: what it says, and the headers of what came back."""
_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_COPIES = frozenset({"message/rfc822", "message/global", "message/global-headers", "text/rfc822-headers"})
_OTHER = frozenset({"message/disposition-notification", "message/feedback-report"})
_FAILED = re.compile(rb"^Action:\s*failed\b", re.IGNORECASE | re.MULTILINE)
_GAVE_UP = re.compile(
    rb"permanent (?:fatal )?error|I've given up|permanently (?:failed|rejected)|(?:did not|could not) reach the "
    rb"following recipient|(?:could not|couldn't|cannot|can't) be (?:delivered|found)|delivery (?:has failed|to the "
    rb"following recipients? failed)|(?:user|mailbox|recipient|address)\W+(?:is )?(?:unknown|not found|unavailable|"
    rb"does not exist|doesn't exist|rejected)|no such user|niet (?:worden )?(?:bezorgd|afgeleverd)|"
    rb"\b5\.\d{1,3}\.\d{1,3}\b|\b55[0-4][ -]",
    re.IGNORECASE,
)
_LATER = re.compile(
    rb"warning message only|do not need to resend|will (?:be|keep) (?:retried|trying|tried again)|"
    rb"still (?:trying|being tried)|has been delayed|delayed mail|is vertraagd|wordt opnieuw geprobeerd",
    re.IGNORECASE,
)
_COPY = re.compile(
    rb"this line is a copy|this is a copy of|^-{3,}.{0,40}original message|^(?:Return-Path|Received):",
    re.IGNORECASE | re.MULTILINE,
)
"""From here on stands what was sent, and not what the server says of it."""
_ID = re.compile(rb"^[ \t>]*(?:X-)?(?:Original-)?Message-ID:\s*<([^<>\s]{1,995})>", re.IGNORECASE | re.MULTILINE)


def came_back(report: bytes) -> str:
    """The id of the message that, as this report says, will never be delivered; "" where it says no such thing, or not
    of which message. Raises nothing."""
    try:
        part = parse(mend(report[:_READ]))
        leaves = list(part.leaves())
        return _named(part, leaves) if _for_good(part, leaves) else ""
    except (CannotRead, RecursionError):
        return ""


def _for_good(part: Part, leaves: Sequence[Part]) -> bool:
    if any(each.kind in _OTHER for each in leaves):
        return False
    status = [each.content() for each in leaves if each.kind in _STATUS]
    if status:
        return any(_FAILED.search(each) for each in status)
    said = b"\n".join(each.content() for each in leaves if each.kind not in _COPIES)
    said = _COPY.split(said, maxsplit=1)[0]
    if _LATER.search(said):
        return False
    return bool(part.header("x-failed-recipients") or _FAILED.search(said) or _GAVE_UP.search(said))


def _named(part: Part, leaves: Sequence[Part]) -> str:
    """The message itself names its own id; what it answered stands beside that and is another. A report without a copy
    says what it answers."""
    copies = [each for each in leaves if each.kind in _COPIES]
    others = [each for each in leaves if each.kind not in _COPIES]
    for each in (*copies, *others):
        if found := _ID.search(each.content()):
            return found[1].decode("ascii", "replace")
    answered = ids(part.headers("in-reply-to")) or ids(part.headers("references"))
    return answered[-1] if answered else ""
