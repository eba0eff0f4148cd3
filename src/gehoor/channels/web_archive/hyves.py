"""Hyves, the Dutch network that closed in 2013: krabbels, WieWatWaar, blogs and what was said below them.

Its pages are known by their address or by whence they took their pictures and styles. Their markup changed over the
years; so a block is found by what it calls itself and by what it holds: a date, and as a rule a link to a profile.
"""

import re
from collections.abc import Iterator, Sequence

from gehoor.channels.base import Direction, Heard, Identity, Outcome, Wishes
from gehoor.channels.pages.moments import Dating
from gehoor.channels.pages.page import MEDIA_TYPE, Page
from gehoor.channels.pages.tree import Element, found, markup_of
from gehoor.channels.pages.words import line_of, words_of
from gehoor.kernel.ids import key_of

CHANNEL = "web_archive"
NETWORK = "hyves"
_SIGN = re.compile(r"hyves-static\.n(?:et|l)|//(?:[\w-]+\.)?hyves\.(?:nl|net|be)/")
_ON_HYVES = re.compile(r"(?:\A|\.)hyves\.(?:nl|net|be)\Z")
_PROFILE = re.compile(r"//(?!www\.|cache|static|media)([\w-]{2,60})\.hyves\.(?:nl|net|be)(?:[/?#]|\Z)", re.IGNORECASE)
_ONE = r"(?:[_-]?(?:item|bericht|post|entry|row|\d+))?(?=\s|\Z)"
_KINDS = tuple(
    (kind, re.compile(rf"(?:\A|\s)(?:{names}){_ONE}", re.IGNORECASE))
    for kind, names in (
        ("comment", "reactie|comment"),
        ("krabbel", "krabbel|scrap|testimonial|gastenboek"),
        ("www", "www|wiewatwaar|whowhatwhere|buzz"),
        ("blog", "blog|tip"),
    )
)
_NAMED = ".//*[@class or @id][self::div or self::li or self::td or self::dl or self::tr or self::article]"
_TEXTS = re.compile(r"(?:text|tekst|body|content|bericht|message)\b", re.IGNORECASE)
_DATES = re.compile(r"(?:date|datum|time|tijd|when|wanneer)\b", re.IGNORECASE)
_TITLES = ".//h1 | .//h2 | .//h3 | .//*[.title or .titel]"
_CONTROLS = re.compile(
    r"\A(?:krabbel (?:terug|een krabbel)|reageer|reageren|verwijder|meld misbruik|rapporteer|respect!?|lees meer|"
    r"bekijk alle|toon alle|reply|delete|report)\b.{0,30}\Z", re.IGNORECASE,
)  # fmt: skip
_NUMBER = re.compile(r"(\d{3,})\Z")
_LONGEST_DATE = 60


class HyvesPages:
    """Finds what was said on a page of Hyves."""

    def likeness(self, page: Page) -> float:
        """Sure of its address; nearly of a page that takes its pictures from there."""
        if _ON_HYVES.search(page.given and page.site):
            return 0.97
        return 0.9 if "hyves" in page.small and _SIGN.search(page.small) else 0.0

    def outcomes(self, page: Page, wishes: Wishes) -> Iterator[Outcome]:
        """Everything said on it. Raises Tangled."""
        blocks = _blocks(page.tree)
        dating = page.dating([told for block, _ in blocks for told in _dates(block)])
        telling = _Telling(page, wishes)
        for block, kind in blocks:
            heard = telling.heard(block, kind, dating)
            if heard is not None:
                yield heard


def _blocks(tree: Element) -> list[tuple[Element, str]]:
    """The elements that call themselves something that is said, and hold a date: the innermost, and a blog around what
    was said below it."""
    named = [(each, kind) for each in found(tree, _NAMED) if (kind := _kind(each))]
    dated = [(each, kind) for each, kind in named if any(_dates(each))]
    inside: dict[Element, set[str]] = {}
    for each, kind in dated:
        for above in each.iterancestors():
            inside.setdefault(above, set()).add(kind)
    return [
        (each, kind) for each, kind in dated if inside.get(each, set()) <= ({"comment"} if kind == "blog" else set())
    ]


def _kind(element: Element) -> str:
    called = f"{element.get('class') or ''} {element.get('id') or ''}"
    return next((kind for kind, name in _KINDS if name.search(called)), "")


def _dates(block: Element) -> Iterator[str]:
    """The lines of a block that may tell when it was said: those that call themselves a date first."""
    for each in found(block, ".//*[@class or self::time]"):
        told = each.get("datetime") or line_of(each)
        if (each.tag == "time" or _DATES.search(each.get("class") or "")) and told and len(told) <= _LONGEST_DATE:
            yield told


