"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed. One entry at a time, with its own bytes.

Of XML nothing outside the file is ever loaded, and an entity that the file declares itself stays what it is: a name.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from html.entities import html5

from lxml import etree, html

from gehoor.channels.base import Document, Unreadable
from gehoor.channels.json_records import canonical, elements, member, text_of
from gehoor.channels.pages.cut_feeds import Parted, part
from gehoor.channels.pages.decoding import text_in
from gehoor.channels.pages.errors import FeedCut
from gehoor.channels.pages.moments import Dating
from gehoor.channels.pages.tree import Element, tree_of
from gehoor.channels.pages.words import tidy, words_of
from gehoor.kernel.errors import Damaged, TooLarge
from gehoor.kernel.language import sentence

LARGEST = 32 << 20
"""Bytes of a feed."""
MEDIA_TYPE = "application/xml"
JSON = "application/json"
_ROOT = re.compile(
    r"\A\ufeff?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*+<(?:\w+:)?(\w+)", re.DOTALL
)
_JSON_FEED = re.compile(r"\"version\"\s*:\s*\"https?://(?:www\.)?jsonfeed\.org/")
_ROOTS = frozenset({"rss", "rdf", "feed"})
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NAMED = re.compile(r"&(\w{2,31});")
_HEAD = 16_384
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#?\w{2,8});")
_BRACKETED = re.compile(r"\s*\S+@\S+\s+\(([^)]{1,200})\)\s*\Z")
_MAIL = re.compile(r"\S+@\S+\.\S+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. ``markup`` is its fullest text; ``answers`` the address of what it is a reply to."""

    key: str
    link: str
    title: str
    author: str
    said_at: datetime | None
    text: str
    original: bytes
    media_type: str
    position: str
    markup: str = ""
    answers: str = ""
    profile: str = ""
    comment: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """The whole: what it says of itself, and its entries, newest first as a rule."""

    title: str
    link: str
    generator: str
    entries: tuple[Entry, ...]
    rest: bytes = b""
    """Where it is cut off: what follows the last whole entry, half an entry as a rule; empty when it is whole."""

    def missing(self) -> Iterator[Unreadable]:
        """What could not be read of it: nothing, or what is left of the entry in which it is cut off."""
        if self.rest:
            yield Unreadable(f"after {len(self.entries)}", self.rest, MEDIA_TYPE, FeedCut(count=len(self.entries)))


def likeness(head: bytes) -> float:
    """How sure it is that these are the first bytes of a feed."""
    text = text_in(head[:_HEAD])
    if text.lstrip("\ufeff \r\n\t").startswith("{"):
        return 0.95 if _JSON_FEED.search(text[:2_000]) else 0.0
    root = _ROOT.match(text)
    if root is None or root[1].lower() not in _ROOTS:
        return 0.0
    return 0.9 if root[1].lower() != "feed" or "/Atom" in text or "atom" in text[:2_000] else 0.5


def is_whole(raw: bytes) -> bool:
    """Whether a feed goes on to its end. Of JSON the reader itself says it."""
    text = text_in(raw)
    begins = _ROOT.match(_without_doctype(_DECLARED.sub("", text.lstrip("\ufeff"))))
    return begins is None or not part(text, begins[1]).rest


def read_feed(document: Document) -> Feed:
    """Everything in it. Raises Damaged when it is no feed, TooLarge past ``LARGEST``."""
    with document.open() as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise TooLarge(what=sentence("feed"), limit=sentence("32 MiB"))
    text = text_in(raw)
    return _of_json(text) if text.lstrip("\ufeff \r\n\t").startswith("{") else _of_xml(text)


# JSON Feed


def _of_json(text: str) -> Feed:
    try:
        told = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise Damaged(what=sentence("feed"), why=sentence("it is no JSON")) from None
    items = elements(member(told, "items"))
    if not isinstance(told, dict) or not isinstance(told.get("items"), list):
        raise Damaged(what=sentence("feed"), why=sentence("there is no list of items in it"))
    default = _json_author(told)
    entries = tuple(_json_entry(item, place, default) for place, item in enumerate(items, start=1))
    return Feed(text_of(told.get("title")), text_of(told.get("home_page_url")), "JSON Feed", entries)


def _json_author(value: object) -> str:
    named = text_of(member(value, "author", "name"))
    return named or ", ".join(
        filter(None, (text_of(member(each, "name")) for each in elements(member(value, "authors"))))
    )


def _json_entry(item: object, place: int, author: str) -> Entry:
    markup = text_of(member(item, "content_html"))
    plain = text_of(member(item, "content_text")) or text_of(member(item, "summary"))
    when = text_of(member(item, "date_published")) or text_of(member(item, "date_modified"))
    link = text_of(member(item, "url")) or text_of(member(item, "external_url"))
    return Entry(
        key=text_of(member(item, "id")) or link,
        link=link,
        title=" ".join(text_of(member(item, "title")).split())[:500],
        author=_json_author(item) or author,
        said_at=Dating()(when),
        text=shown(markup) if markup else tidy(plain),
        original=canonical(item),
        media_type=JSON,
        position=str(place),
        markup=markup,
    )


# XML


def _of_xml(text: str) -> Feed:
    text = _without_doctype(_DECLARED.sub("", text.lstrip("\ufeff")))
    begins = _ROOT.match(text)
    parted = part(text, begins[1]) if begins is not None else Parted(text)
    text = _NAMED.sub(_spelled, parted.whole)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None and parted.rest:
        raise Damaged(what=sentence("feed"), why=sentence("it is cut off before its first entry ends"))
    if root is None or _name(root) not in {"rss", "RDF", "feed"}:
        raise Damaged(what=sentence("feed"), why=sentence("it is no RSS, Atom or JSON feed"))
    about = next((each for each in root.iter() if _name(each) in {"channel", "feed"}), root)
    author = _author(about)
    items = [each for each in root.iter() if _name(each) in {"item", "entry"}]
    entries = tuple(
        replace(each, author=each.author or author) for each in map(_entry, items, range(1, len(items) + 1))
    )
    rest = parted.rest.encode("utf-8", "replace")
    return Feed(_said(about, "title"), _link(about), _said(about, "generator"), entries, rest)


def _without_doctype(text: str) -> str:
    """Without what a file declares of its own: entities in entities, files elsewhere."""
    begins = text.find("<!DOCTYPE", 0, _HEAD)
    if begins < 0:
        return text
    simple, opened = text.find(">", begins), text.find("[", begins)
    ends = simple if opened < 0 or simple < opened else text.find(">", text.find("]", opened))
    return text[:begins] + text[ends + 1 :] if ends >= 0 else text[:begins]


def _spelled(entity: re.Match[str]) -> str:
    """A name that HTML knows and XML does not, as what it stands for; any other as it stands."""
    if entity[1] in _XML_NAMES:
        return entity[0]
    return html5.get(f"{entity[1]};", f"&amp;{entity[1]};")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: Element, *names: str) -> Iterator[Element]:
    for name in names:
        for child in element:
            if _name(child) == name:
                yield child


