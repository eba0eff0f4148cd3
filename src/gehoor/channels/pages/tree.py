"""Markup to a tree, whatever was made of it; and finding in it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeAlias

from lxml import etree, html

from gehoor.channels.pages.errors import Tangled

Element: TypeAlias = Any
"""An element of lxml."""
Find: TypeAlias = Callable[[Element], Any]

MOST_PIECES = 1_000
"""Attributes of one tag; a page with more is made to keep a reader busy."""
_LONG_DATA = re.compile(r"data:[a-z]{1,20}/[^\"'()<>\s]{200,}+", re.IGNORECASE)
_OPENS = re.compile(r"<[a-zA-Z]")
_NEXT = re.compile(r"[\"'>]")
_CLOSES = {'"': '"', "'": "'"}
_SMALL = 16_384
_TOO_DEEP = "Excessive depth"


def tree_of(markup: str) -> Element:
    """The tree of a page, its root element. Raises :class:`Tangled`."""
    markup = _LONG_DATA.sub("", markup)
    if len(markup) > _SMALL:
        _check_tags(markup)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return html.Element("html")
    if any(_TOO_DEEP in each.message for each in parser.error_log):
        raise Tangled
    return root


def _check_tags(markup: str) -> None:
    """Pass, or raise :class:`Tangled`: comparing the attributes of a tag takes time with their square."""
    place = 0
    while opened := _OPENS.search(markup, place):
        end = _end_of_tag(markup, opened.end())
        if end - opened.start() > MOST_PIECES:
            tag = markup[opened.start() : end]
            if tag.count("=") > MOST_PIECES or len(tag.split(None, MOST_PIECES + 1)) > MOST_PIECES:
                raise Tangled
        place = end


def _end_of_tag(markup: str, place: int) -> int:
    while found := _NEXT.search(markup, place):
        if found[0] == ">":
            return found.end()
        after = markup.find(_CLOSES[found[0]], found.end())
        if after < 0:
            break
        place = after + 1
    return len(markup)


@cache
def finder(path: str) -> Find:
    """A compiled XPath. ``.name`` stands for a test of one class: ``//div[.post]``."""
    found: Find = etree.XPath(_with_classes(path), smart_strings=False)
    return found


_CLASS = re.compile(r"(?<=[\[( ])\.([A-Za-z][\w-]*)")


def _with_classes(path: str) -> str:
    return _CLASS.sub(r"contains(concat(' ', normalize-space(@class), ' '), ' \1 ')", path)


def found(element: Element, path: str) -> Sequence[Element]:
    """Everything that a path leads to; none without a path."""
    return finder(path)(element) if path else ()


def first(element: Element, path: str) -> Element | None:
    """The first of it."""
    return next(iter(found(element, path)), None)


def ranked(element: Element, path: str) -> Iterator[Element]:
    """What the parts of a path (with `` | `` between them) lead to: all of the first part, then of the second..."""
    for part in path.split(" | "):
        yield from found(element, part)


def outermost(elements: Iterable[Element]) -> list[Element]:
    """Those that lie in none of the others, in order."""
    kept: list[Element] = []
    inside: set[Element] = set()
    for element in elements:
        if element in inside or any(each in inside for each in element.iterancestors()):
            continue
        inside.add(element)
        kept.append(element)
    return kept


def markup_of(element: Element) -> bytes:
    """An element as it stands, without what follows it."""
    made: bytes = etree.tostring(element, encoding="utf-8", method="html", with_tail=False)
    return made
