"""Questions and answers on a page of HTML: FAQPage data, lists of terms, folds, and headings that ask.

The page is read as a row of blocks, without a tree, so that nothing in it can nest too deep. Nothing of its markup is
kept: answers are plain text.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import islice, takewhile
from typing import Any

from gehoor.rooms.answers.book.reading.incoming import Incoming, Read, looked_at

_DATA = "application/ld+json"
_SKIPPED = frozenset({"script", "style", "template", "svg", "nav", "noscript", "iframe", "object", "head"})
_BLOCKS = frozenset(
    {*("p", "div", "section", "article", "header", "footer", "main", "aside", "body", "address", "fieldset", "hr")}
    | {*("ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "th", "td", "blockquote", "pre", "figure")}
    | {*("details", "summary", "h1", "h2", "h3", "h4", "h5", "h6")}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ASKING = frozenset({"dt", "summary"}) | _HEADINGS


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of text and what it is: a heading, dt, summary, text, or the end of a fold or list ("end")."""

    kind: str
    text: str


class _Page(HTMLParser):
    """Blocks in order, and the data of scripts that say what the page is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.data: list[str] = []
        self._kind = "text"
        self._said: list[str] = []
        self._skips: list[str] = []
        self._item = False
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skips.append(tag)
            self._is_data = tag == "script" and (dict(attrs).get("type") or "").strip().lower() == _DATA
            if self._is_data:
                self.data.append("")
            return
        if tag == "br":
            self._said.append("\n")
        elif tag in _BLOCKS:
            self._close()
            self._kind = tag if tag in _ASKING else "text"
            self._item = tag == "li"

    def handle_endtag(self, tag: str) -> None:
        if self._skips and tag in self._skips:
            while self._skips.pop() != tag:
                pass
            self._is_data = False
        elif tag in _BLOCKS:
            self._close()
            if tag in {"details", "dl"}:
                self.blocks.append(_Block("end", ""))

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data[-1] += data
        elif not self._skips:
            self._said.append(re.sub(r"\s+", " ", data))

    def _close(self) -> None:
        lines = [" ".join(line.split()) for line in "".join(self._said).split("\n")]
        text = "\n".join(lines).strip()
        if text:
            shown = f"- {text}" if self._item else text
            self.blocks.append(_Block(self._kind, shown))
            self._item = False
        self._said.clear()
        self._kind = "text"

    def close(self) -> None:
        super().close()
        self._close()


def _parsed(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    return page


def plain_text(html: str) -> str:
    """The text of a piece of HTML: paragraphs apart, items of a list with a dash."""
    return _text(_parsed(html).blocks)


def _text(blocks: Sequence[_Block]) -> str:
    said = [block.text for block in blocks if block.text]
    found = ""
    for before, text in zip(["", *said], said, strict=False):
        glue = "\n" if before.startswith("- ") and text.startswith("- ") else "\n\n"
        found += (glue if found else "") + text
    return found


def read_html(html: str) -> list[Read]:
    """Every question with its answer: as the page's own data says them, else as its shape shows them."""
    page = _parsed(html)
    found = [each for data in page.data for each in _declared(data)] or list(_shaped(page.blocks))
    return [looked_at(replace(each, place=f"question {number}")) for number, each in enumerate(found, start=1)]


def _declared(data: str) -> Iterator[Incoming]:
    """The questions of schema.org's FAQPage or QAPage."""
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError):
        return
    waiting: list[Any] = [parsed]
    while waiting:
        at = waiting.pop()
        if isinstance(at, list):
            waiting.extend(reversed(at))
        elif isinstance(at, dict):
            if "Question" in _types(at):
                yield _question(at)
            else:
                waiting.extend(each for key, each in at.items() if key in {"@graph", "mainEntity", "hasPart"})


def _types(thing: dict[str, Any]) -> list[str]:
    kind = thing.get("@type")
    return [str(each) for each in kind] if isinstance(kind, list) else [str(kind)]


def _question(thing: dict[str, Any]) -> Incoming:
    answer = thing.get("acceptedAnswer") or thing.get("suggestedAnswer") or {}
    first = answer[0] if isinstance(answer, list) and answer else answer
    text = str(first.get("text", "")) if isinstance(first, dict) else ""
    language = thing.get("inLanguage")
    return Incoming(
        place="",
        question=plain_text(str(thing.get("name") or thing.get("text") or "")),
        text=plain_text(text),
        key=str(thing.get("@id") or ""),
        language=str(language)[:2].lower() if isinstance(language, str) else None,
    )


def _shaped(blocks: list[_Block]) -> Iterator[Incoming]:
    """Terms and folds with what follows each; else headings of the level on which questions stand."""
    if any(each.kind in {"dt", "summary"} for each in blocks):
        yield from _folded(blocks)
        return
    levels = Counter(each.kind for each in blocks if each.kind in _HEADINGS and each.text.endswith("?"))
    if not levels:
        return
    level = max(levels, key=lambda kind: levels[kind])
    subject = ""
    for at, block in enumerate(blocks):
        if block.kind in _HEADINGS and block.kind < level:
            subject = block.text
        if block.kind == level and block.text.endswith("?"):
            ending = frozenset(kind for kind in _HEADINGS if kind <= level)
            yield _entry(block, _until(blocks, at + 1, ending), subject)


def _until(blocks: list[_Block], start: int, ending: frozenset[str]) -> list[_Block]:
    """The blocks from ``start`` up to the first of a kind that ends them."""
    return list(takewhile(lambda block: block.kind not in ending, islice(blocks, start, None)))


def _folded(blocks: list[_Block]) -> Iterator[Incoming]:
    subject = ""
    for at, block in enumerate(blocks):
        if block.kind in _HEADINGS:
            subject = block.text
        if block.kind in {"dt", "summary"}:
            yield _entry(block, _until(blocks, at + 1, frozenset({"end", "dt", "summary"})), subject)


def _entry(block: _Block, answer: list[_Block], subject: str) -> Incoming:
    return Incoming(place="", question=block.text, text=_text(answer), subject=subject[:200] or None)
