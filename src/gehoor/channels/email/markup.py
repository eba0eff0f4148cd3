"""HTML to lines, with what its structure tells: which lines are somebody else's words, which a signature."""

import re
from functools import cache
from html import unescape

from inscriptis import get_annotated_text
from inscriptis.model.config import ParserConfig

from gehoor.channels.email.lines import Line, Role

LONGEST = 5 * 1024 * 1024
"""Characters of HTML that are rendered; a longer body is stripped of its tags without regard for its looks."""

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
    return ParserConfig(display_links=False, display_images=False, annotation_rules=rules)


def lines_of(html: str) -> list[Line]:
    """The text of ``html`` line by line, marked by its structure. Raises nothing."""
    if len(html) > LONGEST:
        return [Line(line.rstrip()) for line in stripped(html).split("\n")]
    text, spans = _rendered(_TAG.sub(_without_looks, html))
    if not text.strip():
        return [Line(line.rstrip()) for line in stripped(html).split("\n")]
    return _marked(text, _settled(spans, len(text)))


def stripped(html: str) -> str:
    """``html`` without its tags: the rough way, in linear time."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("", html))))


def _without_looks(tag: re.Match[str]) -> str:
    """A tag without its inline style, which costs much and can pad lines without end; hidden stays hidden."""
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
    quoted = [(start, end) for start, end, label in spans if label == "quoted"]
    settled = [(start, end, Role.QUOTED) for start, end in quoted]
    for start, end, label in spans:
        if label == "signature":
            settled.append((start, end, Role.SIGNATURE))
        elif label == "onward":
            settled.append((start, length, Role.QUOTED))
        elif label == "perhaps" and not any(start <= inner < end for inner, _ in quoted):
            settled.append((start, end, Role.QUOTED))
    return settled


def _marked(text: str, spans: list[tuple[int, int, Role]]) -> list[Line]:
    """Each line with the role of the span that its first visible character lies in; quoted wins."""
    lines, position = [], 0
    for written in text.split("\n"):
        first = position + len(written) - len(written.lstrip())
        roles = {role for start, end, role in spans if start <= first < end}
        role = Role.QUOTED if Role.QUOTED in roles else Role.SIGNATURE if roles else Role.NEW
        lines.append(Line(written.rstrip(), role if written.strip() else Role.NEW))
        position += len(written) + 1
    return lines
