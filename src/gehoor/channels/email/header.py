"""Headers as people wrote them: encoded words, addresses, ids and file names, however malformed."""

import binascii
import quopri
import re
from email.utils import getaddresses
from urllib.parse import unquote_to_bytes

from gehoor.channels.base import Identity
from gehoor.channels.email.charset import clean, decode
from gehoor.channels.email.part import Part
from gehoor.channels.email.transfer import join_base64

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?((?:[^?\r\n]|\?(?!=)){0,4000})\?=")
_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_BETWEEN = re.compile(r"[ \t\r\n]*")
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@[^\s@<>()\[\],;:\"']{1,255}")
_BRACKETED = re.compile(r"<([^<>\s]{1,995})>")
_BARE_ID = re.compile(r"[^\s<>,;\"()]{1,995}@[^\s<>,;\"()]{1,500}")
_MOST_HEADERS = 10
_SERIES_BYTES = 22
"""When the first of an exchange was written, and a number of its own; each answer adds five."""
_EDGES = " \t\"'"


def plain(value: str) -> str:
    """A header's text: unfolded, encoded words decoded, spaces at the edges gone. Raises nothing."""
    if value.isascii() and "=?" not in value:
        return " ".join(clean(value).split())
    return " ".join(decode_words(_FOLD.sub(" ", value)).split())


def decode_words(value: str) -> str:
    """RFC 2047, leniently: also words that touch each other, break a character in two, hold spaces or lack padding."""
    pieces: list[str] = []
    held, label, end = b"", "", 0
    for word in _WORD.finditer(value):
        between, charset = value[end : word.start()], word[1].split("*")[0].lower()
        if held and (charset != label or not _BETWEEN.fullmatch(between)):
            pieces.append(decode(held, label))
            held = b""
        if not _BETWEEN.fullmatch(between) or end == 0:
            pieces.append(_bare(between))
        held, label, end = held + _word_bytes(word[2], word[3]), charset, word.end()
    return "".join([*pieces, decode(held, label) if held else "", _bare(value[end:])])


def _bare(value: str) -> str:
    """Text between encoded words, in which raw bytes may stand."""
    try:
        return decode(value.encode("ascii", "surrogateescape"))
    except UnicodeEncodeError:
        return clean(value)


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return quopri.decodestring(data.replace(b"_", b" "), header=False)
    try:
        return join_base64(data)
    except binascii.Error:
        return data


def people(values: list[str]) -> tuple[tuple[str, str], ...]:
    """Name and address of everyone in some address headers; the address is ``""`` for a bare name. Raises nothing."""
    unfolded = [_FOLD.sub(" ", value) for value in values[:_MOST_HEADERS]]
    try:
        pairs = getaddresses([value for value in unfolded if value.strip()])
    except (RecursionError, IndexError, ValueError):
        pairs = []
    found = dict.fromkeys(_person(name, address) for name, address in pairs if name or address)
    if found and all(address for _, address in found):
        return tuple(found)
    return _found_by_pattern(" , ".join(unfolded))


def _person(name: str, address: str) -> tuple[str, str]:
    address = plain(address).strip(_EDGES)
    if not _ADDRESS.fullmatch(address):
        within = _ADDRESS.search(address) or _ADDRESS.search(plain(name))
        name, address = name or address, within[0] if within else ""
    name = plain(name).strip(_EDGES)
    return ("" if name.lower() == address.lower() else name), address


def _found_by_pattern(value: str) -> tuple[tuple[str, str], ...]:
    """Where the grammar gives up: every address that can be seen, or else the whole as a name."""
    text = plain(value)
    addresses = _ADDRESS.findall(text)
    name = _ADDRESS.sub("", text).strip(_EDGES + "<>()[],;:") if len(addresses) < 2 else ""
    if addresses:
        return tuple((name, address.strip(".")) for address in addresses)
    return ((name, ""),) if name else ()


def as_identities(found: tuple[tuple[str, str], ...]) -> tuple[Identity, ...]:
    """Everyone who has an address, each once."""
    return tuple(dict.fromkeys(Identity("email", address) for _, address in found if address))


def ids(values: list[str]) -> list[str]:
    """Message ids without their brackets, in the order written, each once."""
    found: list[str] = []
    for value in values:
        text = plain(value)
        found += _BRACKETED.findall(text) or _BARE_ID.findall(text)
    return list(dict.fromkeys(found))


def series(value: str) -> str:
    """What Outlook's Thread-Index has in common in all of an exchange; ``""`` where it is none."""
    try:
        data = binascii.a2b_base64("".join(value.split()).encode("ascii", "replace"))
    except (binascii.Error, ValueError):
        return ""
    return data[:_SERIES_BYTES].hex() if len(data) >= _SERIES_BYTES and (len(data) - _SERIES_BYTES) % 5 == 0 else ""


def own_id(part: Part) -> str:
    """The message's own id without brackets; ``""`` when it has none."""
    written = part.header("message-id")
    found = ids([written])
    return found[0] if found else "".join(plain(written).split()).strip("<>")[:995]


def file_name(part: Part) -> str:
    """The name that a part was given, without any folder; ``""`` when it has none."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        name = _parameter_text(part.parameter(parameter, header))
        if name:
            return re.split(r"[/\\]", name)[-1].strip(". ")[:255]
    return ""


def _parameter_text(value: str | tuple[str | None, str | None, str]) -> str:
    if isinstance(value, tuple):
        charset, _, text = value
        return plain(
            decode(
                text.encode("latin-1", "replace") if _is_latin(text) else text.encode("utf-8", "replace"), charset or ""
            )
        )
    text = plain(value)
    charset, mark, rest = text.partition("''")
    if mark and "%" in rest:
        return plain(decode(unquote_to_bytes(rest), charset))
    return text


def _is_latin(text: str) -> bool:
    return all(ord(each) < 256 for each in text)
