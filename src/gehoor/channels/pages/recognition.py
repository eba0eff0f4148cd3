"""Is this a page? From the name and the first characters only."""

import re

_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx")
_BEGINS = re.compile(
    r"\A\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,10}+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"<(?:div|p|table|span|a|h1|h2|article|body|html|title|meta|br|td|li)\b[^<>]{0,500}>", re.IGNORECASE)
_FEWEST_TAGS = 3


def is_html(text: str, name: str) -> bool:
    """Whether text begins as a page does; under such a name, whether there is markup in it."""
    if "\0" in text[:4_096]:
        return False
    if _BEGINS.match(text):
        return True
    named = name.lower().endswith(_NAMES)
    return named and (len(_TAGS.findall(text[:20_000])) >= _FEWEST_TAGS or "<body" in text[:20_000].lower())


def is_mhtml(head: bytes) -> bool:
    """Whether these are the first bytes of a page that a browser saved with everything on it."""
    start = head[:8_192].lower()
    if b"mime-version:" not in start or b"multipart/related" not in start:
        return False
    return b"from: <saved by" in start or b'from: "saved by' in start or b"content-location:" in head[:65_536].lower()