def _said(element: Element, *names: str) -> str:
    """The text of the first of these that has any, on one line."""
    for child in _children(element, *names):
        told = " ".join(unescape("".join(child.itertext())).split())
        if told:
            return _plain(told)[:500]
    return ""


def _plain(text: str) -> str:
    return " ".join(shown(text).split()) if _MARKUP.search(text) else text


def _link(element: Element) -> str:
    links = list(_children(element, "link"))
    for rel in ("alternate", None):
        for each in links:
            if each.get("href") and each.get("rel") == rel:
                return str(each.get("href")).strip()
    told = next((str(each.text).strip() for each in links if each.text and each.text.strip()), "")
    if told:
        return told
    guid = next(_children(element, "guid"), None)
    if guid is not None and guid.get("isPermaLink", "true") == "true" and (guid.text or "").strip().startswith("http"):
        return str(guid.text).strip()
    return ""


def _author(element: Element) -> str:
    for child in _children(element, "author", "creator"):
        names = list(_children(child, "name"))
        told = " ".join("".join((names[0] if names else child).itertext()).split())
        bracketed = _BRACKETED.match(told)
        if told:
            return (bracketed[1] if bracketed else told)[:300] if bracketed or not _MAIL.fullmatch(told) else ""
    return ""


def _entry(item: Element, place: int) -> Entry:
    link = _link(item)
    body = next(_children(item, "encoded", "content", "description", "summary"), None)
    markup = _markup(body) if body is not None else ""
    answered = next(_children(item, "in-reply-to"), None)
    profile = next((_said(each, "uri") for each in _children(item, "author")), "")
    return Entry(
        key=_said(item, "guid", "id") or str(item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or link),
        link=link,
        title=_said(item, "title"),
        author=_author(item),
        said_at=_moment(_said(item, "pubDate", "published", "date", "issued", "updated", "modified", "created")),
        text=shown(markup),
        original=etree.tostring(item, encoding="utf-8", with_tail=False),
        media_type=MEDIA_TYPE,
        position=str(place),
        markup=markup,
        answers=(answered.get("href") or answered.get("ref") or "") if answered is not None else "",
        profile=profile,
        comment=answered is not None,
    )


def _markup(body: Element) -> str:
    if len(body):
        inner = b"".join(etree.tostring(each, encoding="utf-8") for each in body)
        return f"{body.text or ''}{inner.decode('utf-8', 'replace')}"
    told = str(body.text or "")
    return unescape(told) if "<" not in told and "&lt;" in told else told


def _moment(told: str) -> datetime | None:
    try:
        known = parsedate_to_datetime(told) if "," in told else None
    except (ValueError, TypeError, IndexError, OverflowError):
        known = None
    return Dating()(known.isoformat()) if known is not None else Dating()(told)


def shown(markup: str) -> str:
    """What a person sees of a piece of markup; of plain text, the text. Raises Tangled."""
    if not _MARKUP.search(markup):
        return tidy(markup)
    return words_of(tree_of(f"<html><body>{markup}</body></html>"))


def parts_of(markup: str) -> Element:
    """The tree of a piece of markup. Raises Tangled."""
    return tree_of(f"<html><body>{markup}</body></html>") if markup.strip() else html.Element("html")
