"""Numbers as they are written and said: figures in Dutch and English notation, number words, fractions.

Dutch numerals are read by their grammar (unit-en-ten, hundreds, thousands) rather than from a list, as text2num does
for other languages.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from gehoor.analysis.agreement.lexicon import named
from gehoor.analysis.agreement.tokens import Token
from gehoor.kernel.patterns import regex

_GROUPED = regex(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


def _numbers(key: str) -> dict[str, float]:
    found = {}
    for part in named("numbers")[key]:
        word, _, value = part.partition("=")
        found[word.strip()] = float(value)
    return found


_SMALL = _numbers("small")
_TENS = _numbers("tens")
_TIMES = _numbers("times")
_FRACTION = _numbers("fraction")
_MIXED = _numbers("mixed")
_ORDINAL = _numbers("ordinal")
_VAGUE = _numbers("vague")
_ARTICLES = frozenset(named("numbers")["article"])
_TEN_IS_DUTCH = frozenset(
    (
        "minste",
        "hoogste",
        "eerste",
        "tweede",
        "derde",
        "laatste",
        "behoeve",
        "opzichte",
        "slotte",
        "aanzien",
        "onrechte",
    )
)
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}


_BEGINNINGS = frozenset(
    {*_SMALL, *_TENS, *_TIMES, *_FRACTION, *_MIXED, *_ARTICLES, *(phrase.split()[0] for phrase in _VAGUE)}
)


@dataclass(frozen=True, slots=True)
class Number:
    """``value`` from token ``first`` up to, not including, ``after``. ``sort``: "figure", "word", "fraction", "article"
    ("een maand") or "vague" ("een paar")."""

    value: float
    first: int
    after: int
    sort: str


def figure_value(written: str) -> float:
    """A number in figures. Of "1.250" and "1,250" the sign is for thousands; "0,125" and "2,5" have decimals."""
    bare = written.rstrip("-=,.")
    if _GROUPED.fullmatch(bare) and not bare.startswith("0"):
        return float(bare.replace(".", "").replace(",", ""))
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return float(bare)
    whole, decimals = bare[:last], bare[last + 1 :]
    several = whole.count(bare[last])
    if several:
        return float(re.sub(r"[.,]", "", bare))
    return float(f"{re.sub(r'[.,]', '', whole) or '0'}.{decimals}")


@lru_cache(maxsize=20_000)
def word_value(word: str) -> float | None:
    """A number in one word, such as "tweehonderdtweeënvijftig" or "twenty-five"; None when it is none."""
    return _compound(word.replace("ë", "e").replace("é", "e").replace("ï", "i"))


@lru_cache(maxsize=20_000)
def _compound(word: str) -> float | None:
    if not word or len(word) > 90:
        return None
    if word in _SMALL:
        return _SMALL[word]
    if word in _TENS:
        return _TENS[word]
    if word in _TIMES and _TIMES[word] <= 1000:
        return _TIMES[word]
    for times, size in (("duizend", 1000), ("honderd", 100)):
        left, found, right = word.partition(times)
        if not found:
            continue
        before = _compound(left) if left else 1.0
        after = _compound(right.removeprefix("en").strip("-")) if right else 0.0
        if before is None or after is None or after >= size:
            return None
        return before * size + after
    return _tens_and_units(word)


def _tens_and_units(word: str) -> float | None:
    if "-" in word:
        ten, _, unit = word.partition("-")
        return _TENS[ten] + _SMALL[unit] if ten in _TENS and 0 < _SMALL.get(unit, 0) < 10 else None
    for ten, value in _TENS.items():
        if word.endswith("en" + ten):
            unit = word[: -len(ten) - 2]
            return _SMALL[unit] + value if 0 < _SMALL.get(unit, 0) < 10 else None
    return None


def read_number(found: list[Token], at: int) -> Number | None:
    """The number that begins at token ``at``."""
    token = found[at]
    if token.sort == "number":
        return _figure(found, at)
    if token.sort == "sign":
        return Number(_SIGNS[token.text], at, at + 1, "fraction") if token.text in _SIGNS else None
    if not may_begin(token.text):
        return None
    return _vague(found, at) or _fraction(found, at) or _in_words(found, at)


@lru_cache(maxsize=50_000)
def may_begin(word: str) -> bool:
    """Can a number begin with this word?"""
    return word in _BEGINNINGS or word_value(word) is not None


def _word(found: list[Token], at: int) -> str:
    return found[at].text if at < len(found) else ""


def _figure(found: list[Token], at: int) -> Number | None:
    value, after = figure_value(found[at].text), at + 1
    if _word(found, after) in _SIGNS and found[after].start - found[at].end <= 1:
        return Number(value + _SIGNS[found[after].text], at, after + 1, "figure")
    over = _word(found, after + 1)
    if _word(found, after) == "/" and over.isdigit() and 1 < int(over) < 13 and 0 < value < int(over):
        return Number(value / int(over), at, after + 2, "fraction")
    if _word(found, after) in _FRACTION and _FRACTION[_word(found, after)] < 0.5 and 0 < value < 10:
        return Number(value * _FRACTION[_word(found, after)], at, after + 1, "fraction")
    if _word(found, after) == "op" and _word(found, after + 1) in ("de", "elke") and 0 < value < 10:
        of = read_number(found, after + 2) if after + 2 < len(found) else None
        if of and of.sort in ("figure", "word") and of.value > value:
            return Number(value / of.value, at, of.after, "fraction")
    return _multiplied(found, at, after, value, "figure")


def _multiplied(found: list[Token], at: int, after: int, value: float, sort: str) -> Number:
    """ "1,25 miljoen", "1k", "twee ton"; and "vijf en een half"."""
    times = _word(found, after)
    if times in _TIMES and (times not in ("k", "m") or found[after].start == found[after - 1].end):
        return Number(round(value * _TIMES[times], 6), at, after + 1, sort)
    if times in ("en", "and", "ën") and _word(found, after + 1) in ("een", "a", "één") and value < 100:
        part = _word(found, after + 2)
        if part in ("half", "halve", "kwart", "quarter") and _word(found, after + 3) not in ("jaar", "uur"):
            return Number(value + _FRACTION[part], at, after + 3, sort)
        if part in ("half", "halve") and sort == "word":
            return Number(value + 0.5, at, after + 3, sort)
    return Number(value, at, after, sort)


def _vague(found: list[Token], at: int) -> Number | None:
    two = f"{_word(found, at)} {_word(found, at + 1)}"
    three = f"{two} {_word(found, at + 2)}"
    for phrase, length in ((three, 3), (two, 2), (_word(found, at), 1)):
        if phrase in _VAGUE:
            return Number(_VAGUE[phrase], at, at + length, "vague")
    return None


def _fraction(found: list[Token], at: int) -> Number | None:
    """ "een kwart", "twee derde", "de helft", "three quarters", "one in five", "anderhalf"."""
    word, after = _word(found, at), at + 1
    if word in _MIXED:
        return Number(_MIXED[word], at, after, "word")
    if word in ("driekwart", "helft", "half", "halve", "tweederde", "three-quarters", "two-thirds"):
        skip = after + (_word(found, after) in ("a", "an", "the") and word == "half")
        return Number(_FRACTION[word], at, skip, "fraction")
    if word.startswith("half-") or word in ("halfjaar",):
        return None
    count = 1.0 if word in _ARTICLES or word in ("één", "one") else _SMALL.get(word, 0.0)
    if not 0 < count < 10:
        return None
    part = _word(found, after)
    if (part == "op" and _word(found, after + 1) in ("de", "elke")) or (part == "in" and count == 1 and word == "one"):
        of = read_number(found, after + 1 + (part == "op")) if after + 2 < len(found) else None
        if of and of.value > count and of.sort in ("word", "figure"):
            return Number(count / of.value, at, of.after, "fraction")
    if part in _FRACTION and part not in ("seconde", "second"):
        return Number(count * _FRACTION[part], at, after + 1, "fraction")
    return None


def _in_words(found: list[Token], at: int) -> Number | None:
    word = _word(found, at)
    if word == "ten" and _word(found, at + 1) in _TEN_IS_DUTCH:
        return None
    if word in _ARTICLES:
        if _word(found, at + 1) in _TIMES and _TIMES[_word(found, at + 1)] >= 100 and word != "een":
            return _sum(found, at + 1, at)
        return Number(1.0, at, at + 1, "article")
    return _sum(found, at, at)


def _sum(found: list[Token], at: int, first: int) -> Number | None:
    """Number words that follow each other: "twee miljoen", "one hundred and fifty", "vijf en twintig"."""
    total = current = 0.0
    index, read = at, 0
    while index < len(found) and found[index].sort == "word":
        word = found[index].text
        if word in ("and", "en") and read and index + 1 < len(found) and _goes_on(current, found[index + 1].text, word):
            index += 1
            word = found[index].text
        value = word_value(word)
        if word in _TIMES and (read or word in ("honderd", "duizend", "hundred", "thousand")):
            size = _TIMES[word]
            if size <= 100:
                current = max(current, 1.0) * size
            else:
                total, current = total + max(current, 1.0) * size, 0.0
        elif value is not None and (not read or _fits(total, current, value)):
            current += value
        else:
            break
        read += 1
        index += 1
    return _multiplied(found, first, index, total + current, "word") if read else None


def _goes_on(current: float, word: str, by: str) -> bool:
    value = word_value(word)
    if value is None:
        return False
    if by == "en":
        return 0 < current < 10 and value in _TENS.values() and value >= 20
    return current >= 100 and current % 100 == 0 and value < 100


def _fits(total: float, current: float, value: float) -> bool:
    if current == 0:
        return total >= 1000 and value < total
    if current >= 100 and current % 100 == 0:
        return value < 100
    if current % 10 == 0 and current % 100 >= 20:
        return 0 < value < 10
    return 0 < current < 10 and value in _TENS.values() and value >= 20


def ordinal(word: str) -> int:
    """The number of an ordinal word up to 31, such as "achtste" or "twenty-first"; 0 when it is none."""
    return int(_ORDINAL.get(word.replace("ë", "e"), 0))
