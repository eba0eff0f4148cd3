"""Where someone lives, as it stands above or below what they wrote.

An address counts only where it is a line of its own in the head or the foot of a text (or in a mail's signature): a
house that someone writes about is not where they live. What belongs to the receiver is never taken for the sender's.
Pure: text in, an address or None out.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from gehoor.kernel.patterns import regex

_MOST_HEAD = 30
_MOST_FOOT = 14
_MOST_WORDS = 16
_LONGEST = 200
"""A line with more words or signs is a sentence, or no text at all."""

_OPENING = regex(
    r"^\W*(?:(?:zeer\s+)?geachte?|beste|lieve|waarde|hallo|hoi|hi|dag|goede(?:morgen|middag|navond)|"
    r"l\.?\s?s\.?\W*$|dear|hello|to whom|mijne? heren|weledel\w*)(?!\w)",
    re.IGNORECASE,
)
_CLOSING = regex(
    r"^\W*(?:hoogachtend|met (?:de |een )?(?:\w+ ){0,2}(?:groet(?:en)?|hoogachting)\b|mvg\b|m\.v\.g\.?|"
    r"(?:vriendelijke|hartelijke) groet|groet(?:en|jes)?\b|yours|(?:kind|best|warm)(?:est)? regards|regards|sincerely)",
    re.IGNORECASE,
)
_RECEIVER = regex(
    r"^\W*(?:aan|t\.?\s?a\.?\s?v\.?|attn)\b(?! (?:de|den|het|zee)\b.*\d)|\bpostbus\b|\bantwoordnummer\b|"
    r"\bafd(?:eling\b|\.)|(?<!\d)(?<!\d )\b[bn]\.?\s?v\.?(?:\W|$)|\bhypothe(?:ek|ken)|\bbank\b|"
    r"\bverzeker|\bklantenservice\b|\bdirectie\b|\bstichting\b|\bgemeente\b|\bcoöperatie\b|^\W*to\s*:",
    re.IGNORECASE,
)
_SENDER = regex(r"^\W*(?:afzender|van|from)\s*:", re.IGNORECASE)
_ABOUT = regex(
    r"^\W*(?:betreft|betr\.?|onderwerp|inzake|subject|re|datum|date|kenmerk|bijlagen?)\s*[:.]", re.IGNORECASE
)
_LABEL = regex(
    r"^\W*(?:(?:afzender|van|from|postcode(?: en (?:woon)?plaats)?|(?:woon)?plaats|straat)\s*:|"
    r"(?:(?:mijn|ons|my|our)\s+)?(?:(?:nieuwe?|new|home|postal)\s+)?(?:woon|post|huis|correspondentie)?"
    r"(?:adres(?:gegevens)?|address)(?:\s+is)?(?:\s*:|\s+(?=\S*\d|[A-Z])))\s*",
    re.IGNORECASE,
)
_CODE = regex(r"\b[1-9]\d{3} ?[A-Z]{2}\b")
"""A postcode as it is mostly written: its letters are no word."""
_SENTENCE = regex(
    r"\b(?:ik|wij|we|is|was|staat|staan|heb|hebben|heeft|huis|woning|wonen|woon|woont|verhuis\w*|naar|een|kopen|"
    r"gekocht|ligt|onze|mijn|uw|jullie|niet|maar|the|have|my|our|bought|live)\b",
    re.IGNORECASE,
)

_DIGIT = "[0-9OoIl|]"
_POSTCODE = rf"(?:NL[- ]?)?([1-9Il|]{_DIGIT}{{3}})\s?([A-Za-z0]{{2}})(?![A-Za-z0-9])"
_MAYBE = regex(rf"(?<![\w.,]){_POSTCODE}")
_LIKELY = regex(rf"[1-9Il|]{_DIGIT}{{3}}\s?[A-Za-z0]{{2}}(?![A-Za-z0-9])")
"""The quickest way to see that there is no postcode."""
_TOWN = regex(rf"{_POSTCODE}(?:\s+(?P<place>.+))?")
_WITHIN = regex(rf"(?P<street>\S.*?)\s+(?P<town>{_POSTCODE}(?:\s+\D.*)?)$")
_MISREAD = str.maketrans("OoIl|", "00111")
_NEVER = {"SA", "SD", "SS"}
_WORDS = {
    *("al", "de", "en", "er", "ik", "in", "is", "ja", "je", "km"),
    *("me", "na", "nu", "of", "om", "op", "te", "we", "ze", "zo"),
}
"""Not a postcode where they are written small: "2025 is voorbij"."""

_ADDITION = (
    r"(?:bis|ter|hs|huis|rd|zw|rood|zwart|boven|beneden|I{1,3}|IV|[a-zA-Z]{1,2}(?![a-zA-Z])|\d{1,2}(?:\s?-?\s?hoog)?|"
    r"\d{1,2}e (?:etage|verdieping)|(?:app?(?:\.|artement)?|kamer|unit|bus)\s?\w{1,4})"
)
_NUMBER = rf"(?:nr\.?\s?)?(?P<number>\d{{1,5}})(?:\s?[-/]\s?\d{{1,4}}(?!\d))?(?:(?!\d)[ \-/]{{0,3}}{_ADDITION}){{0,3}}"
_NAME = r"(?:\d{1,3}(?:e|de|ste)\s)?['’`]?[^\W\d_](?:[^\W\d_]|[.'’`\- ])*[^\W\d_.]\.?"
_YEAR = r"(?:\s(?:\d{4}|\d{2}-\d{2})(?=\s(?:nr|\d)))?"
"""In the name of a street: Plein 1944."""
_STREET = regex(rf"(?P<name>{_NAME}{_YEAR})(?:\s+|(?<=\.)){_NUMBER}\.?")
_POSTBOX = regex(r"(?:postbus|po ?box|p\.o\. ?box)\s+(?P<number>\d{1,6})", re.IGNORECASE)
_LATER = regex(rf"{_ADDITION}", re.IGNORECASE)
_PLAIN_STREET = regex(
    r"(?:straat|str\.?|weg|laan|plein|hof|kade|gracht|singel|dijk|pad|park|dreef|steeg|markt|plantsoen|baan|kamp|"
    r"veld|berg|land|akker|horst|oord|ring|wal|haven|brink|burg|brug|tuin|erf)$",
    re.IGNORECASE,
)
_PLACE = regex(r"['’]?[^\W\d_](?:[^\W\d_]|[.'’\-()/ ]){0,60}")
_AFTER_PLACE = regex(
    r"\s+(?:tel\w*\.?|mob\w*\.?|e-?mail|mail|t|m|e|d\.d\.)\s*[:.]?\s*[+\d(].*|"
    r"\s+[\d+@].*|\s+\(\d.*|\s+\S+@.*|\s+(?:tel|mob|e-?mail)\b.*",
    re.IGNORECASE,
)
_CELLS = regex(r"\s*[,;|•·\t]\s*|\s[-–—/]\s(?!\d{1,3}(?!\d))|\s{3,}")
_HOME = {"nederland", "the netherlands", "netherlands", "holland", "nl"}
_COUNTRIES = {
    "belgië": "België",
    "belgie": "België",
    "belgium": "Belgium",
    "duitsland": "Duitsland",
    "deutschland": "Deutschland",
    "germany": "Germany",
    "frankrijk": "Frankrijk",
    "france": "France",
    "luxemburg": "Luxemburg",
    "spanje": "Spanje",
    "españa": "España",
    "spain": "Spain",
    "portugal": "Portugal",
    "italië": "Italië",
    "oostenrijk": "Oostenrijk",
    "zwitserland": "Zwitserland",
    "curaçao": "Curaçao",
    "aruba": "Aruba",
}
_COUNTRY_NAMES = tuple(_COUNTRIES)
_ABROAD = regex(r"(?:[A-Z]{1,2}-)?(?P<postcode>\d{4,5}(?:-\d{3})?)\s+(?P<place>[^\W\d_].*)")
_ABROAD_STREET = regex(rf"(?P<name>{_NAME}|\d{{1,4}},? {_NAME})(?:\s+{_NUMBER})?")


@dataclass(frozen=True, slots=True)
class Postal:
    """A postal address. ``postcode`` is "1234 AB" when Dutch; ``country`` is empty then."""

    street: str
    postcode: str
    place: str
    country: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Postcode and house number: equal for every way to write the same Dutch address."""
        number = re.search(r"\d+(?!.*\b\d{2,}\b)", self.street)
        return re.sub(r"\s", "", self.postcode).upper(), number.group() if number else self.street.casefold()


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom people write: the organisation's names, and the keys of its addresses."""

    names: Collection[str] = ()
    keys: Collection[tuple[str, str]] = field(default_factory=frozenset)

    def named_in(self, line: str) -> bool:
        """Whether a line names the organisation."""
        plain = line.casefold()
        return any(name.casefold() in plain for name in self.names if len(name) > 2)


