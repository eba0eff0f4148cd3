"""The bytes of a page to text: what the server declared, what the page says of itself, and what the bytes show."""

import re

from gehoor.channels.email.charset import decode

_FIRST = 8_192
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})", re.IGNORECASE)
_OF_TYPE = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{1,40})", re.IGNORECASE)


def charset_in(content_type: str) -> str:
    """The charset that a Content-Type names, "" for none."""
    found = _OF_TYPE.search(content_type)
    return found[1] if found else ""


def text_in(data: bytes, content_type: str = "") -> str:
    """The page as text. UTF-8 that is valid wins from a single-byte label; what fits nothing is Windows-1252."""
    return decode(data, charset_in(content_type) or _declared_within(data[:_FIRST]))


def _declared_within(head: bytes) -> str:
    found = _XML.match(head) or _META.search(head)
    label = found[1].decode("ascii") if found else ""
    return "" if label.lower().startswith(("utf-16", "utf-32")) else label  # who could read this saw single bytes
