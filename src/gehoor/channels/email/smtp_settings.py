"""What a mail server that sends for us needs to be reached, as a person filled it in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gehoor.channels.base import Field
from gehoor.channels.email.addressing import NotAnAddress, as_typed
from gehoor.channels.email.imap_settings import is_loopback
from gehoor.kernel.errors import CannotReach
from gehoor.kernel.language import sentence

FIELDS = (
    Field("host", sentence("Mail server"), help=sentence("Its SMTP address, such as smtp.example.org.")),
    Field(
        "port",
        sentence("Port"),
        "number",
        required=False,
        help=sentence("Empty for the usual one: 465 with TLS from the start, 587 with STARTTLS."),
    ),
    Field(
        "security",
        sentence("Security"),
        default="tls",
        choices=(
            ("tls", sentence("TLS from the start")),
            ("starttls", sentence("STARTTLS")),
            ("none", sentence("None; only for a server on this machine itself")),
        ),
    ),
    Field("user", sentence("User name"), required=False, help=sentence("Often the whole mail address.")),
    Field(
        "password",
        sentence("Password"),
        "secret",
        required=False,
        help=sentence("With two-step login, the provider gives out an app password for this."),
    ),
    Field(
        "from_name",
        sentence("Name of the sender"),
        required=False,
        help=sentence("Empty for the name of the organisation."),
    ),
    Field("from_address", sentence("Address of the sender")),
    Field(
        "reply_to",
        sentence("Address for answers"),
        required=False,
        help=sentence("A mailbox that is read. Empty for the address of the sender."),
    ),
    Field(
        "copy_to",
        sentence("Address for a copy"),
        required=False,
        help=sentence(
            "An address of your own, in a mailbox that is a source here. It gets an unseen copy of every message, by "
            "which Gehoor is sure that it went out, even after a power cut."
        ),
    ),
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PORTS = {"tls": "465", "starttls": "587", "none": "25"}


@dataclass(frozen=True, slots=True)
class Account:
    """Where messages are handed over, and as whom. The addresses are as SMTP writes them."""

    host: str
    port: int
    security: str
    user: str
    password: str
    from_name: str
    from_address: str
    reply_to: str
    copy_to: str

    @property
    def domain(self) -> str:
        """The sender's domain."""
        return self.from_address.rpartition("@")[2]


def unreachable(why: str) -> CannotReach:
    """The mail server as a whole cannot be used; ``why`` is a sentence."""
    return CannotReach(where=sentence("The mail server"), why=why)


def read_account(settings: Mapping[str, str]) -> Account:
    """The account. Raises :class:`CannotReach` for settings that can never work."""
    given = {field.name: settings.get(field.name, "").strip() or field.default for field in FIELDS}
    given["password"] = settings.get("password", "")
    if any(_CONTROL.search(each) for each in given.values()):
        raise unreachable(sentence("a setting holds a character that cannot be typed"))
    if not (given["host"] and given["from_address"]):
        raise unreachable(sentence("the server or the address of the sender is missing"))
    if bool(given["user"]) != bool(given["password"]):
        raise unreachable(sentence("of user name and password one is missing"))
    security = given["security"].lower()
    if security not in _PORTS:
        raise unreachable(sentence("the security has to be tls, starttls or none"))
    if security == "none" and not is_loopback(given["host"]):
        raise unreachable(sentence("without security the password would travel openly; that is only for this machine"))
    return Account(
        host=given["host"].strip("[]"),
        port=_port(given["port"] or _PORTS[security]),
        security=security,
        user=given["user"],
        password=given["password"],
        from_name=given["from_name"],
        from_address=_address(given["from_address"], sentence("the address of the sender is none")),
        reply_to=_address(given["reply_to"], sentence("the address for answers is none")),
        copy_to=_address(given["copy_to"], sentence("the address for a copy is none")),
    )


def _address(given: str, why: str) -> str:
    """Ours are plain ASCII: an address that not every server takes is no address to send from."""
    try:
        typed = as_typed(given) if given else ""
    except NotAnAddress:
        raise unreachable(why) from None
    if not typed.isascii():
        raise unreachable(why)
    return typed


def _port(given: str) -> int:
    if not (given.isascii() and given.isdecimal()) or not 0 < int(given) < 65_536:
        raise unreachable(sentence("the port is not a number from 1 to 65535"))
    return int(given)
