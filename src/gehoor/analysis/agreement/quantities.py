"""Numbers with their units: amounts, shares, periods and counts; ranges, products, bounds, and what they are per.

The dimensions and their conversion follow quantity normalisers such as Duckling and quantulum3; working days are a
unit of their own, since they cannot be converted without a calendar.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gehoor.analysis.agreement.facts import FactKind
from gehoor.analysis.agreement.lexicon import lines, named, parts
from gehoor.analysis.agreement.numbers import Number, may_begin, read_number, word_value
from gehoor.analysis.agreement.tokens import Token


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what sort of fact it makes, its name, and by what a number is multiplied."""

    kind: FactKind
    name: str
    factor: float


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit from token ``first`` up to ``after``. ``unit`` is None for a bare number. ``vague``: said
    with a word such as "een paar"."""

    low: float
    high: float
    unit: Unit | None
    first: int
    after: int
    vague: bool = False
    written: str = "figure"


def _read_units() -> dict[str, Unit]:
    found = {}
    for line in lines("units"):
        head, _, forms = line.partition(":")
        kind, _, name = head.partition(")")
        name, _, factor = name.strip().partition("*")
        unit = Unit(FactKind(kind.strip("( ")), name, float(factor))
        found.update(dict.fromkeys(parts(forms), unit))
    return found


UNITS = _read_units()
_SIGNS = {"€": "euro", "£": "pound", "$": "dollars", "%": "procent", "‰": "promille"}
_BEFORE = {"€": "euro", "£": "pound", "$": "dollars", "eur": "euro"}
_BETWEEN = frozenset(named("measuring")["between"])
_TO = frozenset(named("measuring")["to"])
_TIMES = frozenset(("keer", "maal", "x", "times"))
_WORKING = frozenset(named("measuring")["working"])
_NO_COUNT = frozenset(named("measuring")["no_count"])
_PERCENT = UNITS["procent"]
_EURO = UNITS["euro"]


def unit_at(found: list[Token], at: int) -> tuple[Unit, int] | None:
    """The unit that begins at a token, and the token after it."""
    index = at
    while index < len(found) and found[index].text in _BETWEEN and index < at + 2:
        index += 1
    if index >= len(found):
        return None
    word = found[index].text
    if word in _WORKING and index + 1 < len(found) and found[index + 1].text.startswith(("dag", "day")):
        return UNITS["werkdag"], index + 2
    if word == "per" and index + 1 < len(found) and found[index + 1].text == "cent":
        return _PERCENT, index + 2
    if word == "vierkante" and index + 1 < len(found):
        return UNITS["m2"], index + 2
    if word in ("m",) and index + 1 < len(found) and found[index + 1].text in ("²", "2"):
        return UNITS["m2"], index + 2
    unit = UNITS.get(_SIGNS.get(word, word)) or UNITS.get(word.removesuffix("-"))
    if unit is None or (word == "man" and index > at):
        return None
    return unit, index + 1


def find_measures(found: list[Token]) -> Iterator[Measure]:
    """Measures in a text, in order, without overlap."""
    at = 0
    while at < len(found):
        token = found[at]
        measure = _measure(found, at) if token.sort != "word" or _may_measure(token.text) else None
        if measure is None:
            at += 1
            continue
        yield measure
        at = max(measure.after, at + 1)


def _may_measure(word: str) -> bool:
    return may_begin(word) or word in UNITS or word in _BEFORE


def _measure(found: list[Token], at: int) -> Measure | None:
    token = found[at]
    if token.text in _BEFORE and at + 1 < len(found):
        number = read_number(found, at + 1)
        if number is None or number.sort in ("article", "vague"):
            return None
        unit = UNITS[_BEFORE[token.text]]
        return _range(found, Measure(number.value * unit.factor, number.value * unit.factor, unit, at, number.after))
    if token.sort == "word" and token.text in UNITS:
        return _loose(found, at)
    number = read_number(found, at)
    if number is None:
        return None
    return _with_unit(found, number)


def _with_unit(found: list[Token], number: Number) -> Measure | None:
    if (
        number.sort == "fraction"
        and _word(found, number.after) == "of"
        and _word(found, number.after + 1) in ("an", "a")
    ):
        whole = UNITS.get(_word(found, number.after + 2))
        if whole is not None and whole.kind is FactKind.PERIOD:
            value = _tidy(number.value * whole.factor)
            return Measure(value, value, whole, number.first, number.after + 3)
    product = _product(found, number)
    if product is not None:
        return product
    second = _second(found, number)
    after = second.after if second else number.after
    unit = unit_at(found, after)
    high = second.value if second else number.value
    vague, written = number.sort == "vague", number.sort
    if unit is not None:
        named_unit, end = unit
        if number.sort == "article" and (
            named_unit.kind in (FactKind.NUMBER, FactKind.PERCENTAGE) and named_unit.name != "GB"
        ):
            return None
        low = number.value * named_unit.factor
        measure = Measure(_tidy(low), _tidy(high * named_unit.factor), named_unit, number.first, end, vague, written)
        measure = _and_more(found, measure)
        if number.sort == "article":
            return _article(found, measure) if measure.after == end else measure
        return _range(found, _with_cents(found, measure))
    if found[number.first].text.endswith((",-", ",=", ".-")) or found[after - 1].text.endswith((",-", ",=")):
        return Measure(number.value, high, _EURO, number.first, after)
    if number.sort == "fraction":
        if _is_per(found, number.first) or (
            found[number.after - 1].text in ("quarter",) and _is_per(found, number.first - 1)
        ):
            return None
        return Measure(_tidy(number.value * 100), _tidy(high * 100), _PERCENT, number.first, after, vague, written)
    if vague or number.sort == "article" or found[number.first].text in _NO_COUNT:
        return None
    return Measure(number.value, high, None, number.first, after, vague, written)


def _word(found: list[Token], at: int) -> str:
    return found[at].text if at < len(found) else ""


def _tidy(value: float) -> float:
    return round(value, 4)


def _and_more(found: list[Token], measure: Measure) -> Measure:
    """ "Een jaar en zes maanden", "an hour and a half": one period."""
    unit, at = measure.unit, measure.after
    if unit is None or unit.kind is not FactKind.PERIOD or _word(found, at) not in ("en", "and"):
        return measure
    if _word(found, at + 1) in ("a", "een") and _word(found, at + 2) == "half" and not unit_at(found, at + 3):
        half = _tidy(unit.factor / 2)
        return replace(measure, low=_tidy(measure.low + half), high=_tidy(measure.high + half), after=at + 3)
    rest = read_number(found, at + 1) if at + 1 < len(found) else None
    smaller = unit_at(found, rest.after) if rest is not None and rest.sort in ("figure", "word") else None
    if rest is None or smaller is None or smaller[0].name != unit.name or smaller[0].factor >= unit.factor:
        return measure
    more = rest.value * smaller[0].factor
    return replace(measure, low=_tidy(measure.low + more), high=_tidy(measure.high + more), after=smaller[1])


def _is_per(found: list[Token], at: int) -> bool:
    return at > 0 and found[at - 1].text in ("per", "in", "each", "every", "elk", "elke", "ieder")


def _article(found: list[Token], measure: Measure) -> Measure | None:
    """ "een maand" is a month; "een dag of zeven", "een week of twee, drie" are about so many; "50 euro een keer"
    none."""
    after, unit = measure.after, measure.unit
    if after + 1 < len(found) and found[after].text == "of" and unit is not None:
        number = read_number(found, after + 1)
        if number is not None and number.sort in ("word", "figure"):
            second = (
                read_number(found, number.after + 1)
                if number.after + 1 < len(found) and found[number.after].text == ","
                else None
            )
            high = second or number
            return replace(
                measure,
                low=_tidy(number.value * unit.factor),
                high=_tidy(high.value * unit.factor),
                after=high.after,
                vague=True,
            )
    if found[measure.first].text in ("a", "an") and _counts_before(found, measure.first):
        return None
    before = found[measure.first - 1].text if measure.first else ""
    if before in UNITS or before.isdigit():
        return None
    return measure


def _counts_before(found: list[Token], at: int) -> bool:
    """ "Twelve sessions a year": a number stands just before, so that "a year" says per what it is."""
    for token in reversed(found[max(0, at - 4) : at]):
        if token.sort == "sign" and token.text in ",.;:!?":
            return False
        if (
            token.sort == "number"
            or token.text in ("once", "twice", "%", "procent", "percent", "half")
            or word_value(token.text)
        ):
            return True
    return False


def _product(found: list[Token], number: Number) -> Measure | None:
    """ "twee keer 18 maanden": thirty-six months."""
    if (
        number.sort in ("article", "fraction")
        or number.after + 1 >= len(found)
        or found[number.after].text not in _TIMES
    ):
        return None
    start = number.after + 1
    if found[start].text in _BEFORE:
        start += 1
    second = read_number(found, start) if start < len(found) else None
    if second is None or second.sort in ("article", "vague"):
        return None
    unit = (_EURO, second.after) if start > number.after + 1 else unit_at(found, second.after)
    if unit is None or unit[0].kind not in (FactKind.AMOUNT, FactKind.PERIOD):
        return None
    value = _tidy(number.value * second.value * unit[0].factor)
    return Measure(value, value, unit[0], number.first, unit[1])


def _second(found: list[Token], number: Number) -> Number | None:
    """The other end of a range that has its unit once: "tien à vijftien procent", "2-3 weken"."""
    if number.sort in ("article", "vague") or number.after + 1 >= len(found) or not _joins(found, number):
        return None
    second = read_number(found, number.after + 1)
    if second is None or second.sort in ("article", "vague") or second.value <= number.value:
        return None
    return second if unit_at(found, second.after) else None


def _joins(found: list[Token], number: Number) -> bool:
    """Does a sign or word between the ends of a range follow: "tot", "-", or "en" after "tussen"?"""
    word = found[number.after].text
    if word in ("en", "and"):
        return any(
            _word(found, number.first - back) in ("tussen", "between") for back in (1, 2) if number.first >= back
        )
    return word in _TO


def _with_cents(found: list[Token], measure: Measure) -> Measure:
    """ "vijfenzeventig euro tachtig", "twee euro en vijftig cent"."""
    if measure.unit is not _EURO or measure.after >= len(found) or measure.low != int(measure.low):
        return measure
    at = measure.after + (found[measure.after].text in ("en", "and"))
    number = read_number(found, at) if at < len(found) else None
    if (
        number is None
        or number.sort not in ("figure", "word")
        or not 1 <= number.value < 100
        or number.value != int(number.value)
    ):
        return measure
    unit = unit_at(found, number.after)
    said_cent = unit is not None and unit[0].name == "euro" and unit[0].factor < 1
    if not said_cent and (unit is not None or at > measure.after or _counts(found, number.after)):
        return measure
    value = round(measure.low + number.value / 100, 2)
    return replace(measure, low=value, high=value, after=unit[1] if unit is not None and said_cent else number.after)


def _counts(found: list[Token], at: int) -> bool:
    """Does a word that may be counted follow?"""
    return at < len(found) and found[at].sort == "word" and len(found[at].text) > 5


def _range(found: list[Token], measure: Measure) -> Measure:
    """ "10% tot 15%", "€ 10 - € 15", "zes maanden tot een jaar": one range where the units are of one dimension."""
    at = measure.after
    if at + 1 >= len(found) or (
        found[at].text not in _TO and not (found[at].text in ("en", "and") and _opens(found, measure.first))
    ):
        return measure
    second = _measure_plain(found, at + 1)
    if second is None or second.unit is None or measure.unit is None or second.unit.name != measure.unit.name:
        return measure
    return replace(measure, high=second.high, after=second.after) if second.low > measure.high else measure


def _measure_plain(found: list[Token], at: int) -> Measure | None:
    if found[at].text in _BEFORE and at + 1 < len(found):
        number = read_number(found, at + 1)
        unit = UNITS[_BEFORE[found[at].text]]
        return None if number is None else Measure(number.value, number.value, unit, at, number.after)
    number = read_number(found, at)
    if number is None:
        return None
    unit_found = unit_at(found, number.after)
    if unit_found is None:
        return None
    value = _tidy(number.value * unit_found[0].factor)
    return Measure(value, value, unit_found[0], at, unit_found[1])


def _opens(found: list[Token], first: int) -> bool:
    return first > 0 and found[first - 1].text in ("tussen", "between")


def _loose(found: list[Token], at: int) -> Measure | None:
    """A unit that is a number by itself: "halfjaar", "kwartier" without "een" before it are read where they stand."""
    if found[at].text in ("halfjaar", "half-jaar", "fortnight") and not (at and read_number(found, at - 1)):
        unit = UNITS[found[at].text]
        return Measure(unit.factor, unit.factor, unit, at, at + 1)
    return None
