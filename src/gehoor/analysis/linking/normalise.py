"""Identities made comparable: one value for every way in which the same address, number or handle is written.

Two identities are the same when their :class:`Normal` is equal. What cannot surely point to a human being (garbage,
``no-reply@``, "anonymous") has none. Every function here is pure and idempotent: a normal value normalises to itself.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

import phonenumbers

from gehoor.kernel.patterns import regex

REGION = "NL"
"""The country of a phone number that names none."""


@dataclass(frozen=True, slots=True)
class Normal:
    """An identity in the one form that is compared and kept."""

    kind: str
    value: str
    network: str = ""


# --- e-mail ---------------------------------------------------------------------------------------------------------

_ATOM = regex(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = regex(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_LAST_LABEL = regex(r"[a-z]{2,}|xn--[a-z0-9-]+")
_NOBODY = regex(
    r"(no|do[-_.]?not)[-_.]?(reply|respond)([^a-z].*)?"
    r"|(niet|geen)[-_.]?(be)?antwoord(en)?([^a-z].*)?"
    r"|mailer[-_.]?daemon|postmaster|bounces?([^a-z].*)?"
)
_ANGLED = regex(r"<([^<>]*)>\s*$")


def _plain(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).strip()


def _domain(raw: str) -> str | None:
    """The domain in its ASCII form (RFC 3492 per label), or None when it is none.

    Labels are not mapped as IDNA 2003 does: "straße.de" and "strasse.de" belong to different owners.
    """
    labels = []
    for label in raw.split("."):
        ascii_label = label if label.isascii() else _punycode(label)
        if ascii_label is None or len(ascii_label) > 63 or not _LABEL.fullmatch(ascii_label):
            return None
        labels.append(ascii_label)
    return ".".join(labels) if len(labels) > 1 and _LAST_LABEL.fullmatch(labels[-1]) else None


def _punycode(label: str) -> str | None:
    if not all(sign.isalnum() or sign == "-" or unicodedata.combining(sign) for sign in label):
        return None
    return f"xn--{label.encode('punycode').decode('ascii')}".lower()


def email(raw: str) -> str | None:
    """The address in lower case with an ASCII domain; tags after a plus stay. None when it points to nobody."""
    text = _plain(raw)
    angled = _ANGLED.search(text)
    text = (angled.group(1) if angled else text).strip().strip("'\"").strip()
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0].strip()
    local, at, domain = text.rstrip(".,;:").lower().rpartition("@")
    host = _domain(unicodedata.normalize("NFC", domain)) if at else None
    if host is None or len(local) > 64 or len(local) + len(host) > 253 or not _ATOM.fullmatch(local):
        return None
    return None if _NOBODY.fullmatch(local) else f"{unicodedata.normalize('NFKC', local)}@{host}"


# --- phone ----------------------------------------------------------------------------------------------------------


def phone(raw: str, region: str = REGION) -> str | None:
    """E.164, with ``;ext=`` where an extension is given. None when no such number can exist."""
    text = _plain(raw)
    if len(text) > 60 or sum(sign.isdigit() for sign in text) < 5:
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{written};ext={number.extension}" if number.extension else written


# --- customer number ------------------------------------------------------------------------------------------------

_FOLDED = regex(r"[\s.\-\u2010-\u2015\u2212]+")
_NUMBER = regex(r"[!-~]{1,60}")


def customer_number(raw: str) -> str | None:
    """Upper case, without spaces, dots and dashes; leading zeros stay. None without a digit other than zero."""
    text = _FOLDED.sub("", _plain(raw).upper())
    return text if _NUMBER.fullmatch(text) and re.search(r"[1-9]", text) else None


# --- handle ---------------------------------------------------------------------------------------------------------

_NETWORKS = {"twitter": "x", "fb": "facebook", "insta": "instagram"}
_SITES = {
    "x.com": "x",
    "twitter.com": "x",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "instagram.com": "instagram",
    "linkedin.com": "linkedin",
}
_SHAPES = {
    "x": regex(r"[a-z0-9_]{1,20}"),
    "facebook": regex(r"[a-z0-9]{1,60}"),
    "instagram": regex(r"[a-z0-9_.]{1,30}"),
}
_ANY_SHAPE = regex(r"[^\x00-\x1f\x7f/<>@]{1,100}(@[a-z0-9.-]+)?")
_NOBODY_IN_PARTICULAR = {"anoniem", "anonymous", "deleted", "[deleted]", "gast", "guest", "onbekend", "unknown"}


def handle(raw: str, network: str) -> Normal | None:
    """A name on a network, without @, in lower case; the address of a profile page names its network itself.

    Facebook does not tell names apart by their dots. A handle without a network points to nobody.
    """
    where = _plain(network).lower()
    where = _NETWORKS.get(where, where)
    name = _plain(raw).lower()
    if re.match(r"https?://|www\.|m\.|mobile\.", name):
        where, name = _from_page(name, where)
    name = re.sub(r"\s+", " ", name.lstrip("@").strip())
    if where == "facebook":
        name = name.replace(".", "")
    if not where or name in _NOBODY_IN_PARTICULAR or not _SHAPES.get(where, _ANY_SHAPE).fullmatch(name):
        return None
    return Normal("handle", name, where) if _plain(name).lower() == name else None


def _from_page(address: str, network: str) -> tuple[str, str]:
    """Network and name of a profile page; an empty name when the page is not one."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("mobile.").removeprefix("m.")
    except ValueError:
        return network, ""
    steps = [step for step in parts.path.split("/") if step]
    where = _SITES.get(host, network)
    if where == "facebook" and steps[:1] == ["profile.php"]:
        return where, parse_qs(parts.query).get("id", [""])[0]
    if where == "linkedin" and steps[:1] == ["in"]:
        steps = steps[1:]
    if where == "mastodon" and steps and steps[0].startswith("@"):
        return where, f"{steps[0][1:]}@{host}"
    return where, steps[0] if steps else ""


# --- any ------------------------------------------------------------------------------------------------------------

_BY_KIND: dict[str, Callable[[str], str | None]] = {
    "email": email,
    "phone": phone,
    "customer_number": customer_number,
}


@lru_cache(maxsize=65_536)
def normalise(kind: str, value: str, network: str = "") -> Normal | None:
    """The normal form of an identity as it was given, or None when it points to nobody surely."""
    if kind == "handle":
        return handle(value, network)
    known = _BY_KIND.get(kind)
    normal = known(value) if known else None
    return Normal(kind, normal) if normal else None


def readings(text: str) -> Iterator[Normal]:
    """Every identity that someone who typed ``text`` into a search box can have meant. Handles name no network."""
    for kind in _BY_KIND:
        normal = normalise(kind, text)
        if normal:
            yield normal
    name = _plain(text).lower().lstrip("@")
    if name and " " not in name and "@" not in name:
        yield Normal("handle", name)
