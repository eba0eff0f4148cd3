"""How to write to someone by name: on an envelope, and above a letter.

A title is used only where someone signs with it; nothing is guessed from a first name.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Literal

Language = Literal["nl", "en"]


class Title(Enum):
    """How someone calls themselves, as it is written on a Dutch envelope, above a Dutch letter, above an English one,
    and there without a name."""

    NONE = ("", "", "", "")
    WOMAN = ("Mevrouw", "Geachte mevrouw", "Dear Ms", "Dear Madam")
    MAN = ("De heer", "Geachte heer", "Dear Mr", "Dear Sir")
    BOTH = ("De heer en mevrouw", "Geachte heer en mevrouw", "Dear Mr and Ms", "Dear Sir and Madam")
    FAMILY = ("Familie", "Geachte familie", "Dear family", "Dear Sir or Madam")


@dataclass(frozen=True, slots=True)
class Called:
    """A name in its parts; ``before`` holds first names or initials."""

    title: Title
    before: str
    surname: str


_WOMAN = r"mevrouw|mevr\.?|mw\.?|mej(?:uffrouw|\.)?|mrs\.?|ms\.?|miss"
_MAN = r"(?:de )?heer|dhr\.?|hr\.?|meneer|mijnheer|(?-i:Mr)\.?|mister"
"""A small "mr." is a Dutch lawyer of either sex."""
_TITLES = (
    (
        re.compile(rf"(?:de )?(?:heer|dhr\.?|hr\.?)(?:,| en| &|/)\s*(?:{_WOMAN})(?=\W|$)[\s,]*", re.IGNORECASE),
        Title.BOTH,
    ),
    (re.compile(rf"(?:{_WOMAN})(?: en| &|/)\s*(?:de )?(?:heer|dhr\.?|hr\.?)(?=\W|$)[\s,]*", re.IGNORECASE), Title.BOTH),
    (re.compile(r"(?:de )?fam(?:ilie|\.)(?=\W|$)[\s,]*", re.IGNORECASE), Title.FAMILY),
    (re.compile(rf"(?:{_WOMAN})(?=\W|$)[\s,.]*", re.IGNORECASE), Title.WOMAN),
    (re.compile(rf"(?:{_MAN})(?=\W|$)[\s,.]*", re.IGNORECASE), Title.MAN),
)
_MAYBE_TITLED = re.compile(rf"(?:^|\W)(?:{_WOMAN}|{_MAN}|dhr|hr|fam)(?:\W|ilie|$)", re.IGNORECASE)
_BEHIND = re.compile(rf"[\s,(]+(?:(?P<woman>{_WOMAN})|(?P<man>de heer|dhr\.?|meneer))\)?\.?$", re.IGNORECASE)
_PREFIXES = {
    *(
        "de",
        "den",
        "der",
        "van",
        "vd",
        "v.d.",
        "v/d",
        "ter",
        "ten",
        "te",
        "het",
        "'t",
        "'s",
        "in",
        "op",
        "aan",
        "von",
        "zu",
    ),
    *(
        "du",
        "le",
        "la",
        "el",
        "al",
        "el-",
        "bij",
        "uit",
        "over",
        "onder",
        "tot",
        "voor",
        "da",
        "dos",
        "di",
        "del",
        "des",
    ),
}
_LETTERS = re.compile(r"[^\W\d_]")
_FORBIDDEN = re.compile(r"[\d@_:/\\<>{}\[\]|#*=+~^%$€!?\"“”;]|https?|www\.")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]?\.?")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_NO_NAME = {"anoniem", "anonymous", "onbekend", "unknown", "gast", "guest", "klant", "customer", "noreply", "info"}
_LONGEST = 80
_AROUND = ' ,-"“”„«»'


def salutation(name: str, language: Language) -> str:
    """How a letter begins, without the comma behind it; polite to nobody in particular where the name is no name."""
    called = called_by(name)
    dutch = language == "nl"
    if called is None:
        return "Geachte heer, mevrouw" if dutch else "Dear Sir or Madam"
    if called.title is not Title.NONE:
        _, nl, en, unnamed = called.title.value
        english = en if called.surname else unnamed
        return f"{nl if dutch else english} {_capital(called.surname)}".strip()
    return f"{'Beste' if dutch else 'Dear'} {_whole(called)}"


def envelope_name(name: str) -> str:
    """The name as it stands on an envelope; empty where the name is no name."""
    called = called_by(name)
    if called is None:
        return ""
    whole = _whole(called)
    if called.title is Title.NONE:
        return whole
    return f"{called.title.value[0]} {whole if called.before else _capital(called.surname)}".strip()


def has_title(name: str) -> bool:
    """Whether someone signs as mevrouw, heer or family."""
    if not _MAYBE_TITLED.search(name):
        return False
    called = called_by(name)
    return called is not None and called.title is not Title.NONE


def called_by(name: str) -> Called | None:
    """A name in its parts; None where it is no name (an address, a number, a handle, a joke)."""
    plain = " ".join(unicodedata.normalize("NFKC", name).replace("’", "'").split())
    if "(" in plain and not _BEHIND.search(plain):
        plain = plain.partition("(")[0].strip()
    title, plain = _title(plain.strip(_AROUND))
    if not plain:
        return Called(title, "", "") if title in {Title.WOMAN, Title.MAN, Title.BOTH} else None
    if not _is_name(plain):
        return None
    before, surname = _parts(_cased(_in_order(plain)))
    return Called(title, before, surname) if surname else None


def same_surname(one: str, other: str) -> bool:
    """Whether two ways to sign can be the same person's: "Mevr. De Vries" and "J. de Vries"."""
    first, second = called_by(one), called_by(other)
    if first is None or second is None or not first.surname:
        return False
    return first.surname.casefold() == second.surname.casefold() and (
        not first.before or not second.before or first.before[:1].casefold() == second.before[:1].casefold()
    )


