"""Mail addresses as they travel: one address and nothing else, its domain in ASCII."""

import re
import unicodedata
from email.header import Header
from email.utils import quote

_LONGEST = 254
_LONGEST_LOCAL = 64
_LOCAL = re.compile(r"[^\s\x00-\x20\x7f-\x9f()<>\[\]:;@\\,\"]+")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_LITERAL = re.compile(r"\[(?:[0-9.]+|IPv6:[0-9a-f:.]+)\]", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_ATOMS = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*")
_FOLDED_AT = 74


class NotAnAddress(Exception):
    """Not one mail address."""


def as_typed(address: str) -> str:
    """One address as an envelope takes it: the domain in ASCII, the part before ``@`` as it was given.

    Raises :class:`NotAnAddress` for anything that is not exactly one address, so that nothing can ride along in it.
    """
    local, at, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local.encode("utf-8", "replace")) > _LONGEST_LOCAL:
        raise NotAnAddress
    typed = f"{local}@{_ascii_domain(domain)}"
    if len(typed) > _LONGEST or _UNSEEN.search(typed):
        raise NotAnAddress
    return typed


def _ascii_domain(domain: str) -> str:
    if _LITERAL.fullmatch(domain):
        return domain
    try:
        written = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise NotAnAddress from None
    if not all(_LABEL.fullmatch(label) for label in written.split(".")):
        raise NotAnAddress
    return written


def one_line(text: str) -> str:
    """Text for a header: on one line, without what cannot be seen."""
    return " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).split())


def header_text(name: str, text: str) -> str:
    """A header's free text, encoded where it has to be and folded; cannot begin another header."""
    return Header(one_line(text), None if _is_plain(text) else "utf-8", _FOLDED_AT, name).encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    return text.isascii() and "=?" not in text and all(len(word) < _FOLDED_AT for word in text.split())


def header_address(name: str, shown: str, address: str) -> str:
    """One person in a header: ``Shown name <address>``, folded; the name can hold no second address."""
    shown = one_line(shown)
    if not shown:
        return f"<{address}>"
    if _is_plain(shown) and len(shown) < _FOLDED_AT - len(name):
        written = shown if _ATOMS.fullmatch(shown) else f'"{quote(shown)}"'
    else:
        written = Header(shown, "utf-8", _FOLDED_AT, name).encode(linesep="\r\n")
    return (
        f"{written}\r\n <{address}>"
        if len(written) + len(address) > _FOLDED_AT - len(name)
        else f"{written} <{address}>"
    )