class _Telling:
    """The blocks of one page."""

    def __init__(self, page: Page, wishes: Wishes) -> None:
        self._page = page
        self._wishes = wishes
        owner = _PROFILE.search(page.address)
        self._owner = owner[1].lower() if owner else ""
        self._times: dict[bytes, int] = {}
        self._blog = ""

    def heard(self, block: Element, kind: str, dating: Dating) -> Heard | None:
        """What a block says; None when it holds no words."""
        inner = {each for each, _ in _blocks(block)} if kind == "blog" else set()
        handle, name, link = self._author(block, inner)
        dates = list(_dates(block))
        said_at = next((at for told in dates if (at := dating(told))), None)
        text = _text(block, link, inner)
        if not text:
            return None
        author = handle or (self._owner if kind in {"www", "blog"} else "")
        native = self._native(block, kind, author or name, text, dates, dating)
        self._blog = native if kind == "blog" else self._blog
        whole = (
            self._blog if kind == "comment" and self._blog else f"hyves/{self._owner}/{kind}s" if self._owner else ""
        )
        ours = self._is_ours(author)
        titled = next((line for each in found(block, _TITLES) if (line := line_of(each))), "") if kind == "blog" else ""
        return Heard(
            channel=self._wishes.channel or CHANNEL,
            text=text,
            position=native,
            original=markup_of(block),
            media_type=MEDIA_TYPE,
            direction=self._direction(kind, ours=ours),
            said_at=said_at,
            author=(name or author)[:300],
            identities=_identity(author),
            recipients=_identity(self._owner) if ours and kind == "krabbel" else (),
            adviser=(name or author)[:300] if ours else "",
            subject=titled[:500],
            native_id=native,
            thread=(self._blog,) if kind == "comment" and self._blog else (),
            conversation=native if kind == "blog" else whole,
        )

    def _direction(self, kind: str, *, ours: bool) -> Direction:
        """Ours on somebody's page is said to that one, on our own page to all."""
        if not ours:
            return Direction.FROM_CUSTOMER
        to_one = kind in {"krabbel", "comment"} and bool(self._owner) and not self._is_ours(self._owner)
        return Direction.TO_CUSTOMER if to_one else Direction.TO_EVERYONE

    def _is_ours(self, handle: str) -> bool:
        return any(map(self._wishes.is_own, _identity(handle)))

    def _author(self, block: Element, inner: set[Element]) -> tuple[str, str, Element | None]:
        """Handle and name of who is linked to first, and the link; nothing where nobody is."""
        handle, link = "", None
        for each in found(block, ".//a[@href]"):
            if any(above in inner for above in each.iterancestors()):
                continue
            profile = _PROFILE.search(each.get("href"))
            if profile is None or (handle and profile[1].lower() != handle):
                continue
            handle = profile[1].lower()
            if line_of(each):
                link = each
                break
        name = line_of(link) if link is not None else ""
        return handle, "" if _CONTROLS.match(name) else name, link

    def _native(self, block: Element, kind: str, author: str, text: str, dates: Sequence[str], dating: Dating) -> str:
        """Its own number; without one where it stands, by whom, when if that is told whole, and what it says."""
        numbered = _NUMBER.search(block.get("id") or block.get("data-id") or "")
        if numbered:
            return f"hyves/{kind}/{numbered[1]}"
        when = next((told for told in dates if dating.is_absolute(told)), "")
        what = key_of(["hyves", kind, self._owner or self._page.address, author, when, text])
        self._times[what] = self._times.get(what, 0) + 1
        return f"hyves/{kind}/{key_of([what, self._times[what]]).hex()[:32]}"


def _identity(handle: str) -> tuple[Identity, ...]:
    return (Identity("handle", handle, NETWORK),) if handle else ()


def _text(block: Element, link: Element | None, inner: set[Element]) -> str:
    """The part that calls itself text; else all but the name, the date and what one can click."""
    left_out = set(inner)
    for each in found(block, ".//*"):
        called = each.get("class") or ""
        is_date = (_DATES.search(called) or each.tag == "time") and len(line_of(each)) <= _LONGEST_DATE
        if is_date or (each.tag == "a" and (each is link or _CONTROLS.match(line_of(each)))):
            left_out.add(each)
    for each in found(block, ".//*[@class]"):
        is_out = each in left_out or any(above in left_out for above in each.iterancestors())
        if not is_out and _TEXTS.search(each.get("class") or "") and (text := words_of(each, left_out)):
            return text
    return words_of(block, left_out | set(found(block, _TITLES)))


HYVES_PAGES = HyvesPages()
