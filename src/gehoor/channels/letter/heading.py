"""What stands around the body of a Dutch letter: who wrote it, when, about what, and under which number they are known.

What belongs to the receiver (its own address, its telephone) is never taken for the sender's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from gehoor.channels.base import Identity
from gehoor.channels.letter.flow import Line
from gehoor.channels.table.dates import Moments
from gehoor.kernel.patterns import regex

SALUTATION = regex(
    r"^\W*(?:(?:zeer\s+)?geachte?|beste|lieve|waarde|hallo|goede(?:morgen|middag|navond)|l\.?\s?s\.?\W*$|dear|to whom|"
    r"mijne? heren|weledel\w*|mevrouw, (?:mijn)?heer)(?!\w)",
    re.IGNORECASE,
)
CLOSING = regex(
    r"^\W*(?:hoogachtend|met (?:de |een )?(?:\w+ ){0,2}groet(?:en)?\b|"
    r"(?:vriendelijke|hartelijke) groet|groet(?:en|jes)?\b|in afwachting|bij voorbaat|yours|"
    r"(?:kind|best|warm) regards|sincerely)",
    re.IGNORECASE,
)
_FAREWELL = regex(r"^\W*(?:in afwachting|bij voorbaat)", re.IGNORECASE)
_SUBJECT = regex(r"^\W*(?:betreft|betr\.?|onderwerp|inzake|subject|re)\s*[:.]\s*(.*)", re.IGNORECASE)
_LABEL = regex(
    r"^\W*(?:uw|ons|onze|your|our)\s+(?:kenmerk|ref(?:erentie|erence|\.)?|brief)|^\W*(?:datum|date|kenmerk|bijlagen?)\b",
    re.IGNORECASE,
)
_DATE = regex(
    r"\b(\d{1,2}(?:e|ste|de)?[ -]+[a-z]{3,9}\.?[ -]+\d{4}|"
    r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d{2})\b|\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_POSTCODE = regex(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
_RECEIVER = regex(
    r"^\W*(?:aan|t\.?\s?a\.?\s?v\.?|attn)\b|\bpostbus\b|\bantwoordnummer\b|\bafd(?:eling|\.)|\b[bn]\.?\s?v\.?(?:\W|$)|"
    r"\bhypothe(?:ek|ken)|\bbank\b|\bverzeker|klantenservice|\bdirectie\b|\bstichting\b|\bgemeente\b|\bcoöperatie\b",
    re.IGNORECASE,
)
_SENDER = regex(r"^\W*(?:afzender|van|from)\s*:", re.IGNORECASE)
_TITLE = regex(r"^(?:afzender|van|from)\s*:\s*", re.IGNORECASE)
_EMAIL = regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = regex(r"(?<![\w.])(?:\+31|0031|0)(?:[\s\-()./]{0,3}\d){9}(?!\d)")
_SERVICE = regex(r"^0[\s-]?[89]00|^088")
_OWN = regex(
    r"\b(?:mijn|ons|onze|mij|ons|bereikbaar|te bereiken|"
    r"(?:mail|bell)en(?: naar| op)?|bel(?:t|len)? (?:u )?m(?:e|ij)|my|reach me)\b",
    re.IGNORECASE,
)
_NUMBER = regex(
    r"\b(?:klant|cliënt|client|relatie|contract|hypotheek|lening|leningdeel|polis|rekening|dossier|customer|account)"
    r"(?:en)?\s?-?(?:nummer|nr\.?|no\.?|number)\s*(?:is|luidt|:|\.)?\s*[:#]?\s*"
    r"((?=[\w./-]*\d)[A-Z]{0,4}[ -]?[\dA-Z][\dA-Z./-]{2,20}(?: \d{2,})*)",
    re.IGNORECASE,
)
_IBAN = regex(r"\b[A-Z]{2}\d{2}\s?[A-Z]{4}(?:\s?\d){10}\b", re.IGNORECASE)
_NAME = regex(r"[^\W\d_][^\d@:/]{2,50}")
_POSTSCRIPT = regex(r"^\W*p\.?\s?s\b", re.IGNORECASE)
_MR = regex(
    r"^(?:de\s+)?(?:heer|dhr\.?|mevrouw|mevr\.?|mw\.?|fam(?:ilie|\.)?)(?:\s+en\s+(?:mevrouw|mevr\.?|mw\.?))?\s+",
    re.IGNORECASE,
)
_SIGNED = regex(r"\bgroet(?:en|jes)? van (.+)", re.IGNORECASE)
_MOST_HEAD = 30


@dataclass(frozen=True, slots=True)
class Heading:
    """What a letter says of itself."""

    author: str = ""
    said_at: datetime | None = None
    subject: str = ""
    identities: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of a letter: what stands above the salutation, the body, and what stands below the closing."""

    head: tuple[Line, ...]
    body: tuple[Line, ...]
    foot: tuple[Line, ...]
    opens: bool
    closes: bool


def parts_of(lines: Sequence[Line]) -> Parts:
    """The parts of a letter. Without salutation its head is what stands on top in short lines."""
    first = next((at for at, line in enumerate(lines[:60]) if SALUTATION.match(line.text)), None)
    start = first if first is not None else _short_top(lines)
    last = next((at for at in range(len(lines) - 1, start, -1) if _closes(lines[at])), None)
    end = len(lines) if last is None else last
    return Parts(tuple(lines[:start]), tuple(lines[start:end]), tuple(lines[end:]), first is not None, last is not None)


