"""The HTML of a mail, made harmless: its text, tables and emphasis, and nothing that fetches, runs or pretends.

What is left has no styles, no pictures, no forms and no identifiers. A link shows the address that it really leads to.
"""

import re
from dataclasses import dataclass
from html import unescape

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gehoor.channels.email.charset import decode
from gehoor.channels.email.part import parse
from gehoor.kernel.errors import TooLarge
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import Original

MAIL = "message/rfc822"

LONGEST = 2 * 1024 * 1024
"""Characters of HTML; what is longer is not shown."""
_TAGS = (
    "a abbr b blockquote br caption code col colgroup dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins li ol p pre q "
    "s small span strike strong sub sup table tbody td tfoot th thead tr u ul"
)
_ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}}
_DROPPED_WHOLE = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "head"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_LINK = re.compile(r'<a href="([^"]*)" rel="[^"]*">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_FETCHED = re.compile(
    r"<(?:img|image|video|audio|source|input|embed)\b[^>]*?\s(?:src|srcset|poster|href|xlink:href)\s*=\s*['\"]?\s*(?:https?:)?//"
    r"|\bbackground\s*=\s*['\"]?\s*(?:https?:)?//"
    r"|url\(\s*(?:&quot;|['\"])?\s*(?:https?:)?//",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Markup:
    """Harmless HTML, and how many pictures and the like were kept from being fetched."""

    html: SafeString
    blocked: int


def may_have_html(original: Original) -> bool:
    """Quickly, whether an original is a mail with HTML in it; of a large one it is not looked up."""
    if original.media_type != MAIL:
        return False
    return original.size > LONGEST or b"text/html" in originals.read(original).lower()


def html_of(message: bytes) -> str:
    """The HTML part of a mail as it was written; ``""`` when it has none, or one that is too large."""
    try:
        leaves = list(parse(message).leaves())
    except TooLarge:
        return ""
    for part in leaves:
        if part.kind == "text/html" and part.disposition != "attachment":
            html = decode(part.content(), part.plain_parameter("charset"))
            return html if len(html) <= LONGEST else ""
    return ""


def harmless(html: str) -> Markup:
    """Any HTML as HTML that can stand within a page of ours."""
    cleaned = nh3.clean(
        html,
        tags=set(_TAGS.split()),
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
        attribute_filter=_only_absolute,
    )
    return Markup(mark_safe(_LINK.sub(_told, cleaned)), len(_FETCHED.findall(html)))  # noqa: S308 cleaned just above


def _only_absolute(tag: str, name: str, value: str) -> str | None:
    """A link without a scheme would lead into Gehoor itself."""
    scheme = value.strip().partition(":")[0].lower()
    return value if name != "href" or scheme in _SCHEMES else None


def _told(link: re.Match[str]) -> str:
    """The link with its address behind it, unless its text is that address."""
    address, text = unescape(link[1]), unescape(_TAG.sub("", link[2])).strip()
    if text == address or text == address.removeprefix("mailto:").removeprefix("tel:"):
        return link[0]
    return link[0] + format_html(' <span class="soft small">({})</span>', address)