NOBODY = Receiver()


def _may_hold_address(text: str) -> bool:
    """Whether it can be worth while to look for an address at all; quick, since most texts hold none."""
    return _LIKELY.search(text) is not None or _names_country(text)


def _names_country(text: str) -> bool:
    return any(line.rstrip(" .,").casefold().endswith(_COUNTRY_NAMES) for line in text.splitlines())


def find_address(text: str, signature: str = "", receiver: Receiver = NOBODY) -> Postal | None:
    """The postal address of who wrote ``text`` (lines as they stand), or None. That in the signature or foot goes
    before that in the head, since nobody writes the receiver's address there."""
    if not _may_hold_address(text) and not (signature and _may_hold_address(signature)):
        return None
    head, foot = _head_and_foot(text.splitlines())
    for lines, own in ((signature.splitlines()[:40], True), (foot, True), (head, False)):
        found = next((each for each in _addresses(lines, receiver, own=own) if each.key not in receiver.keys), None)
        if found is not None:
            return found
    return None


def read_address(street: str, postcode: str, place: str, country: str = "") -> Postal:
    """An address as someone typed it, tidied: "1234ab" becomes "1234 AB"."""
    dutch = re.fullmatch(r"\s*(\d{4})\s*([A-Za-z]{2})\s*", postcode)
    code = f"{dutch[1]} {dutch[2].upper()}" if dutch else " ".join(postcode.split())
    land = " ".join(country.split())
    return Postal(" ".join(street.split()), code, " ".join(place.split()), "" if land.casefold() in _HOME else land)


