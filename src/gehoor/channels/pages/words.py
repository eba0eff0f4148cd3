"""The text that a person sees of an element: paragraphs and lines, without scripts, styles and controls."""

import re
from collections.abc import Collection
from itertools import islice

from lxml import etree

from gehoor.channels.pages.tree import Element

_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "head", "title", "iframe", "object", "embed", "canvas",
    "audio", "video", "select", "option", "button", "textarea", "input", "map", "datalist", "dialog", "frameset",
})  # fmt: skip
_PARAGRAPHS = frozenset({
    "p", "blockquote", "ul", "ol", "dl", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "hr", "section",
    "article", "header", "footer", "aside", "form", "fieldset", "address", "main", "nav",
})  # fmt: skip
_LINES = frozenset({"div", "li", "tr", "dt", "dd", "br", "caption", "figcaption", "center", "legend", "thead", "tbody"})
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\u2028\u2029]+")
_TWO_SPACES = re.compile(r" {2,}")
_AROUND = re.compile(r" *\n *")
_MANY = re.compile(r"\n{3,}")
_SMILEY = re.compile(r"smil|emoji|emoticon", re.IGNORECASE)
_LONGEST_SMILEY = 24
_PARAGRAPH, _BREAK, _LINE = "\n\n", "\n", "\x01"
"""A line of its own begins and ends once, however many elements say so; breaks count each."""
_LINES_TOGETHER = re.compile(r" ?\x01[ \x01]*")
_BESIDE_BREAK = re.compile(r"\x01?\n\x01?")


def words_of(element: Element, without: Collection[Element] = ()) -> str:
    """The text of an element, but not of those ``without``. Raises nothing."""
    if not len(element) and element.tag not in _UNSEEN and element.tag not in {"pre", "img"} and element not in without:
        return tidy(_told(element.text, 0))
    parts: list[str] = []
    verbatim = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        tag = each.tag if isinstance(each.tag, str) else ""
        if event == "start":
            if not tag or each in without or _is_unseen(each, tag):
                walk.skip_subtree()
                continue
            parts.append(_before(each, tag))
            verbatim += tag == "pre"
            parts.append(_told(each.text, verbatim))
        else:
            if tag and each not in without and not _is_unseen(each, tag):
                verbatim -= tag == "pre"
                parts.append(_after(each, tag))
            if each is not element:
                parts.append(_told(each.tail, verbatim))
    text = _TWO_SPACES.sub(" ", "".join(parts))
    text = _BESIDE_BREAK.sub("\n", _LINES_TOGETHER.sub(_LINE, text))
    return tidy(text.replace(_LINE, "\n"))


def tidy(text: str) -> str:
    """Without spaces around line ends and more than one empty line."""
    return _MANY.sub("\n\n", _AROUND.sub("\n", _TWO_SPACES.sub(" ", text))).strip()


def line_of(element: Element | None) -> str:
    """The text of an element on one line; "" for none."""
    return " ".join(words_of(element).split()) if element is not None else ""


def _is_unseen(element: Element, tag: str) -> bool:
    if tag in _UNSEEN or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def _told(text: str | None, verbatim: int) -> str:
    if not text:
        return ""
    return text.replace("\r\n", "\n") if verbatim else _SPACES.sub(" ", text)


def _before(element: Element, tag: str) -> str:
    if tag in _PARAGRAPHS:
        return _PARAGRAPH
    if tag in _LINES:
        return _BREAK if tag == "br" else _LINE
    if tag == "img":
        return _smiley(element)
    return " " if tag in _CELLS else ""


def _after(element: Element, tag: str) -> str:
    if tag in _PARAGRAPHS:
        return _PARAGRAPH
    if (tag in _LINES and tag != "br") or _heads_a_quote(element, tag):
        return _LINE
    return " " if tag in _CELLS else ""


def _heads_a_quote(element: Element, tag: str) -> bool:
    """Who is quoted stands on a line of its own, above what was said."""
    return tag == "cite" and any(each.tag == "blockquote" for each in islice(element.iterancestors(), 2))


def _smiley(image: Element) -> str:
    """What a small picture within the text stands for."""
    alt = image.get("alt") or ""
    about = f"{image.get('class') or ''} {image.get('src') or ''}"
    return alt if len(alt) <= _LONGEST_SMILEY and _SMILEY.search(about) else ""
