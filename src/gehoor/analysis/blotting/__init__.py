"""What in a text points to someone, so that it can be blotted out where those who read it need no names.

Patterns come first, since they are sure: mail addresses, IBANs, citizen service numbers (by their eleven-test), phone
numbers, postcodes with the house number before them, web addresses, handles, and long numbers that number a customer.
Then names: those that are given (the customer's own, the advisers'), and those that stand after a title or in a
greeting or farewell. It blots too much rather than too little; that nothing is left is not promised.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from gehoor.kernel.language import sentence
from gehoor.kernel.patterns import regex


class Blot(Enum):
    """What stood there, as it is said in its place."""

    NAME = sentence("name")
    ADDRESS = sentence("address")
    EMAIL = sentence("email address")
    PHONE = sentence("phone number")
    ACCOUNT = sentence("account number")
    NUMBER = sentence("number")
    LINK = sentence("link")


@dataclass(frozen=True, slots=True)
class Found:
    """``text[start:end]`` points to someone."""

    start: int
    end: int
    what: Blot


_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ](?:[^\W\d]|['’-])+(?!\w)|(?:[A-Z][a-z]?\.[ ]?){1,4})"
_PARTICLE = r"(?:[Vv]an|von|de|den|der|het|ten|ter|te|in|op|aan|bij|'t|’t|el|al|la|le|du|di|da|bin|ben)(?!\w)"
_NAME = rf"(?:{_CAPITAL}|{_PARTICLE})(?:[ ](?:{_CAPITAL}|{_PARTICLE}))*"
_HOUSE = r"\d{1,5}(?:[ -]?[a-zA-Z]{1,4}\b|-\d{1,4}|[ ](?:bis|hs|huis))?"
_TITLE = (
    r"(?:(?:mevr|mw|mej|dhr|hr|drs?|ir|mr|prof|mrs|ms)\.?|mevrouw|meneer|mijnheer|mynheer|heer|dokter|miss|mister|sir|"
    r"madam|collega|colleague|notaris|makelaar|ome|oom|tante|buurman|buurvrouw)"
)
_CLOSING = (
    r"(?:hoogachtend|met (?:de |een )?(?:\w+ ){0,2}(?:groet(?:en)?|hoogachting)|"
    r"(?:vriendelijke |hartelijke )?groet(?:en|jes)?|mvg|gr|"
    r"yours (?:sincerely|faithfully|truly)|(?:(?:kind|best|warm) )?regards|sincerely)"
)
_SAYS_NAME = r"(?:mijn naam is|ik heet|ik ben|u spreekt met|je spreekt met|spreek ik met|met|my name is|i am|this is)"

_PATTERNS: tuple[tuple[Blot, re.Pattern[str]], ...] = (
    (Blot.EMAIL, regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (Blot.LINK, regex(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)),
    (Blot.ACCOUNT, regex(r"\b[A-Z]{2}\d{2}[ ]?[A-Z]{4}(?:[ ]?\d){6,12}\b", re.IGNORECASE)),
    (Blot.PHONE, regex(r"(?<![\w.])(?:\+\d{1,3}|00\d{1,3}|0)(?:[\s\-()./]{0,3}\d){8,10}(?!\d)")),
    (
        Blot.ADDRESS,
        regex(
            rf"(?:{_CAPITAL}(?:[ ](?:{_CAPITAL}|{_PARTICLE})){{0,3}}[ ]{_HOUSE}\s*,?\s*)?"
            rf"\b[1-9]\d{{3}}\s?[A-Z]{{2}}\b(?:[ ,]+{_CAPITAL}(?:[ -](?:{_CAPITAL}|{_PARTICLE}))*)?"
        ),
    ),
    (
        Blot.ADDRESS,
        regex(
            r"\b[A-ZÀ-ÖØ-Þ][\w'’-]*(?:straat|laan|weg|plein|gracht|kade|singel|dijk|hof|steeg|pad|dreef|plantsoen|"
            r"park|baan|markt|wal|dam)[ ]\d{1,5}(?:[ -]?[a-zA-Z]{1,2}\b|-\d{1,4})?"
        ),
    ),
    (Blot.NAME, regex(r"(?<!\w)@[A-Za-z_]\w{1,30}")),
    (Blot.NUMBER, regex(r"\b[A-Z]{2,5}[-. ]?\d{4,12}\b")),
    (Blot.NUMBER, regex(r"(?<![\d.,€])\b\d{7,16}\b(?![.,]\d)")),
)
_NUMBER = regex(r"\b\d{9}\b|\b\d{4}[. ]\d{2}[. ]\d{3}\b")
_TITLED = regex(rf"\b(?i:{_TITLE})[ ]+(?P<name>{_NAME})")
_TOLD = regex(rf"\b(?i:{_SAYS_NAME})[ ]+(?P<name>{_CAPITAL}(?:[ ](?:{_CAPITAL}|{_PARTICLE}))*)")
_CLOSED = regex(rf"\b{_CLOSING}\b[,.!]?\s*\n+\s*(?P<name>[^\n]{{2,60}})", re.IGNORECASE)
_SIGNATURE = regex(
    rf"\s*(?:(?i:{_TITLE}|{_CLOSING})[ ])?(?P<name>{_NAME}(?:[ ](?:en|and|&)[ ]{_NAME})?)(?=\s*$|,|[ ]\(|[ ]te[ ])"
)
_SIGNING_LINES = 3
_GREETED = regex(rf"^\s*(?i:beste|lieve|hallo|hoi|dag|dear|hi|hello)[ ]+(?P<name>{_NAME})", re.MULTILINE)


def find(text: str, names: Collection[str] = ()) -> list[Found]:
    """What points to someone, in order, no two over each other. ``names`` are known to be names, whole or in parts."""
    sure = {*_by_pattern(text), *_numbers(text), *_named(text, names)}
    found = sorted({*sure, *_titled(text), *_signed(text)}, key=_order)
    kept: list[Found] = []
    for each in found:
        if kept and each.start < kept[-1].end:
            if each.end > kept[-1].end:
                kept[-1] = Found(kept[-1].start, each.end, kept[-1].what)
            continue
        kept.append(each)
    return kept


def blotted(text: str, names: Collection[str] = (), say: Callable[[Blot], str] = lambda blot: blot.value) -> str:
    """The text with what points to someone replaced by what it was, in square brackets; the rest word for word."""
    parts, at = [], 0
    for each in find(text, names):
        parts += [text[at : each.start], f"[{say(each.what)}]"]
        at = each.end
    return "".join([*parts, text[at:]])


def _order(found: Found) -> tuple[int, int]:
    return found.start, -found.end


def _by_pattern(text: str) -> Iterator[Found]:
    for what, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Found(*_trimmed(text, *match.span()), what)


def _numbers(text: str) -> Iterator[Found]:
    for match in _NUMBER.finditer(text):
        digits = [int(sign) for sign in match.group() if sign.isdigit()]
        weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
        if sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0:
            yield Found(*match.span(), Blot.NUMBER)


def _named(text: str, names: Collection[str]) -> Iterator[Found]:
    whole = {" ".join(name.split()) for name in names}
    parts = {part for name in whole for part in re.findall(r"[^\W\d_][\w'’-]{2,}", name) if part[0].isupper()}
    for name in sorted({*whole, *parts} - {""}, key=len, reverse=True):
        if len(name) < 3:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield Found(*match.span(), Blot.NAME)


def _titled(text: str) -> Iterator[Found]:
    for pattern in (_TITLED, _TOLD, _CLOSED, _GREETED):
        for match in pattern.finditer(text):
            start, end = _trimmed(text, *match.span("name"))
            if any(sign.isupper() for sign in text[start:end]) and text[start:end].lower() not in _PLAIN:
                yield Found(start, end, Blot.NAME)


def _signed(text: str) -> Iterator[Found]:
    """Names with which the last lines of a text begin: how someone signs."""
    lines = [line for line in re.finditer(r"[^\n]+", text) if line.group().strip()]
    for line in lines[1:][-_SIGNING_LINES:]:
        match = _SIGNATURE.match(line.group())
        if match and match["name"].lower() not in _PLAIN:
            yield Found(line.start() + match.start("name"), line.start() + match.end("name"), Blot.NAME)


_PLAIN = frozenset(
    {"de", "het", "een", "van", "de linde", "klant", "allen", "klantenservice", "hypotheekhuis de linde"}
)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " ,.;:\n":
        end -= 1
    return start, end


__all__ = ["Blot", "Found", "blotted", "find"]