def _closes(line: Line) -> bool:
    return len(line.words) <= 10 and CLOSING.match(line.text) is not None and not _FAREWELL.match(line.text)


def _short_top(lines: Sequence[Line]) -> int:
    return next((at for at, line in enumerate(lines[:_MOST_HEAD]) if len(line.words) > 7), min(len(lines), 8))


def heading_of(lines: Sequence[Line]) -> Heading:
    """Who wrote a letter, when, about what."""
    parts = parts_of(lines)
    receiver, sender, rest = _addresses(parts.head)
    foot = [line.text for line in parts.foot[1:]]
    own = [*sender, *rest, *foot]
    return Heading(
        author=_author(sender, [*_signed(parts.foot), *foot]),
        said_at=_date([*rest, *sender, *receiver]) or _date([line.text for line in parts.foot]),
        subject=_subject(parts),
        identities=tuple(dict.fromkeys(_identities(own, [line.text for line in lines]))),
    )


def _addresses(head: Sequence[Line]) -> tuple[list[str], list[str], list[str]]:
    """The lines of the receiver's block, of the sender's, and the others above the body."""
    blocks: dict[int, list[str]] = {}
    for line in head:
        blocks.setdefault(line.block, []).append(line.text)
    receiver: list[str] = []
    sender: list[str] = []
    rest: list[str] = []
    for texts in _with_town(list(blocks.values())):
        has_town = any(_POSTCODE.search(text) for text in texts)
        if any(_SUBJECT.match(text) or _LABEL.match(text) for text in texts) and not has_town:
            rest += texts
        elif not any(_SENDER.match(text) for text in texts) and any(_RECEIVER.search(text) for text in texts):
            receiver += texts
        elif has_town or any(_SENDER.match(text) for text in texts):
            (receiver if sender else sender).extend(texts)
        else:
            rest += texts
    return receiver, sender, rest


def _with_town(blocks: list[list[str]]) -> Iterator[list[str]]:
    """Address blocks again as one, where wide spacing broke name and street from the town."""
    held: list[str] = []
    for texts in blocks:
        if any(_DATE.search(text) or _SUBJECT.match(text) or _LABEL.match(text) for text in texts):
            if held:
                yield held
            held = []
            yield texts
            continue
        if held and re.match(r"^\W*(?:aan\b|t\.?a\.?v)", texts[0], re.IGNORECASE):
            yield held
            held = []
        held = held + texts
        if any(_POSTCODE.search(text) for text in held):
            yield held
            held = []
    if held:
        yield held


def _subject(parts: Parts) -> str:
    lines = [*parts.head, *parts.body[:4]]
    for at, line in enumerate(lines):
        found = _SUBJECT.match(line.text)
        if found is None:
            continue
        said = found.group(1).strip()
        following = lines[at + 1] if at + 1 < len(lines) else None
        goes_on = following is not None and following.block == line.block and ":" not in following.text
        if following and goes_on and (not said or line.joins or following.text[:1].islower()):
            said = f"{said} {following.text}".strip()
        return said[:300]
    return ""


def _date(texts: Sequence[str]) -> datetime | None:
    moments = Moments()
    for text in texts:
        for found in _DATE.findall(text):
            written = re.sub(r"(?<=\d)(?:e|ste|de)(?= )", "", re.sub(r"\s*([-/.])\s*", r"\1", found))
            if moment := moments(" ".join(written.split())):
                return moment
    return None


def _author(sender: Sequence[str], foot: Sequence[str]) -> str:
    named = [_TITLE.sub("", text).strip() for text in sender]
    top = next((text for text in named if _is_name(text)), "")
    signed = [text for text in _before_postscript(foot) if _is_name(text)]
    if top:
        return next((text for text in signed if _same_surname(text, top)), top)
    return signed[-1] if len(signed) == 1 else next(iter(signed), "")


def _signed(foot: Sequence[Line]) -> Iterator[str]:
    """The name behind "groeten van"."""
    found = _SIGNED.search(foot[0].text) if foot else None
    if found:
        yield found.group(1).strip(" .,!")


def _before_postscript(foot: Sequence[str]) -> Iterator[str]:
    for text in foot[:8]:
        if _POSTSCRIPT.match(text):
            return
        yield text.strip()


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 7
        and _NAME.fullmatch(text) is not None
        and any(word[:1].isupper() and len(word.strip(".,")) > 1 for word in words)
        and text.rstrip()[-1:] not in ",;:"
    )


def _same_surname(one: str, other: str) -> bool:
    names = [{word.lower().strip(".,") for word in _MR.sub("", text).split() if len(word) > 3} for text in (one, other)]
    return bool(names[0] & names[1])


def _identities(own: Sequence[str], everything: Sequence[str]) -> Iterator[Identity]:
    said = [text for text in everything if _OWN.search(text)]
    for text in (_IBAN.sub(" ", text) for text in [*own, *said]):
        yield from (Identity("email", found.rstrip(".")) for found in _EMAIL.findall(text))
        for found in _PHONE.finditer(text):
            if not _SERVICE.match(found.group()):
                yield Identity("phone", " ".join(found.group().split()))
    for found in _NUMBER.finditer(_IBAN.sub(" ", "\n".join(everything))):
        yield Identity("customer_number", found.group(1).strip(" .-/"))
