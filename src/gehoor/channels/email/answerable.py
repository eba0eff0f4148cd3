"""Whether a mail may be answered by a machine at all (RFC 3834): never another machine, a list, or who wants none."""

import re
from email.message import Message
from email.parser import BytesHeaderParser

from gehoor.channels.email.automatic import OURS

_NOBODY = re.compile(
    r"^(?:do[-_.]?not[-_.]?reply|no[-_.]?reply|no[-_.]?response|geen[-_.]?antwoord|niet[-_.]?(?:be)?antwoorden|nobody|"
    r"mailer-?daemon|postmaster|mail-?daemon|double-bounce|bounces?|abuse|root|notifications?|automailer|"
    r".+[-_.+]bounces?|.+[-_.]no-?reply|no-?reply[-_.].+|owner-.+|.+-(?:owner|request))(?:[+=].*)?@",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>\"',;:()]+@[^\s<>\"',;:()]+")
_LIST_HEADERS = (
    "list-id",
    "list-unsubscribe",
    "list-post",
    "list-help",
    "mailing-list",
    "x-campaign-id",
    "feedback-id",
)
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-autoresponder", "x-mail-autoreply", "x-loop")
_NO = frozenset({"", "no", "none", "false", "0"})


_SHARED = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|icloud|me|mac|yahoo|aol|gmx|proton|protonmail|ziggo|home|upcmail|casema|"
    r"chello|quicknet|kpnmail|kpnplanet|planet|hetnet|xs4all|telfort|tele2|online|caiway|solcon|zeelandnet|telenet|skynet|"
    r"proximus)\.[a-z]{2,4}(?:\.[a-z]{2})?"
)
"""Domains at which very many people who have nothing to do with each other have a mailbox."""


def mailbox_of(address: str) -> str:
    """The mailbox that an address leads to: what stands behind a plus sign is a note of its owner (RFC 5233), by which
    a robot makes a new address for each message."""
    name, at, domain = address.rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{domain}"


def own_domain(address: str) -> str:
    """The domain of one organisation or person; "" for one that many share."""
    domain = address.rpartition("@")[2].lower()
    return "" if _SHARED.fullmatch(domain) else domain


def no_reply_address(address: str) -> bool:
    """Whether nobody reads what is sent to this address."""
    return _NOBODY.match(address.strip().strip("<>")) is not None


def is_no_person(message: bytes, address: str) -> bool:
    """Whether the headers of a mail say that no person waits at this address for a word of a machine: another machine,
    a list, mail to many, spam, or a sender who asks for no such words. What cannot be read is taken for one. A form
    that a machine sends for whoever filled it in, with their address to reply to, is that person's."""
    try:
        head = BytesHeaderParser().parsebytes(message)
    except (ValueError, LookupError):
        return True
    form = _is_form(head, address)
    submitted = _word(head, "auto-submitted")
    if submitted not in _NO and not (form and submitted.startswith("auto-gen")):
        return True
    if any(_word(head, name) not in _NO for name in _AUTO_HEADERS):
        return True
    if any(head.get(name) for name in (*_LIST_HEADERS, OURS)) or _word(head, "x-spam-flag") == "yes":
        return True
    if _word(head, "precedence") in {"bulk", "list", "junk", "auto_reply", "auto-reply"}:
        return True
    suppressed = {each.strip().lower() for each in str(head.get("x-auto-response-suppress", "")).split(",")}
    if suppressed & {"all", "autoreply", "oof"}:
        return True
    returns = str(head.get("return-path", "")).strip()
    if returns == "<>" and not form:
        return True
    senders = ("reply-to",) if form else ("from", "reply-to", "return-path")
    return any(no_reply_address(each) for each in _addresses(head, *senders))


def _word(head: "Message[str, str]", name: str) -> str:
    return str(head.get(name, "")).split(";")[0].strip().lower()


def _is_form(head: "Message[str, str]", address: str) -> bool:
    """Whether answers go to this address and somebody else sent it."""
    wanted = address.lower()
    return wanted in _addresses(head, "reply-to") and wanted not in _addresses(head, "from")


def _addresses(head: "Message[str, str]", *names: str) -> list[str]:
    written = [str(each).lower() for name in names for each in head.get_all(name, [])]
    return [found for each in written for found in _ADDRESS.findall(each)]
