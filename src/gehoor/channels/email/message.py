"""One message: bytes to what was heard."""

import re

from gehoor.channels.base import Direction, Heard, NothingSaid, Outcome, Unreadable
from gehoor.channels.email.automatic import nobody_speaks
from gehoor.channels.email.body import read_body
from gehoor.channels.email.errors import Encrypted, NotMail
from gehoor.channels.email.header import as_identities, ids, own_id, people, plain, series
from gehoor.channels.email.mending import mend
from gehoor.channels.email.moment import said_at
from gehoor.channels.email.part import Part, parse
from gehoor.channels.email.quoting import tell_apart
from gehoor.channels.email.recognition import KNOWN_HEADERS
from gehoor.kernel.errors import CannotRead, Damaged, TooLarge
from gehoor.kernel.language import sentence

LARGEST = 50 * 1024 * 1024
"""Bytes of one message, attachments and all."""
MEDIA_TYPE = "message/rfc822"
EMPTY = sentence("The message is empty.")
DRAFT = sentence("A draft that was never sent.")
MOST_REFERENCES = 200

_LEAD = re.compile(rb"\A(?:\xef\xbb\xbf|[ \t]*\r?\n)*(?:>?From [^\r\n]*\r?\n)?")
_ANSWERING = re.compile(
    r"^(?:\s*(?:re|fw|fwd|antw|antwoord|doorgestuurd|betr|aw|wg|tr|sv|vs|rv)\s?(?:\[\d+\])?\s?:)+\s*", re.IGNORECASE
)
_NO_SUBJECT = frozenset({"", "(no subject)", "no subject", "(geen onderwerp)", "geen onderwerp", "<no subject>"})
_SPEAKS_FOR_ANOTHER = re.compile(
    r"^(?:no-?_?\.?reply|do-?not-?reply|donotreply|niet-?beantwoorden|geen-?antwoord|web-?form\w*|contact-?form\w*|"
    r"formulier\w*|wordpress|www-data|web-?site|web-?server|nobody|apache)\b",
    re.IGNORECASE,
)


def read_message(raw: bytes, ordinal: int, envelope_date: str = "") -> Outcome:
    """What ``raw``, the ``ordinal``-th message of its document, says. Raises nothing: it says what it cannot read."""
    if len(raw) > LARGEST:
        return too_large(raw, ordinal)
    return read_mime(raw, raw, ordinal, envelope_date)


def read_mime(mime: bytes, raw: bytes, ordinal: int, envelope_date: str = "") -> Outcome:
    """As :func:`read_message`, of ``mime`` that was made of ``raw``, its original."""
    position = str(ordinal)
    try:
        part = parse(mend(_LEAD.sub(b"", mime, count=1)))
        if not KNOWN_HEADERS.intersection(name.lower() for name in part.keys()):  # noqa: SIM118 (a message is no mapping)
            return Unreadable(position, raw, MEDIA_TYPE, NotMail())
        position = own_id(part) or position
        return _told(part, raw, position, envelope_date)
    except CannotRead as error:
        return Unreadable(position, raw, MEDIA_TYPE, error)
    except RecursionError:
        return Unreadable(
            position,
            raw,
            MEDIA_TYPE,
            Damaged(what=sentence("message"), why=sentence("its parts lie too deep in each other")),
        )


def too_large(beginning: bytes, ordinal: int) -> Unreadable:
    """A message past :data:`LARGEST`, of which ``beginning`` is kept."""
    error = TooLarge(what=sentence("message"), limit=f"{LARGEST // 1024 // 1024} MiB")
    return Unreadable(str(ordinal), beginning[:LARGEST], MEDIA_TYPE, error)


def _told(part: Part, raw: bytes, position: str, envelope_date: str) -> Outcome:
    reason = nobody_speaks(part)
    if reason is not None:
        return NothingSaid(position, raw, MEDIA_TYPE, reason)
    body = read_body(part)
    subject = plain(part.header("subject"))
    told = tell_apart(body.lines)
    if body.encrypted and not told.text:
        return Unreadable(position, raw, MEDIA_TYPE, Encrypted())
    text = told.text or _subject_as_text(subject)
    if not (text or body.attachments):
        return NothingSaid(position, raw, MEDIA_TYPE, EMPTY)
    sender = _sender(part)
    author = _author(part, sender)
    return Heard(
        channel="email",
        text=text,
        position=position,
        original=raw,
        media_type=MEDIA_TYPE,
        direction=Direction.BY_AUTHOR,
        said_at=said_at(part, envelope_date),
        author=author[0],
        identities=as_identities((author,)),
        recipients=as_identities(people(part.headers("to") + part.headers("cc"))),
        subject=subject,
        quoted=told.quoted,
        signature=told.signature,
        native_id=_native_id(own_id(part), sender[1]),
        thread=_thread(part),
        series=series(part.header("thread-index")),
        attachments=tuple(body.attachments),
    )


def _subject_as_text(subject: str) -> str:
    bare = _ANSWERING.sub("", subject).strip()
    return "" if bare.lower() in _NO_SUBJECT else subject


def _sender(part: Part) -> tuple[str, str]:
    """Name and address of who sent it; From where it names anyone."""
    for header in ("from", "sender", "reply-to", "return-path"):
        found = people(part.headers(header))
        with_address = [person for person in found if person[1]]
        if found and (with_address or header == "from"):
            return with_address[0] if with_address else found[0]
    return "", ""


def _author(part: Part, sender: tuple[str, str]) -> tuple[str, str]:
    """Who speaks: the sender, or who is to be answered where the sender is a form, a machine or a list."""
    name, address = sender
    others = [
        person for person in people(part.headers("reply-to")) if person[1] and person[1].lower() != address.lower()
    ]
    if others and (_SPEAKS_FOR_ANOTHER.match(address) or " via " in name):
        return others[0][0] or name.partition(" via ")[0], others[0][1]
    return sender


def _native_id(message_id: str, address: str) -> str:
    return f"{message_id} {address.lower()}".strip() if message_id else ""


def _thread(part: Part) -> tuple[str, ...]:
    """Ids of what this answers, oldest first; In-Reply-To stands last where References leaves it out."""
    references = ids(part.headers("references"))
    answered = [each for each in ids(part.headers("in-reply-to")) if each not in references]
    own = own_id(part)
    return tuple(each for each in [*references, *answered] if each != own)[-MOST_REFERENCES:]
