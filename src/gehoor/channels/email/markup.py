"""HTML to lines, with what its structure tells: which lines are somebody else's words, which a signature."""

import re
from bisect import bisect_left
from functools import cache
from html import unescape

from inscriptis import get_annotated_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig

from gehoor.channels.email.lines import Line, Role

_QUOTED = ("blockquote#type=cite", "blockquote#class=gmail_quote", "div#class=gmail_attr", "div#class=moz-cite-prefix",
           "blockquote#class=protonmail_quote", "div#class=yahoo_quoted", "div#id=reply-intro",
           "div#class=moz-forward-container")  # fmt: skip
_PERHAPS_QUOTED = ("div#class=gmail_quote", "div#class=gmail_extra", "div#class=protonmail_quote")
_FROM_HERE_ON = ("div#id=divRplyFwdMsg", "div#id=x_divRplyFwdMsg", "div#id=mail-editor-reference-message-container",
                 "div#class=ms-outlook-mobile-reference-message")  # fmt: skip
_SIGNATURE = ("div#class=gmail_signature", "div#class=moz-signature", "pre#class=moz-signature", "div#id=Signature",
              "div#class=protonmail_signature_block", "div#id=ms-outlook-mobile-signature",
              "div#class=ms-outlook-mobile-signature")  # fmt: skip
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<(?:br|/?p|/?div|/tr|/h\d|/li|blockquote)\b[^<>]*>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(style|script|title)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_STYLE = re.compile(r"\sstyle\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_LONGEST_TAG = 4_096

Span = tuple[int, int, str]


@cache
def _config() -> ParserConfig:
    rules = {
        rule: [label]
        for label, structure in (
            ("quoted", _QUOTED),
            ("perhaps", _PERHAPS_QUOTED),
            ("onward", _FROM_HERE_ON),
            ("signature", _SIGNATURE),
        )
        for rule in structure
    }
    return ParserConfig(css=CSS_PROFILES["strict"], display_links=False, display_images=False, annotation_rules=rules)


def lines_of(html: str) -> list[Line]:
    """The text of ``html`` line by line, marked by its structure. Raises nothing."""
    text, spans = _rendered(html)
    if not text.strip():
        return [Line(line.rstrip()) for line in stripped(html).split("\n")]
    return _marked(text, _settled(spans, len(text)))


def without_looks(html: str) -> str:
    """``html`` without inline styles, which cost much and can pad lines without end, and without pictures inside it."""
    return _TAG.sub(_plain_tag, html)


def stripped(html: str) -> str:
    """``html`` without its tags: the rough way, in linear time."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("", html))))


def _plain_tag(tag: re.Match[str]) -> str:
    """A tag without its style (what is hidden stays so); a giant one, with a picture in it, loses all but its name."""
    if len(tag[0]) > _LONGEST_TAG:
        return f"{tag[0][:30].split()[0].rstrip('>')}>"
    return _STYLE.sub(lambda style: ' style="display:none"' if _HIDDEN.search(style[1]) else "", tag[0])


def _rendered(html: str) -> tuple[str, list[Span]]:
    try:
        result = get_annotated_text(html, _config())
    except (RecursionError, ValueError, AssertionError, TypeError, IndexError, KeyError, AttributeError):
        return "", []
    return result.get("text", ""), result.get("label", [])


def _settled(spans: list[Span], length: int) -> list[tuple[int, int, Role]]:
    """Spans with their roles. An outer Gmail box says nothing when its quotes are marked within: answers may stand
    between them."""
    quoted = sorted(start for start, _, label in spans if label == "quoted")
    settled: list[tuple[int, int, Role]] = []
    for start, end, label in spans:
        if label == "signature":
            settled.append((start, end, Role.SIGNATURE))
        elif label != "perhaps" or bisect_left(quoted, start) == bisect_left(quoted, end):
            settled.append((start, length if label == "onward" else end, Role.QUOTED))
    return sorted(settled, key=lambda span: span[0])


def _marked(text: str, spans: list[tuple[int, int, Role]]) -> list[Line]:
    """Each line with the role of the span that its first visible character lies in; quoted wins."""
    lines: list[Line] = []
    until = {Role.QUOTED: 0, Role.SIGNATURE: 0}
    position, following = 0, 0
    for written in text.split("\n"):
        first = position + len(written) - len(written.lstrip())
        while following < len(spans) and spans[following][0] <= first:
            _, end, role = spans[following]
            until[role] = max(until[role], end)
            following += 1
        role = next((role for role in (Role.QUOTED, Role.SIGNATURE) if until[role] > first), Role.NEW)
        lines.append(Line(written.rstrip(), role if written.strip() else Role.NEW))
        position += len(written) + 1
    return lines
