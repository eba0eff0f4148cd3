"""What a mailbox needs to be reached, as a person filled it in."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gehoor.channels.base import Field
from gehoor.kernel.errors import CannotReach
from gehoor.kernel.language import sentence

FIELDS = (
    Field("host", sentence("Mail server"), help=sentence("Its IMAP address, such as imap.example.org.")),
    Field("port", sentence("Port"), "number", default="993", help=sentence("Mostly 993; 143 with starttls.")),
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
    Field("user", sentence("User name"), help=sentence("Often the whole mail address.")),
    Field(
        "password",
        sentence("Password"),
        "secret",
        help=sentence("With two-step login, the provider gives out an app password for this."),
    ),
    Field(
        "mailboxes",
        sentence("Folders"),
        default="INBOX",
        help=sentence("Names with commas between them. Nothing in them is changed: messages stay unread."),
    ),
    Field(
        "since",
        sentence("Messages since"),
        required=False,
        help=sentence("A date such as 2026-01-31; empty is everything."),
    ),
    Field(
        "unread_only",
        sentence("Leave read messages alone"),
        "flag",
        required=False,
        help=sentence("Then only that is heard which nobody had read when Gehoor saw it."),
    ),
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LOCAL = {"localhost", "localhost.localdomain", "ip6-localhost"}


@dataclass(frozen=True, slots=True)
class Account:
    """Where the messages are. ``criteria`` narrow a search, in IMAP's own words."""

    host: str
    port: int
    security: str
    user: str
    password: str
    folders: tuple[str, ...]
    criteria: str


def unreachable(why: str) -> CannotReach:
    """The mailbox as a whole cannot be used; ``why`` is a sentence."""
    return CannotReach(where=sentence("The mailbox"), why=why)


def read_account(settings: Mapping[str, str]) -> Account:
    """The account. Raises :class:`CannotReach` for settings that can never work."""
    given = {field.name: settings.get(field.name, "").strip() or field.default for field in FIELDS}
    given["password"] = settings.get("password", "")
    if not (given["host"] and given["user"] and given["password"]):
        raise unreachable(sentence("the server, the user name or the password is missing"))
    if any(_CONTROL.search(each) for each in given.values()):
        raise unreachable(sentence("a setting holds a character that cannot be typed"))
    security = given["security"].lower()
    if security not in {"tls", "starttls", "none"}:
        raise unreachable(sentence("the security has to be tls, starttls or none"))
    if security == "none" and not is_loopback(given["host"]):
        raise unreachable(sentence("without security the password would travel openly; that is only for this machine"))
    folders = tuple(dict.fromkeys(name.strip() for name in given["mailboxes"].split(",") if name.strip()))
    return Account(
        given["host"],
        _port(given["port"]),
        security,
        given["user"],
        given["password"],
        folders or ("INBOX",),
        _criteria(given["since"], given["unread_only"]),
    )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, by its name or number; asks nobody."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in _LOCAL


def _port(given: str) -> int:
    if not given.isdecimal() or not 0 < int(given) < 65_536:
        raise unreachable(sentence("the port is not a number from 1 to 65535"))
    return int(given)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _criteria(since: str, unread_only: str) -> str:
    """Drafts were never sent. The words of a date are IMAP's, whatever language this machine speaks."""
    words = ["UNDRAFT"]
    if since:
        try:
            day = date.fromisoformat(since)
        except ValueError:
            raise unreachable(sentence("the date is not written as 2026-01-31")) from None
        words.append(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")
    if unread_only.lower() in {"1", "on", "true", "yes"}:
        words.append("UNSEEN")
    return " ".join(words)