def _head_and_foot(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands above the salutation, and below the closing; without these the first and last lines."""
    opening = next((at for at, line in enumerate(lines[:60]) if _OPENING.match(line)), None)
    start = min(opening if opening is not None else 12, _MOST_HEAD, len(lines))
    closing = next((at for at in range(len(lines) - 1, start - 1, -1) if _closes(lines[at])), None)
    end = closing + 1 if closing is not None else max(len(lines) - 8, start)
    return list(lines[:start]), list(lines[end : end + _MOST_FOOT])


def _closes(line: str) -> bool:
    return len(line.split()) <= 10 and _CLOSING.match(line) is not None


@dataclass(frozen=True, slots=True)
class _Cell:
    """A piece of a line between commas."""

    line: int
    text: str


def _addresses(lines: Sequence[str], receiver: Receiver, *, own: bool) -> Iterator[Postal]:
    """Every address in a few lines, in order; ``own``: whoever stands here is the sender."""
    cells = list(_cells(lines))
    begins = 0
    for at, cell in enumerate(cells):
        found = _dutch(cells, at) or _abroad(cells, at)
        if found is None:
            continue
        block = lines[begins : cell.line + 1]
        begins = cell.line + 1
        if not _is_receivers(block, receiver, own=own):
            yield found


def _cells(lines: Sequence[str]) -> Iterator[_Cell]:
    for number, line in enumerate(lines):
        if len(line) > _LONGEST:
            continue
        plain = _LABEL.sub("", line.strip(" \t>*_|•-"))
        words = _CODE.sub("", plain)
        if len(plain.split()) > _MOST_WORDS or (_SENTENCE.search(words) and not _MAYBE.match(plain)):
            continue
        for piece in _CELLS.split(plain):
            text = piece.strip(" .,:;")
            if not text:
                continue
            within = _WITHIN.fullmatch(text)
            if within and _STREET.fullmatch(within["street"]):
                yield _Cell(number, within["street"])
                text = within["town"]
            yield _Cell(number, text)


def _is_receivers(block: Sequence[str], receiver: Receiver, *, own: bool) -> bool:
    told = [line for line in block if not _ABOUT.match(line)]
    if any(_SENDER.match(line) for line in told):
        return False
    if own:
        return any(re.search(r"\bantwoordnummer\b", line, re.IGNORECASE) for line in told)
    return any(_RECEIVER.search(line) or receiver.named_in(line) for line in told)


def _dutch(cells: Sequence[_Cell], at: int) -> Postal | None:
    town = _TOWN.fullmatch(cells[at].text)
    if town is None:
        return None
    digits, letters = town[1].translate(_MISREAD), town[2].upper().replace("0", "O")
    if letters in _NEVER or not digits.isdigit() or digits.startswith("0"):
        return None
    place = _place(town["place"]) if town["place"] else _next_place(cells, at)
    street = _street_before(cells, at)
    if not place or not street or town[2] in _WORDS or (town[2].islower() and not town["place"]):
        return None
    return Postal(street, f"{digits} {letters}", place)


def _next_place(cells: Sequence[_Cell], at: int) -> str:
    near = at + 1 < len(cells) and cells[at + 1].line - cells[at].line <= 2
    return _place(cells[at + 1].text) if near else ""


def _place(text: str) -> str:
    """The name of a place, without what follows it on the line."""
    plain = _AFTER_PLACE.sub("", text).strip(" .,:;-")
    for country in _HOME:
        plain = re.sub(rf"[\s(]+{country}\)?$", "", plain, flags=re.IGNORECASE)
    if not _PLACE.fullmatch(plain) or not 1 <= len(plain.split()) <= 5 or len(plain) < 2:
        return ""
    return _capital(plain) if plain == plain.lower() else plain


def _street_before(cells: Sequence[_Cell], at: int) -> str:
    """Street and number in the cell before, or one further back where an addition stands between."""
    if at == 0 or cells[at].line - cells[at - 1].line > 2:
        return ""
    before = cells[at - 1].text
    further = at >= 2 and cells[at].line - cells[at - 2].line <= 2
    if further and _LATER.fullmatch(before):
        street = _street(cells[at - 2].text)
        return f"{street} {before}" if street else ""
    return _street(before)


def _street(text: str) -> str:
    plain = _LABEL.sub("", text).strip(" .,:;")
    if _POSTBOX.fullmatch(plain):
        return plain
    found = _STREET.fullmatch(plain)
    if found is None:
        return ""
    name = found["name"]
    words = name.split()
    if len(words) > 6 or not re.search(r"[^\W\d_]{2,}", name):
        return ""
    if plain[0].islower() and not _PLAIN_STREET.search(words[-1]):
        return ""
    return _capital(plain) if plain[0].islower() else plain


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _abroad(cells: Sequence[_Cell], at: int) -> Postal | None:
    """Street, postcode with place, and the country by its name."""
    country = _COUNTRIES.get(cells[at].text.casefold())
    if country is None or at < 2 or cells[at].line - cells[at - 2].line > 3:
        return None
    town, street = _ABROAD.fullmatch(cells[at - 1].text), _ABROAD_STREET.fullmatch(cells[at - 2].text)
    if town is None or street is None or not any(map(str.isdigit, cells[at - 2].text)):
        return None
    return Postal(cells[at - 2].text, cells[at - 1].text[: town.end("postcode")], town["place"].strip(), country)
