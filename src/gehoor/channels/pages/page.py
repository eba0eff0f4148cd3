"""A page as it was saved, and who makes something of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from gehoor.channels.base import Document, Outcome, Wishes
from gehoor.channels.pages.decoding import text_in
from gehoor.channels.pages.moments import Dating
from gehoor.channels.pages.tree import Element, first, found, tree_of

LARGEST = 8 << 20
"""Bytes of one page."""
MEDIA_TYPE = "text/html"
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S{1,2000}) -->")
_SINGLE_FILE = re.compile(r"<!--[^>]{0,200}?\burl: (\S{1,2000})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]{0,400}?\blang\s*=\s*[\"']?([A-Za-z-]{2,10})", re.IGNORECASE)
_CARRIED = re.compile(r"(?:utm_\w+|fbclid|gclid|s|sid|phpsessid|highlight|replytocom|showcomment)\Z", re.IGNORECASE)
_HEAD = 4_096
_LONGEST_ADDRESS = 2_000


@dataclass(frozen=True)
class Page:
    """One page. ``raw`` is its bytes; ``given`` the address under which it was got, "" where nobody says."""

    raw: bytes
    given: str = ""
    content_type: str = ""
    seen_at: datetime | None = None
    is_cut: bool = False
    """Whether its end is missing."""
    name: str = field(default="1")
    """What stands for it where no address does."""

    @cached_property
    def text(self) -> str:
        """Its markup."""
        return text_in(self.raw, self.content_type)

    @cached_property
    def small(self) -> str:
        """Its markup in small letters, to look for signs in."""
        return self.text.lower()

    @cached_property
    def tree(self) -> Element:
        """Raises :class:`gehoor.channels.pages.errors.Tangled`."""
        return tree_of(self.text)

    @cached_property
    def language(self) -> str:
        """As it says of itself, "" when it does not."""
        named = _LANGUAGE.search(self.text[:_HEAD])
        return named[1].lower() if named else ""

    @cached_property
    def address(self) -> str:
        """Where it stood: as given, else as whoever saved it or the page itself tells."""
        if self.given:
            return self.given[:_LONGEST_ADDRESS]
        saved = _SAVED_FROM.search(self.text[:_HEAD]) or _SINGLE_FILE.search(self.text[:_HEAD])
        told = saved[1] if saved else self._told_by_itself()
        return told[:_LONGEST_ADDRESS] if told.lower().startswith(("http://", "https://")) else ""

    def _told_by_itself(self) -> str:
        told = first(self.tree, "//head/link[@rel='canonical']/@href | //head/meta[@property='og:url']/@content")
        base = first(self.tree, "//head/base/@href")
        return str(urljoin(base or "", told or "") if told else base or "")

    @property
    def site(self) -> str:
        """The host, without www; "" when it is not known."""
        return host_of(self.address)

    def whole(self, link: str) -> str:
        """A link on this page as a whole address; "" when it is none."""
        try:
            return urljoin(self.address, link.strip())
        except ValueError:
            return ""

    def dating(self, lines: list[str]) -> Dating:
        """How this page writes its dates, of which these are some."""
        return Dating.of(lines, self.language, self.seen_at)

    def titled(self) -> str:
        """Its title, without what the site adds where that can be told."""
        told = first(self.tree, "//meta[@property='og:title']/@content")
        named = found(self.tree, "//head/title")
        return " ".join(str(told or (named[0].text_content() if named else "")).split())[:500]


class Extractor(Protocol):
    """Makes outcomes of the pages of one sort."""

    def likeness(self, page: Page) -> float:
        """How sure it is that a page is of its sort, by its address and a look over its markup; quick."""
        ...

    def outcomes(self, page: Page, wishes: Wishes) -> Iterator[Outcome]:
        """Everything that is said on it; nothing when nobody speaks. Raises Tangled."""
        ...


def host_of(address: str) -> str:
    """The host of an address in lower case, without www; "" when there is none."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
    return host.removeprefix("www.")


def place_of(address: str) -> str:
    """An address as it is known again: host, path and what is asked, without scheme, session and marks of who sent
    one there. Holds no space."""
    try:
        parts = urlsplit(address)
        asked = sorted((name, value) for name, value in parse_qsl(parts.query) if not _CARRIED.match(name))
    except ValueError:
        return ""
    query = f"?{urlencode(asked)}" if asked else ""
    return "".join(f"{host_of(address)}{parts.path.rstrip('/')}{query}".split())[:500]


def page_in(document: Document) -> Page:
    """A saved page; of one that is too large, its beginning."""
    with document.open() as stream:
        raw = stream.read(LARGEST + 1)
    return Page(raw[:LARGEST], is_cut=len(raw) > LARGEST)
