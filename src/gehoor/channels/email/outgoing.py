"""An answer as a mail: the bytes that go over the line, and the id by which a copy of them is known again."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from quopri import encodestring

from gehoor.channels.email.addressing import NotAnAddress, as_typed, header_address, header_text
from gehoor.channels.email.automatic import OURS
from gehoor.channels.email.outgoing_body import as_html, as_text
from gehoor.channels.email.smtp_settings import Account
from gehoor.channels.outgoing import Letterhead, Outgoing
from gehoor.kernel.errors import CannotDeliver
from gehoor.kernel.language import sentence

_SAFE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_MESSAGE_ID = re.compile(r"<?([^\s<>@]+@[^\s<>@]+)>?")
_ADDRESS_OF_PAGE = re.compile(r"https?://[!-;=?-~]+")
_MOST_REFERENCES = 30


@dataclass(frozen=True, slots=True)
class Mail:
    """Ready to go. ``to`` is where it goes; ``data`` ends its lines with CRLF and stuffs no dots."""

    to: str
    data: bytes
    native_id: str

    @property
    def needs_utf8(self) -> bool:
        """Whether the address has letters that only some servers take."""
        return not self.to.isascii()


def compose(message: Outgoing, account: Account, letterhead: Letterhead, moment: datetime) -> Mail:
    """The mail. Raises CannotDeliver when the person has no mail address, or one that is none.

    ``ValueError`` for an ``unsubscribe`` that is no web address.
    """
    to = _recipient(message)
    if message.unsubscribe and not _ADDRESS_OF_PAGE.fullmatch(message.unsubscribe):
        raise ValueError("unsubscribe is no web address")
    headers = [
        ("Date", format_datetime(moment)),
        ("From", header_address("From", account.from_name or letterhead.name, account.from_address)),
        ("To", header_address("To", message.to.name, to)),
        *([("Reply-To", f"<{account.reply_to}>")] if account.reply_to else []),
        ("Subject", header_text("Subject", message.subject)),
        ("Message-ID", f"<{message_id(message, account)}>"),
        *_answering(message.thread),
        *_leaving(message.unsubscribe),
        *_submitted(message.by),
        (OURS.title(), "1"),
        ("Content-Language", message.language),
        ("MIME-Version", "1.0"),
    ]
    data = _with_parts(
        headers, _boundary(message), (("plain", as_text(message, letterhead)), ("html", as_html(message, letterhead)))
    )
    return Mail(to, data, native_id(message, account))


def _submitted(by: str) -> list[tuple[str, str]]:
    """RFC 3834: whether a machine sent it of itself, so that no machine answers it. What a person wrote to this person
    is mail like any other."""
    if by == "person":
        return []
    if by == "machine":
        return [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")]
    return [("Auto-Submitted", "auto-generated")]


def message_id(message: Outgoing, account: Account) -> str:
    """The same for each attempt: made of the key, in the sender's domain."""
    key = message.key if _SAFE_KEY.fullmatch(message.key) else sha256(message.key.encode()).hexdigest()[:40]
    return f"gehoor.{key}@{account.domain}"


def native_id(message: Outgoing, account: Account) -> str:
    """As the reader of mail names it (the id, and who sent it)."""
    return f"{message_id(message, account)} {account.from_address.lower()}"


def _recipient(message: Outgoing) -> str:
    if message.to.address is None or message.to.address.kind != "email":
        raise CannotDeliver(why=sentence("there is no mail address"))
    try:
        return as_typed(message.to.address.value)
    except NotAnAddress:
        raise CannotDeliver(why=sentence("what stands as the mail address is none")) from None


def _answering(thread: Sequence[str]) -> list[tuple[str, str]]:
    """What it answers, oldest first, without what is no id of mail. A native id has its sender behind the id."""
    first_words = (each.split()[0] for each in thread if each.split())
    ids = [found.group(1) for found in map(_MESSAGE_ID.fullmatch, first_words) if found and found.group(1).isascii()]
    if not ids:
        return []
    told = list(dict.fromkeys([ids[0], *ids[-_MOST_REFERENCES:]]))
    return [("In-Reply-To", f"<{ids[-1]}>"), ("References", "\r\n ".join(f"<{each}>" for each in told))]


def _leaving(address: str) -> list[tuple[str, str]]:
    """RFC 2369, and for a safe address RFC 8058: one click in the mail program, without opening a page."""
    if not address:
        return []
    one_click = [("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")] if address.startswith("https:") else []
    return [("List-Unsubscribe", f"<{address}>"), *one_click]


def _boundary(message: Outgoing) -> str:
    """Holds ``=_``, which neither quoted-printable nor base64 can bring about in a part."""
    return f"=_gehoor_{sha256(message.key.encode()).hexdigest()[:24]}"


def _with_parts(headers: Sequence[tuple[str, str]], boundary: str, parts: Sequence[tuple[str, str]]) -> bytes:
    lines = [*headers, ("Content-Type", f'multipart/alternative;\r\n boundary="{boundary}"')]
    head = "".join(f"{name}: {value}\r\n" for name, value in lines).encode()
    bodies = b"".join(f"\r\n--{boundary}\r\n".encode() + _part(subtype, text) for subtype, text in parts)
    return head + bodies + f"\r\n--{boundary}--\r\n".encode()


def _part(subtype: str, text: str) -> bytes:
    """One form of the text, in lines of at most 76 characters that every server passes on as they are."""
    data = text.encode("utf-8", "replace")
    quoted = encodestring(data).replace(b"\n", b"\r\n")
    whole = b64encode(data)
    encoded, how = (quoted, "quoted-printable")
    if len(quoted) > 2 * len(whole):
        encoded, how = b"\r\n".join(whole[at : at + 76] for at in range(0, len(whole), 76)), "base64"
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {how}\r\n\r\n"
    return head.encode() + encoded