def _title(plain: str) -> tuple[Title, str]:
    for pattern, title in _TITLES:
        found = pattern.match(plain)
        if found:
            return title, plain[found.end() :].strip(" ,")
    behind = _BEHIND.search(plain)
    if behind:
        return (Title.WOMAN if behind["woman"] else Title.MAN), plain[: behind.start()].strip(" ,")
    return Title.NONE, plain


def _is_name(plain: str) -> bool:
    words = plain.split()
    return (
        len(plain) <= _LONGEST
        and len(words) <= 8
        and _FORBIDDEN.search(plain) is None
        and all(sign.isalpha() or sign in " .,'-&`´" or unicodedata.category(sign) == "Mn" for sign in plain)
        and sum(map(str.isalpha, plain)) >= 2
        and plain.casefold() not in _NO_NAME
        and any(len(_LETTERS.findall(word)) > 1 for word in words)
    )


def _in_order(plain: str) -> str:
    """ "Vries, J. de" is J. de Vries."""
    surname, comma, rest = plain.partition(",")
    return (
        f"{rest.strip()} {surname.strip()}" if comma and rest.strip() and "," not in rest else plain.replace(",", " ")
    )


def _parts(plain: str) -> tuple[str, str]:
    """What stands before the surname, and the surname with what belongs to it ("van den Berg")."""
    words = plain.split()
    prefix = next((at for at, word in enumerate(words[:-1]) if word.lower() in _PREFIXES), None)
    start = prefix if prefix is not None else len(words) - 1
    if prefix is None and len(words) > 1:
        while start > 0 and words[start - 1] in {"-", "&", "en"}:
            start -= 2
    start = max(start, 0)
    return " ".join(words[:start]), " ".join(words[start:])


def _cased(text: str) -> str:
    """Shouted or whispered names as names are written; any other as it is."""
    letters = "".join(_LETTERS.findall(text))
    if len(letters) > 3 and (letters.isupper() or letters.islower()):
        return " ".join(_word(word) for word in text.split())
    return text


def _word(word: str) -> str:
    if word.lower() in _PREFIXES:
        return word.lower()
    if _INITIALS.fullmatch(word) or (len(word) < 3 and not _VOWEL.search(word)):
        return word.upper()
    return "-".join(_capital(part.lower()) for part in word.split("-"))


def _capital(text: str) -> str:
    """The first letter as a capital: "van den Berg" stands alone as "Van den Berg", "'t Hart" as "'t Hart"."""
    if text[:2] in {"'t", "'s"}:
        return text
    if text[:2].lower() == "ij" and not text.startswith(("Ij", "IJ")):
        return f"IJ{text[2:]}"
    return text[:1].upper() + text[1:]


def _whole(called: Called) -> str:
    return f"{called.before} {called.surname}" if called.before else _capital(called.surname)
